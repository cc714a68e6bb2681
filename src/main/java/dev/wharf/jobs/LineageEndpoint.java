package dev.wharf.jobs;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.OutboxMessage;
import dev.wharf.network.ForbiddenAddressException;
import dev.wharf.network.GuardedPost;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who collects run events of OpenLineage. */
public final class LineageEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(LineageEndpoint.class);

    private final Settings.OpenLineage settings;
    private final GuardedPost post;

    public LineageEndpoint(Settings.OpenLineage settings, GuardedPost post) {
        this.settings = settings;
        this.post = post;
    }

    /**
     * Sends an event. One that the other side finds wrong in itself is let go, as it will not be better the next time.
     *
     * @throws ProblemException 503 if it is to be sent again in a while
     */
    public void send(OutboxMessage event) {
        int status = status(event);
        if (status == 400 || status == 413 || status == 422) {
            LOG.warn("A lineage event was refused by {} ({}), and is let go: {}", settings.url(), status, event.id());
        } else if (status < 200 || status > 299) {
            throw later("it answers " + status);
        }
    }

    private int status(OutboxMessage event) {
        Map<String, String> headers = settings.apiKey().isEmpty()
                ? Map.of()
                : Map.of("authorization", "Bearer " + settings.apiKey().value());
        try {
            return post.send(settings.url(), event.document(), headers);
        } catch (ForbiddenAddressException e) {
            throw later(e.getMessage());
        } catch (IOException e) {
            throw later(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private ProblemException later(String reason) {
        return new ProblemException(
                Problem.UNAVAILABLE,
                "Lineage events wait for " + settings.url() + " (wharf.openlineage.url): " + reason);
    }
}
