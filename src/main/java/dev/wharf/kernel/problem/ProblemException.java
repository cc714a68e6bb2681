package dev.wharf.kernel.problem;

/**
 * A failure that is part of the product: it becomes an error document or the reason of a failed
 * job. The detail names the thing (bucket, key, field), says what is wrong and what to do; it never holds a secret.
 */
public class ProblemException extends RuntimeException {
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Problem problem;

    public ProblemException(Problem problem, String detail) {
        this(problem, detail, null);
    }

    public ProblemException(Problem problem, String detail, Throwable cause) {
        // A caller's mistake has no use for a stack trace, and a service under attack none for its cost.
        super(detail, cause, true, problem.status() >= 500);
        this.problem = problem;
    }

    /** A request value that breaks a rule. */
    public static ProblemException invalid(String field, String rule) {
        return new ProblemException(Problem.VALIDATION_FAILED, field + " " + rule);
    }

    /** After how many seconds the same request may do better, for {@code Retry-After}; 0 where time changes nothing. */
    public long retryAfterSeconds() {
        return problem.status() == 503 ? RETRY_AFTER_SECONDS : 0;
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return getMessage();
    }
}
