package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.Attempt;
import dev.wharf.jobs.Publication;

/** An attempt to bring a job's pending files to their stores, many at one time, until one of them fails. */
public final class Staging {
    private final Publication job;
    private final Caller publisher;
    private final Attempt attempt;
    private final PendingFile file;
    private final boolean takesOver;
    private final FirstFailure failure = new FirstFailure();
    private volatile boolean complete;

    /** @param attempt that other nodes know of; null where this one does all */
    Staging(Publication job, Caller publisher, Attempt attempt) {
        this(job, publisher, attempt, null, false);
    }

    private Staging(Publication job, Caller publisher, Attempt attempt, PendingFile file, boolean takesOver) {
        this.job = job;
        this.publisher = publisher;
        this.attempt = attempt;
        this.file = file;
        this.takesOver = takesOver;
    }

    /**
     * That of one file, for whichever process makes the attempt.
     *
     * @param takesOver whether another one that has the file is known to be gone
     */
    static Staging ofOne(Publication job, Caller publisher, Attempt attempt, PendingFile file, boolean takesOver) {
        return new Staging(job, publisher, attempt, file, takesOver);
    }

    Publication job() {
        return job;
    }

    Caller publisher() {
        return publisher;
    }

    /** Null where this node does all. */
    Attempt attempt() {
        return attempt;
    }

    /** Whether other nodes know of the files. */
    public boolean isShared() {
        return attempt != null;
    }

    /** The only file that is to be staged; null for all of the job that are pending. */
    public PendingFile getFile() {
        return file;
    }

    boolean takesOver() {
        return takesOver;
    }

    /** Whether further files may be begun. */
    public boolean isGoingOn() {
        return !failure.isThere();
    }

    /** Whether some files may be pending yet. */
    public boolean isIncomplete() {
        return !complete;
    }

    void complete() {
        complete = true;
    }

    FirstFailure failure() {
        return failure;
    }
}
