package dev.wharf.jobs;

import dev.wharf.kernel.sql.Database;
import java.util.List;

/** What is done from time to time so that every job comes to an end, whatever happens to processes and messages. */
public final class Jobs {
    private final Claims claims;
    private final Nodes nodes;
    private final Outbox outbox;
    private final JobCounts counts;

    public Jobs(Database database, Claims claims, Outbox outbox, JobCounts counts) {
        this.claims = claims;
        this.nodes = new Nodes(database, claims);
        this.outbox = outbox;
        this.counts = counts;
    }

    /** Keeps this node and its claims from looking dead. */
    public void renew() {
        nodes.show();
        claims.renew();
        counts.refresh();
    }

    /** Jobs whose messages were not sent or were lost, or whose process has died, to be sent (again). */
    public List<DueMessage> due() {
        nodes.takeOver();
        return outbox.due();
    }

    /** To be called when a message is out. */
    public void sent(DueMessage message) {
        outbox.sent(message.jobGroupId(), message.jobType());
    }

    /** The same of the message that {@code POST /v4/jobGroups} sends. */
    public void runSent(long jobGroupId) {
        outbox.sent(jobGroupId, DueMessage.RUN);
    }

    /** The same of the announcement of a run's results. */
    public void resultsAnnounced(long jobGroupId) {
        outbox.sent(jobGroupId, DueMessage.PUBLICATION);
    }
}
