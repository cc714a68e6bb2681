package dev.wharf.flows;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.DatasetView;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What recipes read, and the other flows in which they are referred to. */
public final class RecipeInputs {
    private static final String ADD = "addWrangledDatasetToFlow";
    private static final String REPLACE = "updateInputDataset";

    private final Database database;
    private final FlowTable flows;
    private final NodeTable nodes;
    private final RecipeTable recipes;
    private final OutputTable outputs;
    private final DatasetTable datasets;
    private final Executions executions;
    private final AuditTrail trail;

    public RecipeInputs(
            Database database, DatasetTable datasets, Executions executions, AuditTrail trail, Clock clock) {
        this.database = database;
        this.flows = new FlowTable(database, clock);
        this.nodes = new NodeTable(database, clock);
        this.recipes = new RecipeTable(database, clock);
        this.outputs = new OutputTable(database, clock);
        this.datasets = datasets;
        this.executions = executions;
        this.trail = trail;
    }

    /**
     * Refers to a recipe in another flow; one reference is enough.
     *
     * @param executionId {@code x-execution-id}, or null
     * @return the reference
     * @throws ProblemException 404 if the caller may not see both, 410 if one was deleted; 400 for the recipe's own flow
     */
    @Operation(ADD)
    public Map<String, Object> add(Caller caller, long id, AddToFlowRequest request, String executionId) {
        Node recipe = trail.attempt(caller, AuditedAction.of(ADD), () -> {
            flows.require(caller, request.flowId());
            return recipes.require(caller, id);
        });
        if (recipe.flowId() == request.flowId()) {
            throw ProblemException.invalid("flow.id", "is the flow in which recipe " + id + " stands already");
        }
        return executions.once(
                caller.workspaceId(), caller.personId(), executionId, ADD + " " + id + " " + request.flowId(), () -> {
                    // In the order of their ids, so that nobody waits for one who waits for them.
                    flows.touch(caller, Math.min(recipe.flowId(), request.flowId()));
                    flows.touch(caller, Math.max(recipe.flowId(), request.flowId()));
                    recipes.require(caller, id); // it may have been deleted meanwhile
                    Node node = nodes.reference(caller, request.flowId(), id);
                    trail.record(caller, AuditedAction.of(ADD), "recipe " + id + ", to flow " + request.flowId());
                    return node.view(false);
                });
    }

    /** The dataset that a recipe reads, as a list; empty where it was deleted. */
    @Operation("getWrangledDatasetInputs")
    public Page<DatasetView> list(Caller caller, long id) {
        Node recipe = recipes.require(caller, id);
        List<DatasetView> shown = datasets.find(caller, recipe.datasetId()).stream()
                .filter(dataset -> dataset.deletedAt() == null)
                .map(dataset -> DatasetView.of(dataset, Embedded.nothing()))
                .toList();
        return new Page<>(shown, null);
    }

    /** The same of the recipe whose output it is. */
    @Operation("getInputsForOutputObject")
    public Page<DatasetView> ofOutput(Caller caller, long id) {
        return list(caller, outputs.require(caller, id).recipeId());
    }

    /** What {@code primaryInputDataset} answers. */
    public record Input(DatasetView importedDataset) {}

    /**
     * @throws ProblemException 404 if there is no such recipe that the caller may see, 410 if it was deleted; both also of its
     *     dataset
     */
    @Operation("getInputDataset")
    public Input get(Caller caller, long id) {
        Dataset dataset = datasets.require(caller, recipes.require(caller, id).datasetId());
        return new Input(DatasetView.of(dataset, Embedded.nothing()));
    }

    /**
     * Has a recipe read another dataset, which comes into its flow as well; the one before stays there.
     *
     * @throws ProblemException as {@link #get}
     */
    @Operation(REPLACE)
    public Input replace(Caller caller, long id, InputRequest request) {
        return trail.attempt(
                caller,
                AuditedAction.of(REPLACE),
                () -> database.inTransaction(() -> {
                    Dataset dataset = datasets.require(caller, request.datasetId());
                    long flow = recipes.require(caller, id).flowId();
                    flows.touch(caller, flow);
                    recipes.require(caller, id);
                    nodes.dataset(caller, flow, dataset.id());
                    recipes.read(caller, id, dataset.id());
                    trail.record(
                            caller, AuditedAction.of(REPLACE), "recipe " + id + ", to read dataset " + dataset.id());
                    return new Input(DatasetView.of(dataset, Embedded.nothing()));
                }));
    }
}
