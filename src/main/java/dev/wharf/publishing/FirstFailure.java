package dev.wharf.publishing;

/** What went wrong first with files of which many are under way at one time; what went wrong besides goes with it. */
final class FirstFailure {
    private volatile Throwable first;

    synchronized void add(Throwable failure) {
        if (first == null) {
            first = failure;
        } else if (first != failure) {
            first.addSuppressed(failure);
        }
    }

    boolean isThere() {
        return first != null;
    }

    /** Throws it, if there is one. */
    void rethrow() {
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException failure) {
            throw failure;
        }
        if (first != null) {
            throw new IllegalStateException(first);
        }
    }
}
