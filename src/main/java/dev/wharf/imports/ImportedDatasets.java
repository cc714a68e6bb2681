package dev.wharf.imports;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetRewrites;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.DatasetView;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.storage.StoreDirectory;
import java.sql.Timestamp;
import java.time.Clock;

/** What is changed of imported datasets without a look at their source. */
public final class ImportedDatasets {
    private static final String PATCH = "patchImportedDataset";
    private static final String COPY = "copyImportedDataset";

    private final Database database;
    private final DatasetTable table;
    private final DatasetRewrites rewrites;
    private final StoreDirectory directory;
    private final Executions executions;
    private final AuditTrail trail;
    private final Clock clock;

    public ImportedDatasets(
            Database database,
            DatasetTable table,
            StoreDirectory directory,
            Executions executions,
            AuditTrail trail,
            Clock clock) {
        this.database = database;
        this.table = table;
        this.rewrites = new DatasetRewrites(database);
        this.directory = directory;
        this.executions = executions;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Gives a dataset another name or description.
     *
     * @throws ProblemException 404 if there is none that the caller may see, 410 if it was deleted; 400 for another change;
     *     412 if it is no longer the version that {@code If-Match} names
     */
    @Operation(PATCH)
    public DatasetView patch(Caller caller, long id, DatasetChange change, IfMatch believed) {
        Dataset dataset = require(caller, id, PATCH);
        Timestamp known = believed.require(dataset.updatedAt());
        var naming = change.naming(dataset);
        database.inTransaction(() -> {
            if (!rewrites.rename(dataset, naming.name(), naming.description(), caller, clock.instant(), known)) {
                table.require(caller, id); // somebody has deleted it meanwhile
                throw IfMatch.changed();
            }
            record(caller, PATCH, dataset, naming.name().equals(dataset.name()) ? "" : ", now " + naming.name());
        });
        return view(caller, id);
    }

    /**
     * Makes a dataset of the caller's with the files that another one has now; the source is not looked at.
     *
     * @param executionId {@code x-execution-id}, or null
     * @throws ProblemException 404 if there is none that the caller may see, or its connection is gone; 410 if it was deleted
     */
    public DatasetView copy(Caller caller, long id, CopyRequest request, String executionId) {
        Dataset dataset = require(caller, id, COPY);
        String name = request.nameFor(dataset.name());
        return executions.once(
                caller.workspaceId(), caller.personId(), executionId, COPY + " " + id + " " + request, () -> {
                    directory.keep(caller, dataset.place());
                    long copy = rewrites.copy(id, name, caller, clock.instant())
                            .orElseThrow(() -> Ids.notFound("imported dataset", id));
                    record(caller, COPY, dataset, ", as dataset " + copy + " " + name);
                    return view(caller, copy);
                });
    }

    private Dataset require(Caller caller, long id, String operation) {
        return trail.attempt(caller, AuditedAction.of(operation), () -> table.require(caller, id));
    }

    private void record(Caller caller, String operation, Dataset dataset, String change) {
        trail.record(
                caller,
                AuditedAction.on(dataset.source().connectionId(), operation),
                "dataset " + dataset.id() + " " + dataset.name() + change);
    }

    private DatasetView view(Caller caller, long id) {
        return DatasetView.of(table.require(caller, id), Embedded.nothing());
    }
}
