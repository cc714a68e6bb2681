package dev.wharf.s3.read;

import dev.wharf.s3.client.OpenBodies;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Fetches ranges into memory, on threads of its own; for all readers of all stores. */
final class RangeFetcher implements AutoCloseable {
    /** Memory and connections are the bounds that count; this one is for stores that stand still. */
    private static final int THREADS = 64;

    private final ReadBuffers buffers;
    private final LongFunction<ReadPace> paces;
    private final ExecutorService threads =
            new ThreadPoolExecutor(0, THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), RangeFetcher::thread);

    /**
     * @param paces makes a reader's pace out of the length of a range
     */
    RangeFetcher(ReadBuffers buffers, LongFunction<ReadPace> paces) {
        this.buffers = buffers;
        this.paces = paces;
    }

    /** For a new reader. */
    ReadPace newPace() {
        return paces.apply(rangeBytes());
    }

    /** The length of a range, in bytes. */
    long rangeBytes() {
        return buffers.rangeBytes();
    }

    /** The memory that nobody holds, in bytes. */
    public long freeBytes() {
        return buffers.free();
    }

    /**
     * Begins to fetch the bytes from {@code start} to before {@code end}, not more than {@link #rangeBytes}.
     *
     * @return null where there is no memory, connection or thread to spare
     */
    FetchedRange fetch(ObjectVersion version, long start, long end) {
        OpenBodies bodies = version.bodies();
        if (!bodies.beginAhead()) {
            return null;
        }
        FetchedRange range = null;
        boolean begun = false;
        try {
            if (buffers.lend(FetchedRange.chunks(start, end))) {
                range = new FetchedRange(version, buffers, start, end);
                threads.execute(fetching(range, bodies));
                begun = true;
                return range;
            }
        } catch (RejectedExecutionException e) {
            range.close();
        } finally {
            if (!begun) {
                bodies.endAhead();
            }
        }
        return null;
    }

    private static Runnable fetching(FetchedRange range, OpenBodies bodies) {
        return () -> {
            try {
                range.fetch();
            } finally {
                bodies.endAhead();
            }
        };
    }

    /** Takes nothing more; what is under way ends with its client. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "s3-read");
        thread.setDaemon(true);
        return thread;
    }
}
