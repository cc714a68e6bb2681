package dev.wharf.polling;

import dev.wharf.identity.Caller;
import dev.wharf.identity.VisibleRows;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The rows of schedules. */
public final class ScheduleTable {
    private static final int MAX_REASON = 4000;

    private final Database database;
    private final Clock clock;

    public ScheduleTable(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A schedule and when it is due next; null where it is not. */
    record Listed(Schedule schedule, Instant nextRunAt) {
        ScheduleView view() {
            return ScheduleView.of(schedule, nextRunAt);
        }
    }

    long insert(Caller owner, ScheduleRequest request) {
        return database.insert(database.sql("polling/insert-schedule")
                .param("uuid", UUID.randomUUID().toString())
                .param("workspace", owner.workspaceId())
                .param("membership", owner.membershipId())
                .param("name", request.name())
                .param("enabled", request.enabled())
                .param("document", Json.write(request.document()))
                .param("queue", request.document().queue(), Types.VARCHAR)
                .param("person", owner.personId())
                .param("now", now()));
    }

    /**
     * @param believed when it must have been changed last; null for any time
     * @throws ProblemException 412 if it was changed since
     */
    void update(long id, Caller caller, ScheduleRequest request, Timestamp believed) {
        int updated = database.sql("polling/update-schedule")
                .param("id", id)
                .param("believed", believed, Types.TIMESTAMP)
                .param("name", request.name())
                .param("enabled", request.enabled())
                .param("document", Json.write(request.document()))
                .param("queue", request.document().queue(), Types.VARCHAR)
                .param("person", caller.personId())
                .param("now", now())
                .update();
        IfMatch.requireWritten(updated, believed);
    }

    /** Lets what was left out for good be taken in once it is seen again. */
    void offerAgain(long id) {
        database.sql("polling/offer-again").param("schedule", id).update();
    }

    /** Begins anew: the failures that were counted are forgotten, and once it is enabled also what has paused it. */
    void enable(long id, Caller caller, boolean enabled) {
        database.sql("polling/switch-schedule")
                .param("id", id)
                .param("enabled", enabled)
                .param("person", caller.personId())
                .param("now", now())
                .update();
    }

    void pause(long id, String reason) {
        database.sql("polling/pause-schedule")
                .param("id", id)
                .param("reason", shortened(reason))
                .param("now", now())
                .update();
    }

    /** The schedule that reads a queue, whosever it is. */
    Optional<Long> readerOf(String queue) {
        return database.sql("polling/reader-of-queue")
                .param("queue", queue)
                .query(Long.class)
                .optional();
    }

    /**
     * Notes what keeps a schedule's queue from being read.
     *
     * @param reason null for nothing
     */
    void queueFails(Schedule seen, String reason) {
        Schedule.QueueFailure known = seen.queueFailure();
        String told = reason == null ? null : shortened(reason);
        if (Objects.equals(told, known == null ? null : known.reason())) {
            return;
        }
        Timestamp since = known == null ? now() : Timestamp.from(known.since());
        database.sql("polling/queue-failure")
                .param("id", seen.id())
                .param("queue", seen.document().queue())
                .param("reason", told, Types.VARCHAR)
                .param("since", told == null ? null : since, Types.TIMESTAMP)
                .update();
    }

    /** What fits into a column for reasons. */
    static String shortened(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON - 1) + "\u2026";
    }

    void delete(long id, Caller caller) {
        database.sql("polling/delete-schedule")
                .param("id", id)
                .param("person", caller.personId())
                .param("now", now())
                .update();
    }

    /** Notes that it is to run at once. A request counts more than a notification, since its run lists. */
    void want(long id, Cause cause) {
        database.sql("polling/want-schedule")
                .param("id", id)
                .param("cause", cause.value())
                .update();
    }

    /** The same for what notifications told of; false where there is nothing to take in, or that was noted before. */
    boolean wantForNotified(long id) {
        return database.sql("polling/want-notified").param("id", id).update() == 1;
    }

    /** Whether that was so until now. */
    boolean takeWanted(long id, Cause cause) {
        return database.sql("polling/take-wanted")
                        .param("id", id)
                        .param("cause", cause.value())
                        .update()
                == 1;
    }

    List<Long> wanted() {
        return database.sql("polling/wanted-schedules").query(Long.class).list();
    }

    void countFailure(long id) {
        database.sql("polling/count-failure").param("id", id).update();
    }

    /**
     * The failures that were counted are over.
     *
     * @param format what was imported; null for nothing
     */
    void forgetFailures(long id, String format) {
        database.sql("polling/forget-failures")
                .param("id", id)
                .param("format", format, Types.VARCHAR)
                .update();
    }

    /** Lets a schedule be due no later than at a moment, unless it runs. */
    void bringForward(long id, Instant at) {
        database.sql("polling/bring-forward")
                .param("instance", String.valueOf(id))
                .param("at", Timestamp.from(at))
                .update();
    }

    void keepDataset(long id, long datasetId) {
        database.sql("polling/keep-dataset")
                .param("id", id)
                .param("dataset", datasetId)
                .update();
    }

    /** One that is not deleted, whoever asks. */
    public Optional<Schedule> find(long id) {
        return database.sql("polling/find-schedule")
                .param("id", id)
                .query(ScheduleTable::row)
                .optional();
    }

    /**
     * One that the caller may see: their own, and for an administrator all of the workspace.
     *
     * @throws ProblemException 404 if there is none; 410 if it was deleted
     */
    Listed require(Caller caller, long id) {
        record Found(Listed listed, boolean deleted) {}
        Found found = VisibleRows.of(database.sql("polling/visible-schedule"), caller)
                .param("id", id)
                .query((row, number) -> new Found(listed(row, number), row.getTimestamp("deleted_at") != null))
                .optional()
                .orElseThrow(() -> Ids.notFound("schedule", id));
        if (found.deleted()) {
            throw new ProblemException(Problem.GONE, "The schedule " + id + " was deleted");
        }
        return found.listed();
    }

    List<Listed> list(Caller caller, ListQuery query, int limit, int offset) {
        return VisibleRows.of(database.rows("polling/visible-schedules", query), caller)
                .param("limit", limit)
                .param("offset", offset)
                .query(ScheduleTable::listed)
                .list();
    }

    long count(Caller caller, ListQuery query) {
        return VisibleRows.of(database.count("polling/visible-schedules", query), caller)
                .query(Long.class)
                .single();
    }

    /** The enabled ones behind an id; it is not told when one is due that runs now, or is missing among those that are due. */
    List<Listed> enabled(long after, int limit) {
        return database.sql("polling/enabled-schedules")
                .param("after", after)
                .param("limit", limit)
                .query(ScheduleTable::listed)
                .list();
    }

    private static Listed listed(ResultSet row, int number) throws SQLException {
        Timestamp next = row.getTimestamp("next_run_at");
        return new Listed(row(row, number), next == null ? null : next.toInstant());
    }

    private static Schedule row(ResultSet row, int number) throws SQLException {
        return new Schedule(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("workspace_id"),
                row.getLong("membership_id"),
                row.getLong("owner_id"),
                row.getString("name"),
                row.getBoolean("is_enabled"),
                row.getString("pause_reason"),
                queueFailure(row),
                Json.read(row.getString("document"), ScheduleDocument.class),
                row.getString("source_format"),
                row.getObject("dataset_id", Long.class),
                row.getString("wanted"),
                row.getInt("failures"),
                row.getLong("updater_id"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    private static Schedule.QueueFailure queueFailure(ResultSet row) throws SQLException {
        Timestamp since = row.getTimestamp("queue_failed_at");
        return since == null ? null : new Schedule.QueueFailure(row.getString("queue_failure"), since.toInstant());
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
