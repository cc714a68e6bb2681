package dev.wharf.connections;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Settings;
import dev.wharf.s3.Credentials;
import dev.wharf.s3.StoreAccess;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Base storage as each person has it ({@code domain.md} §4.1). In system mode all use the workspace's key pair or role,
 * and where an administrator has given none, the operator's. In user mode everybody uses their own.
 */
final class BaseStorage {
    private final AwsConfigTable table;
    private final ConnectionRules rules;
    private final Settings.Storage settings;

    BaseStorage(AwsConfigTable table, ConnectionRules rules, Settings.Storage settings) {
        this.table = table;
        this.rules = rules;
        this.settings = settings;
    }

    /** What counts for a person; empty where the operator's settings do. */
    Optional<AwsConfig> config(Caller caller) {
        return settings.perPerson()
                ? table.of(caller.workspaceId(), caller.personId())
                : table.of(caller.workspaceId(), null);
    }

    /**
     * @throws ProblemException 400 where there is none, or the caller has no key pair for it
     */
    StoreAccess access(Caller caller) {
        Optional<AwsConfig> config = config(caller);
        if (config.isEmpty() && settings.perPerson()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "You have no key pair for base storage: enter yours (POST /v4/awsConfigs with key and secret)");
        }
        if (defaultBucket(caller).isEmpty()) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "There is no base storage: an operator sets wharf.storage.bucket, or an administrator a defaultBucket"
                            + " (/v4/awsConfigs); connections need ?connectionId=<id>");
        }
        return access(config.map(this::credentials).orElseGet(this::operators));
    }

    /** The bucket that keeps uploads and, where a job names no other place, results. */
    Optional<String> defaultBucket(Caller caller) {
        return Stream.of(config(caller), table.of(caller.workspaceId(), null))
                .flatMap(Optional::stream)
                .map(AwsConfig::defaultBucket)
                .filter(bucket -> bucket != null)
                .findFirst()
                .or(() -> Optional.of(settings.bucket()).filter(bucket -> !bucket.isEmpty()));
    }

    BucketFence fence(Caller caller) {
        List<String> extra = config(caller).map(AwsConfig::extraBuckets).orElse(settings.extraBuckets());
        return BucketFence.around(defaultBucket(caller).orElse(null), extra);
    }

    /** For the service's own tidying in a bucket: as whoever has it in their base storage. */
    Optional<StoreAccess> own(String bucket) {
        if (!settings.perPerson() && settings.configured() && settings.bucket().equals(bucket)) {
            return Optional.of(access(operators()));
        }
        return table.naming(bucket).stream()
                .filter(config -> BucketFence.around(config.defaultBucket(), config.extraBuckets())
                        .admits(bucket))
                .findFirst()
                .map(config -> access(credentials(config)))
                .or(() -> settings.configured() && !settings.perPerson()
                        ? Optional.of(access(operators()))
                        : Optional.empty());
    }

    /** As what the operator has set: {@code default} for a key pair, {@code instance} for what the service runs with. */
    String operatorsProvider() {
        return settings.defaultChain() ? "instance" : AwsConfigRequest.KEY_PAIR;
    }

    private Credentials operators() {
        return settings.defaultChain()
                ? new Credentials.DefaultChain()
                : new Credentials.KeyPair(
                        settings.accessKeyId(), settings.secretAccessKey().value());
    }

    private Credentials credentials(AwsConfig config) {
        if (config.role() == null) {
            return new Credentials.KeyPair(
                    config.pair().accessKeyId(), config.pair().secretAccessKey().value());
        }
        rules.requireRoles("credentialProvider", AwsConfigRequest.ROLE, AwsConfigRequest.KEY_PAIR);
        String externalId = config.role().externalId().isEmpty()
                ? null
                : config.role().externalId().value();
        String session = "wharf-base-" + (config.personId() == null ? "workspace-" : "person-")
                + (config.personId() == null ? config.workspaceId() : config.personId());
        // By whoever the operator has let this service be: domain.md §4.1, ec2InstanceRoleForAssumeRole.
        Credentials by = settings.accessKeyId().isEmpty() ? new Credentials.DefaultChain() : operators();
        return new Credentials.Role(config.role().arn(), externalId, session, by);
    }

    private StoreAccess access(Credentials credentials) {
        return new StoreAccess(
                null,
                settings.region(),
                settings.endpoint(),
                settings.pathStyle(),
                ConnectionAccess.defaultChecksums(settings.endpoint() != null),
                credentials,
                Credential.encryption(settings.serverSideEncryption()),
                settings.kmsKeyId().isEmpty() ? null : settings.kmsKeyId());
    }
}
