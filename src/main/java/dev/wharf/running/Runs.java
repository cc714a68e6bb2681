package dev.wharf.running;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetFile;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.Manifests;
import dev.wharf.engine.file.EngineInput;
import dev.wharf.identity.Origin;
import dev.wharf.identity.login.Identities;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.FailedAttempt;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.JobMessages;
import dev.wharf.jobs.MeteredStream;
import dev.wharf.jobs.RunTable;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.parameters.ResolvedPath;
import dev.wharf.parameters.RunValues;
import dev.wharf.storage.MatchedPlace;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.Place;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The steps of a run, from its message to the announcement of its results. */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final Database database;
    private final RunTable table;
    private final Claims claims;
    private final JobGroupTable groups;
    private final DatasetTable datasets;
    private final Manifests manifests;
    private final Identities identities;
    private final StoreDirectory stores;
    private final RunResults results;
    private final RunFolders folders;
    private final long maxBytes;
    private final int attempts;

    /**
     * @param jobs the folder in which each run gets one of its own
     * @param maxBytes how much the engine takes of files that a run finds for itself
     * @param attempts how often a run is begun that cannot be carried out before it has failed
     */
    public Runs(
            Database database,
            Claims claims,
            Identities identities,
            StoreDirectory stores,
            RunResults results,
            Manifests manifests,
            Path jobs,
            long maxBytes,
            int attempts) {
        this.database = database;
        this.table = new RunTable(database, claims);
        this.claims = claims;
        this.groups = new JobGroupTable(database);
        this.datasets = new DatasetTable(database);
        this.manifests = manifests;
        this.identities = identities;
        this.stores = stores;
        this.results = results;
        this.folders = new RunFolders(jobs);
        this.maxBytes = maxBytes;
        this.attempts = attempts;
    }

    /** The message that asks for a run. */
    public record Request(long jobGroupId) {}

    /**
     * Reads a message.
     *
     * @throws ProblemException 400 naming the field, if it is no {@link Request}
     */
    public Request read(String message) {
        return JobMessages.read(message, Request.class);
    }

    /**
     * Takes a run over for the calling thread, if nobody else has it; {@link #execute} or {@link #fail} ends that.
     *
     * @return null where there is nothing to do: it is over, or another process is at it
     * @throws ProblemException 404 for an unknown job; 400 as {@link #read}
     */
    public RunTable.State claim(String message) {
        long id = read(message).jobGroupId();
        RunTable.State state = table.state(id).orElseThrow(() -> Ids.notFound("job group", id));
        if (state.isComplete()) {
            table.announceAgain(state); // the results may not have been announced
        }
        return !state.isOver() && claims.take(state.jobId(), id) ? state.begun() : null;
    }

    /**
     * Makes ready for a run that was claimed.
     *
     * @throws ProblemException if it was begun too often already: what ends the process tells nobody that it failed
     */
    public Run prepare(RunTable.State claimed) {
        long id = claimed.jobGroupId();
        if (claimed.attempts() > attempts) {
            throw new ProblemException(
                    Problem.UNAVAILABLE,
                    "The run was begun " + (claimed.attempts() - 1) + " times and the service ended before it did, each"
                            + " time: one of the files may be more than the running environment can take");
        }
        var caller = identities
                .byMembership(claimed.membershipId())
                .map(member -> member.by(Origin.job(id)))
                .orElseThrow(
                        () -> new ProblemException(Problem.FORBIDDEN, "The person who started the job is no member"));
        Dataset dataset = datasets.of(claimed.datasetId());
        return new Run(claimed, caller, dataset, path(claimed, dataset), groups.writeSettings(id), folders.empty(id));
    }

    /** Null where the dataset's path does not vary: what was said is of where results go alone. */
    private static ResolvedPath path(RunTable.State claimed, Dataset dataset) {
        if (claimed.runParameters() == null || dataset.parameters() == null && claimed.manifestId() != 0) {
            return null;
        }
        if (dataset.parameters() == null) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "Dataset " + dataset.id() + " has lost its parameters since the job was started; start it again");
        }
        return dataset.parameters().resolve(dataset.source(), RunValues.kept(claimed.runParameters()));
    }

    /**
     * Begins to look for the files of a dataset whose path varies.
     *
     * @return where; null where the files are known, as the job was started over them or an attempt before this one has found
     *     them
     */
    public Matches matches(Run run) {
        if (run.path() != null && run.manifestId() == 0) {
            var place = MatchedPlace.open(stores, run.caller(), run.path());
            run.find(new Matches(
                    run.dataset(),
                    run.path(),
                    place,
                    manifests.begin(run.dataset().id()),
                    maxBytes));
        }
        return run.matches();
    }

    /** Takes in files that match. */
    public void match(Run run, List<ObjectInfo> files) {
        files.forEach(run.matches()::add);
    }

    /**
     * Ends the look for files: every attempt reads those that were found from here on.
     *
     * @throws ProblemException 404 if nothing has matched; 503 if another process has taken the run over
     */
    public void matched(Run run) {
        Matches matches = run.matches();
        matches.requireFound();
        require(run);
        database.inTransaction(() -> {
            if (!manifests.complete(matches.manifest(), matches.ignored())
                    || !table.matched(run.state(), matches.manifest().manifestId())) {
                throw Claims.lost(run.jobGroupId());
            }
            return null;
        });
        run.found();
    }

    /** The files that the job was started over, or that were found for it; no more once one of them has failed. */
    public Iterator<DatasetFile> files(Run run) {
        return run.fetching().of(manifests.files(run.manifestId()));
    }

    /** Where one file lies, in the version that was imported. */
    public Place place(Run run, DatasetFile file) {
        require(run);
        run.fetching().tell(() -> fetched(run));
        S3Uri uri = uri(run, file);
        return new Place(stores.store(run.caller(), uri.connectionId()), uri.bucket(), uri.key(), file.etag());
    }

    /**
     * Copies a file to the run's folder.
     *
     * @param in its bytes, read to their end
     * @throws StoreException if they are not as many as were imported
     */
    public void keep(Run run, DatasetFile file, ObjectStream in) throws IOException {
        Path target = run.folder().resolve(RunFolders.name(file));
        Fetching fetching = run.fetching();
        fetching.begin(in);
        try {
            var metered = new MeteredStream(in, bytes -> {
                fetching.read(in, bytes);
                fetching.tell(() -> fetched(run));
            });
            if (Files.copy(metered, target, StandardCopyOption.REPLACE_EXISTING) != file.size()) {
                throw new StoreException(
                        StoreException.Kind.CHANGED, uri(run, file).location() + " is not as long as it was");
            }
        } finally {
            fetching.end(in);
        }
        fetching.add(file, new EngineInput(target, file.key()));
    }

    /** Notes that a file could not be fetched: no further one is begun, and those that are under way end. */
    public void failed(Run run, DatasetFile file, Throwable failure) {
        run.fetching().fail(file, failure);
    }

    /**
     * Ends the fetch, when no file is under way any more.
     *
     * @throws ProblemException for the file that failed first
     */
    public void gather(Run run) {
        Fetching.Failure failure = run.fetching().failure();
        if (failure == null) {
            fetched(run);
            return;
        }
        ProblemException problem = Problems.of(failure.cause());
        throw problem instanceof StoreException store
                        && (store.kind() == StoreException.Kind.CHANGED
                                || store.kind() == StoreException.Kind.NOT_FOUND)
                ? changed(run, failure.file())
                : problem;
    }

    private void fetched(Run run) {
        table.fetched(run.state(), run.fetching().files(), run.fetching().bytes());
    }

    private static S3Uri uri(Run run, DatasetFile file) {
        S3Uri source = run.dataset().source();
        String bucket = run.path() == null ? source.bucket() : run.path().bucket();
        return new S3Uri(bucket, file.key(), source.connectionId());
    }

    /** Names the file, and all others of the dataset of which the same is true. */
    private ProblemException changed(Run run, DatasetFile file) {
        return run.path() == null
                ? ChangedFiles.of(run, file, stores, manifests.files(run.manifestId()))
                : new ProblemException(
                        Problem.CONFLICT,
                        uri(run, file).location()
                                + " has changed or gone since it was found for the job; start the job again");
    }

    private void require(Run run) {
        claims.require(run.state().jobId(), run.jobGroupId());
    }

    /**
     * Lets the engine write every result that was asked for, and the profile; then the run is complete.
     *
     * @throws ProblemException 503 if another process has taken it over: then the results are not to be announced
     */
    public void execute(Run run) {
        var found = manifests.found(run.manifestId());
        // What matches when a job runs nobody has looked into; it is read as what matched at the import.
        var reading = run.dataset()
                .reading(
                        run.path() != null && found.structure() == null
                                ? run.dataset().found()
                                : found);
        results.write(run, reading, claims);
        boolean profiled = table.beginProfile(run.state());
        String ofProfile = profiled ? results.profile(run, reading, claims) : null;
        String announcement = Announcement.of(run).text();
        run.announce(database.inTransaction(() -> {
                    if (profiled) {
                        table.endProfile(run.state(), !run.profile().isEmpty(), ofProfile);
                    }
                    return table.complete(run.state(), announcement);
                })
                .orElseThrow(() -> Claims.lost(run.jobGroupId())));
        claims.end(run.state().jobId());
    }

    /**
     * Records that an attempt failed: for good if another one cannot help or there have been enough. A run that was
     * refused is over, and so is its message.
     *
     * @param claimed null if the failure came before the claim
     * @param run null if it came before the run was prepared
     * @return not over, if the failure may pass or no run has it: the message comes again, or is a dead letter
     */
    public FailedAttempt fail(RunTable.State claimed, Run run, Throwable failure) {
        ProblemException problem = Problems.of(failure);
        if (claimed == null) {
            return FailedAttempt.withoutJob(problem);
        }
        boolean mayPass = problem.problem().transientFailure();
        boolean over = !mayPass;
        try {
            if (mayPass && claimed.attempts() < attempts) {
                if (!table.release(claimed, problem.detail()) && isCanceled(claimed)) {
                    over = true;
                    folders.delete(claimed.jobGroupId());
                }
            } else if (table.fail(claimed, problem.detail())) {
                over = true;
                LOG.atLevel(mayPass ? Level.WARN : Level.INFO)
                        .log("Job group {} has failed: {}", claimed.jobGroupId(), problem.detail());
                folders.delete(claimed.jobGroupId());
            }
            if (run != null && run.matches() != null) {
                manifests.discard(run.matches().manifest().manifestId());
            }
        } finally {
            claims.end(claimed.jobId());
        }
        return new FailedAttempt(over, problem.detail());
    }

    private boolean isCanceled(RunTable.State claimed) {
        return table.state(claimed.jobGroupId())
                .filter(RunTable.State::isCanceled)
                .isPresent();
    }
}
