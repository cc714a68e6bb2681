package dev.wharf.s3;

import dev.wharf.s3.StoreAccess.Encryption;
import dev.wharf.s3.StoreException.Kind;

/** The connection's server-side encryption in the SDK's words; null is none asked for. */
final class Encryptions {
    private Encryptions() {}

    static String algorithm(StoreAccess access) {
        return access.encryption() == Encryption.NONE
                ? null
                : access.encryption().value();
    }

    /**
     * @param applied what the store says of an upload or an object; null where it says nothing
     * @throws StoreException REFUSED where it is not what the connection asks for
     */
    static void requireApplied(StoreAccess access, String bucket, String key, String applied) {
        String asked = algorithm(access);
        if (asked != null && !asked.equals(applied)) {
            throw new StoreException(
                    Kind.REFUSED,
                    StoreErrors.place(bucket, key) + ": the store has not applied server-side encryption " + asked
                            + ": choose another one for the connection, or none");
        }
    }

    static String kmsKeyId(StoreAccess access) {
        return access.encryption() == Encryption.KMS ? access.kmsKeyId() : null;
    }
}
