package dev.wharf.imports;

import dev.wharf.datasets.Comparison;
import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.Manifests;
import dev.wharf.datasets.SourceChanges;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.Place;
import dev.wharf.store.S3Uri;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Looks at the source of a dataset again, with the rights of an import, in the steps of {@code datasets.camel.yaml}. What is
 * found becomes the dataset's next manifest in one step; a failure changes nothing, and jobs under way keep the files that
 * they began with.
 */
public final class Refreshes {
    private final Database database;
    private final DatasetTable table;
    private final Manifests manifests;
    private final Imports imports;
    private final ImportSources sources;
    private final StoreDirectory directory;
    private final AuditTrail trail;

    public Refreshes(
            Database database,
            DatasetTable table,
            Imports imports,
            StoreDirectory directory,
            AuditTrail trail,
            Clock clock) {
        this.database = database;
        this.table = table;
        this.manifests = new Manifests(database, clock);
        this.imports = imports;
        this.sources = new ImportSources(table, directory);
        this.directory = directory;
        this.trail = trail;
    }

    /**
     * Begins to take in what the source holds now.
     *
     * @throws ProblemException 404 if there is no such dataset for the caller, or its connection is not theirs to use; 410 if
     *     it was deleted; 403 if the caller may not import its source
     */
    public Importing refresh(Caller caller, long id) {
        return begin(caller, id, "refreshImportedDataset", request -> request);
    }

    /**
     * The same as the original asks for it ({@code domain.md} §3.5).
     *
     * @param query {@code headerStrategy}: whether the first row names the columns is decided by the rows ({@code infer}), so
     *     ({@code firstRow}), or not so ({@code none}); {@code sanitizeColumnNames=false}
     * @throws ProblemException as {@link #refresh}; 400 for what asks for something that there is not
     */
    public Importing refreshSchema(Caller caller, long id, Query query) {
        if (query.get("format").isPresent()) {
            throw ProblemException.invalid(
                    "format", "cannot be chosen: the names of the files tell their format; leave it out");
        }
        if (query.flag("sanitizeColumnNames")) {
            throw ProblemException.invalid(
                    "sanitizeColumnNames", "is not supported: columns keep the names that the files give them");
        }
        String strategy = query.get("headerStrategy").orElse(null);
        return begin(
                caller,
                id,
                "asyncRefreshSchema",
                request -> strategy == null ? request : request.withHeader(header(strategy)));
    }

    private static Boolean header(String strategy) {
        return switch (strategy) {
            case "infer" -> null;
            case "firstRow" -> true;
            case "none" -> false;
            default -> throw ProblemException.invalid("headerStrategy", "must be infer, firstRow or none");
        };
    }

    /**
     * Begins to change a dataset: its name, its source, how its text is read.
     *
     * @throws ProblemException as {@link #refresh}; 400 for a malformed change; 412 if it is no longer the version that
     *     {@code If-Match} names
     */
    public Importing update(Caller caller, long id, DatasetChange change, IfMatch believed) {
        Dataset dataset = require(caller, id, "updateImportedDataset");
        believed.require(dataset.updatedAt());
        return begin(caller, dataset, "updateImportedDataset", change.applyTo(dataset));
    }

    private Importing begin(Caller caller, long id, String operation, UnaryOperator<ImportRequest> change) {
        Dataset dataset = require(caller, id, operation);
        return begin(caller, dataset, operation, change.apply(ImportRequest.of(dataset)));
    }

    /**
     * Begins to take in what a schedule has chosen: as the next files of a dataset, which keeps its name, or else as another
     * dataset.
     *
     * @param datasetId of the caller's own dataset with this source; where it is no such one, or null, another one is begun
     * @param now from which windows of time are counted, where the path varies
     * @throws ProblemException as {@link Imports#begin}
     */
    public Importing refreshOrImport(Caller caller, ImportRequest request, Long datasetId, Instant now) {
        Imports.Opened opened = imports.open(caller, request, now);
        return Optional.ofNullable(datasetId)
                .flatMap(id -> table.ready(id, caller.workspaceId()))
                .filter(dataset -> dataset.ownerId() == caller.personId())
                .filter(dataset -> request.isSourceOf(dataset, opened.source().uri()))
                .map(dataset -> begin(
                        caller,
                        dataset,
                        "refreshImportedDataset",
                        request.withNameOf(dataset).withTypesOf(dataset.disableTypeInference()),
                        opened))
                .orElseGet(() -> imports.begin(caller, request, opened));
    }

    private Importing begin(Caller caller, Dataset dataset, String operation, ImportRequest request) {
        return begin(caller, dataset, operation, request, open(caller, dataset, request));
    }

    private Importing begin(
            Caller caller, Dataset dataset, String operation, ImportRequest request, Imports.Opened opened) {
        Source source = opened.source();
        return database.inTransaction(() -> {
            directory.keep(caller, source.uri());
            return new Importing(request, opened.store(), source, manifests.begin(dataset.id()), dataset.id())
                    .replacing(dataset, operation);
        });
    }

    /**
     * Begins to look at what is new, changed and gone in the source.
     *
     * @throws ProblemException as {@link #refresh}
     */
    public Looking look(Caller caller, long id) {
        Dataset dataset = require(caller, id, "getImportedDatasetChanges");
        var comparison = new Comparison(dataset, manifests.files(dataset.manifestId()));
        requireConnection(caller, dataset);
        if (dataset.parameters() == null) {
            S3Uri uri = dataset.source();
            ObjectStore store = sources.open(caller, uri);
            return new Looking(dataset, new Place(store, uri.bucket(), uri.key()), null, comparison);
        }
        Imports.Opened opened = imports.open(caller, ImportRequest.of(dataset));
        Source source = opened.source();
        return new Looking(dataset, source.place(opened.store()), source.path(), comparison);
    }

    /**
     * @param objects what the source holds, in the order of keys
     * @throws ProblemException 409 if the dataset's files are not in that order
     */
    public SourceChanges compare(Looking looking, Iterator<ObjectInfo> objects) {
        return looking.compare(objects);
    }

    private Imports.Opened open(Caller caller, Dataset dataset, ImportRequest request) {
        S3Uri uri = request.source();
        if (Objects.equals(uri.connectionId(), dataset.source().connectionId())) {
            requireConnection(caller, dataset);
        }
        if (request.parameters() != null || !uri.equals(dataset.source())) {
            return imports.open(caller, request);
        }
        ObjectStore store = sources.open(caller, uri);
        return new Imports.Opened(store, Source.again(store, uri));
    }

    /** Says of a connection that is not theirs to use whose it is. */
    private void requireConnection(Caller caller, Dataset dataset) {
        try {
            directory.sources(caller, dataset.source().connectionId());
        } catch (ProblemException refused) {
            throw dataset.unreadable(refused);
        }
    }

    private Dataset require(Caller caller, long id, String operation) {
        return trail.attempt(caller, AuditedAction.of(operation), () -> table.require(caller, id));
    }
}
