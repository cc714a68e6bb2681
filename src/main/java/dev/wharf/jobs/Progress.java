package dev.wharf.jobs;

import java.time.Instant;

/**
 * How far a job is, as its rows say: the same on every node.
 *
 * @param step {@code waiting} for a node, or for its next attempt; {@code reading} the dataset's files; {@code writing} the
 *     results; {@code sending} them to their stores, where nobody sees them yet; {@code publishing}, as they become visible;
 *     {@code over}
 * @param files of the step: those of the dataset until the results are written, then the results
 * @param bytes of the same
 * @param bytesPerSecond on average in this attempt; null where nothing moves
 * @param secondsLeft of this step at that rate; null where nobody can tell
 * @param attempt the how-manieth it is; 0 before the first
 * @param retrying whether an attempt before this one has failed, and the job goes on
 * @param reason why the last attempt failed, or the job has failed or was canceled; null for neither
 * @param startedAt when this attempt was begun; null before the first
 */
public record Progress(
        long jobGroupId,
        String status,
        String step,
        Count files,
        Count bytes,
        Long bytesPerSecond,
        Long secondsLeft,
        int attempt,
        int maxAttempts,
        boolean retrying,
        String reason,
        Instant startedAt) {

    /** @param total null where it is not known yet */
    public record Count(long done, Long total) {}

    public boolean over() {
        return step.equals("over");
    }
}
