package dev.wharf.browse;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many requests are under way on each connection. A request holds one of the service's workers for as long as the
 * store or the client takes: without a bound, one slow store would leave none for the others.
 */
final class ConnectionLoad {
    private static final long BASE_STORAGE = 0;

    private final int most;
    private final String what;
    private final ConcurrentMap<Long, Integer> underWay = new ConcurrentHashMap<>();

    /**
     * @param most at one time, on each connection
     * @param what they are, and which setting bounds them, for who comes too late
     */
    ConnectionLoad(int most, String what) {
        this.most = most;
        this.what = what;
    }

    /**
     * Counts one more.
     *
     * @param connectionId null for base storage
     * @return to be run when it has ended; a second time does nothing
     * @throws ProblemException 503 if as many as may are under way
     */
    Runnable enter(Long connectionId) {
        long key = connectionId == null ? BASE_STORAGE : connectionId;
        underWay.merge(key, 1, (count, one) -> {
            if (count >= most) {
                throw new ProblemException(
                        Problem.UNAVAILABLE,
                        (connectionId == null ? "Base storage" : "Connection " + connectionId) + " is busy: " + most
                                + " " + what + " at this moment; try again in a few seconds");
            }
            return count + one;
        });
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                underWay.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
            }
        };
    }
}
