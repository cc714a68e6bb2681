package dev.wharf.s3.list;

import dev.wharf.s3.client.AdaptiveLimit;
import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.list.KeyRanges.Aim;
import dev.wharf.s3.list.KeyRanges.Fetch;
import dev.wharf.s3.wire.ListingPage;
import dev.wharf.store.KeyOrder;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Fetches the pages of a walk, some of them at one time and ahead of who reads them, but never more than a few: a reader
 * that stops stalls the walk, and then no thread is kept waiting for it.
 *
 * <p>There is always one worker, whatever the client's {@link AdaptiveLimit} says, so that every walk makes progress; it
 * is asked for each one more.
 */
final class WalkPages implements AutoCloseable {
    private final ClientLease lease;
    private final String bucket;
    private final String after;
    private final BucketListing listing;
    private final Executor threads;
    private final int mostWorkers;
    private final KeyRanges ranges;

    private final Set<Thread> running = new HashSet<>();
    /** Pages that may still be asked for before some have been read. */
    private int room;

    private int workers;
    private boolean stopped;
    private boolean complete;
    private RuntimeException failure;

    /**
     * Takes the lease over, and gives it back when all is fetched or the last request after {@link #close} has ended.
     *
     * @param after the key behind which to begin, or null
     * @param mostWorkers requests at one time; with 1, pages come in the store's order
     * @param inOrder whether they come in the order of keys with more as well
     * @param mostPages pages in memory at one time, that which is read and those on their way included, at least 2
     */
    WalkPages(
            ClientLease lease,
            String bucket,
            String prefix,
            String after,
            Executor threads,
            int mostWorkers,
            boolean inOrder,
            int mostPages) {
        this.lease = lease;
        this.bucket = bucket;
        this.after = after;
        this.threads = threads;
        this.mostWorkers = mostWorkers;
        listing = new BucketListing(lease, bucket, prefix);
        boolean splittable = mostWorkers > 1 && !lease.sequentialBuckets().contains(bucket);
        ranges = new KeyRanges(prefix, splittable, inOrder, listing.faults());
        room = mostPages;
    }

    /**
     * The first page, fetched by the calling thread alone. To be called once, before all else.
     *
     * @throws StoreException as {@link ObjectStore#walk}; the lease is then still the caller's
     */
    List<ObjectInfo> first() {
        room--;
        ListingPage page = listing.objects(after, null);
        var order = PageOrder.of(page.objects());
        if (after != null && order.first() != null && KeyOrder.KEYS.compare(order.first(), after) <= 0) {
            throw listing.faults().notAfter(after, order.first());
        }
        accept(ranges.next(), page, order);
        synchronized (this) {
            endIfIdle();
        }
        var objects = ranges.take();
        return objects == null ? List.of() : objects;
    }

    /**
     * The next page, when the one before has been read; null behind the last.
     *
     * @throws StoreException as {@link ObjectStore#walk}
     */
    synchronized List<ObjectInfo> next() {
        room++;
        while (!complete) {
            fetchAhead();
            if (failure != null) {
                var thrown = failure;
                close();
                failure = null;
                throw thrown;
            }
            var page = ranges.take();
            if (page != null) {
                return page;
            }
            if (stopped) {
                throw new StoreException(
                        Kind.UNAVAILABLE, "s3://" + bucket + ": the listing was closed before its end");
            }
            complete = ranges.isDone();
            if (complete) {
                close();
            } else {
                await();
            }
        }
        return null;
    }

    /** Starts workers, as many as are of use and allowed. */
    synchronized void fetchAhead() {
        while (!stopped && workers < mostWorkers) {
            boolean extra = workers > 0;
            if (extra && !lease.limit().tryAcquire()) {
                return;
            }
            Fetch fetch = nextFetch();
            if (fetch == null) {
                if (extra) {
                    lease.limit().release();
                }
                return;
            }
            room--;
            workers++;
            start(fetch);
        }
    }

    /** Drops what was fetched, and lets what is under way come to nothing. */
    @Override
    public synchronized void close() {
        stopped = true;
        ranges.clear();
        running.forEach(Thread::interrupt);
        endIfIdle();
        notifyAll();
    }

    /** Without room, only what the reader waits for: what was read ahead can be too much of what comes later. */
    private Fetch nextFetch() {
        return room > 0 ? ranges.next() : ranges.nextToRead();
    }

    private void start(Fetch fetch) {
        try {
            threads.execute(() -> work(fetch));
        } catch (RejectedExecutionException e) {
            fail(new StoreException(Kind.UNAVAILABLE, "The service is shutting down", e));
            leave();
        }
    }

    private void work(Fetch begun) {
        try {
            for (Fetch fetch = enter() ? begun : null; fetch != null; ) {
                fetch = step(fetch);
            }
        } catch (RuntimeException e) {
            fail(e);
        } catch (Error e) {
            fail(new IllegalStateException("Listing s3://" + bucket + " failed", e));
            throw e;
        } finally {
            end();
        }
    }

    private synchronized boolean enter() {
        running.add(Thread.currentThread());
        return !stopped;
    }

    /** Fetches one page and says what to fetch next. */
    private Fetch step(Fetch fetch) {
        ListingPage page;
        try {
            page = listing.objects(fetch.startAfter(), fetch.token());
        } catch (StoreException e) {
            if (fetch.aim() != Aim.SPLIT) {
                throw e;
            }
            return refused(fetch, e.kind());
        }
        var order = PageOrder.of(page.objects());
        synchronized (this) {
            if (stopped) {
                return null;
            }
            if (accept(fetch, page, order)) {
                notifyAll();
            } else {
                room++;
            }
            return goOn();
        }
    }

    /** It was only a try. If the store is failing, the next page of the range will tell. */
    private synchronized Fetch refused(Fetch probe, Kind kind) {
        ranges.giveUpSplitting(probe);
        if (kind == Kind.REFUSED) {
            lease.sequentialBuckets().add(bucket);
        }
        room++;
        return goOn();
    }

    private Fetch goOn() {
        boolean tooMany = workers > 1 && lease.limit().isExceeded();
        Fetch next = stopped || tooMany ? null : nextFetch();
        if (next != null) {
            room--;
        }
        fetchAhead();
        return next;
    }

    private boolean accept(Fetch fetch, ListingPage page, PageOrder order) {
        try {
            return ranges.accept(fetch, page, order);
        } finally {
            if (ranges.isOdd()) {
                lease.sequentialBuckets().add(bucket);
            }
        }
    }

    private synchronized void fail(RuntimeException e) {
        running.remove(Thread.currentThread());
        if (!stopped) {
            failure = e;
            close();
        }
    }

    private synchronized void end() {
        running.remove(Thread.currentThread());
        leave();
    }

    private void leave() {
        if (--workers > 0) {
            lease.limit().release();
        }
        endIfIdle();
        notifyAll();
    }

    private void endIfIdle() {
        if (workers == 0 && (stopped || ranges.isDone())) {
            lease.close();
        }
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new StoreException(Kind.UNAVAILABLE, "s3://" + bucket + ": the listing was interrupted", e);
        }
    }
}
