package dev.wharf.jobs;

import dev.wharf.identity.Caller;
import dev.wharf.identity.VisibleRows;
import dev.wharf.jobs.Progress.Count;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Tells how far jobs are. */
public final class JobProgress {
    private static final Set<String> OVER = Set.of("Complete", "Failed", "Canceled");

    private final Database database;
    private final int mostAttempts;
    private final Clock clock;

    /** @param mostAttempts how often a job is begun before it has failed */
    public JobProgress(Database database, int mostAttempts, Clock clock) {
        this.database = database;
        this.mostAttempts = mostAttempts;
        this.clock = clock;
    }

    /** The run or the publication of a job, with what is known of the files of both. */
    private record Row(
            String groupStatus,
            String failure,
            boolean isRun,
            String status,
            boolean claimed,
            int attempts,
            String error,
            Instant begunAt,
            boolean decided,
            long bytesBefore,
            Count read,
            Count readBytes,
            Count sent,
            Count sentBytes,
            long visible) {}

    /** @throws dev.wharf.kernel.problem.ProblemException 404 if there is none that the caller may see */
    @Operation("getJobGroupProgress")
    public Progress get(Caller caller, long id) {
        List<Row> jobs = VisibleRows.of(database.sql("jobs/progress"), caller)
                .param("id", id)
                .query((row, number) -> row(row))
                .list();
        // The run goes before the publication; a job that another engine has announced has none.
        return jobs.stream()
                .filter(job -> !job.isRun() || !job.status().equals("Complete"))
                .findFirst()
                .map(job -> progress(id, job))
                .orElseThrow(() -> Ids.notFound("job group", id));
    }

    private Progress progress(long id, Row job) {
        String step = step(job);
        boolean over = step.equals("over");
        Count files = job.isRun()
                ? job.read()
                : new Count(
                        step.equals("publishing") ? job.visible() : job.sent().done(),
                        job.sent().total());
        Count bytes = job.isRun() ? job.readBytes() : job.sentBytes();
        Long rate = step.equals("reading") || step.equals("sending") ? rate(job, bytes) : null;
        return new Progress(
                id,
                job.groupStatus(),
                step,
                files,
                bytes,
                rate,
                left(bytes, rate),
                job.attempts(),
                mostAttempts,
                !over && job.error() != null,
                over ? job.failure() : job.error(),
                job.begunAt());
    }

    private static String step(Row job) {
        if (OVER.contains(job.groupStatus())) {
            return "over";
        }
        if (!job.claimed()) {
            return "waiting";
        }
        if (job.isRun()) {
            boolean all = job.read().total() != null
                    && job.read().done() >= job.read().total();
            return all ? "writing" : "reading";
        }
        return job.decided() ? "publishing" : "sending";
    }

    private Long rate(Row job, Count bytes) {
        if (job.begunAt() == null) {
            return null; // it was begun by a version that did not write that down
        }
        long moved = bytes.done() - (job.isRun() ? 0 : job.bytesBefore());
        long millis =
                Math.max(1, Duration.between(job.begunAt(), clock.instant()).toMillis());
        return moved <= 0 ? null : Math.max(1, moved * 1000 / millis);
    }

    private static Long left(Count bytes, Long rate) {
        return rate == null || bytes.total() == null
                ? null
                : Math.max(0, (bytes.total() - bytes.done() + rate - 1) / rate);
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp begun = row.getTimestamp("begun_at");
        Long files = row.getObject("files", Long.class);
        boolean sizesKnown = files != null && row.getLong("unknown_files") == 0;
        return new Row(
                row.getString("group_status"),
                row.getString("failure"),
                row.getString("job_type").equals("wrangle"),
                row.getString("status"),
                row.getString("process_id") != null,
                row.getInt("attempts"),
                row.getString("error_message"),
                begun == null ? null : begun.toInstant(),
                row.getTimestamp("committed_at") != null,
                row.getLong("bytes_before"),
                new Count(row.getLong("read_files"), row.getObject("source_files", Long.class)),
                new Count(row.getLong("read_bytes"), row.getObject("source_bytes", Long.class)),
                new Count(row.getLong("sent_files"), files),
                new Count(row.getLong("sent_bytes"), sizesKnown ? row.getObject("all_bytes", Long.class) : null),
                row.getLong("visible_files"));
    }
}
