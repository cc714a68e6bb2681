package dev.wharf.jobs;

import dev.wharf.kernel.problem.ProblemException;

/**
 * What has become of a job whose attempt failed.
 *
 * @param over whether the job has ended by it; if not, its message is to go back to the queue and come again
 * @param reason for whoever reads the log
 */
public record FailedAttempt(boolean over, String reason) {
    /** A failure that no job has: what the message asks for may be there the next time. */
    public static FailedAttempt toBeRepeated(ProblemException problem) {
        return new FailedAttempt(false, problem.detail());
    }
}
