package dev.wharf.jobs;

import dev.wharf.kernel.sql.Database;

/** What is done from time to time so that every job comes to an end, whatever happens to processes and messages. */
public final class Jobs {
    private final Claims claims;
    private final Nodes nodes;
    private final JobCounts counts;

    public Jobs(Database database, Claims claims, JobCounts counts) {
        this.claims = claims;
        this.nodes = new Nodes(database, claims);
        this.counts = counts;
    }

    /** Keeps this node and its claims from looking dead. */
    public void renew() {
        nodes.show();
        claims.renew();
        counts.refresh();
    }

    /** Sees to it that jobs which wait for a dead node are due elsewhere. */
    public void takeOver() {
        nodes.takeOver();
    }

    /** The moments of now. */
    public JobTimes times() {
        return new JobTimes(
                claims.now(),
                claims.dead(),
                claims.after(JobTimes.GRACE),
                claims.after(JobTimes.LOST),
                claims.process().toString(),
                claims.process().ofThisNode());
    }
}
