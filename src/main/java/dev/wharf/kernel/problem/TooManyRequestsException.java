package dev.wharf.kernel.problem;

import java.time.Duration;

/** The caller has used up a quota, or is locked out for a while. */
public final class TooManyRequestsException extends ProblemException {
    private final long retryAfterSeconds;

    /**
     * @param retryAfter until the same request may be carried out; rounded up to seconds
     */
    public TooManyRequestsException(String detail, Duration retryAfter) {
        super(Problem.TOO_MANY_REQUESTS, detail);
        this.retryAfterSeconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }

    @Override
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
