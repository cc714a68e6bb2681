package dev.wharf.flows;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.Associations;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The flows of a workspace, folders of datasets and recipes: a person sees their own, an administrator all. */
public final class Flows {
    private static final String CREATE = "createFlow";
    private static final String PATCH = "patchFlow";
    private static final String DELETE = "deleteFlow";
    private static final String NODES = "flowNodes";
    private static final String RECIPES = "flowNodes.recipe";
    /** As it may have been read by whoever sends it back. */
    private static final Query WITH_NODES = Query.of(Map.of("embed", NODES));

    private static final Map<String, String> FILTERED = Map.of("name", "name", "description", "description");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "name", "name", "createdAt", "created_at", "updatedAt", "updated_at");

    private final Database database;
    private final FlowTable table;
    private final NodeTable nodes;
    private final RecipeTable recipes;
    private final OutputTable outputs;
    private final Executions executions;
    private final AuditTrail trail;

    public Flows(Database database, Executions executions, AuditTrail trail, Clock clock) {
        this.database = database;
        this.table = new FlowTable(database, clock);
        this.nodes = new NodeTable(database, clock);
        this.recipes = new RecipeTable(database, clock);
        this.outputs = new OutputTable(database, clock);
        this.executions = executions;
        this.trail = trail;
    }

    /**
     * Makes an empty flow.
     *
     * @param executionId {@code x-execution-id}, or null
     */
    @Operation(CREATE)
    public Map<String, Object> create(Caller caller, FlowRequest request, String executionId) {
        return executions.once(
                caller.workspaceId(), caller.personId(), executionId, CREATE + " " + Json.write(request), () -> {
                    long id = table.insert(caller, request.name(), request.description());
                    trail.record(caller, AuditedAction.of(CREATE), "flow " + id + " " + request.name());
                    return table.require(caller, id).view();
                });
    }

    /**
     * Oldest first, where the query does not say otherwise.
     *
     * @param query those of lists; {@code embed} as for {@link #get}
     * @throws ProblemException 400 if the query is malformed
     */
    @Operation("listFlows")
    public Page<Map<String, Object>> list(Caller caller, Query query) {
        var embedded = embedded(query);
        var listed = ListQuery.of(query, "name", FILTERED, SORTED);
        return Page.of(
                query,
                (limit, offset) -> views(table.list(caller, listed, limit, offset), embedded),
                () -> table.count(caller, listed));
    }

    /** How many rows {@link #list} has in all. */
    @Operation("countFlows")
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", table.count(caller, ListQuery.of(query, "name", FILTERED, SORTED)));
    }

    /**
     * @param query {@code embed=flowNodes} for what stands in it, {@code flowNodes.recipe} for the names of the recipes as well
     * @throws ProblemException 404 if there is none that the caller may see; 410 if it was deleted
     */
    @Operation("getFlow")
    public Map<String, Object> get(Caller caller, long id, Query query) {
        return views(List.of(table.require(caller, id)), embedded(query)).get(0);
    }

    /**
     * Gives a flow another name or description.
     *
     * @throws ProblemException 404 if there is none that the caller may see, 410 if it was deleted; 400 for another change;
     *     412 if it is no longer the version that {@code If-Match} names
     */
    @Operation(PATCH)
    public Changed patch(Caller caller, long id, Renaming change, IfMatch believed) {
        return trail.attempt(
                caller,
                AuditedAction.of(PATCH),
                () -> database.inTransaction(() -> {
                    Instant updatedAt = table.require(caller, id).stamp().updatedAt();
                    table.touch(caller, id, believed.require(updatedAt));
                    var naming = change.of(views(List.of(table.require(caller, id)), embedded(WITH_NODES))
                            .get(0));
                    table.rename(caller, id, naming.name(), naming.description());
                    trail.record(caller, AuditedAction.of(PATCH), "flow " + id + " " + naming.name());
                    return table.require(caller, id).changed();
                }));
    }

    /**
     * Deletes a flow with all that stands in it, but for the datasets, which are nobody's part; jobs that were started come to
     * their end, and results stay.
     *
     * @throws ProblemException 409 if another flow refers to one of its recipes
     */
    @Operation(DELETE)
    public void delete(Caller caller, long id) {
        trail.attempt(caller, AuditedAction.of(DELETE), () -> {
            Flow flow = table.require(caller, id);
            database.inTransaction(() -> {
                table.delete(caller, id);
                recipes.requireUnreferenced(flow);
                outputs.deleteOfFlow(id);
                nodes.deleteAll(caller, id);
                trail.record(caller, AuditedAction.of(DELETE), "flow " + id + " " + flow.name());
            });
        });
    }

    /**
     * Makes sure that there is a flow for what somebody asks for.
     *
     * @param operation that asks, for the audit trail
     * @throws ProblemException 404 if there is no such flow that the caller may see; 410 if it was deleted
     */
    public void require(Caller caller, long id, String operation) {
        trail.attempt(caller, AuditedAction.of(operation), () -> table.require(caller, id));
    }

    private static Embedded embedded(Query query) {
        return Embedded.of(query, Associations.with(NODES, RECIPES));
    }

    private List<Map<String, Object>> views(List<Flow> flows, Embedded embedded) {
        List<Map<String, Object>> views = flows.stream().map(Flow::view).toList();
        if (embedded.reaches(NODES)) {
            Map<Long, List<Node>> standing = nodes
                    .of(flows.stream().map(Flow::id).toList())
                    .stream()
                    .collect(Collectors.groupingBy(Node::flowId));
            boolean named = embedded.has(RECIPES);
            views.forEach(view -> {
                List<Map<String, Object>> shown = standing.getOrDefault(view.get("id"), List.of()).stream()
                        .map(node -> node.view(named))
                        .toList();
                view.put(NODES, Map.of("data", embedded.show(NODES, shown)));
            });
        }
        return views;
    }
}
