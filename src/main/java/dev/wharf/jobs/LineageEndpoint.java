package dev.wharf.jobs;

import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Outbox;
import dev.wharf.kernel.sql.OutboxMessage;
import dev.wharf.network.ForbiddenAddressException;
import dev.wharf.network.GuardedPost;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who collects run events of OpenLineage. While it takes none, they wait, and it is asked from time to time by one of them. */
public final class LineageEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(LineageEndpoint.class);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Bad request, too large, cannot be processed: the event will not be better the next time. */
    private static final Set<Integer> WRONG_IN_ITSELF = Set.of(400, 413, 422);

    private final Settings.OpenLineage settings;
    private final GuardedPost post;
    private final Outbox outbox;
    private final Duration shortestPause;
    private final Clock clock;

    /** How long to wait while it takes none; null while it does. */
    private Duration pause;

    private Instant nextTry = Instant.EPOCH;

    /**
     * @param outbox in which the events wait
     * @param pause before one that was not taken is sent again; doubled each time, to a minute at most
     */
    public LineageEndpoint(
            Settings.OpenLineage settings, GuardedPost post, Outbox outbox, Duration pause, Clock clock) {
        this.settings = settings;
        this.post = post;
        this.outbox = outbox;
        this.shortestPause = pause;
        this.clock = clock;
    }

    /** Sends an event; whether there is nothing left to be done for it. */
    public synchronized boolean send(OutboxMessage event) {
        if (pause != null && clock.instant().isBefore(nextTry)) {
            outbox.putOff(event, pause);
            return false;
        }
        try {
            int status = post.send(settings.url(), event.document(), headers());
            if (WRONG_IN_ITSELF.contains(status)) {
                LOG.warn("{} refuses a lineage event ({}), which is let go: {}", settings.url(), status, event.id());
            } else if (status < 200 || status > 299) {
                return wait(event, "it answers " + status);
            }
        } catch (ForbiddenAddressException e) {
            return wait(event, e.getMessage());
        } catch (IOException e) {
            return wait(event, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        if (pause != null) {
            LOG.info("{} takes lineage events again", settings.url());
        }
        pause = null;
        return true;
    }

    private Map<String, String> headers() {
        return settings.apiKey().isEmpty()
                ? Map.of()
                : Map.of("authorization", "Bearer " + settings.apiKey().value());
    }

    /** Said once, as it may last for hours. */
    private boolean wait(OutboxMessage event, String reason) {
        if (pause == null) {
            LOG.warn("Lineage events wait for {} (wharf.openlineage.url): {}", settings.url(), reason);
        }
        Duration longer = pause == null ? shortestPause : pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        nextTry = clock.instant().plus(pause);
        outbox.putOff(event, pause);
        return false;
    }
}
