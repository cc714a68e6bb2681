package dev.wharf.s3.list;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.FolderPage;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore.Order;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** All that lists objects: what walks share, whatever their store. */
public final class Lists {
    /** A page for the reader, one for each worker, and some for the reader to begin with while those are busy. */
    private static final int PAGES_AHEAD = 4;

    /** What is listed ahead of its turn waits: so many pages for each worker. */
    private static final int PARTS_AHEAD = 2;

    private final StoreSettings settings;
    private final Executor threads;

    /** @param threads that fetch pages ahead of a walk's reader */
    public Lists(StoreSettings settings, Executor threads) {
        this.settings = settings;
        this.threads = threads;
    }

    /** {@link dev.wharf.store.ObjectStore#folder}. */
    public FolderPage folder(ClientLease lease, String bucket, String prefix, int limit, String token) {
        return ObjectLister.folder(lease, bucket, prefix, limit, token);
    }

    /**
     * {@link dev.wharf.store.ObjectStore#walk}. The lease is closed with the stream.
     *
     * @param after the keys behind this one only, in their order; null for all
     */
    public Stream<ObjectInfo> walk(ClientLease lease, String bucket, String prefix, String after, Order order) {
        int workers = order == Order.BY_KEY ? 1 : settings.walkers();
        int pages =
                switch (order) {
                    case BY_KEY -> workers + 1;
                    case BY_KEY_IN_PARTS -> PARTS_AHEAD * workers + PAGES_AHEAD;
                    case ANY -> workers + PAGES_AHEAD;
                };
        boolean inOrder = order != Order.ANY;
        return WalkStream.of(new WalkPages(lease, bucket, prefix, after, threads, workers, inOrder, pages));
    }
}
