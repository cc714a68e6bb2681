package dev.wharf.s3.write;

import dev.wharf.store.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that parts may take together, so that no number of uploads can exhaust the heap: who finds it used up
 * waits, first come, first served.
 */
final class PartBuffers {
    private final Semaphore chunks;
    /** Free chunks, while any upload runs: new ones would have to be cleared, and moved about by the collector. */
    private final Deque<byte[]> spare = new ArrayDeque<>();

    private final int total;
    private final Duration wait;

    PartBuffers(long bytes, Duration wait) {
        total = (int) Math.min(Integer.MAX_VALUE, bytes / PartBuffer.CHUNK);
        chunks = new Semaphore(total, true);
        this.wait = wait;
    }

    /** The largest buffer there can be, in bytes. */
    long largest() {
        return (long) total * PartBuffer.CHUNK;
    }

    /** The memory that nobody holds, in bytes. */
    public long free() {
        return (long) chunks.availablePermits() * PartBuffer.CHUNK;
    }

    /**
     * A buffer for a part, all of it at once: two uploads that each hold half of what they need would wait for ever.
     *
     * @throws StoreException UNAVAILABLE where none becomes free in time
     */
    PartBuffer take(long capacity) {
        PartBuffer buffer = take(capacity, wait);
        if (buffer == null) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "Too many uploads are running: no memory became free within " + wait.toSeconds() + " s; try again");
        }
        return buffer;
    }

    /** The same for who can do without: null where none is free, or others wait. */
    PartBuffer takeIfFree(long capacity) {
        return take(capacity, Duration.ZERO);
    }

    private PartBuffer take(long capacity, Duration patience) {
        int needed = (int) Math.max(1, (capacity + PartBuffer.CHUNK - 1) / PartBuffer.CHUNK);
        try {
            return chunks.tryAcquire(needed, patience.toMillis(), TimeUnit.MILLISECONDS)
                    ? new PartBuffer(capacity, new Share(needed))
                    : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "The upload was interrupted", e);
        }
    }

    /** What one part may take. */
    private final class Share implements PartBuffer.Memory {
        private final int permits;

        Share(int permits) {
            this.permits = permits;
        }

        /** Where there are spare chunks each that is handed out is one of them, or stands for it: so they never add up. */
        @Override
        public byte[] take(int size) {
            byte[] free;
            synchronized (spare) {
                free = spare.poll();
            }
            return free != null && size == PartBuffer.CHUNK ? free : new byte[size];
        }

        @Override
        public void giveBack(List<byte[]> used) {
            synchronized (spare) {
                used.stream().filter(chunk -> chunk.length == PartBuffer.CHUNK).forEach(spare::push);
                chunks.release(permits);
                if (chunks.availablePermits() == total) {
                    spare.clear();
                }
            }
        }
    }
}
