package dev.wharf.jobs;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;

/**
 * What has become of a job whose attempt failed, or of a message that no job has.
 *
 * @param over whether the job has ended by it; if not, its message is to go back to the queue and come again
 * @param deadLetter when the message is a dead letter instead
 * @param reason for whoever reads the log
 */
public record FailedAttempt(boolean over, DeadLetter deadLetter, String reason) {
    /** When a message is given up. */
    public enum DeadLetter {
        /** It has a job, which has its own end. */
        NEVER,
        /** At its last delivery: what it asks for may be there the next time. */
        AT_LAST,
        /** It can never succeed. */
        AT_ONCE
    }

    /** Of a job that has the message. */
    public FailedAttempt(boolean over, String reason) {
        this(over, DeadLetter.NEVER, reason);
    }

    /** A failure that no job has. */
    public static FailedAttempt withoutJob(ProblemException failure) {
        Problem problem = failure.problem();
        boolean mayPass = problem.transientFailure() || problem == Problem.NOT_FOUND;
        return new FailedAttempt(false, mayPass ? DeadLetter.AT_LAST : DeadLetter.AT_ONCE, failure.detail());
    }
}
