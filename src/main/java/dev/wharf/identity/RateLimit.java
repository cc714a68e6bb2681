package dev.wharf.identity;

import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.problem.TooManyRequestsException;
import dev.wharf.kernel.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How often one operation may be asked for in a minute of the clock, by a person and by a workspace ({@code domain.md}
 * §3.1, <i>Rate limit headers</i>). What is refused does not count. Each node counts for itself.
 */
public final class RateLimit {
    private static final long WINDOW_MILLIS = Duration.ofMinutes(1).toMillis();

    private final String what;
    private final Settings.Rate rate;
    private final Clock clock;

    private long window;
    /** Of the present window only, so there are no more than callers in a minute. */
    private final Map<Long, Integer> byPerson = new HashMap<>();

    private final Map<Long, Integer> byWorkspace = new HashMap<>();

    /**
     * @param what what is limited, in the plural, for the message
     */
    public RateLimit(String what, Settings.Rate rate, Clock clock) {
        this.what = what;
        this.rate = rate;
        this.clock = clock;
    }

    /**
     * Counts a request, and tells its caller in the answer's headers what is left. A request that is refused for whatever is
     * wrong with it does not count.
     *
     * @throws TooManyRequestsException if the caller or the workspace has none left
     */
    public void count(Caller caller, Answer answer) {
        Instant now = clock.instant();
        boolean granted;
        int leftToPerson;
        int leftToWorkspace;
        synchronized (this) {
            turn(now);
            granted = byPerson.getOrDefault(caller.personId(), 0) < rate.perUser()
                    && byWorkspace.getOrDefault(caller.workspaceId(), 0) < rate.perWorkspace();
            int one = granted ? 1 : 0;
            leftToPerson = rate.perUser() - byPerson.merge(caller.personId(), one, Integer::sum);
            leftToWorkspace = rate.perWorkspace() - byWorkspace.merge(caller.workspaceId(), one, Integer::sum);
        }
        Instant reset = Instant.ofEpochMilli((now.toEpochMilli() / WINDOW_MILLIS + 1) * WINDOW_MILLIS);
        tell(answer, leftToPerson, leftToWorkspace, reset);
        if (!granted) {
            Duration wait = Duration.between(now, reset);
            throw new TooManyRequestsException(
                    "At most " + rate.perUser() + " " + what + " a minute are taken from a person and "
                            + rate.perWorkspace() + " from a workspace; there is room again in "
                            + (wait.toSeconds() + 1) + " s",
                    wait);
        }
        answer.ifRefused(() -> giveBack(caller, answer, reset.toEpochMilli() / WINDOW_MILLIS - 1, reset));
    }

    private void giveBack(Caller caller, Answer answer, long counted, Instant reset) {
        int leftToPerson;
        int leftToWorkspace;
        synchronized (this) {
            turn(clock.instant());
            int one = window == counted ? 1 : 0;
            leftToPerson = rate.perUser() - byPerson.merge(caller.personId(), -one, Integer::sum);
            leftToWorkspace = rate.perWorkspace() - byWorkspace.merge(caller.workspaceId(), -one, Integer::sum);
        }
        tell(answer, leftToPerson, leftToWorkspace, reset);
    }

    private void tell(Answer answer, int leftToPerson, int leftToWorkspace, Instant reset) {
        tell(answer, "user", rate.perUser(), leftToPerson, reset);
        tell(answer, "workspace", rate.perWorkspace(), leftToWorkspace, reset);
    }

    private void turn(Instant now) {
        long present = now.toEpochMilli() / WINDOW_MILLIS;
        if (present != window) {
            window = present;
            byPerson.clear();
            byWorkspace.clear();
        }
    }

    private static void tell(Answer answer, String whose, int limit, int remaining, Instant reset) {
        String prefix = "x-rate-limit-" + whose;
        answer.header(prefix + "-limit", String.valueOf(limit));
        answer.header(prefix + "-remaining", String.valueOf(remaining));
        answer.header(prefix + "-reset", String.valueOf(reset.toEpochMilli()));
    }
}
