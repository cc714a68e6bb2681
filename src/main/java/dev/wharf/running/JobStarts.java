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
import dev.wharf.jobs.ResultPlaces;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Made;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.parameters.ResolvedPath;
import dev.wharf.parameters.RunOverrides;
import dev.wharf.storage.MatchedPlace;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.S3Uri;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
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
    private final long maxBytes;
    private final AuditTrail trail;
    private final Clock clock;

    /**
     * @param maxBytes the largest dataset that the engine takes, in bytes
     * @param limits that results have to keep
     */
    public JobStarts(
            JobGroupTable table,
            JobInputs inputs,
            Manifests manifests,
            Executions executions,
            StoreDirectory stores,
            StorageFolders folders,
            long maxBytes,
            Settings.Limits limits,
            AuditTrail trail,
            Clock clock) {
        this.table = table;
        this.inputs = inputs;
        this.manifests = manifests;
        this.executions = executions;
        this.stores = stores;
        this.folders = folders;
        this.places = new ResultPlaces(stores, folders, limits);
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
    public record Graph(List<Long> vertices, List<Edge> edges) {
        /** Of jobs that are done one after the other. */
        static Graph of(List<Long> jobs) {
            return new Graph(
                    jobs,
                    IntStream.range(1, jobs.size())
                            .mapToObj(at -> new Edge(jobs.get(at - 1), jobs.get(at)))
                            .toList());
        }
    }

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
     *     larger than the engine
     *     takes, or of a format that it does not read; 403 for a
     *     place that the caller's results may not go to; 409 for an {@code executionId} of another request
     * @throws Executions.AlreadyDone if the execution id was seen with the same request
     */
    public Requested create(Caller caller, JobRequest request, TakenFiles taken, String executionId) {
        Prepared job = prepare(caller, request, taken);
        if (request.testMode()) {
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
            S3Uri place,
            Optional<RunParameters> parameters,
            List<WriteSetting> settings,
            boolean profiler) {}

    /**
     * Makes sure that a job could be started.
     *
     * @param taken as for {@link #create}
     * @throws ProblemException as {@link #create}
     */
    Prepared prepare(Caller caller, JobRequest request, TakenFiles taken) {
        JobInput input = trail.attempt(
                caller, AuditedAction.of("createJobGroup"), () -> inputs.require(caller, request.datasetId()));
        Dataset dataset = input.dataset();
        check(dataset, taken);
        Instant reference = taken == null ? clock.instant() : taken.foundAt();
        Optional<RunParameters> parameters = parameters(caller, dataset, request.runParameters(), reference);
        S3Uri place = parameters.map(RunParameters::place).orElse(dataset.place());
        requireReadable(caller, dataset, place);
        List<WriteSetting> settings = settings(caller, input, request);
        places.require(caller, settings);
        boolean profiler = isProfiled(caller, input, request);
        if (profiler) {
            settings.forEach(WriteSetting::requireRoomForProfile);
        }
        return new Prepared(input, manifest(dataset, taken), place, parameters, places.within(settings), profiler);
    }

    /** What a run says of a dataset whose path varies, and what comes of it now. */
    record RunParameters(RunOverrides said, ResolvedPath path) {
        S3Uri place() {
            return new S3Uri(path.bucket(), "", path.connectionId());
        }
    }

    /**
     * Nothing is matched before the job runs; but what makes no sense, or leads where the caller may not go, is refused here.
     *
     * @return empty where the path does not vary
     */
    private Optional<RunParameters> parameters(Caller caller, Dataset dataset, RunOverrides given, Instant now) {
        if (dataset.parameters() == null) {
            if (given != null) {
                throw ProblemException.invalid(
                        "runParameters", "says something of parameters, and dataset " + dataset.id() + " has none");
            }
            return Optional.empty();
        }
        ResolvedPath path = dataset.parameters().resolve(dataset.source(), given, now);
        MatchedPlace.open(stores, caller, path);
        return Optional.of(new RunParameters(RunOverrides.at(now, given), path));
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
        return List.of(new WriteSetting(file, ResultFormat.CSV, Compression.NONE, CsvOptions.withHeader(), true));
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
     * Where the result of a job goes that names no place for it.
     *
     * @return null for a job that names one
     * @throws ProblemException 400 where there is no base storage
     */
    public S3Uri defaultFolder(Caller caller, JobRequest request) {
        return request.writeSettings().isEmpty() ? defaultFolder(caller) : null;
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
        stores.keep(caller, job.place());
        places.keep(caller, job.settings());
        JobGroupTable.Ids ids = table.insert(
                caller,
                input,
                job.manifestId(),
                job.parameters().map(run -> run.said().keep()).orElse(null),
                JobRequest.EXECUTION,
                job.settings(),
                job.profiler(),
                clock.instant());
        trail.record(
                caller,
                AuditedAction.on(input.dataset().source().connectionId(), "createJobGroup"),
                "jobGroup/" + ids.group() + " of "
                        + (input.recipe() == null
                                ? ""
                                : "recipe " + input.recipe().id() + ", ") + "dataset "
                        + input.dataset().id());
        List<Long> jobs = Stream.of(ids.run(), ids.profile(), ids.publication())
                .filter(Objects::nonNull)
                .toList();
        return new Started(
                UUID.randomUUID().toString(),
                "JobStarted",
                Graph.of(jobs),
                ids.group(),
                Map.of("data", jobs.stream().map(Reference::new).toList()));
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
