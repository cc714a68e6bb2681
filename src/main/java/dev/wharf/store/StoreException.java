package dev.wharf.store;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;

/** What a store answered, classified once, at the edge. The detail names the bucket, the key and what to do. */
public final class StoreException extends ProblemException {
    /** What went wrong, as far as callers need to tell apart. */
    public enum Kind {
        NOT_FOUND(Problem.NOT_FOUND),
        NO_SUCH_BUCKET(Problem.NOT_FOUND),
        NO_SUCH_UPLOAD(Problem.CONFLICT),
        EXISTS(Problem.CONFLICT),
        CHANGED(Problem.CONFLICT),
        DENIED(Problem.FORBIDDEN),
        /** The key id is unknown, or the signature is wrong. */
        BAD_CREDENTIALS(Problem.FORBIDDEN),
        ARCHIVED(Problem.STORE_REFUSED),
        /** A copy of an archived object was asked for before, and is being made. */
        RESTORING(Problem.CONFLICT),
        /** The object ends before the bytes that were asked for. */
        OUT_OF_RANGE(Problem.OUT_OF_RANGE),
        WRONG_REGION(Problem.STORE_REFUSED),
        CLOCK_SKEW(Problem.STORE_REFUSED),
        BAD_ENCRYPTION_KEY(Problem.STORE_REFUSED),
        /** Any other 4xx. */
        REFUSED(Problem.STORE_REFUSED),
        /** The store contradicts itself: a wrong length, a token twice, a success that is none. */
        BROKEN(Problem.STORE_UNAVAILABLE),
        /** 5xx, throttling, no connection, a timeout: retried, and still so. */
        UNAVAILABLE(Problem.STORE_UNAVAILABLE);

        private final Problem problem;

        Kind(Problem problem) {
            this.problem = problem;
        }
    }

    private final Kind kind;

    public StoreException(Kind kind, String detail) {
        this(kind, detail, null);
    }

    public StoreException(Kind kind, String detail, Throwable cause) {
        this(kind, kind.problem, detail, cause);
    }

    private StoreException(Kind kind, Problem problem, String detail, Throwable cause) {
        super(problem, detail, cause);
        this.kind = kind;
    }

    /** BROKEN in a way that another try does not mend: the answer is none of S3's, too large, or lacks what matters. */
    public static StoreException unusable(String detail, Throwable cause) {
        return new StoreException(Kind.BROKEN, Problem.STORE_REFUSED, detail, cause);
    }

    public Kind kind() {
        return kind;
    }
}
