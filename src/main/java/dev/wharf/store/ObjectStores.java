package dev.wharf.store;

import java.util.Optional;
import java.util.function.Consumer;

/** Hands out the store behind an access: one client each, kept while it is used, closed when the access changes. */
public interface ObjectStores extends AutoCloseable {
    ObjectStore open(StoreAccess access);

    /**
     * Tries the operations that a connection will need, and reports each. Works with a key pair that may not list buckets,
     * or only a folder of one. Nothing that exists is touched. Where writing is asked for, an object and uploads of a new
     * key, {@code <prefix>.wharf-connection-test-<uuid>}, are there for a moment; none of it stays, or the report names
     * what does. Takes no longer than one attempt for each operation, and stops at the first that
     * shows the store to be out of reach.
     *
     * @param access registered or not: nothing of it is kept
     * @param noted is given each row as soon as it is known, which the report may word otherwise; may not throw
     */
    ProbeReport probe(StoreAccess access, ProbeRequest request, Consumer<ProbeRow> noted);

    /** The same for who waits for the report. */
    default ProbeReport probe(StoreAccess access, ProbeRequest request) {
        return probe(access, request, row -> {});
    }

    /**
     * Where a bucket is, as the store tells everybody; empty if it does not, or nobody answers within a few seconds.
     *
     * @param access by whom does not matter
     */
    Optional<String> region(StoreAccess access, String bucket);

    /** The queue at an address, to be read with the access's key pair, and to be closed. */
    EventQueue queue(StoreAccess access, QueueUrl url);

    /** The connection was deleted: its clients are closed as soon as what runs on them has ended. */
    void forget(long connectionId);

    /** Ends all clients. Streams that are still open fail. */
    @Override
    void close();
}
