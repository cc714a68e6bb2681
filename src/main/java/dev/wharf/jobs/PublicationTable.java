package dev.wharf.jobs;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.DataIntegrityViolationException;

/** The state of publications and their job groups. */
public final class PublicationTable {
    /** How long unlisted files are looked for; an object may also have been deleted since. */
    private static final Duration RECHECKED = Duration.ofDays(1);

    private final Database database;
    private final Claims claims;
    private final JobRows rows;

    public PublicationTable(Database database, Claims claims) {
        this.database = database;
        this.claims = claims;
        this.rows = new JobRows(database, claims);
    }

    /**
     * A job as it stands.
     *
     * @param status the publication's
     * @param groupStatus of the run and the publication together
     */
    public record Row(Publication job, String status, String groupStatus) {
        /** Whether nothing of it is to be published any more: it has failed, or was canceled. */
        public boolean isGivenUp() {
            return status.equals("Failed") || status.equals("Canceled");
        }
    }

    /**
     * What another engine says of a job whose results it has made.
     *
     * @param announcedAs its own id of the job
     * @param outputs how many it has
     * @param document the message, to be sent again from here
     */
    public record Announced(String announcedAs, String name, String execution, int outputs, String document) {}

    /** The job group of an announcement: made now, or by an earlier delivery of the same. */
    public long announce(Caller caller, Announced message) {
        return announced(caller, message).orElseGet(() -> {
            try {
                return database.inTransaction(() -> insert(caller, message));
            } catch (DataIntegrityViolationException e) {
                if (SqlStates.isUniqueViolation(e)) {
                    return announced(caller, message).orElseThrow(() -> e);
                }
                throw e;
            }
        });
    }

    private Optional<Long> announced(Caller caller, Announced message) {
        return database.sql("jobs/find-announced")
                .param("workspace", caller.workspaceId())
                .param("announcedAs", message.announcedAs())
                .query(Long.class)
                .optional();
    }

    private long insert(Caller caller, Announced message) {
        long jobGroupId = database.insert(database.sql("jobs/insert-job-group")
                .param("uuid", UUID.randomUUID().toString())
                .param("workspace", caller.workspaceId())
                .param("membership", caller.membershipId())
                .param("name", message.name())
                .param("execution", message.execution())
                .param("announcedAs", message.announcedAs())
                .param("now", claims.now()));
        database.sql("jobs/insert-job")
                .param("jobGroup", jobGroupId)
                .param("document", message.document())
                .param("due", claims.after(JobTimes.LOST))
                .param("now", claims.now())
                .update();
        new OutputJobs(database).insert(jobGroupId, message.outputs(), claims.now());
        claims.events().changed(jobGroupId);
        return jobGroupId;
    }

    /**
     * Records that the results of a job are published to another place, by a job of its own; to be called in a transaction.
     *
     * @param to where they go, as it was asked for
     * @param document makes the message from the new job
     * @return the message that gets it done
     */
    public DueMessage publishAgain(Caller caller, long jobGroupId, String to, Function<Publication, String> document) {
        long id = database.insert(database.sql("jobs/insert-publication")
                .param("uuid", UUID.randomUUID().toString())
                .param("membership", caller.membershipId())
                .param("to", to)
                .param("now", claims.now())
                .param("of", jobGroupId));
        database.sql("jobs/insert-pending-job")
                .param("group", id)
                .param("type", "publish")
                .param("due", claims.after(JobTimes.GRACE))
                .param("now", claims.now())
                .update();
        var due = DueMessage.ofPublication(id, document.apply(require(id).job()), null);
        database.sql("jobs/keep-announcement")
                .param("jobGroup", id)
                .param("document", due.document())
                .param("node", null, Types.VARCHAR)
                .param("due", claims.after(JobTimes.GRACE))
                .param("now", claims.now())
                .update();
        return due;
    }

    /** The message of a job whose results are visible: what they are. */
    public Optional<String> document(long jobGroupId) {
        return database.sql("jobs/publication-document")
                .param("jobGroup", jobGroupId)
                .query(String.class)
                .optional();
    }

    public Optional<Row> find(long jobGroupId) {
        return database.sql("jobs/find")
                .param("jobGroup", jobGroupId)
                .query(PublicationTable::row)
                .optional();
    }

    /**
     * The same of one that there should be.
     *
     * @throws ProblemException 404 if there is none
     */
    public Row require(long jobGroupId) {
        return find(jobGroupId).orElseThrow(() -> Ids.notFound("publishing job of job group", jobGroupId));
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        Timestamp committed = row.getTimestamp("committed_at");
        return new Row(
                new Publication(
                        row.getLong("job_id"),
                        row.getLong("job_group_id"),
                        row.getString("uuid"),
                        row.getLong("membership_id"),
                        row.getString("name"),
                        row.getString("execution"),
                        row.getString("announced_as") != null,
                        row.getInt("attempts"),
                        committed == null ? null : committed.toInstant()),
                row.getString("status"),
                row.getString("group_status"));
    }

    /** The decision that the results become visible, once. */
    public void decide(Publication job) {
        database.inTransaction(() -> {
            int decided = database.sql("jobs/decide")
                    .param("now", claims.now())
                    .param("job", job.jobId())
                    .param("process", claims.process().toString())
                    .update();
            if (decided == 1) {
                claims.events().progress(job.jobGroupId(), "staged");
            }
        });
    }

    /** Takes the decision back, while nothing is visible. */
    public void withdraw(Publication job) {
        database.sql("jobs/withdraw")
                .param("job", job.jobId())
                .param("process", claims.process().toString())
                .update();
    }

    /** Gives a job back, to be taken up when its message comes again; false if it is another process's by now. */
    public boolean release(Publication job, String reason) {
        return rows.release(job.jobId(), reason);
    }

    public void warn(Publication job, String warning) {
        database.sql("jobs/warn")
                .param("warning", JobRows.warning(warning))
                .param("now", claims.now())
                .param("jobGroup", job.jobGroupId())
                .update();
    }

    /**
     * Whether the job is complete now; false if it is another process's.
     *
     * @param warning null for none
     */
    public boolean complete(Publication job, String warning) {
        return rows.end(job.jobId(), "Complete", null, () -> rows.group(job.jobGroupId(), "Complete", null, warning));
    }

    /** Whether the job has failed now; false if it is another process's. */
    public boolean fail(Publication job, String reason) {
        return rows.end(job.jobId(), "Failed", reason, () -> rows.group(job.jobGroupId(), "Failed", reason, null));
    }

    /**
     * Lets a job go on that failed after the decision to publish: its message is due now.
     *
     * @return false if it is no such job
     */
    public boolean goOn(long jobGroupId) {
        boolean goesOn = database.sql("jobs/go-on")
                        .param("due", claims.now())
                        .param("now", claims.now())
                        .param("jobGroup", jobGroupId)
                        .update()
                == 1;
        if (goesOn) {
            rows.group(jobGroupId, "InProgress", null, null);
        }
        return goesOn;
    }

    /**
     * Ends such a job for good: what is not visible may be aborted.
     *
     * @param left what is known of what it leaves behind
     * @return false if it is no such job
     */
    public boolean cancel(long jobGroupId, String left) {
        boolean canceled = database.sql("jobs/cancel")
                        .param("now", claims.now())
                        .param("jobGroup", jobGroupId)
                        .update()
                == 1;
        if (canceled) {
            rows.group(jobGroupId, "Canceled", left, null);
        }
        return canceled;
    }

    /**
     * Ends a job before anybody can see its results: what works on its run or its publication loses it.
     *
     * @param reason what is told of it
     * @return false if it is over, or it is decided that its results become visible
     */
    public boolean cancelUndecided(long jobGroupId, String reason) {
        return database.inTransaction(() -> {
            // The rows in the order in which a run that ends changes them.
            database.sql("jobs/cancel-run")
                    .param("now", claims.now())
                    .param("jobGroup", jobGroupId)
                    .update();
            boolean undecided = database.sql("jobs/cancel-undecided")
                            .param("now", claims.now())
                            .param("jobGroup", jobGroupId)
                            .update()
                    == 1;
            if (undecided) {
                rows.group(jobGroupId, "Canceled", reason, null);
            }
            return undecided;
        });
    }

    /** Whether a person may change a job: it is theirs, or they are a workspace administrator. */
    public boolean isOf(Caller caller, long jobGroupId) {
        return database.sql("jobs/owned")
                        .param("jobGroup", jobGroupId)
                        .param("workspace", caller.workspaceId())
                        .param("person", caller.isWorkspaceAdmin() ? null : caller.personId(), Types.BIGINT)
                        .query(Long.class)
                        .single()
                == 1;
    }

    /** Complete jobs with files that their stores have not listed yet. */
    public List<Long> unlisted() {
        return database.sql("jobs/unlisted")
                .param("since", claims.after(RECHECKED.negated()))
                .query(Long.class)
                .list();
    }

    public void clearWarning(long jobGroupId) {
        database.sql("jobs/clear-warning").param("jobGroup", jobGroupId).update();
    }

    /** Jobs that are over, and have left what was never to become visible. */
    public List<Long> undone() {
        return database.sql("jobs/undone").query(Long.class).list();
    }

    /** Whether this node's temporary folder of a job is needed yet. */
    public boolean needsFolder(long jobGroupId) {
        return database.sql("jobs/needs-folder")
                        .param("jobGroup", jobGroupId)
                        .param("process", claims.process().toString())
                        .param("node", claims.process().node())
                        .query(Long.class)
                        .single()
                > 0;
    }
}
