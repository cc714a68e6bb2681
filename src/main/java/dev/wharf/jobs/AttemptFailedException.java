package dev.wharf.jobs;

/** Brings a message back to its queue, since the job that it asks for is not over. */
public final class AttemptFailedException extends RuntimeException {
    /** @param reason why the attempt failed */
    public AttemptFailedException(String reason) {
        super(reason, null, false, false);
    }
}
