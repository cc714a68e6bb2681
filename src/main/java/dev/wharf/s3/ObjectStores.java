package dev.wharf.s3;

/** Hands out the store behind an access: one client each, kept while it is used, closed when the access changes. */
public interface ObjectStores extends AutoCloseable {
    ObjectStore open(StoreAccess access);

    /** The connection was deleted: its clients are closed as soon as what runs on them has ended. */
    void forget(long connectionId);

    /** Ends all clients. Streams that are still open fail. */
    @Override
    void close();
}
