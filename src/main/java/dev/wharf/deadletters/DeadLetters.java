package dev.wharf.deadletters;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Outbox;
import dev.wharf.kernel.sql.OutboxMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Messages that no job has, for the administrators of the workspace for which they spoke; those of which that cannot be
 * read, for the administrators of the first workspace, which the service made when it started first.
 */
public final class DeadLetters {
    private static final Map<String, String> FILTERED = Map.of(
            "reason",
            "reason",
            "queue",
            "queue",
            "status",
            "status",
            "messageId",
            "message_id",
            "announcedAs",
            "announced_as");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "deliveries", "deliveries", "createdAt", "created_at", "updatedAt", "updated_at");

    private final Database database;
    private final Outbox outbox;
    private final AuditTrail trail;
    private final Clock clock;

    public DeadLetters(Database database, AuditTrail trail, Clock clock) {
        this.database = database;
        this.outbox = new Outbox(database, clock);
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * A page, newest first, without the messages' texts.
     *
     * @param query those of lists
     * @throws ProblemException 403 for anybody but an administrator; 400 for what no list takes
     */
    @Operation("listDeadLetters")
    public Page<Map<String, Object>> list(Caller caller, Query query) {
        ListQuery listed = listed(caller, query);
        return Page.of(
                query,
                (limit, offset) -> visible(database.rows("deadletters/visible", listed), caller)
                        .param("limit", limit)
                        .param("offset", offset)
                        .query(DeadLetters::summary)
                        .list(),
                () -> count(caller, listed));
    }

    /** @throws ProblemException as {@link #list} */
    @Operation("countDeadLetters")
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", count(caller, listed(caller, query)));
    }

    private long count(Caller caller, ListQuery listed) {
        return visible(database.count("deadletters/visible", listed), caller)
                .query(Long.class)
                .single();
    }

    private static ListQuery listed(Caller caller, Query query) {
        requireAdministrator(caller);
        return ListQuery.of(query, "reason", FILTERED, SORTED, "-id");
    }

    /**
     * One, with its text.
     *
     * @throws ProblemException 403 for anybody but an administrator; 404 for another workspace's
     */
    @Operation("getDeadLetter")
    public Map<String, Object> get(Caller caller, long id) {
        return find(caller, id, DeadLetters::whole);
    }

    /**
     * What would be sent again; to be checked by whoever reads it before {@link #replay}.
     *
     * @throws ProblemException 403, 404 as {@link #get}; 409 if it was sent again and has not failed since, or cannot be sent
     *     as it is
     */
    public Replay prepare(Caller caller, long id, ReplayRequest request) {
        return attempt(
                caller,
                "replayDeadLetter",
                () -> find(caller, id, (row, number) -> {
                    if (!row.getString("status").equals("dead")) {
                        throw replayed(id);
                    }
                    String corrected = request.corrected();
                    if (corrected == null && !row.getBoolean("is_whole")) {
                        throw new ProblemException(
                                Problem.CONFLICT,
                                "Dead letter " + id + " cannot be sent again as it is: it is a "
                                        + row.getString("message_type")
                                        + " of which not all is kept. Give the message as document, or as text");
                    }
                    return new Replay(
                            id, row.getString("queue"), corrected == null ? row.getString("message_text") : corrected);
                }));
    }

    /**
     * Sends a dead letter again, by way of the outbox: a broker that is away gets it later.
     *
     * @throws ProblemException 409 if somebody else was faster
     */
    public Map<String, Object> replay(Caller caller, Replay replay) {
        return database.inTransaction(() -> {
            String replayId = UUID.randomUUID().toString();
            String text = Delivery.storable(replay.text());
            int rows = database.sql("deadletters/replay")
                    .param("id", replay.id())
                    .param("replay", replayId)
                    .param("text", text)
                    .param("person", caller.personId())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            if (rows == 0) {
                throw replayed(replay.id());
            }
            outbox.put(new OutboxMessage(replayId, replay.queue(), text));
            record(caller, "replayDeadLetter", replay.id(), "to " + replay.queue() + " as replay " + replayId);
            return get(caller, replay.id());
        });
    }

    private static ProblemException replayed(long id) {
        return new ProblemException(
                Problem.CONFLICT,
                "Dead letter " + id
                        + " was sent again already, and has not failed since; should it, it can be sent once"
                        + " more");
    }

    /**
     * Forgets a dead letter: nothing more is to be done about it. The message stays in the broker's queue of dead letters.
     *
     * @throws ProblemException 403, 404 as {@link #get}
     */
    @Operation("deleteDeadLetter")
    public void dismiss(Caller caller, long id) {
        attempt(
                caller,
                "deleteDeadLetter",
                () -> database.inTransaction(() -> {
                    String reason =
                            find(caller, id, (row, number) -> row.getString("queue") + ": " + row.getString("reason"));
                    if (database.sql("deadletters/delete").param("id", id).update() == 0) {
                        throw Ids.notFound("dead letter", id);
                    }
                    record(caller, "deleteDeadLetter", id, "of " + reason);
                    return null;
                }));
    }

    private <T> T attempt(Caller caller, String operation, Supplier<T> work) {
        return trail.attempt(caller, AuditedAction.of(operation), work);
    }

    private void record(Caller caller, String operation, long id, String detail) {
        trail.record(caller, AuditedAction.of(operation), "deadLetter/" + id + " " + detail);
    }

    private static void requireAdministrator(Caller caller) {
        caller.requireWorkspaceAdmin("see messages that no job has");
    }

    private interface Row<T> {
        T of(ResultSet row, int number) throws SQLException;
    }

    private <T> T find(Caller caller, long id, Row<T> reader) {
        requireAdministrator(caller);
        return visible(database.sql("deadletters/find"), caller)
                .param("id", id)
                .query(reader::of)
                .optional()
                .orElseThrow(() -> Ids.notFound("dead letter", id));
    }

    private static JdbcClient.StatementSpec visible(JdbcClient.StatementSpec statement, Caller caller) {
        return statement.param("workspace", caller.workspaceId());
    }

    private static Map<String, Object> summary(ResultSet row, int number) throws SQLException {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", row.getLong("id"));
        view.put("uuid", row.getString("uuid"));
        view.put("status", row.getString("status"));
        view.put("reason", row.getString("reason"));
        view.put("queue", row.getString("queue"));
        view.put("messageId", row.getString("message_id"));
        view.put("messageType", row.getString("message_type"));
        view.put("length", row.getLong("text_length"));
        view.put("whole", row.getBoolean("is_whole"));
        view.put("deliveries", row.getInt("deliveries"));
        view.put("announcedAs", row.getString("announced_as"));
        view.put("jobGroup", reference(row, "job_group_id"));
        view.put("workspace", reference(row, "workspace_id"));
        view.put("replays", row.getInt("replays"));
        view.put("replayer", reference(row, "replayed_by"));
        Timestamp replayedAt = row.getTimestamp("replayed_at");
        view.put("replayedAt", replayedAt == null ? null : replayedAt.toInstant());
        view.put("createdAt", row.getTimestamp("created_at").toInstant());
        view.put("updatedAt", row.getTimestamp("updated_at").toInstant());
        return view;
    }

    private static Map<String, Object> whole(ResultSet row, int number) throws SQLException {
        Map<String, Object> view = summary(row, number);
        view.put("text", row.getString("message_text"));
        view.put("replayedText", row.getString("replayed_text"));
        return view;
    }

    private static Reference reference(ResultSet row, String column) throws SQLException {
        long id = row.getLong(column);
        return row.wasNull() ? null : new Reference(id);
    }
}
