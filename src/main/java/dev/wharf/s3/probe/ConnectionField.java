package dev.wharf.s3.probe;

import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;

/** Which field of a connection a failure is about, by the names of the API. */
final class ConnectionField {
    static final String KEY = "credentials[0].key";

    private static final String ENDPOINT = "params.endpoint";

    private ConnectionField() {}

    /** Null where no field is to blame. */
    static String of(StoreException failure, StoreAccess access) {
        if (!access.isAws() && StoreErrors.isNoStore(failure)) {
            return ENDPOINT;
        }
        return switch (failure.kind()) {
            case BAD_CREDENTIALS -> StoreErrors.isWrongSecret(failure) ? "credentials[0].secret" : KEY;
            case WRONG_REGION -> "params.region";
            case NO_SUCH_BUCKET -> "bucket";
            case BAD_ENCRYPTION_KEY -> "credentials[0].serverSideKmsKeyId";
            case UNAVAILABLE -> access.isAws() ? null : ENDPOINT;
            default -> null;
        };
    }
}
