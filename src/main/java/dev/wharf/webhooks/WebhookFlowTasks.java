package dev.wharf.webhooks;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.network.EndpointRules;
import java.time.Clock;
import java.util.Map;

/** The webhooks of flows: what is told to whom when a job over one of a flow's recipes has ended. */
public final class WebhookFlowTasks {
    private static final String CREATE = "createWebhookFlowTask";
    private static final String PATCH = "patchWebhookFlowTask";
    private static final String DELETE = "deleteWebhookFlowTask";
    /** As of the original. */
    private static final int MOST_OF_A_FLOW = 50;

    private static final Map<String, String> FILTERED = Map.of("name", "name", "triggerEvent", "trigger_event");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "name", "name", "createdAt", "created_at", "updatedAt", "updated_at");

    private final Database database;
    private final WebhookTable table;
    private final EndpointRules rules;
    private final Executions executions;
    private final AuditTrail trail;

    public WebhookFlowTasks(
            Database database,
            Secrets secrets,
            EndpointRules rules,
            Executions executions,
            AuditTrail trail,
            Clock clock) {
        this.database = database;
        this.table = new WebhookTable(database, secrets, clock);
        this.rules = rules;
        this.executions = executions;
        this.trail = trail;
    }

    /**
     * Adds a webhook to a flow.
     *
     * @param executionId {@code x-execution-id}, or null
     * @throws ProblemException 404 if there is no such flow that the caller may see; 409 if it has as many as it may; 400 naming
     *     what is wrong, also for an address to which nothing may be sent from here
     */
    @Operation(CREATE)
    public Map<String, Object> create(Caller caller, WebhookRequest request, String executionId) {
        request.requireWhole();
        trail.attempt(caller, AuditedAction.of(CREATE), () -> table.requireFlow(caller, request.flowId()));
        var target = request.target();
        requireOpen(target);
        String body = body(request, request.method(), null);
        return executions.once(
                caller.workspaceId(), caller.personId(), executionId, CREATE + " " + Json.write(request), () -> {
                    if (table.countOfFlow(request.flowId()) >= MOST_OF_A_FLOW) {
                        throw new ProblemException(
                                Problem.CONFLICT,
                                "Flow " + request.flowId() + " has " + MOST_OF_A_FLOW
                                        + " webhooks, as many as it may: delete one first");
                    }
                    long id = table.insert(caller, request, body, target);
                    trail.record(
                            caller,
                            AuditedAction.of(CREATE),
                            "webhook " + id + " " + request.name() + " of flow " + request.flowId());
                    return table.view(table.require(caller, id));
                });
    }

    /** Oldest first, where the query does not say otherwise. */
    @Operation("listWebhookFlowTasks")
    public Page<Map<String, Object>> list(Caller caller, Query query) {
        var listed = ListQuery.of(query, "name", FILTERED, SORTED);
        return Page.of(
                query,
                (limit, offset) -> table.list(caller, listed, limit, offset).stream()
                        .map(table::view)
                        .toList(),
                () -> table.count(caller, listed));
    }

    /** How many rows {@link #list} has in all. */
    @Operation("countWebhookFlowTasks")
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", table.count(caller, ListQuery.of(query, "name", FILTERED, SORTED)));
    }

    /** @throws ProblemException 404 if there is none that the caller may see */
    @Operation("getWebhookFlowTask")
    public Map<String, Object> get(Caller caller, long id) {
        return table.view(table.require(caller, id));
    }

    /**
     * Changes what was sent, and leaves the rest. A secret or a header's value that is masked stays, a secret without
     * characters is removed, and headers that are sent are all that it has afterwards. To another host none of them goes
     * along: whoever may change a webhook may not read them.
     *
     * @throws ProblemException 404 if there is none that the caller may see; 400 naming a field; 412 if it is no longer the
     *     version that {@code If-Match} names
     */
    @Operation({PATCH, "updateWebhookFlowTask"})
    public Changed patch(Caller caller, long id, WebhookRequest request, IfMatch believed) {
        return trail.attempt(
                caller,
                AuditedAction.of(PATCH),
                () -> database.inTransaction(() -> {
                    WebhookTask task = table.require(caller, id);
                    if (request.flowId() != null && request.flowId() != task.flowId()) {
                        throw ProblemException.invalid("flowId", "cannot be changed: make another webhook");
                    }
                    WebhookTarget kept = kept(request, table.target(task));
                    var target = new WebhookTarget(
                            kept.url(), request.headersOver(kept.headers()), request.secretOver(kept.secretKey()));
                    requireOpen(target);
                    String method = request.method() == null ? task.method() : request.method();
                    table.update(
                            caller,
                            task,
                            request.name() == null ? task.name() : request.name(),
                            method,
                            request.triggerEvent() == null ? task.triggerEvent() : request.triggerEvent(),
                            body(request, method, task.body()),
                            request.retryOnFailure() == null ? task.retries() : request.retryOnFailure(),
                            target,
                            believed.require(task.updatedAt()));
                    trail.record(caller, AuditedAction.of(PATCH), "webhook " + id + " of flow " + task.flowId());
                    return table.require(caller, id).changed();
                }));
    }

    /** Deletes a webhook; what is still to be sent for it is not sent any more. */
    @Operation(DELETE)
    public void delete(Caller caller, long id) {
        trail.attempt(caller, AuditedAction.of(DELETE), () -> {
            WebhookTask task = table.require(caller, id);
            database.inTransaction(() -> {
                table.delete(caller, id);
                trail.record(caller, AuditedAction.of(DELETE), "webhook " + id + " of flow " + task.flowId());
            });
        });
    }

    /** What is known of the address to which it goes from now on. */
    private static WebhookTarget kept(WebhookRequest request, WebhookTarget kept) {
        if (request.url() == null) {
            return kept;
        }
        if (WebhookAddress.haveOneHost(request.url(), kept.url())) {
            return new WebhookTarget(request.url(), kept.headers(), kept.secretKey());
        }
        requireAnew("headers", request.headers() == null && !kept.headers().isEmpty());
        requireAnew("secretKey", request.secretKey() == null && kept.secretKey() != null);
        return new WebhookTarget(request.url(), Map.of(), null);
    }

    private static void requireAnew(String field, boolean missing) {
        if (missing) {
            throw ProblemException.invalid(
                    field,
                    "must be sent anew with a url of another host, which is not told what was meant for the one before");
        }
    }

    private void requireOpen(WebhookTarget target) {
        rules.objection(WebhookAddress.of(target.url())).ifPresent(objection -> {
            throw ProblemException.invalid("url", objection);
        });
    }

    private static String body(WebhookRequest request, String method, String kept) {
        String body = request.body() == null ? kept : request.body().isNull() ? null : Json.write(request.body());
        if (body != null && !WebhookMethod.hasBody(method)) {
            throw ProblemException.invalid("body", "must be null with the method " + method + ", which sends none");
        }
        return body;
    }
}
