package dev.wharf.s3.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many requests a client may have under way beyond the one that each piece of work has anyway. Found out as TCP
 * finds out how fast a network is (additive increase, multiplicative decrease): a store that asks for less gets half,
 * at most once a second, and what was taken back is given again one by one as answers come in. Nobody ever waits here:
 * who is refused does with what it has.
 */
public final class AdaptiveLimit {
    /** Requests that were under way when the store first complained will complain as well. */
    private static final long REST = Duration.ofSeconds(1).toNanos();

    private static final int ANSWERS_PER_STEP = 20;

    private final int most;
    private final LongSupplier nanoTime;
    private int limit;
    private int taken;
    private int answers;
    private long restUntil;

    /** @param nanoTime as {@link System#nanoTime} */
    AdaptiveLimit(int most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
        limit = most;
        restUntil = nanoTime.getAsLong();
    }

    /** Whether one more request may be under way; if so, {@link #release} it. */
    public synchronized boolean tryAcquire() {
        if (taken >= limit) {
            return false;
        }
        taken++;
        return true;
    }

    public synchronized void release() {
        taken--;
    }

    /** Whether more is under way than may be by now, so that who can should release. */
    public synchronized boolean isExceeded() {
        return taken > limit;
    }

    /** The store answered as it should. */
    synchronized void answered() {
        if (limit < most && ++answers >= ANSWERS_PER_STEP) {
            answers = 0;
            limit++;
        }
    }

    /** The store asked for fewer requests. */
    synchronized void throttled() {
        answers = 0;
        long now = nanoTime.getAsLong();
        if (now - restUntil >= 0) {
            limit /= 2;
            restUntil = now + REST;
        }
    }

    public synchronized int limit() {
        return limit;
    }
}
