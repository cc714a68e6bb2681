package dev.wharf.browse;

import dev.wharf.identity.Caller;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.S3Uri;

/**
 * A place in a store that a caller may look at, for the time of one request.
 *
 * @param store seen with the key pair that is the caller's to use
 * @param leaving what closing does
 */
record BrowsedPlace(Caller caller, S3Uri uri, ObjectStore store, Runnable leaving) implements AutoCloseable {

    BrowsedPlace inBucket(String bucket) {
        return new BrowsedPlace(caller, new S3Uri(bucket, "", uri.connectionId()), store, leaving);
    }

    @Override
    public void close() {
        leaving.run();
    }
}
