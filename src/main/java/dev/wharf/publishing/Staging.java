package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.Publication;

/** An attempt to bring a job's pending files to their stores, many at one time, until one of them fails. */
public final class Staging {
    private final Publication job;
    private final Caller publisher;
    private final FirstFailure failure = new FirstFailure();

    Staging(Publication job, Caller publisher) {
        this.job = job;
        this.publisher = publisher;
    }

    Publication job() {
        return job;
    }

    Caller publisher() {
        return publisher;
    }

    /** Whether further files may be begun. */
    public boolean isGoingOn() {
        return !failure.isThere();
    }

    FirstFailure failure() {
        return failure;
    }
}
