package dev.wharf.s3.read;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tries fetching ahead where the reader waits for the store, and keeps it up while it makes the reader faster: from a
 * distant store four connections bring four times as much as one, while from a near one a single connection brings all
 * that the processors can take, and memory is only filled and emptied for nothing.
 */
final class MeasuredPace implements ReadPace {
    /** Beside the range that is being read. */
    private static final int MOST = 3;

    /** Shorter measurements would be of the scheduler. */
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Who waits for less than this part of the time could not become much faster. */
    private static final double LEAST_WAIT = 0.5;

    /** Who takes so much longer to read a range than the store to send it does as well without. */
    private static final int SLOW = 8;

    /** In bytes per nanosecond: only a store on this very machine is faster, and nothing can be gained from it. */
    private static final double FAST = 1;

    private static final double LEAST_GAIN = 1.2;

    /** After so many ranges, as many are under way as will be; then the speed is measured over so many at a time. */
    private static final int WARM = 2;

    private static final int MEASURED = 4;

    /** How many ranges are read without, at first, after it has brought nothing; twice as many each time. */
    private static final int REST = 64;

    private final long rangeBytes;
    private final LongSupplier clock;
    private int depth;
    private double directSpeed;
    private int ranges;
    private long since;
    private long bytes;
    private long waited;
    /** In bytes that are still to be read without. */
    private long rest;

    private long nextRest;

    /**
     * @param rangeBytes the length of a range
     */
    MeasuredPace(long rangeBytes) {
        this(rangeBytes, System::nanoTime);
    }

    MeasuredPace(long rangeBytes, LongSupplier clock) {
        this.rangeBytes = rangeBytes;
        this.clock = clock;
        since = clock.getAsLong();
        nextRest = REST * rangeBytes;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public void readDirectly(int count, long nanos) {
        bytes += count;
        waited += nanos;
        rest -= count;
        if (bytes < rangeBytes / 2) {
            return;
        }
        long elapsed = clock.getAsLong() - since;
        if (elapsed >= LEAST_NANOS) {
            directSpeed = (double) bytes / elapsed;
            boolean useless = rest > 0 || directSpeed > FAST || waited < elapsed * LEAST_WAIT;
            depth = useless ? 0 : Math.max(1, depth);
            restart();
        }
    }

    @Override
    public void readRange(Progress next) {
        bytes += rangeBytes;
        ranges++;
        if (next == null || ranges == WARM) {
            restart();
        } else if (ranges == WARM + MEASURED) {
            judge();
        }
        if (next == null) {
            ranges = 0;
        } else {
            adapt(next);
        }
    }

    private void judge() {
        double speed = (double) bytes / (clock.getAsLong() - since);
        if (speed < directSpeed * LEAST_GAIN) {
            rest = nextRest;
            nextRest *= 2;
        }
        ranges = WARM;
        restart();
    }

    /** Who finds the next range complete needs fewer of them; who has to wait needs more. */
    private void adapt(Progress next) {
        if (rest > 0) {
            depth = 0;
        } else if (!next.complete()) {
            depth = Math.min(MOST, depth + 1);
        } else if (depth > 1 || next.fetchNanos() * SLOW < next.ageNanos()) {
            depth = Math.max(0, depth - 1);
        }
    }

    private void restart() {
        since = clock.getAsLong();
        bytes = 0;
        waited = 0;
    }
}
