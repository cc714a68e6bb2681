package dev.wharf.s3.read;

import dev.wharf.s3.write.PartBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The memory for what is fetched ahead of readers. It is lent only where it is free: nobody waits for it, and who gets
 * none reads on without.
 */
final class ReadBuffers {
    static final int CHUNK = PartBuffer.CHUNK;

    /** Large enough that the time to the first byte, and the price of a request, do not count. */
    private static final long LARGEST_RANGE = 16 << 20;

    /** So many ranges of one reader fit. */
    private static final int RANGES = 4;

    private final int total;
    private int lent;
    /** Kept while anything is lent: a fresh array would be cleared first, at a tenth of the speed of a fast store. */
    private final Deque<byte[]> spare = new ArrayDeque<>();

    ReadBuffers(long bytes) {
        total = (int) Math.min(Integer.MAX_VALUE, bytes / CHUNK);
    }

    /** What is fetched ahead in one piece, in bytes. */
    long rangeBytes() {
        return Math.max(CHUNK, Math.min(LARGEST_RANGE, (long) total / RANGES * CHUNK));
    }

    /** The memory that nobody holds, in bytes. */
    synchronized long free() {
        return (long) (total - lent) * CHUNK;
    }

    /** Lends so many chunks, or none. */
    synchronized boolean lend(int chunks) {
        if (chunks > total - lent) {
            return false;
        }
        lent += chunks;
        return true;
    }

    /** One of the chunks that were lent; what is in it is of no meaning. */
    synchronized byte[] chunk() {
        byte[] used = spare.poll();
        return used == null ? new byte[CHUNK] : used;
    }

    /** Takes an array back that nobody writes to or reads from any more. */
    synchronized void reuse(byte[] chunk) {
        if (lent > 0) {
            spare.push(chunk);
        }
    }

    /** Takes so many chunks back. */
    synchronized void giveBack(int chunks) {
        lent -= chunks;
        if (lent == 0) {
            spare.clear();
        }
    }
}
