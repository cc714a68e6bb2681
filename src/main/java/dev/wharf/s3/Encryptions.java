package dev.wharf.s3;

import dev.wharf.s3.StoreAccess.Encryption;

/** The connection's server-side encryption in the SDK's words; null is none asked for. */
final class Encryptions {
    private Encryptions() {}

    static String algorithm(StoreAccess access) {
        return access.encryption() == Encryption.NONE
                ? null
                : access.encryption().value();
    }

    static String kmsKeyId(StoreAccess access) {
        return access.encryption() == Encryption.KMS ? access.kmsKeyId() : null;
    }
}
