package dev.wharf.running;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.Manifests;
import dev.wharf.datasets.TakenFiles;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.run.CsvOptions;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.identity.Caller;
import dev.wharf.identity.Origin;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.jobs.DueMessage;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobInput;
import dev.wharf.jobs.JobInputs;
import dev.wharf.jobs.ResultDatasetTable;
import dev.wharf.jobs.ResultPlaces;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Made;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.parameters.ResolvedPath;
import dev.wharf.parameters.RunValues;
import dev.wharf.parameters.environment.EnvironmentValues;
import dev.wharf.storage.MatchedPlace;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What starts a job: a group of a run and a publication, recorded by one request. */
public final class JobStarts {
    private final JobGroupTable table;
    private final JobInputs inputs;
    private final Manifests manifests;
    private final Executions executions;
    private final StoreDirectory stores;
    private final StorageFolders folders;
    private final ResultPlaces places;
    private final JobParameters parameters;
    private final ResultDatasetTable newDatasets;
    private final long maxBytes;
    private final AuditTrail trail;
    private final Clock clock;

    /**
     * @param newDatasets what is to be made of the results
     * @param maxBytes the largest dataset that the engine takes, in bytes
     * @param environment whose values may stand in paths
     */
    public JobStarts(
            JobGroupTable table,
            JobInputs inputs,
            Manifests manifests,
            Executions executions,
            StoreDirectory stores,
            StorageFolders folders,
            ResultPlaces places,
            EnvironmentValues environment,
            ResultDatasetTable newDatasets,
            long maxBytes,
            AuditTrail trail,
            Clock clock) {
        this.table = table;
        this.inputs = inputs;
        this.manifests = manifests;
        this.executions = executions;
        this.stores = stores;
        this.folders = folders;
        this.places = places;
        this.parameters = new JobParameters(stores, environment);
        this.newDatasets = newDatasets;
        this.maxBytes = maxBytes;
        this.trail = trail;
        this.clock = clock;
    }

    /** The answer to a request for a job. */
    public sealed interface Requested {
        /** Whether there is a job now, which is to be run. */
        boolean started();
    }

    /** The answer to a request that starts a job ({@code domain.md} §3.7). */
    public record Started(String sessionId, String reason, Graph jobGraph, long id, Map<String, List<Reference>> jobs)
            implements Requested, Made {
        @Override
        public boolean started() {
            return true;
        }

        @Override
        public String location() {
            return "/v4/jobGroups/" + id;
        }
    }

    /** The order of the jobs of a group. */
    public record Graph(List<Long> vertices, List<Edge> edges) {}

    public record Edge(long source, long target) {}

    /** The answer to a request in test mode: nothing was started. */
    public record Checked(long datasetId, String datasetName, String sessionId) implements Requested {
        @Override
        public boolean started() {
            return false;
        }
    }

    /**
     * Creates a job, to be run once its message arrives. It reads the files that it is started over; where nobody names any,
     * those that the dataset has now or, where its path varies, those that match when it runs.
     *
     * @param taken the files of the dataset that it is started over; null for none
     * @param executionId {@code x-execution-id}, or null: the same one again starts nothing
     * @return {@link Started}, or {@link Checked} in test mode
     * @throws ProblemException 404 for an unknown dataset, recipe or connection, 410 for one that was deleted; 400 for a dataset
     *     larger than the engine takes, or of a format that it does not read; 403 for a place that the caller's results may not
     *     go to; 409 for an {@code executionId} of another request; in test mode also what a store says of the places of its
     *     results, 409 where files of the dataset have changed, and 404 or 400 where nothing can be read of what matches its
     *     values
     * @throws Executions.AlreadyDone if the execution id was seen with the same request
     */
    public Requested create(Caller caller, JobRequest request, TakenFiles taken, String executionId) {
        Prepared job = prepare(caller, request, taken, taken == null ? clock.instant() : taken.foundAt());
        if (request.testMode()) {
            tryStores(caller, job);
            return new Checked(
                    request.datasetId(), job.input().name(), UUID.randomUUID().toString());
        }
        return executions.once(
                caller.workspaceId(), caller.personId(), executionId, Json.write(request), () -> start(caller, job));
    }

    /**
     * A job that may be started.
     *
     * @param manifestId the files that it reads; null where it finds them when it runs
     */
    record Prepared(
            JobInput input,
            Long manifestId,
            JobParameters.Resolved parameters,
            JobRequest.NewDataset newDataset,
            boolean profiler) {}

    /**
     * Makes sure that a job could be started.
     *
     * @param taken as for {@link #create}
     * @param now from which dates in paths are counted where the request does not say otherwise
     * @throws ProblemException as {@link #create}
     */
    Prepared prepare(Caller caller, JobRequest request, TakenFiles taken, Instant now) {
        JobInput input = input(caller, request);
        Dataset dataset = input.dataset();
        check(dataset, taken);
        var resolved =
                parameters.resolve(caller, dataset, settings(caller, input, request), request.runParameters(), now);
        requireReadable(caller, dataset, resolved.place());
        places.require(caller, resolved.settings());
        if (request.newDataset() != null) {
            requireOutput(request.newDataset().output(), resolved.settings().size());
        }
        boolean profiler = isProfiled(caller, input, request);
        if (profiler) {
            resolved.settings().forEach(WriteSetting::requireRoomForProfile);
        }
        return new Prepared(input, manifest(dataset, taken), resolved, request.newDataset(), profiler);
    }

    /**
     * What the stores say of a job, without starting it: whether it may write where its results are to go, and whether the
     * files that it would read are there as they were or, where its dataset's path varies, whether there are any.
     */
    private void tryStores(Caller caller, Prepared job) {
        for (WriteSetting setting : job.parameters().settings()) {
            S3Uri path = setting.path();
            stores.store(caller, path.connectionId())
                    .tryToWrite(path.bucket(), path.isFolder() ? path.key() + "result" : path.key());
        }
        Dataset dataset = job.input().dataset();
        if (job.manifestId() == null) {
            tryMatching(caller, dataset, job.parameters());
        } else {
            ObjectStore store = stores.store(caller, dataset.source().connectionId());
            ChangedFiles.find(dataset, store, manifests.files(job.manifestId())).ifPresent(changed -> {
                throw changed;
            });
        }
    }

    /** Looks for what matches now, as the run would. What is wrong with that is wrong with the values of the parameters. */
    private void tryMatching(Caller caller, Dataset dataset, JobParameters.Resolved parameters) {
        ResolvedPath path = dataset.parameters().resolve(dataset.source(), RunValues.kept(parameters.kept()));
        var matches = new Matches(dataset, path, MatchedPlace.open(stores, caller, path), null, maxBytes);
        try (var objects = matches.place().walk(ObjectStore.Order.ANY)) {
            objects.forEach(matches::add);
            matches.requireFound();
        } catch (StoreException ofTheStore) {
            throw ofTheStore;
        } catch (ProblemException refused) {
            throw new ProblemException(refused.problem(), "runParameters: " + refused.detail(), refused);
        }
    }

    private static void requireOutput(Integer output, int outputs) {
        if (output == null && outputs > 1 || output != null && (output < 1 || output > outputs)) {
            throw ProblemException.invalid(
                    "newDataset.output",
                    (outputs == 1 ? "must be 1, or be left out" : "must be 1 to " + outputs)
                            + ": of which of the job's " + outputs + " results the dataset is made");
        }
    }

    private JobInput input(Caller caller, JobRequest request) {
        return trail.attempt(
                caller, AuditedAction.of("createJobGroup"), () -> inputs.require(caller, request.datasetId()));
    }

    /**
     * The override keys of the parameters of what a job reads and of where it writes.
     *
     * @return empty where nothing varies; where only dates do, there are no keys
     * @throws ProblemException 404 for an unknown dataset or recipe, 410 for one that was deleted
     */
    Optional<Set<String>> keys(Caller caller, JobRequest request) {
        JobInput input = input(caller, request);
        List<WriteSetting> settings = settings(caller, input, request);
        return JobParameters.vary(input.dataset(), settings)
                ? Optional.of(JobParameters.keys(input.dataset(), settings))
                : Optional.empty();
    }

    /**
     * Whether the results of a job could go where a request wants them, whatever its dataset is.
     *
     * @throws ProblemException as {@link #create}
     */
    public void requirePlaces(Caller caller, JobRequest request) {
        places.require(caller, request.writeSettings());
    }

    private void requireReadable(Caller caller, Dataset dataset, S3Uri place) {
        try {
            stores.require(caller, place);
        } catch (ProblemException refused) {
            throw dataset.unreadable(refused);
        }
    }

    private void check(Dataset dataset, TakenFiles taken) {
        long bytes = bytes(dataset, taken);
        if (bytes > maxBytes) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "Dataset " + dataset.id() + " has " + bytes + " bytes; the built-in engine takes at most "
                            + maxBytes + " (wharf.running.max-bytes)");
        }
        manifests.firstFile(dataset.manifestId()).ifPresent(SourceFormat::of);
    }

    /** How much is read: 0 for what is matched only when the job runs. */
    private long bytes(Dataset dataset, TakenFiles taken) {
        if (taken == null) {
            return dataset.parameters() == null ? dataset.bytes() : 0;
        }
        return manifests
                .bytes(dataset.id(), taken.manifestId())
                .orElseThrow(() -> new ProblemException(
                        Problem.CONFLICT,
                        "The files that the job was to read of dataset " + dataset.id()
                                + " gave way to others and were removed before it could be started; start it over those"
                                + " that the dataset has now"));
    }

    private List<WriteSetting> settings(Caller caller, JobInput input, JobRequest request) {
        if (!request.writeSettings().isEmpty()) {
            return request.writeSettings();
        }
        if (input.recipe() != null) {
            List<WriteSetting> saved = inputs.saved(input.recipe(), isAdhoc(caller));
            if (!saved.isEmpty()) {
                return saved;
            }
        }
        S3Uri folder = defaultFolder(caller);
        S3Uri file = folder.withKey(folder.key() + input.name().replace('/', '_') + ".csv");
        return List.of(new WriteSetting(file, ResultFormat.CSV, Compression.NONE, CsvOptions.withHeader(), true, null));
    }

    private boolean isProfiled(Caller caller, JobInput input, JobRequest request) {
        return request.profiler() != null
                ? request.profiler()
                : input.recipe() != null && inputs.isProfiled(input.recipe(), isAdhoc(caller));
    }

    /** Whether what was saved for jobs that people start counts, or else what was for those of schedules. */
    private static boolean isAdhoc(Caller caller) {
        return caller.origin().way() != Origin.Way.SCHEDULE;
    }

    /**
     * Where the results of a job go that is started now over whatever dataset.
     *
     * @return the paths that it names, in their order; or else the folder into which they go by default
     * @throws ProblemException 400 where there is no base storage
     */
    public List<S3Uri> places(Caller caller, JobRequest request) {
        return request.writeSettings().isEmpty()
                ? List.of(defaultFolder(caller))
                : places.byDefault(caller, request.writeSettings()).stream()
                        .map(WriteSetting::path)
                        .toList();
    }

    /** The default of the described system: one CSV file in the person's output home ({@code domain.md} §7, §8.1). */
    private S3Uri defaultFolder(Caller caller) {
        String bucket = stores.defaultBucket(caller, null)
                .orElseThrow(() -> ProblemException.invalid(
                        "overrides.writesettings",
                        "is needed: without base storage there is no default place for results"));
        return new S3Uri(bucket, folders.outputHomeDir(caller).substring(1) + "/", null);
    }

    /** To be called in a transaction. */
    Started start(Caller caller, Prepared job) {
        JobInput input = job.input();
        stores.keep(caller, job.parameters().place());
        places.keep(caller, job.parameters().settings());
        JobGroupTable.Ids ids = table.insert(
                caller,
                input,
                job.parameters().reads(),
                job.manifestId(),
                job.parameters().kept(),
                JobRequest.EXECUTION,
                places.within(job.parameters().settings()),
                job.profiler(),
                clock.instant());
        if (job.newDataset() != null) {
            Integer output = job.newDataset().output();
            newDatasets.want(
                    ids.group(), output == null ? 1 : output, job.newDataset().name());
        }
        trail.record(
                caller,
                AuditedAction.on(input.dataset().source().connectionId(), "createJobGroup"),
                "jobGroup/" + ids.group() + " of "
                        + (input.recipe() == null
                                ? ""
                                : "recipe " + input.recipe().id() + ", ") + "dataset "
                        + input.dataset().id());
        return new Started(
                UUID.randomUUID().toString(),
                "JobStarted",
                graph(ids),
                ids.group(),
                Map.of("data", jobs(ids).map(Reference::new).toList()));
    }

    /** Every output is written when the run has ended, and its profile is made. */
    private static Graph graph(JobGroupTable.Ids ids) {
        long last = ids.profile() == null ? ids.run() : ids.profile();
        Stream<Edge> made = ids.profile() == null ? Stream.of() : Stream.of(new Edge(ids.run(), last));
        return new Graph(
                jobs(ids).toList(),
                Stream.concat(made, ids.outputs().stream().map(output -> new Edge(last, output)))
                        .toList());
    }

    private static Stream<Long> jobs(JobGroupTable.Ids ids) {
        Stream<Long> made = ids.profile() == null ? Stream.of(ids.run()) : Stream.of(ids.run(), ids.profile());
        return Stream.concat(made, ids.outputs().stream());
    }

    /** The files that are read; null for what is matched only when the job runs. */
    private static Long manifest(Dataset dataset, TakenFiles taken) {
        if (taken != null) {
            return taken.manifestId();
        }
        return dataset.parameters() == null ? dataset.manifestId() : null;
    }

    /** The message that gets a started job run. */
    public DueMessage message(Started started) {
        return DueMessage.ofRun(started.id());
    }
}
