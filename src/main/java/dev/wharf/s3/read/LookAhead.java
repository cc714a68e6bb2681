package dev.wharf.s3.read;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The ranges that one reader will come to next, fetched while it reads. Used by the reader's thread; any other may
 * close it.
 */
final class LookAhead implements AutoCloseable {
    private final RangeFetcher fetcher;
    private final ObjectVersion version;
    private final long end;

    // All guarded by this.
    private final ReadPace pace;
    private final Deque<FetchedRange> ranges = new ArrayDeque<>();
    private FetchedRange current;
    private boolean ended;

    /**
     * @param end behind the last byte that will be read
     */
    LookAhead(RangeFetcher fetcher, ObjectVersion version, long end) {
        this.fetcher = fetcher;
        this.version = version;
        this.end = end;
        pace = fetcher.newPace();
        ended = !version.isResumable();
    }

    /** The range from which the byte at a position is to be taken; null where the reader asks the store itself. */
    synchronized FetchedRange at(long position) {
        if (current != null && position < current.end()) {
            return current;
        }
        if (current != null) {
            current.close();
            FetchedRange next = ranges.poll();
            pace.readRange(next == null ? null : next.progress());
            current = next;
        } else if (!ranges.isEmpty() && position == ranges.peek().start()) {
            enter(ranges.remove());
        }
        if (current != null) {
            fetchAfter(current.end());
        }
        return current;
    }

    /** Up to where the reader asks the store itself. */
    synchronized long directEnd() {
        return ranges.isEmpty() ? end : ranges.peek().start();
    }

    /**
     * The reader has asked the store itself.
     *
     * @param position where it is now
     * @param count bytes that came
     * @param nanos for which it has waited
     */
    synchronized void readDirectly(long position, int count, long nanos) {
        pace.readDirectly(count, nanos);
        fetchAfter(nextStart(position));
    }

    /** What was fetched is of no use, and nothing is fetched any more. */
    @Override
    public synchronized void close() {
        ended = true;
        if (current != null) {
            current.close();
            current = null;
        }
        ranges.forEach(FetchedRange::close);
        ranges.clear();
    }

    /** From the connection that has brought the reader here, which goes on where the range has not begun to come. */
    private void enter(FetchedRange range) {
        if (range.hasBegun()) {
            current = range;
            return;
        }
        range.close();
        if (range.hasFailed()) {
            close();
        }
    }

    /** So far ahead that something of it has come when the reader is there. */
    private long nextStart(long position) {
        long length = fetcher.rangeBytes();
        return (position + length / 4 + length - 1) / length * length;
    }

    /**
     * @param position where the next range begins, unless there are some already
     */
    private void fetchAfter(long position) {
        long start = ranges.isEmpty() ? position : ranges.peekLast().end();
        while (!ended && ranges.size() < pace.depth() && start < end) {
            FetchedRange range = fetcher.fetch(version, start, Math.min(end, start + fetcher.rangeBytes()));
            if (range == null) {
                return;
            }
            ranges.add(range);
            start = range.end();
        }
    }
}
