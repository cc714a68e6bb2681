package dev.wharf.s3.fault;

import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreAccess.Encryption;
import java.util.Locale;

/**
 * Says in plain words why a KMS key could not be used. Codes are those of AWS KMS, which S3 hands on; Ceph gives a key
 * that it cannot fetch the code of an unknown access key, and names it in its message.
 */
final class KmsErrors {
    private static final String PREFIX = "KMS.";
    private static final String CEPH = "kms-keyid";

    private KmsErrors() {}

    static boolean areMeant(StoreAnswer answer) {
        return answer.code().startsWith(PREFIX)
                || answer.message().toLowerCase(Locale.ROOT).contains(CEPH);
    }

    /** Whether the key may be usable in a moment. */
    static boolean mayPass(String code) {
        return code.equals("KMS.ThrottlingException")
                || code.equals("KMS.KMSInternalException")
                || code.equals("KMS.DependencyTimeoutException");
    }

    /** Whose key it is depends on what was done; which one, the store knows best. */
    static String words(StoreAnswer answer, S3Operation operation, StoreAccess access) {
        String state = state(answer.code(), answer.message().toLowerCase(Locale.ROOT));
        String named = answer.kmsKey().map(key -> " " + key).orElse("");
        if (operation.encrypts() && access.encryption() == Encryption.KMS) {
            return "the connection encrypts with " + (named.isEmpty() ? ofConnection(access) : "the KMS key" + named)
                    + ", which " + state + "; or choose another key for the connection";
        }
        if (operation.encrypts()) {
            return "the bucket encrypts with " + (named.isEmpty() ? "a KMS key of its own" : "the KMS key" + named)
                    + ", which " + state;
        }
        return operation.reads()
                ? "the object is encrypted with " + (named.isEmpty() ? "a KMS key" : "the KMS key" + named) + ", which "
                        + state
                : "it takes " + (named.isEmpty() ? "a KMS key" : "the KMS key" + named) + ", which " + state;
    }

    /** As part of a sentence: base storage may be encrypted with the key that AWS keeps for S3, which has no name here. */
    static String ofConnection(StoreAccess access) {
        return access.kmsKeyId() == null ? "the account's KMS key for S3" : "the KMS key " + access.kmsKeyId();
    }

    private static String state(String code, String message) {
        return switch (code.startsWith(PREFIX) ? code.substring(PREFIX.length()) : "") {
            case "DisabledException" -> "is disabled: its owner has to enable it";
            case "NotFoundException" -> "does not exist there: check its id, its account and its region";
            case "InvalidKeyUsageException", "InvalidGrantTokenException" ->
                "is not one for encrypting: it has to be a symmetric key for encrypting and decrypting";
            case "KMSInvalidStateException" -> {
                if (message.contains("pending deletion") || message.contains("pendingdeletion")) {
                    yield "is to be deleted (pending deletion): its owner has to cancel that and enable it";
                }
                yield message.contains("pending import") || message.contains("pendingimport")
                        ? "has no key material yet (pending import): its owner has to import it"
                        : "is in a state in which it cannot be used: its owner has to enable it";
            }
            default -> "cannot be used: check its id, state and region";
        };
    }
}
