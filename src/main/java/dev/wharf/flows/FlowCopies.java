package dev.wharf.flows;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetRewrites;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.storage.StoreDirectory;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies flows with all that stands in them. */
public final class FlowCopies {
    private static final String COPY = "copyFlow";

    private final FlowTable flows;
    private final NodeTable nodes;
    private final OutputTable outputs;
    private final SettingTable settings;
    private final DatasetTable datasets;
    private final DatasetRewrites rewrites;
    private final StoreDirectory directory;
    private final Executions executions;
    private final AuditTrail trail;
    private final Clock clock;

    public FlowCopies(
            Database database,
            DatasetTable datasets,
            StoreDirectory directory,
            Executions executions,
            AuditTrail trail,
            Clock clock) {
        this.flows = new FlowTable(database, clock);
        this.nodes = new NodeTable(database, clock);
        this.outputs = new OutputTable(database, clock);
        this.settings = new SettingTable(database, clock);
        this.datasets = datasets;
        this.rewrites = new DatasetRewrites(database);
        this.directory = directory;
        this.executions = executions;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Makes a flow of the caller's with what stands in another one.
     *
     * @param executionId {@code x-execution-id}, or null
     * @throws ProblemException 404 if there is none that the caller may see, 410 if it was deleted; both also of a dataset that is
     *     to be copied
     */
    @Operation(COPY)
    public Map<String, Object> copy(Caller caller, long id, FlowCopyRequest request, String executionId) {
        Flow original = trail.attempt(caller, AuditedAction.of(COPY), () -> flows.require(caller, id));
        return executions.once(
                caller.workspaceId(), caller.personId(), executionId, COPY + " " + id + " " + request, () -> {
                    String name = request.nameFor(original.name());
                    long copy = flows.insert(
                            caller,
                            name,
                            request.description() == null ? original.description() : request.description());
                    copyNodes(caller, original, copy, request.copyDatasources());
                    trail.record(
                            caller,
                            AuditedAction.of(COPY),
                            "flow " + id + " " + original.name() + ", as flow " + copy + " " + name);
                    return flows.require(caller, copy).view();
                });
    }

    private void copyNodes(Caller caller, Flow original, long copy, boolean copyDatasources) {
        Map<Long, Long> read = new HashMap<>();
        for (Node node : nodes.of(List.of(original.id()))) {
            Long dataset = node.datasetId() == null || !copyDatasources
                    ? node.datasetId()
                    : read.computeIfAbsent(node.datasetId(), of -> copyDataset(caller, of));
            switch (node.kind()) {
                case DATASET -> nodes.dataset(caller, copy, dataset);
                case RECIPE ->
                    copyOutputs(
                            caller, node.id(), nodes.recipe(caller, copy, dataset, node.name(), node.description()));
                case REFERENCE -> nodes.reference(caller, copy, node.recipeId());
            }
        }
    }

    private void copyOutputs(Caller caller, long recipe, long copy) {
        for (Output output : outputs.of(List.of(recipe))) {
            long id = outputs.insert(
                    caller, copy, output.adhoc(), output.profiler(), output.name(), output.description());
            for (SavedSetting saved : settings.of(List.of(output.id()))) {
                directory.keep(caller, saved.setting().path());
                settings.insert(caller, id, saved.setting());
            }
        }
    }

    private long copyDataset(Caller caller, long id) {
        Dataset dataset = datasets.require(caller, id);
        directory.keep(caller, dataset.place());
        return rewrites.copy(id, dataset.name(), caller, clock.instant())
                .orElseThrow(() -> Ids.notFound("imported dataset", id));
    }
}
