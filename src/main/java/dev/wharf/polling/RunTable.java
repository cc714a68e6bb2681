package dev.wharf.polling;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.polling.ScheduleRunView.LeftOut;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of runs. Each change names the attempt that makes it: one that was taken for dead and goes on finds that the run
 * is another's.
 */
final class RunTable {
    private final Database database;
    private final Clock clock;

    RunTable(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Polling insert(Schedule schedule, String worker, Cause cause, Instant due, RunState state) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as the registry keeps it
        long id = insert(schedule, worker, cause, due, state, now, null, null);
        return new Polling(schedule, id, worker, cause, due, now, state);
    }

    /** When the source was listed last; null where it never was. */
    Instant lastListing(long scheduleId) {
        Timestamp last = database.sql("polling/last-listing")
                .param("schedule", scheduleId)
                .query((row, number) -> row.getTimestamp(1))
                .list()
                .get(0);
        return last == null ? null : last.toInstant();
    }

    void insertSkipped(Schedule schedule, Instant due, String reason) {
        Instant now = clock.instant();
        insert(schedule, null, Cause.SCHEDULE, due, RunState.SKIPPED, now, now, reason);
    }

    private long insert(
            Schedule schedule,
            String worker,
            Cause cause,
            Instant due,
            RunState state,
            Instant began,
            Instant ended,
            String reason) {
        return database.insert(database.sql("polling/insert-run")
                .param("schedule", schedule.id())
                .param("worker", worker, Types.VARCHAR)
                .param("cause", cause.value())
                .param("state", state.column())
                .param("due", Timestamp.from(due))
                .param("began", Timestamp.from(began))
                .param("ended", ended == null ? null : Timestamp.from(ended), Types.TIMESTAMP)
                .param("reason", reason, Types.VARCHAR));
    }

    /** The run that another attempt has left unfinished, for this one from now on; empty if there is none. */
    Optional<Polling> takeOver(Schedule schedule, String worker) {
        Optional<Polling> left = database.sql("polling/unfinished-run")
                .param("schedule", schedule.id())
                .query((row, number) -> polling(schedule, worker, row))
                .optional();
        left.ifPresent(run -> database.sql("polling/take-over-run")
                .param("run", run.id())
                .param("worker", worker)
                .update());
        return left;
    }

    private static Polling polling(Schedule schedule, String worker, ResultSet row) throws SQLException {
        var run = new Polling(
                schedule,
                row.getLong("id"),
                worker,
                Cause.of(row.getString("cause")),
                row.getTimestamp("due_at").toInstant(),
                row.getTimestamp("started_at").toInstant(),
                RunState.of(row.getString("state")));
        Map<String, Long> counts = new HashMap<>();
        for (String count : List.of("listed", "new", "changed", "waiting", "ignored", "left_out")) {
            counts.put(count, row.getLong(count + "_count"));
        }
        run.counted(counts, leftOut(row));
        run.makes(row.getObject("dataset_id", Long.class), row.getObject("manifest_id", Long.class));
        run.jobGroupId(row.getObject("job_group_id", Long.class));
        return run;
    }

    private static List<LeftOut> leftOut(ResultSet row) throws SQLException {
        List<LeftOut> leftOut = new ArrayList<>();
        String text = row.getString("left_out");
        if (text != null) {
            for (JsonNode each : Json.read(text, JsonNode.class)) {
                leftOut.add(new LeftOut(
                        each.path("key").asText(), each.path("reason").asText()));
            }
        }
        return leftOut;
    }

    /**
     * Writes down how far a run is.
     *
     * @throws ProblemException 503 if another attempt has taken it over
     */
    void keep(Polling run) {
        int kept = database.sql("polling/step-run")
                .params(run.counts())
                .param("state", run.state().column())
                .param("reason", run.reason() == null ? null : ScheduleTable.shortened(run.reason()), Types.VARCHAR)
                .param("ended", run.state().isOver() ? Timestamp.from(clock.instant()) : null, Types.TIMESTAMP)
                .param("dataset", run.datasetId(), Types.BIGINT)
                .param("manifest", run.manifestId(), Types.BIGINT)
                .param("job", run.jobGroupId(), Types.BIGINT)
                .param("run", run.id())
                .param("worker", run.worker())
                .update();
        requireOwn(kept, run);
    }

    /**
     * Writes down what a run is about to make, before anybody sees it.
     *
     * @throws ProblemException 503 if another attempt has taken it over
     */
    void makes(Polling run, Long datasetId, Long manifestId) {
        int kept = database.sql("polling/make-in-run")
                .param("dataset", datasetId, Types.BIGINT)
                .param("manifest", manifestId, Types.BIGINT)
                .param("run", run.id())
                .param("worker", run.worker())
                .update();
        requireOwn(kept, run);
        run.makes(datasetId, manifestId);
    }

    private static void requireOwn(int kept, Polling run) {
        if (kept == 0) {
            throw new ProblemException(
                    Problem.UNAVAILABLE,
                    "Run " + run.id() + " of schedule " + run.schedule().id() + " was taken over by another process");
        }
    }

    /** Whether no other attempt has taken a run over, or brought it to its end. */
    boolean isOwn(Polling run) {
        return database.sql("polling/count-own-run")
                        .param("run", run.id())
                        .param("worker", run.worker())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether the files of a dataset were written to their end. */
    boolean isReady(long manifestId) {
        return database.sql("polling/is-manifest-ready")
                        .param("manifest", manifestId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The job that was started over some files; null for none. */
    Long jobOf(Polling run) {
        return database.sql("polling/job-of-manifest")
                .param("manifest", run.manifestId())
                .param("membership", run.schedule().membershipId())
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    /** Forgets old runs that have made nothing: of a schedule the last thousand runs stay, and those that made a dataset. */
    void forgetOld(long scheduleId) {
        database.sql("polling/forget-runs").param("schedule", scheduleId).update();
    }

    List<ScheduleRunView> list(long scheduleId, int limit, int offset) {
        return database.sql("polling/runs")
                .param("schedule", scheduleId)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, number) -> view(row))
                .list();
    }

    long count(long scheduleId) {
        return database.sql("polling/count-runs")
                .param("schedule", scheduleId)
                .query(Long.class)
                .single();
    }

    private static ScheduleRunView view(ResultSet row) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        RunState state = RunState.of(row.getString("state"));
        return new ScheduleRunView(
                row.getLong("id"),
                row.getString("cause"),
                state.status(),
                row.getTimestamp("due_at").toInstant(),
                row.getTimestamp("started_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getLong("listed_count"),
                row.getLong("new_count"),
                row.getLong("changed_count"),
                row.getLong("waiting_count"),
                row.getLong("ignored_count"),
                row.getLong("left_out_count"),
                leftOut(row),
                row.getString("reason"),
                // A run notes what it makes before it is made.
                state == RunState.REGISTERING ? null : reference(row, "dataset_id"),
                job(row));
    }

    private static ScheduleRunView.Job job(ResultSet row) throws SQLException {
        Long id = row.getObject("job_group_id", Long.class);
        return id == null
                ? null
                : new ScheduleRunView.Job(id, row.getString("job_status"), row.getString("job_failure"));
    }

    private static Reference reference(ResultSet row, String column) throws SQLException {
        Long id = row.getObject(column, Long.class);
        return id == null ? null : new Reference(id);
    }
}
