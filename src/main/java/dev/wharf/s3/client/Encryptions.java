package dev.wharf.s3.client;

import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreAccess.Encryption;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;

/** The connection's server-side encryption in the SDK's words; null is none asked for. */
public final class Encryptions {
    private Encryptions() {}

    public static String algorithm(StoreAccess access) {
        return access.encryption() == Encryption.NONE
                ? null
                : access.encryption().value();
    }

    /**
     * @param applied what the store says of an upload or an object; null where it says nothing
     * @throws StoreException REFUSED where it is not what the connection asks for
     */
    public static void requireApplied(StoreAccess access, String bucket, String key, String applied) {
        String asked = algorithm(access);
        if (asked != null && !asked.equals(applied)) {
            throw new StoreException(
                    Kind.REFUSED,
                    StoreErrors.place(bucket, key) + ": the store has not applied server-side encryption " + asked
                            + ": choose another one for the connection, or none");
        }
    }

    public static String kmsKeyId(StoreAccess access) {
        return access.encryption() == Encryption.KMS ? access.kmsKeyId() : null;
    }
}
