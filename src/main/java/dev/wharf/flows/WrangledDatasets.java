package dev.wharf.flows;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.DatasetView;
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
import java.util.Map;

/**
 * Wrangled datasets, which are recipes: each stands in a flow and reads one imported dataset, as it is. A person sees those
 * in their flows, an administrator all.
 */
public final class WrangledDatasets {
    private static final String CREATE = "createWrangledDataset";
    private static final String PATCH = "patchWrangledDataset";
    private static final String DELETE = "deleteWrangledDataset";
    private static final String FLOW = "flow";
    private static final String DATASET = "importedDataset";
    private static final String OUTPUTS = "outputObjects";
    private static final Map<String, String> FILTERED = Map.of("name", "name", "description", "description");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "name", "name", "createdAt", "created_at", "updatedAt", "updated_at");

    private final Database database;
    private final FlowTable flows;
    private final NodeTable nodes;
    private final RecipeTable table;
    private final OutputTable outputs;
    private final OutputViews outputViews;
    private final DatasetTable datasets;
    private final Executions executions;
    private final AuditTrail trail;

    public WrangledDatasets(
            Database database, DatasetTable datasets, Executions executions, AuditTrail trail, Clock clock) {
        this.database = database;
        this.flows = new FlowTable(database, clock);
        this.nodes = new NodeTable(database, clock);
        this.table = new RecipeTable(database, clock);
        this.outputs = new OutputTable(database, clock);
        this.outputViews = new OutputViews(outputs, new SettingTable(database, clock));
        this.datasets = datasets;
        this.executions = executions;
        this.trail = trail;
    }

    /**
     * Puts a recipe over a dataset into a flow, and the dataset as well where it is not there.
     *
     * @param executionId {@code x-execution-id}, or null
     * @throws ProblemException 404 if the caller may not see the flow and the dataset, 410 if one was deleted
     */
    @Operation(CREATE)
    public Map<String, Object> create(Caller caller, RecipeRequest request, String executionId) {
        Dataset dataset = trail.attempt(caller, AuditedAction.of(CREATE), () -> {
            flows.require(caller, request.flowId());
            return datasets.require(caller, request.datasetId());
        });
        String name = request.name() == null ? dataset.name() : request.name();
        return executions.once(
                caller.workspaceId(), caller.personId(), executionId, CREATE + " " + Json.write(request), () -> {
                    flows.touch(caller, request.flowId());
                    long id = nodes.recipe(caller, request.flowId(), dataset.id(), name, request.description());
                    trail.record(
                            caller,
                            AuditedAction.of(CREATE),
                            "recipe " + id + " " + name + " over dataset " + dataset.id() + ", in flow "
                                    + request.flowId());
                    return table.require(caller, id).wrangledDataset();
                });
    }

    /**
     * Oldest first, where the query does not say otherwise.
     *
     * @param query those of lists; {@code embed} as for {@link #get}
     * @throws ProblemException 400 if the query is malformed
     */
    @Operation("listWrangledDatasets")
    public Page<Map<String, Object>> list(Caller caller, Query query) {
        var embedded = embedded(query);
        var listed = ListQuery.of(query, "name", FILTERED, SORTED);
        return Page.of(
                query,
                (limit, offset) -> table.list(caller, listed, limit, offset).stream()
                        .map(recipe -> view(caller, recipe, embedded))
                        .toList(),
                () -> table.count(caller, listed));
    }

    /** How many rows {@link #list} has in all. */
    @Operation("countWrangledDatasets")
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", table.count(caller, ListQuery.of(query, "name", FILTERED, SORTED)));
    }

    /**
     * @param query {@code embed=flow,importedDataset} shows more of those than their ids, {@code outputObjects} what it writes
     * @throws ProblemException 404 if there is none that the caller may see; 410 if it was deleted
     */
    @Operation("getWrangledDataset")
    public Map<String, Object> get(Caller caller, long id, Query query) {
        return view(caller, table.require(caller, id), embedded(query));
    }

    /**
     * Gives a recipe another name or description.
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
                    flows.touch(caller, table.require(caller, id).flowId());
                    Node present = table.require(caller, id);
                    believed.require(present.stamp().updatedAt());
                    var naming = change.of(present.wrangledDataset());
                    table.rename(caller, id, naming.name(), naming.description());
                    trail.record(caller, AuditedAction.of(PATCH), "recipe " + id + " " + naming.name());
                    return table.require(caller, id).changed();
                }));
    }

    /**
     * Deletes a recipe. Its dataset stays, also in the flow, and jobs that were started come to their end.
     *
     * @throws ProblemException 409 if another flow refers to it
     */
    @Operation(DELETE)
    public void delete(Caller caller, long id) {
        trail.attempt(caller, AuditedAction.of(DELETE), () -> {
            database.inTransaction(() -> {
                flows.touch(caller, table.require(caller, id).flowId());
                Node recipe = table.require(caller, id);
                table.delete(caller, id);
                table.requireUnreferenced(recipe);
                outputs.deleteOfRecipe(id);
                trail.record(caller, AuditedAction.of(DELETE), "recipe " + id + " " + recipe.name());
            });
        });
    }

    private static Embedded embedded(Query query) {
        return Embedded.of(query, Associations.with(FLOW, DATASET, OUTPUTS));
    }

    private Map<String, Object> view(Caller caller, Node recipe, Embedded embedded) {
        Map<String, Object> view = recipe.wrangledDataset();
        if (embedded.has(FLOW)) {
            view.put(
                    FLOW,
                    embedded.show(FLOW, flows.require(caller, recipe.flowId()).view()));
        }
        if (embedded.has(DATASET)) {
            datasets.find(caller, recipe.datasetId())
                    .ifPresent(dataset ->
                            view.put(DATASET, embedded.show(DATASET, DatasetView.of(dataset, Embedded.nothing()))));
        }
        if (embedded.has(OUTPUTS)) {
            outputViews.addTo(view, OUTPUTS, embedded);
        }
        return view;
    }
}
