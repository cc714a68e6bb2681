package dev.wharf.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.wharf.credentials.KeyPair;
import dev.wharf.credentials.Mask;
import dev.wharf.credentials.Role;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.S3Uri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The body that says with what base storage is used ({@code domain.md} §3.9). What is missing or masked stays as it is.
 *
 * @param workspaceId whose it is, if {@code personId} is null; with neither, it is the caller's own
 * @param secrets {@code key}, {@code secret}, {@code role} and {@code externalId}, as far as they are given
 */
@AlsoTaken(any = {"id", "createdAt", "updatedAt", "updater"})
public record AwsConfigRequest(
        Boolean isRole,
        Long personId,
        Long workspaceId,
        Map<String, String> secrets,
        String defaultBucket,
        List<String> extraBuckets)
        implements RequestBody {
    static final String KEY_PAIR = "default";
    static final String ROLE = "temporary";

    private static final String ROLE_FIELD = "role";
    private static final String EXTERNAL_ID = "externalId";
    private static final int MAX_EXTRA_BUCKETS = 100;

    @JsonCreator
    static AwsConfigRequest of(
            @JsonProperty("credentialProvider") String credentialProvider,
            @JsonProperty("personId") Long personId,
            @JsonProperty("workspaceId") Long workspaceId,
            @JsonProperty("key") String key,
            @JsonProperty("secret") String secret,
            @JsonProperty("role") String role,
            @JsonProperty("externalId") String externalId,
            @JsonProperty("defaultBucket") String defaultBucket,
            @JsonProperty("extraBuckets") List<String> extraBuckets) {
        var faults = new Faults();
        faults.check(() -> requireProvider(credentialProvider));
        faults.check(() -> requireOneHolder(personId, workspaceId));
        faults.check(() -> requireBucket(defaultBucket));
        List<String> buckets = faults.get(() -> buckets(extraBuckets));
        faults.refuse();
        return new AwsConfigRequest(
                credentialProvider == null ? null : credentialProvider.equals(ROLE),
                personId,
                workspaceId,
                given(key, secret, role, externalId),
                defaultBucket,
                buckets);
    }

    private static void requireProvider(String credentialProvider) {
        if (credentialProvider != null && !List.of(KEY_PAIR, ROLE).contains(credentialProvider)) {
            throw ProblemException.invalid(
                    "credentialProvider", "must be \"default\" (key and secret) or \"temporary\" (a role)");
        }
    }

    private static void requireOneHolder(Long personId, Long workspaceId) {
        if (personId != null && workspaceId != null) {
            throw ProblemException.invalid("personId", "and workspaceId exclude each other: send one of them");
        }
    }

    private static void requireBucket(String defaultBucket) {
        if (defaultBucket != null && !S3Uri.isBucket(defaultBucket)) {
            throw ProblemException.invalid(
                    "defaultBucket", "must be a bucket's name alone: 3 to 63 letters, digits, dots or hyphens");
        }
    }

    private static Map<String, String> given(String key, String secret, String role, String externalId) {
        Map<String, String> given = new HashMap<>();
        given.put("key", key);
        given.put("secret", secret);
        given.put(ROLE_FIELD, role);
        given.put(EXTERNAL_ID, externalId);
        given.values().removeIf(value -> value == null || Mask.hides(value));
        return given;
    }

    private static List<String> buckets(List<String> names) {
        if (names == null) {
            return null;
        }
        if (names.size() > MAX_EXTRA_BUCKETS
                || new HashSet<>(names).size() != names.size()
                || !names.stream().allMatch(AwsConfigRequest::isBucketOrAny)) {
            throw ProblemException.invalid(
                    "extraBuckets",
                    "must be a list of at most " + MAX_EXTRA_BUCKETS
                            + " buckets' names, each once; [\"*\"] for all that the key pair reaches");
        }
        return List.copyOf(names);
    }

    private static boolean isBucketOrAny(String name) {
        return name != null && (name.equals(BucketFence.ANY) || S3Uri.isBucket(name));
    }

    /** Whether a role is meant. */
    boolean role(AwsConfig stored) {
        return isRole == null ? stored != null && stored.role() != null : isRole;
    }

    /**
     * The key pair that results.
     *
     * @param stored what there is, or null
     * @throws ProblemException 400 if a half of it is missing
     */
    KeyPair pair(AwsConfig stored) {
        if (role(stored)) {
            return null;
        }
        KeyPair known = stored == null ? null : stored.pair();
        String key = secrets.getOrDefault("key", known == null ? null : known.accessKeyId());
        boolean same = known != null && known.accessKeyId().equals(key);
        if (known != null && !same && !secrets.containsKey("secret")) {
            throw ProblemException.invalid("secret", "is missing: another key has another secret, so send both");
        }
        String secret =
                secrets.getOrDefault("secret", same ? known.secretAccessKey().value() : null);
        return KeyPair.of(key, secret);
    }

    /** The role that results; another one needs its own external id. */
    Role resultingRole(AwsConfig stored) {
        if (!role(stored)) {
            return null;
        }
        Role known = stored == null ? null : stored.role();
        String arn = secrets.getOrDefault(ROLE_FIELD, known == null ? null : known.arn());
        boolean same = known != null && known.arn().equals(arn);
        String externalId =
                secrets.getOrDefault(EXTERNAL_ID, same ? known.externalId().value() : null);
        return Role.of(ROLE_FIELD, arn, EXTERNAL_ID, externalId);
    }

    /** What is given, for the record: the names of secrets, and what else there is with its value. */
    String summary() {
        List<String> parts = new ArrayList<>(secrets.keySet());
        Collections.sort(parts);
        if (defaultBucket != null) {
            parts.add("defaultBucket " + defaultBucket);
        }
        if (extraBuckets != null) {
            parts.add("extraBuckets " + extraBuckets);
        }
        return String.join(", ", parts);
    }

    /** Never a secret. */
    @Override
    public String toString() {
        return "AwsConfigRequest";
    }
}
