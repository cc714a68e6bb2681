package dev.wharf.imports;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetRewrites;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.DatasetView;
import dev.wharf.datasets.Manifests;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.JsonLines;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.parameters.ParameterisedPath;
import dev.wharf.parameters.ResolvedPath;
import dev.wharf.parameters.RunValues;
import dev.wharf.parameters.environment.EnvironmentValues;
import dev.wharf.storage.MatchedPlace;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.S3Uri;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports a file or a folder as a dataset, in the steps of {@code imports.camel.yaml}. What is
 * imported is seen by nobody before it is complete.
 */
public final class Imports {
    /** An import writes at least every thousand files; one that has not for so long has died. */
    private static final Duration STALE = Duration.ofHours(1);

    private final Database database;
    private final DatasetTable table;
    private final DatasetRewrites rewrites;
    private final Manifests manifests;
    private final StoreDirectory directory;
    private final ImportSources sources;
    private final EnvironmentValues environment;
    private final Executions executions;
    private final AuditTrail trail;
    private final Clock clock;

    public Imports(
            Database database,
            DatasetTable table,
            StoreDirectory directory,
            Executions executions,
            AuditTrail trail,
            Clock clock) {
        this.database = database;
        this.table = table;
        this.rewrites = new DatasetRewrites(database);
        this.manifests = new Manifests(database, clock);
        this.directory = directory;
        this.sources = new ImportSources(table, directory);
        this.environment = new EnvironmentValues(database);
        this.executions = executions;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Finds out whether the source is a file or a folder, opens its store for the caller and begins the dataset.
     *
     * @throws ProblemException 400, 403 or 404 if the caller may not import it, or there is no such connection
     */
    public Importing begin(Caller caller, ImportRequest request) {
        return begin(caller, request, open(caller, request));
    }

    /** @param opened what the request names, for the caller */
    Importing begin(Caller caller, ImportRequest sent, Opened opened) {
        Source source = opened.source();
        ImportRequest request = settled(sent);
        return database.inTransaction(() -> {
            directory.keep(caller, source.uri());
            long id = table.insert(caller, request.dataset(source.uri()), clock.instant());
            return new Importing(request, opened.store(), source, manifests.begin(id), id);
        });
    }

    private ImportRequest settled(ImportRequest request) {
        Long connection = request.source().connectionId();
        return request.withTypesOf(connection != null
                && database.sql("imports/text-only")
                        .param("connection", connection)
                        .query(Boolean.class)
                        .optional()
                        .orElse(false));
    }

    /** Opens what {@link #begin} would read, with the same rights, for whoever lists it; nothing is imported. */
    public Importing lookAt(Caller caller, ImportRequest request) {
        return lookAt(caller, request, clock.instant());
    }

    /** @param now from which windows of time are counted, where the path varies */
    public Importing lookAt(Caller caller, ImportRequest request, Instant now) {
        Opened opened = open(caller, request, now);
        return new Importing(settled(request), opened.store(), opened.source(), null, 0);
    }

    /**
     * Whether a caller could import something, as far as that can be told without asking the store.
     *
     * @throws ProblemException as {@link #begin}
     */
    public void require(Caller caller, ImportRequest request) {
        if (request.parameters() != null) {
            open(caller, request);
            return;
        }
        sources.require(caller, request.source());
    }

    /**
     * Begins to look at what {@link #begin} would take in, with the same rights; nothing comes of it but a report.
     *
     * @param mediaType to answer in
     * @param answer where it goes line by line, if that is asked for
     */
    public Importing look(Caller caller, ImportRequest request, String mediaType, Answer answer) {
        Importing looking = lookAt(caller, request);
        if (JsonLines.TYPE.equals(mediaType)) {
            looking.report(new ProgressLines(answer));
        }
        return looking;
    }

    /**
     * Ends the look.
     *
     * @return null where it went out as lines
     * @throws ProblemException 404 if there was nothing
     */
    public ImportReport report(Importing looking) throws IOException {
        looking.requireFound();
        var report = looking.findings().report(looking.uri(), looking.request().reading());
        if (looking.progress() instanceof ProgressLines lines) {
            lines.end(report);
            return null;
        }
        return report;
    }

    record Opened(ObjectStore store, Source source) {}

    /**
     * Opens the source for whoever imports from there.
     *
     * @throws ProblemException as {@link #begin}
     */
    Opened open(Caller caller, ImportRequest request) {
        return open(caller, request, clock.instant());
    }

    /** @param now from which windows of time are counted, where the path varies */
    Opened open(Caller caller, ImportRequest request, Instant now) {
        if (request.parameters() != null) {
            ResolvedPath path = resolve(caller, request, now);
            return new Opened(MatchedPlace.open(directory, caller, path).store(), Source.of(path));
        }
        ObjectStore store = sources.open(caller, request.source());
        return new Opened(store, Source.find(store, request.source()));
    }

    private ResolvedPath resolve(Caller caller, ImportRequest request, Instant now) {
        ParameterisedPath parameters = request.parameters();
        return parameters.resolve(request.source(), RunValues.of(null, environment.of(caller, parameters.keys()), now));
    }

    /**
     * Those of some objects that are data. In a folder, markers of running environments, placeholders, and whatever is hidden
     * or lies in a hidden sub-folder are not; a file that a person named is, also if its name is hidden. What is not is
     * counted.
     */
    public List<ObjectInfo> data(Importing importing, List<ObjectInfo> objects) throws IOException {
        List<ObjectInfo> data = new ArrayList<>(objects.size());
        for (ObjectInfo object : objects) {
            if (importing.isData(object)) {
                data.add(object);
            }
        }
        return data;
    }

    /** Adds files to the dataset. */
    public void add(Importing importing, List<ObjectInfo> files) throws IOException {
        for (ObjectInfo file : files) {
            importing.add(file);
        }
    }

    /**
     * Shows the dataset, or what it has now, if nothing speaks against it.
     *
     * @param executionId {@code x-execution-id}, or null
     * @throws ProblemException 400 naming the files that are archived or of another format, or if all are ignored; 404 if
     *     there was nothing; 409 if it was to be changed, and somebody else was quicker
     */
    public DatasetView complete(Caller caller, Importing importing, String executionId) {
        importing.finish();
        importing.manifest().keep(importing.findings().found());
        return executions.once(caller.workspaceId(), caller.personId(), executionId, importing.asked(), () -> {
            replace(caller, importing);
            if (!manifests.publish(importing.manifest(), importing.findings().ignored())) {
                throw new ProblemException(
                        Problem.UNAVAILABLE,
                        "The import of " + importing.uri() + " took too long and was given up; try again");
            }
            importing.progress().complete(importing.findings());
            record(caller, importing);
            return table.find(caller, importing.datasetId())
                    .map(dataset -> DatasetView.of(dataset, Embedded.nothing()))
                    .orElseThrow();
        });
    }

    /** A dataset that is looked at again must still be as it was when that began. */
    private void replace(Caller caller, Importing importing) {
        Dataset seen = importing.replaced();
        if (seen != null
                && !rewrites.replace(seen, importing.request().dataset(importing.uri()), caller, clock.instant())) {
            table.require(caller, seen.id());
            throw new ProblemException(
                    Problem.CONFLICT,
                    "Dataset " + seen.id() + " was refreshed or changed by somebody else meanwhile; look at it, and try"
                            + " again");
        }
    }

    private void record(Caller caller, Importing importing) {
        S3Uri source = importing.uri();
        trail.record(
                caller,
                new AuditedAction(importing.operation(), source.connectionId(), source.bucket(), source.key()),
                "dataset " + importing.datasetId() + ", files "
                        + importing.manifest().files());
    }

    /**
     * Ends an import that has failed: nothing of it stays.
     *
     * @param importing null if it had not begun
     */
    public void abandon(Importing importing, Throwable failure) throws IOException {
        if (importing == null) {
            return;
        }
        if (!(failure instanceof Executions.AlreadyDone)) {
            importing.progress().fail(importing.findings(), Problems.of(failure));
        }
        if (importing.manifest() != null) {
            manifests.discard(importing.manifest().manifestId());
        }
    }

    /** An import that has not written since then has died, and nobody begins a job with files that gave way before. */
    public Timestamp staleBefore() {
        return Timestamp.from(clock.instant().minus(STALE));
    }

    /** Removes what nobody reads any more: of an import that was given up or whose process died, or files before a refresh. */
    public void discard(long manifestId) {
        manifests.discard(manifestId);
    }
}
