package dev.wharf.connections;

import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Secret;
import dev.wharf.s3.StoreAccess.Encryption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A credential of the kind {@code keySecret}, or its alias {@code awsKeySecret} ({@code domain.md} §3.3). */
record KeyPair(String accessKeyId, Secret secretAccessKey, Encryption encryption, String kmsKeyId) {
    // AWS, "Specifying server-side encryption with AWS KMS": key ARN, alias ARN, alias, key id, multi-Region key id.
    private static final Pattern KMS_KEY =
            Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:(key/[0-9a-zA-Z-]+|alias/[A-Za-z0-9/_-]+)"
                    + "|alias/[A-Za-z0-9/_-]{1,250}"
                    + "|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
                    + "|mrk-[0-9a-f]{32}");
    // What can stand in an Authorization header; AWS's own are far shorter.
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,512}");

    private static final String ALIAS = "awsKeySecret";

    /** How a kind of credential calls the access key id. */
    static String keyField(String credentialType) {
        return ALIAS.equals(credentialType) ? "awsAccessKey" : "key";
    }

    static String secretField(String credentialType) {
        return ALIAS.equals(credentialType) ? "awsSecretKey" : "secret";
    }

    static KeyPair of(String credentialType, List<Map<String, String>> credentials) {
        if (!ALIAS.equals(credentialType) && !"keySecret".equals(credentialType)) {
            throw ProblemException.invalid("credentialType", "must be \"keySecret\"");
        }
        if (credentials == null || credentials.size() != 1 || credentials.get(0) == null) {
            throw ProblemException.invalid("credentials", "must be an array of one object with key and secret");
        }
        Map<String, String> credential = credentials.get(0);
        String key = required(credential, keyField(credentialType));
        String secret = required(credential, secretField(credentialType));
        Encryption encryption = encryption(credential.get("serverSideEncryption"));
        return new KeyPair(
                key, new Secret(secret), encryption, kmsKeyId(encryption, credential.get("serverSideKmsKeyId")));
    }

    private static String required(Map<String, String> credential, String field) {
        String value = credential.get(field);
        if (value != null && !value.equals(value.strip())) {
            throw ProblemException.invalid(
                    "credentials[0]." + field, "begins or ends with a blank or a line end: paste it again without");
        }
        if (value == null || !KEY.matcher(value).matches()) {
            throw ProblemException.invalid(
                    "credentials[0]." + field,
                    "must have 1 to 512 printable ASCII characters without blanks or line ends");
        }
        return value;
    }

    /** Reads {@code serverSideEncryption}; missing means none. */
    static Encryption encryption(String value) {
        for (Encryption encryption : Encryption.values()) {
            if (encryption.value().equals(value == null ? "none" : value)) {
                return encryption;
            }
        }
        throw ProblemException.invalid("credentials[0].serverSideEncryption", "must be none, AES256 or aws:kms");
    }

    private static String kmsKeyId(Encryption encryption, String value) {
        if (encryption != Encryption.KMS) {
            return null;
        }
        if (value == null || !KMS_KEY.matcher(value).matches()) {
            throw ProblemException.invalid(
                    "credentials[0].serverSideKmsKeyId",
                    "must name the key as arn:aws:kms:<region>:<account>:key/<id>, arn:aws:kms:<region>:<account>:alias/<name>,"
                            + " alias/aws/s3, alias/<name>, or a key id");
        }
        return value;
    }
}
