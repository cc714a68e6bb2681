package dev.wharf.jobs;

import java.sql.Timestamp;
import java.time.Duration;

/**
 * The moments that statements about jobs compare with and set, also those in {@code routes/jobs.camel.yaml}. A job's row
 * says when its message is due: what was not sent, or was lost, is sent (again) until the job has ended. A message that
 * comes twice does nothing twice.
 *
 * @param now by this node's clock
 * @param dead a claim or a node that was not renewed since then is a dead process's
 * @param soon when a message is due that its maker sends at once
 * @param lost when a message is due again that is sent now
 * @param process this one: what an earlier start of its node has claimed is dead for certain
 * @param ofThisNode with which the claims of all starts of this node begin
 */
public record JobTimes(
        Timestamp now, Timestamp dead, Timestamp soon, Timestamp lost, String process, String ofThisNode) {
    /** How long whoever makes a job due has to send its message itself. */
    public static final Duration GRACE = Duration.ofSeconds(5);

    /** A message that is out and was not taken up: longer than the longest pause between two deliveries. */
    static final Duration LOST = Duration.ofMinutes(10);
}
