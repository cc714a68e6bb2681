package dev.wharf.jobs;

import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Publications that wait for files of theirs to be sent. Nobody works on one meanwhile; its message is due when the files are
 * there, and also when no further one has come for too long.
 */
public final class AwaitedFiles {
    private final Database database;
    private final Claims claims;
    private final Duration timeout;

    /** @param timeout how long a job waits for its next file */
    public AwaitedFiles(Database database, Claims claims, Duration timeout) {
        this.database = database;
        this.claims = claims;
        this.timeout = timeout;
    }

    /** Lets a job of this process wait: its attempts are counted from when the files are there. */
    public void await(Publication job) {
        database.sql("jobs/await-files")
                .param("due", claims.after(timeout))
                .param("now", claims.now())
                .param("job", job.jobId())
                .param("process", claims.process().toString())
                .update();
    }

    /** Whether a job waits for files; from now on for as long as it does for any. */
    public boolean extend(long jobGroupId) {
        return database.sql("jobs/go-on-awaiting")
                        .param("due", claims.after(timeout))
                        .param("now", claims.now())
                        .param("jobGroup", jobGroupId)
                        .update()
                == 1;
    }

    /** The message of a job that waits for no file any more, to be sent; empty while it does. */
    public Optional<DueMessage> dueOnceAllAreSent(long jobGroupId) {
        int due = database.sql("jobs/all-sent")
                .param("due", claims.after(JobTimes.GRACE))
                .param("now", claims.now())
                .param("jobGroup", jobGroupId)
                .update();
        return due == 0
                ? Optional.empty()
                : database.sql("jobs/publication-document")
                        .param("jobGroup", jobGroupId)
                        .query(String.class)
                        .optional()
                        .map(document -> DueMessage.ofPublication(jobGroupId, document, null));
    }

    /** How long a job waits; null where it waits for no file. */
    public Instant until(long jobGroupId) {
        return database.sql("jobs/waits-until")
                .param("jobGroup", jobGroupId)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant)
                .orElse(null);
    }
}
