package dev.wharf.webhooks;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was sent for webhooks, or is to be. */
public final class WebhookDeliveries {
    private static final Map<String, String> FILTERED = Map.of("state", "state", "jobStatus", "job_status");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "createdAt", "created_at", "updatedAt", "updated_at");

    private final Database database;
    private final WebhookTable table;
    private final int attempts;

    /** @param attempts how often one is sent before it has failed */
    public WebhookDeliveries(Database database, Secrets secrets, int attempts, Clock clock) {
        this.database = database;
        this.table = new WebhookTable(database, secrets, clock);
        this.attempts = attempts;
    }

    /**
     * Those of one webhook, newest first, where the query does not say otherwise; those that ended thirty days ago are forgotten.
     *
     * @throws ProblemException 404 if there is no such webhook that the caller may see
     */
    @Operation("listWebhookDeliveries")
    public Page<Map<String, Object>> list(Caller caller, long id, Query query) {
        WebhookTask task = table.require(caller, id);
        int most = task.retries() ? attempts : 1;
        var listed = ListQuery.of(query, "state", FILTERED, SORTED, "-id");
        return Page.of(
                query,
                (limit, offset) -> database.rows("webhooks/deliveries", listed)
                        .param("task", id)
                        .param("limit", limit)
                        .param("offset", offset)
                        .query((row, number) -> view(row, most))
                        .list(),
                () -> database.count("webhooks/deliveries", listed)
                        .param("task", id)
                        .query(Long.class)
                        .single());
    }

    private static Map<String, Object> view(ResultSet row, int most) throws SQLException {
        Timestamp due = row.getTimestamp("due_at");
        String state = row.getString("state");
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", row.getLong("id"));
        view.put("webhookId", row.getString("event_id") + "." + row.getLong("task_id"));
        view.put("jobGroup", new Reference(row.getLong("job_group_id")));
        view.put("jobStatus", row.getString("job_status"));
        view.put("state", state);
        view.put("attempts", row.getInt("attempts"));
        view.put("maxAttempts", most);
        view.put("nextAttemptAt", state.equals("pending") && due != null ? due.toInstant() : null);
        view.put("statusCode", row.getObject("answer_status", Integer.class));
        view.put("answer", row.getString("answer"));
        view.put("reason", row.getString("reason"));
        view.put("createdAt", row.getTimestamp("created_at").toInstant());
        view.put("updatedAt", row.getTimestamp("updated_at").toInstant());
        return view;
    }
}
