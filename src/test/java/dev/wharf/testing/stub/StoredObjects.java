package dev.wharf.testing.stub;

import dev.wharf.store.StoreAccess;
import java.util.List;

/** A server whose objects a test can see and change behind the service's back. */
public interface StoredObjects {
    StoreAccess access();

    void put(String bucket, String key, byte[] content);

    byte[] get(String bucket, String key);

    /** All keys of a bucket, in its order. */
    List<String> keys(String bucket);

    /** The keys of uploads that were begun and neither completed nor aborted. */
    List<String> uploads(String bucket);
}
