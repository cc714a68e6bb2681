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

/** The datasets that stand in flows. */
public final class FlowInputs {
    private static final String ADD = "addImportedDatasetToFlow";
    private static final String IMPORT = "importAndAddDatasetToFlow";

    private final Database database;
    private final FlowTable flows;
    private final NodeTable nodes;
    private final DatasetTable datasets;
    private final Executions executions;
    private final AuditTrail trail;

    public FlowInputs(Database database, DatasetTable datasets, Executions executions, AuditTrail trail, Clock clock) {
        this.database = database;
        this.flows = new FlowTable(database, clock);
        this.nodes = new NodeTable(database, clock);
        this.datasets = datasets;
        this.executions = executions;
        this.trail = trail;
    }

    /**
     * Puts a dataset into a flow; one that is there stays there once.
     *
     * @param executionId {@code x-execution-id}, or null
     * @return its node
     * @throws ProblemException 404 if the caller may not see both, 410 if one was deleted
     */
    @Operation(ADD)
    public Map<String, Object> add(Caller caller, long id, AddToFlowRequest request, String executionId) {
        trail.attempt(caller, AuditedAction.of(ADD), () -> {
            flows.require(caller, request.flowId());
            return datasets.require(caller, id);
        });
        return executions.once(
                caller.workspaceId(), caller.personId(), executionId, ADD + " " + id + " " + request.flowId(), () -> {
                    flows.touch(caller, request.flowId());
                    Node node = nodes.dataset(caller, request.flowId(), id);
                    trail.record(caller, AuditedAction.of(ADD), "dataset " + id + ", to flow " + request.flowId());
                    return node.view(false);
                });
    }

    /**
     * The datasets that a flow reads, its references included, as far as they are there and the caller may see them.
     *
     * @throws ProblemException 404 if there is no such flow that the caller may see; 410 if it was deleted
     */
    @Operation("getFlowInputs")
    public Page<DatasetView> inputs(Caller caller, long id) {
        return shown(caller, nodes.inputs(flows.require(caller, id).id()));
    }

    private Page<DatasetView> shown(Caller caller, List<Long> ids) {
        List<DatasetView> shown = (ids.isEmpty() ? List.<Dataset>of() : datasets.find(caller, ids))
                .stream()
                        .filter(dataset -> dataset.deletedAt() == null)
                        .map(dataset -> DatasetView.of(dataset, Embedded.nothing()))
                        .toList();
        return new Page<>(shown, null);
    }

    /** What a client learns of a file that was imported into a flow. */
    public record Imported(
            DatasetView importedDataset, long wrangledDatasetId, String wrangledDatasetName, long flowId) {}

    /**
     * Puts a dataset that was imported into a flow, and a recipe over it.
     *
     * @throws ProblemException 410 if the flow was deleted meanwhile
     */
    public Imported addImported(Caller caller, long id, DatasetView dataset) {
        return database.inTransaction(() -> {
            flows.touch(caller, id);
            long recipe = nodes.recipe(caller, id, dataset.id(), dataset.name(), null);
            trail.record(
                    caller,
                    AuditedAction.of(IMPORT),
                    "dataset " + dataset.id() + " " + dataset.name() + " and recipe " + recipe + ", to flow " + id);
            return new Imported(dataset, recipe, dataset.name(), id);
        });
    }
}
