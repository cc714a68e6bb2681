package dev.wharf.datasets;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.Associations;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.time.Clock;

/** The imported datasets: a person sees their own, an administrator all of the workspace. */
public final class Datasets {
    private static final String DELETE = "deleteImportedDataset";

    private static final int DEFAULT_FILES = 1000;
    private static final int MAX_FILES = 10_000;

    private final DatasetTable table;
    private final DatasetList list;
    private final Manifests manifests;
    private final Database database;
    private final AuditTrail trail;
    private final Clock clock;

    public Datasets(Database database, AuditTrail trail, Clock clock) {
        this.database = database;
        this.table = new DatasetTable(database);
        this.list = new DatasetList(database);
        this.manifests = new Manifests(database, clock);
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Oldest first, where the query does not say otherwise.
     *
     * @param query those of lists, and of {@link DatasetFilter}; {@code embed=connection} shows what each comes from
     * @throws ProblemException 400 naming a parameter that is malformed or can find nothing; 403 for other people's datasets
     *     where the caller is no administrator
     */
    @Operation("listImportedDatasets")
    public Page<DatasetView> list(Caller caller, Query query) {
        var embedded = embedded(query);
        var filter = DatasetFilter.of(caller, query, list);
        return Page.of(
                query,
                (limit, offset) -> list.list(caller, filter, limit, offset).stream()
                        .map(dataset -> DatasetView.of(dataset, embedded))
                        .toList(),
                () -> list.count(caller, filter));
    }

    /**
     * @param query {@code includeDeleted=true} for one that was deleted as well
     * @throws ProblemException 404 if there is none that the caller may see; 410 if it was deleted
     */
    @Operation("getImportedDataset")
    public DatasetView get(Caller caller, long id, Query query) {
        var embedded = embedded(query);
        Dataset dataset = query.flag("includeDeleted") ? find(caller, id) : require(caller, id);
        return DatasetView.of(dataset, embedded);
    }

    /**
     * The files that were found when the dataset was imported, in the store's order.
     *
     * @param query {@code limit} 1 to 10,000, default 1,000; {@code offset}; {@code includeCount}; {@code filter}, a part
     *     of the keys
     */
    @Operation("listImportedDatasetFiles")
    public Page<DatasetFileView> files(Caller caller, long id, Query query) {
        Dataset dataset = require(caller, id);
        int limit = query.number("limit", DEFAULT_FILES, 1, MAX_FILES);
        int offset = query.number("offset", 0, 0, Integer.MAX_VALUE);
        String part = query.text("filter").orElse("");
        boolean counted = query.flag("includeCount");
        long manifest = dataset.manifestId();
        return part.isEmpty()
                ? new Page<>(
                        manifests.page(manifest, dataset.source(), limit, offset), counted ? dataset.files() : null)
                : new Page<>(
                        manifests.page(manifest, dataset.source(), part, limit, offset),
                        counted ? manifests.count(manifest, part) : null);
    }

    /** Deletes the dataset, and nothing in the store. */
    @Operation("deleteImportedDataset")
    public void delete(Caller caller, long id) {
        trail.attempt(caller, AuditedAction.of(DELETE), () -> {
            Dataset dataset = require(caller, id);
            database.inTransaction(() -> {
                if (table.delete(caller, dataset.id(), clock.instant())) {
                    trail.record(
                            caller,
                            AuditedAction.on(dataset.source().connectionId(), DELETE),
                            "dataset " + dataset.id() + " " + dataset.name());
                }
            });
        });
    }

    private Dataset require(Caller caller, long id) {
        return table.require(caller, id);
    }

    private Dataset find(Caller caller, long id) {
        return table.find(caller, id).orElseThrow(() -> Ids.notFound("imported dataset", id));
    }

    private static Embedded embedded(Query query) {
        return Embedded.of(query, Associations.with(DatasetView.CONNECTION));
    }
}
