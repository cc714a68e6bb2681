package dev.wharf.running;

import dev.wharf.datasets.DatasetFile;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.engine.file.EngineInput;
import dev.wharf.engine.run.Engine;
import dev.wharf.engine.run.EngineRun;
import dev.wharf.identity.Origin;
import dev.wharf.identity.login.Identities;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.FailedAttempt;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.Outbox;
import dev.wharf.jobs.RunTable;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.util.FileSystemUtils;

/** The steps of a run, from its message to the announcement of its results. */
public final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final Pattern EXTENSIONS = Pattern.compile("(\\.[A-Za-z0-9]{1,16}){1,2}$");

    private final RunTable table;
    private final Claims claims;
    private final Outbox outbox;
    private final JobGroupTable groups;
    private final DatasetTable datasets;
    private final Identities identities;
    private final StoreDirectory stores;
    private final Engine engine;
    private final Path jobs;
    private final int attempts;

    /**
     * @param jobs the folder in which each run gets one of its own
     * @param attempts how often a run is begun that cannot be carried out before it has failed
     */
    public Runs(
            Database database,
            Claims claims,
            Outbox outbox,
            Identities identities,
            StoreDirectory stores,
            Engine engine,
            Path jobs,
            int attempts) {
        this.table = new RunTable(database, claims, outbox);
        this.claims = claims;
        this.outbox = outbox;
        this.groups = new JobGroupTable(database);
        this.datasets = new DatasetTable(database);
        this.identities = identities;
        this.stores = stores;
        this.engine = engine;
        this.jobs = jobs;
        this.attempts = attempts;
    }

    /** The message that asks for a run. */
    public record Request(long jobGroupId) {}

    /** What the queue {@code publishing.jobs} is told ({@code openapi.yaml}, <i>PublishJob</i>). */
    public record Announcement(long jobGroupId, List<Result> results) {}

    public record Result(String path, String action, String format, String compression, List<String> files) {}

    /**
     * Takes a run over for the calling thread, if nobody else has it; {@link #execute} or {@link #fail} ends that.
     *
     * @return null where there is nothing to do: it is over, or another process is at it
     * @throws ProblemException 404 for an unknown job
     */
    public RunTable.State claim(String message) {
        long id = Json.read(message == null ? "" : message, Request.class).jobGroupId();
        RunTable.State state = table.state(id).orElseThrow(() -> Ids.notFound("job group", id));
        if (state.isComplete()) {
            outbox.hurry(id); // the results may not have been announced
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
        Path folder = folder(id);
        empty(folder);
        return new Run(claimed, caller, datasets.of(claimed.datasetId()), groups.writeSettings(id), folder);
    }

    private Path folder(long id) {
        return jobs.resolve(String.valueOf(id));
    }

    private static void empty(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.UNAVAILABLE, "The temporary folder of the run, " + folder + ", cannot be made: " + e, e);
        }
    }

    /** What stays behind is swept up later. */
    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            LOG.warn("The temporary folder {} stays behind for now: {}", folder, e.toString());
        }
    }

    /** The dataset's manifest, row by row. */
    public Iterator<DatasetFile> files(Run run) {
        return datasets.manifest(run.dataset().id());
    }

    /**
     * Fetches one file, as it was when it was imported.
     *
     * @throws ProblemException if it is another one by now, gone, or archived
     */
    public void stage(Run run, DatasetFile file) throws IOException {
        require(run);
        var uri = run.dataset().source().withKey(file.key());
        String name = String.format(Locale.ROOT, "%06d", file.number()) + extensions(file.key());
        Path target = run.folder().resolve(name);
        try (ObjectStream in =
                stores.store(run.caller(), uri.connectionId()).read(uri.bucket(), uri.key(), file.etag())) {
            long size = Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            if (size != file.size()) {
                throw changed(uri);
            }
        } catch (StoreException e) {
            throw e.kind() == StoreException.Kind.CHANGED || e.kind() == StoreException.Kind.NOT_FOUND
                    ? changed(uri)
                    : e;
        }
        run.inputs().add(new EngineInput(target, file.key()));
    }

    private static ProblemException changed(S3Uri uri) {
        return new ProblemException(
                Problem.CONFLICT,
                uri.location() + " has changed or gone since the dataset was imported; import it again");
    }

    private static String extensions(String key) {
        Matcher matcher = EXTENSIONS.matcher(key.substring(key.lastIndexOf('/') + 1));
        return matcher.find() ? matcher.group().toLowerCase(Locale.ROOT) : "";
    }

    private void require(Run run) {
        claims.require(run.state().jobId(), run.jobGroupId());
    }

    /**
     * Lets the engine write every result that was asked for, one after the other; then the run is complete.
     *
     * @throws ProblemException 503 if another process has taken it over: then the results are not to be announced
     */
    public void execute(Run run) {
        for (int i = 0; i < run.settings().size(); i++) {
            require(run);
            WriteSetting setting = run.settings().get(i);
            engine.run(new EngineRun(
                    run.folder(),
                    run.inputs(),
                    run.dataset().said(),
                    !run.dataset().disableTypeInference(),
                    setting.format(),
                    setting.csv(),
                    run.result(i).getFileName().toString()));
        }
        if (!table.complete(run.state(), announcement(run))) {
            throw Claims.lost(run.jobGroupId());
        }
        claims.end(run.state().jobId());
        run.markExecuted();
    }

    /** The message that says where the results lie; publishing takes it from here. */
    public String announcement(Run run) {
        return Json.write(new Announcement(
                run.jobGroupId(),
                IntStream.range(0, run.settings().size())
                        .mapToObj(i -> new Result(
                                run.settings().get(i).path().toString(),
                                "create",
                                run.settings().get(i).format().extension(),
                                "none",
                                List.of(run.result(i).toUri().toString())))
                        .toList()));
    }

    /**
     * Records that an attempt failed: for good if another one cannot help or there have been enough. A run that was
     * refused is over, and so is its message.
     *
     * @param claimed null if the failure came before the claim
     * @return not over, if the failure may pass or no run has it: the message goes back to the queue
     */
    public FailedAttempt fail(RunTable.State claimed, Throwable failure) {
        ProblemException problem = Problems.of(failure);
        if (claimed == null) {
            return FailedAttempt.toBeRepeated(problem);
        }
        boolean mayPass = problem.problem().transientFailure();
        try {
            if (mayPass && claimed.attempts() < attempts) {
                table.release(claimed, problem.detail());
            } else if (table.fail(claimed, problem.detail())) {
                LOG.atLevel(mayPass ? Level.WARN : Level.INFO)
                        .log("Job group {} has failed: {}", claimed.jobGroupId(), problem.detail());
                delete(folder(claimed.jobGroupId()));
            }
        } finally {
            claims.end(claimed.jobId());
        }
        return new FailedAttempt(!mayPass, problem.detail());
    }
}
