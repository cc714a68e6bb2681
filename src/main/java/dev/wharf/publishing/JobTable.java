package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Database;
import dev.wharf.kernel.Json;
import dev.wharf.kernel.SqlStates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * The rows of publishing jobs and their job groups. Every change of a job is made by the process that has claimed it,
 * under that condition: a process that was thought dead and is not changes nothing any more.
 */
final class JobTable {
    private static final int LONGEST_TEXT = 4000;

    private final Database database;
    private final String processId;
    private final Clock clock;

    /**
     * @param processId {@code <node>:<boot>}
     */
    JobTable(Database database, String processId, Clock clock) {
        this.database = database;
        this.processId = processId;
        this.clock = clock;
    }

    /** A job as it stands. {@code failure} is null unless its status is {@code Failed}. */
    record Row(Publication job, String status, String failure) {}

    /** The job group of an announcement: made now, or by an earlier delivery of the same. */
    long announce(Caller caller, PublishJob message) {
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

    private Optional<Long> announced(Caller caller, PublishJob message) {
        return database.sql("publishing/find-announced")
                .param("workspace", caller.workspaceId())
                .param("announcedAs", message.announcedAs())
                .query(Long.class)
                .optional();
    }

    private long insert(Caller caller, PublishJob message) {
        long jobGroupId = database.insert(database.sql("publishing/insert-job-group")
                .param("uuid", UUID.randomUUID().toString())
                .param("workspace", caller.workspaceId())
                .param("membership", caller.membershipId())
                .param("name", message.name())
                .param("execution", message.execution())
                .param("announcedAs", message.announcedAs())
                .param("now", now()));
        database.sql("publishing/insert-job")
                .param("jobGroup", jobGroupId)
                .param("document", Json.write(message))
                .param("now", now())
                .update();
        return jobGroupId;
    }

    Optional<Row> find(long jobGroupId) {
        return database.sql("publishing/find")
                .param("jobGroup", jobGroupId)
                .query(JobTable::row)
                .optional();
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
                row.getString("failure"));
    }

    /**
     * Takes a job over, if nobody else works on it.
     *
     * @param dead when a claim that was not renewed since counts as a dead process's
     */
    boolean claim(Publication job, Instant dead) {
        String node = processId.substring(0, processId.lastIndexOf(':'));
        return database.inTransaction(() -> {
            boolean claimed = database.sql("publishing/claim")
                            .param("process", processId)
                            .param("now", now())
                            .param("job", job.jobId())
                            .param("ofThisNode", node + ":%")
                            .param("dead", Timestamp.from(dead))
                            .update()
                    == 1;
            if (claimed) {
                database.sql("publishing/begin-job-group")
                        .param("now", now())
                        .param("jobGroup", job.jobGroupId())
                        .update();
            }
            return claimed;
        });
    }

    /** Whether the claim still stands; if so it is as good as new. */
    boolean renew(long jobId) {
        return change("publishing/renew", jobId);
    }

    /** The decision that the results become visible, once. */
    void decide(Publication job) {
        change("publishing/decide", job.jobId());
    }

    /** Takes the decision back, while nothing is visible. */
    void withdraw(Publication job) {
        database.sql("publishing/withdraw")
                .param("job", job.jobId())
                .param("process", processId)
                .update();
    }

    private boolean change(String statement, long jobId) {
        return database.sql(statement)
                        .param("now", now())
                        .param("job", jobId)
                        .param("process", processId)
                        .update()
                == 1;
    }

    /** Gives a job back, to be taken up when its message comes again; false if it is another process's by now. */
    boolean release(Publication job, String reason) {
        return database.sql("publishing/release")
                        .param("reason", shortened(reason))
                        .param("now", now())
                        .param("job", job.jobId())
                        .param("process", processId)
                        .update()
                == 1;
    }

    void warn(Publication job, String warning) {
        database.sql("publishing/warn")
                .param("warning", shortened(warning))
                .param("now", now())
                .param("jobGroup", job.jobGroupId())
                .update();
    }

    /**
     * Whether the job is complete now; false if it is another process's.
     *
     * @param warning null for none
     */
    boolean complete(Publication job, String warning) {
        return database.inTransaction(() -> {
            boolean completed = change("publishing/complete-job", job.jobId());
            if (completed) {
                database.sql("publishing/complete-job-group")
                        .param("warning", shortened(warning), Types.VARCHAR)
                        .param("now", now())
                        .param("jobGroup", job.jobGroupId())
                        .update();
            }
            return completed;
        });
    }

    /** Whether the job has failed now: not if it is another process's, nor after the decision to publish. */
    boolean fail(Publication job, String reason) {
        return database.inTransaction(() -> {
            boolean failed = database.sql("publishing/fail-job")
                            .param("reason", shortened(reason))
                            .param("now", now())
                            .param("job", job.jobId())
                            .param("process", processId)
                            .update()
                    == 1;
            if (failed) {
                database.sql("publishing/fail-job-group")
                        .param("reason", shortened(reason))
                        .param("now", now())
                        .param("jobGroup", job.jobGroupId())
                        .update();
            }
            return failed;
        });
    }

    private static String shortened(String text) {
        return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
