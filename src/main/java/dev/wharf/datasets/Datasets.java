package dev.wharf.datasets;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.Associations;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.time.Clock;
import java.util.Map;

/** The imported datasets: a person sees their own, an administrator all of the workspace. */
public final class Datasets {
    private static final String DELETE = "deleteImportedDataset";

    private static final Map<String, String> FILTERED =
            Map.of("name", "name", "description", "description", "bucket", "bucket", "path", "object_key");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "name", "name", "createdAt", "created_at", "updatedAt", "updated_at");

    private static final int DEFAULT_FILES = 1000;
    private static final int MAX_FILES = 10_000;

    private final DatasetTable table;
    private final Manifests manifests;
    private final Database database;
    private final AuditTrail trail;
    private final Clock clock;

    public Datasets(Database database, AuditTrail trail, Clock clock) {
        this.database = database;
        this.table = new DatasetTable(database);
        this.manifests = new Manifests(database, clock);
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Oldest first, where the query does not say otherwise.
     *
     * @param query those of lists; {@code embed=connection} shows what each comes from
     * @throws ProblemException 400 if the query is malformed
     */
    @Operation("listImportedDatasets")
    public Page<DatasetView> list(Caller caller, Query query) {
        var embedded = embedded(query);
        var listed = ListQuery.of(query, "name", FILTERED, SORTED);
        return Page.of(
                query,
                (limit, offset) -> table.list(caller, listed, limit, offset).stream()
                        .map(dataset -> DatasetView.of(dataset, embedded))
                        .toList(),
                () -> table.count(caller, listed));
    }

    /**
     * @throws ProblemException 404 if there is none that the caller may see; 410 if it was deleted
     */
    @Operation("getImportedDataset")
    public DatasetView get(Caller caller, long id, Query query) {
        var embedded = embedded(query);
        return DatasetView.of(require(caller, id), embedded);
    }

    /**
     * The files that were found when the dataset was imported, in the store's order.
     *
     * @param query {@code limit} 1 to 10,000, default 1,000; {@code offset}; {@code includeCount}
     */
    @Operation("listImportedDatasetFiles")
    public Page<DatasetFileView> files(Caller caller, long id, Query query) {
        Dataset dataset = require(caller, id);
        int limit = query.number("limit", DEFAULT_FILES, 1, MAX_FILES);
        int offset = query.number("offset", 0, 0, Integer.MAX_VALUE);
        return new Page<>(
                manifests.page(dataset.manifestId(), dataset.source(), limit, offset),
                query.flag("includeCount") ? dataset.files() : null);
    }

    /** Deletes the dataset, and nothing in the store. */
    @Operation("deleteImportedDataset")
    public void delete(Caller caller, long id) {
        trail.attempt(caller, AuditedAction.of(DELETE), () -> {
            Dataset dataset = require(caller, id);
            database.inTransaction(() -> {
                if (table.delete(dataset.id(), clock.instant())) {
                    trail.record(
                            caller,
                            AuditedAction.on(dataset.source().connectionId(), DELETE),
                            "dataset " + dataset.id() + " " + dataset.name());
                }
            });
        });
    }

    private Dataset require(Caller caller, long id) {
        Dataset dataset = table.find(caller, id).orElseThrow(() -> Ids.notFound("imported dataset", id));
        if (dataset.deleted()) {
            throw new ProblemException(Problem.GONE, "The imported dataset " + id + " was deleted");
        }
        return dataset;
    }

    private static Embedded embedded(Query query) {
        return Embedded.of(query, Associations.with(DatasetView.CONNECTION));
    }
}
