package dev.wharf.webhooks;

import dev.wharf.identity.Caller;
import dev.wharf.identity.VisibleRows;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of webhooks. Whoever sees a flow sees its webhooks. */
final class WebhookTable {
    private final Database database;
    private final Secrets secrets;
    private final Clock clock;

    WebhookTable(Database database, Secrets secrets, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** @throws ProblemException 404 if there is no such flow that the caller may see */
    void requireFlow(Caller caller, long flowId) {
        VisibleRows.of(database.sql("webhooks/find-flow"), caller)
                .param("id", flowId)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> Ids.notFound("flow", flowId));
    }

    /** How many a flow has; others that ask wait until this transaction has ended. */
    long countOfFlow(long flowId) {
        database.sql("webhooks/keep-first-of-flow").param("flow", flowId).update();
        return database.sql("webhooks/count-of-flow")
                .param("flow", flowId)
                .query(Long.class)
                .single();
    }

    long insert(Caller caller, WebhookRequest request, String body, WebhookTarget target) {
        String uuid = UUID.randomUUID().toString();
        return database.insert(changing("webhooks/insert", caller)
                .param("uuid", uuid)
                .param("flow", request.flowId())
                .param("name", request.name())
                .param("method", request.method())
                .param("triggerEvent", request.triggerEvent())
                .param("body", body, Types.VARCHAR)
                .param("retries", !Boolean.FALSE.equals(request.retryOnFailure()))
                .param("target", target.encrypt(secrets, uuid)));
    }

    /**
     * @param believed when it must have been changed last; null for any time
     * @throws ProblemException 412 if it was changed since
     */
    void update(
            Caller caller,
            WebhookTask task,
            String name,
            String method,
            String triggerEvent,
            String body,
            boolean retries,
            WebhookTarget target,
            Timestamp believed) {
        int updated = changing("webhooks/update", caller)
                .param("id", task.id())
                .param("name", name)
                .param("method", method)
                .param("triggerEvent", triggerEvent)
                .param("body", body, Types.VARCHAR)
                .param("retries", retries)
                .param("target", target.encrypt(secrets, task.uuid()))
                .param("believed", believed, Types.TIMESTAMP)
                .update();
        IfMatch.requireWritten(updated, believed);
    }

    void delete(Caller caller, long id) {
        changing("webhooks/delete", caller).param("id", id).update();
    }

    /** @throws ProblemException 404 if there is none that the caller may see */
    WebhookTask require(Caller caller, long id) {
        return VisibleRows.of(database.sql("webhooks/find-visible"), caller)
                .param("id", id)
                .query(WebhookTable::row)
                .optional()
                .orElseThrow(() -> Ids.notFound("webhook flow task", id));
    }

    /** One that lives, whoever may see it. */
    Optional<WebhookTask> find(long id) {
        return database.sql("webhooks/find")
                .param("id", id)
                .query(WebhookTable::row)
                .optional();
    }

    List<WebhookTask> list(Caller caller, ListQuery query, int limit, int offset) {
        return VisibleRows.of(database.rows("webhooks/visible", query), caller)
                .param("limit", limit)
                .param("offset", offset)
                .query(WebhookTable::row)
                .list();
    }

    long count(Caller caller, ListQuery query) {
        return VisibleRows.of(database.count("webhooks/visible", query), caller)
                .query(Long.class)
                .single();
    }

    WebhookTarget target(WebhookTask task) {
        try {
            return WebhookTarget.decrypt(secrets, task.encrypted(), task.uuid());
        } catch (GeneralSecurityException e) {
            throw new ProblemException(
                    Problem.INTERNAL,
                    "Where the webhook " + task.id()
                            + " goes does not decrypt: enter its url, headers and secretKey again",
                    e);
        }
    }

    Map<String, Object> view(WebhookTask task) {
        return task.view(target(task));
    }

    private JdbcClient.StatementSpec changing(String statement, Caller caller) {
        return database.sql(statement).param("person", caller.personId()).param("now", Timestamp.from(clock.instant()));
    }

    private static WebhookTask row(ResultSet row, int number) throws SQLException {
        return new WebhookTask(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("workspace_id"),
                row.getLong("flow_id"),
                row.getString("flow_name"),
                row.getString("name"),
                row.getString("method"),
                row.getString("trigger_event"),
                row.getString("body"),
                row.getBoolean("retries"),
                row.getString("target"),
                row.getLong("creator_id"),
                row.getLong("updater_id"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
