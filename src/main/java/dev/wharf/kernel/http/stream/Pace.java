package dev.wharf.kernel.http.stream;

import java.time.Duration;

/**
 * Whether a client is too slow to be waited for. Only the time in which nothing but the client is waited for counts, so
 * that a slow store is nobody's fault; used by the one thread that waits.
 */
final class Pace {
    /** In bytes. The slowest line that people use does several times as much. */
    static final int LEAST_PER_SECOND = 1024;

    private final long window;
    private final long least;
    private long waited;
    private long moved;

    /**
     * @param window after as much waiting as that, a pace is counted
     */
    Pace(Duration window) {
        this.window = window.toNanos();
        this.least = Math.max(1, window.toMillis() * LEAST_PER_SECOND / 1_000);
    }

    /**
     * Counts a wait.
     *
     * @param bytes that came, or were taken, after it
     * @return false if the client is too slow
     */
    boolean keeps(long nanos, long bytes) {
        waited += nanos;
        moved += bytes;
        if (waited < window) {
            return true;
        }
        boolean fast = moved >= least;
        waited = 0;
        moved = 0;
        return fast;
    }

    /** For who was too slow. */
    String text() {
        return "fewer than " + LEAST_PER_SECOND + " bytes a second, over " + window / 1_000_000_000 + " s";
    }
}
