package dev.wharf.credentials;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.Credentials;
import dev.wharf.store.StoreAccess.Encryption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * With what a connection is used ({@code domain.md} §3.3).
 *
 * @param pair null where this service assumes the role as itself
 * @param role null where the key pair is used as it is
 * @param encryption what to ask for when writing
 * @param kmsKeyId the key, for {@link Encryption#KMS}; else null
 */
public record Credential(KeyPair pair, Role role, Encryption encryption, String kmsKeyId) {
    /** What a store that is not AWS may call a key: a name of its own key store. */
    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9][\\w.:/@=+-]{0,254}");
    // AWS, "Specifying server-side encryption with AWS KMS": key ARN, alias ARN, alias, key id, multi-Region key id.
    private static final Pattern KMS_KEY =
            Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:(key/[0-9a-zA-Z-]+|alias/[A-Za-z0-9/_-]+)"
                    + "|alias/[A-Za-z0-9/_-]{1,250}"
                    + "|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
                    + "|mrk-[0-9a-f]{32}");

    public static Credential of(String credentialType, List<Map<String, String>> credentials) {
        CredentialType type = CredentialType.of(credentialType);
        if (credentials.size() != 1 || credentials.get(0) == null) {
            throw ProblemException.invalid("credentials", "must be an array of one object");
        }
        Map<String, String> fields = credentials.get(0);
        requireOf(type, fields);
        Role role = type == CredentialType.IAM_ROLE_ARN ? Role.of(fields) : null;
        boolean paired = role == null || fields.get(type.keyField()) != null || fields.get(type.secretField()) != null;
        Encryption encryption = encryption(fields.get("serverSideEncryption"));
        return new Credential(
                paired ? KeyPair.of(type, fields) : null,
                role,
                encryption,
                kmsKeyId(encryption, fields.get("serverSideKmsKeyId")));
    }

    /** What belongs to another kind of credential would count for nothing. */
    private static void requireOf(CredentialType type, Map<String, String> fields) {
        Set<String> known = new HashSet<>(
                List.of(type.keyField(), type.secretField(), "serverSideEncryption", "serverSideKmsKeyId"));
        if (type == CredentialType.IAM_ROLE_ARN) {
            known.addAll(List.of(Role.ARN_FIELD, Role.EXTERNAL_ID_FIELD));
        }
        fields.forEach((field, value) -> {
            if (!known.contains(field) && !value.isEmpty()) {
                throw ProblemException.invalid(
                        "credentials[0]." + field, "is no field of the credentialType " + type.value());
            }
        });
    }

    /** Whether it is used by this service's own identity. */
    public boolean isOwnIdentity() {
        return pair == null;
    }

    /** @param sessionName how a role's sessions are called in the audit of its account */
    public Credentials credentials(String sessionName) {
        Credentials by = pair == null ? new Credentials.DefaultChain() : pair.credentials();
        return role == null ? by : role.credentials(sessionName, by);
    }

    /** Reads {@code serverSideEncryption}; missing means none. */
    public static Encryption encryption(String value) {
        for (Encryption encryption : Encryption.values()) {
            if (encryption.value().equals(value == null ? "none" : value)) {
                return encryption;
            }
        }
        throw ProblemException.invalid("credentials[0].serverSideEncryption", "must be none, AES256 or aws:kms");
    }

    private static String kmsKeyId(Encryption encryption, String value) {
        if (encryption != Encryption.KMS) {
            if (value != null && !value.isEmpty()) {
                throw ProblemException.invalid(
                        "credentials[0].serverSideKmsKeyId",
                        "counts only with serverSideEncryption " + Encryption.KMS.value() + ", which is "
                                + encryption.value() + " here: send that as well, or leave the key out");
            }
            return null;
        }
        if (value == null || !KEY_NAME.matcher(value).matches()) {
            throw noKey();
        }
        return value;
    }

    /**
     * Whether it can be used with AWS, whose roles have accounts and whose keys have ids and aliases.
     *
     * @throws ProblemException 400 naming the field, if not
     */
    public void requireOfAws() {
        if (role != null) {
            role.requireOfAws("credentials[0]." + Role.ARN_FIELD);
        }
        if (kmsKeyId != null && !KMS_KEY.matcher(kmsKeyId).matches()) {
            throw noKey();
        }
    }

    private static ProblemException noKey() {
        return ProblemException.invalid(
                "credentials[0].serverSideKmsKeyId",
                "must name the key as arn:aws:kms:<region>:<account>:key/<id>, arn:aws:kms:<region>:<account>:alias/<name>,"
                        + " alias/aws/s3, alias/<name>, or a key id; only a store that is not AWS has keys of other names");
    }
}
