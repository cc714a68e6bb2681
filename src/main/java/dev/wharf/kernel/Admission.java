package dev.wharf.kernel;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.TooManyRequestsException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many requests of a kind may be under way: in all, on one connection, and for one person. Each holds one of the
 * service's workers for as long as a store or a client takes: without bounds one slow store, or one person, would leave none
 * for the others.
 */
public final class Admission {
    private static final long BASE_STORAGE = 0;
    /** Until some of one's own requests may have ended. */
    private static final Duration OWN_PAUSE = Duration.ofSeconds(5);

    private final String what;
    private final String settings;
    private final Bounds bounds;

    // All guarded by this.
    private int underWay;
    private final Map<Long, Integer> byConnection = new HashMap<>();
    private final Map<Long, Integer> byPerson = new HashMap<>();

    /** How many at one time; base storage counts as a connection. */
    public record Bounds(int inAll, int onConnection, int perPerson) {}

    /** Who asks. */
    public interface Guest {
        long personId();
    }

    /**
     * @param what they are, for who comes too late
     * @param settings the part of names that the settings of their bounds have in common, such as {@code wharf.browse}
     */
    public Admission(String what, String settings, Bounds bounds) {
        this.what = what;
        this.settings = settings;
        this.bounds = bounds;
    }

    /**
     * Counts one more that is on no connection, or on which is not known yet.
     *
     * @return to be run when it has ended; a second time does nothing
     * @throws ProblemException 503 if as many as may are under way; 429 if all that one person may have are the guest's own
     */
    public Runnable enter(Guest guest) {
        return enter(guest.personId(), null);
    }

    /**
     * Counts one more.
     *
     * @param connectionId null for base storage
     * @return to be run when it has ended; a second time does nothing
     * @throws ProblemException 503 if as many as may are under way; 429 if all that one person may have are the guest's own
     */
    public Runnable enter(Guest guest, Long connectionId) {
        return enter(guest.personId(), connectionId == null ? (Long) BASE_STORAGE : connectionId);
    }

    private synchronized Runnable enter(Long person, Long connection) {
        if (underWay >= bounds.inAll()) {
            throw busy("As many " + what + " as may are under way (" + settings + ".max-concurrent)", "a moment");
        }
        if (connection != null && byConnection.getOrDefault(connection, 0) >= bounds.onConnection()) {
            throw busy(
                    (connection == BASE_STORAGE ? "Base storage" : "Connection " + connection) + " is busy: "
                            + bounds.onConnection() + " " + what + " are under way on it (" + settings
                            + ".max-concurrent)",
                    "a few seconds");
        }
        if (byPerson.getOrDefault(person, 0) >= bounds.perPerson()) {
            throw new TooManyRequestsException(
                    "You have " + bounds.perPerson() + " " + what + " under way, as many as one person may (" + settings
                            + ".max-per-person); try again in a few seconds",
                    OWN_PAUSE);
        }
        underWay++;
        count(byPerson, person, 1);
        count(byConnection, connection, 1);
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                leave(person, connection);
            }
        };
    }

    private synchronized void leave(Long person, Long connection) {
        underWay--;
        count(byPerson, person, -1);
        count(byConnection, connection, -1);
    }

    /** Nobody is kept at zero. */
    private static void count(Map<Long, Integer> counts, Long key, int change) {
        if (key != null) {
            counts.merge(key, change, (count, more) -> count + more == 0 ? null : count + more);
        }
    }

    private static ProblemException busy(String reason, String pause) {
        return new ProblemException(Problem.UNAVAILABLE, reason + "; try again in " + pause);
    }
}
