package dev.wharf.running;

import dev.wharf.engine.Engine;
import dev.wharf.engine.EngineInput;
import dev.wharf.engine.EngineRun;
import dev.wharf.identity.Identities;
import dev.wharf.identity.Origin;
import dev.wharf.kernel.Ids;
import dev.wharf.kernel.Json;
import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Problems;
import dev.wharf.s3.ObjectStream;
import dev.wharf.s3.S3Uri;
import dev.wharf.s3.StoreDirectory;
import dev.wharf.s3.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private final Identities identities;
    private final StoreDirectory stores;
    private final Engine engine;
    private final Path jobs;
    private final int attempts;

    /**
     * @param jobs the folder in which each run gets one of its own
     * @param attempts after how many deliveries of its message a run that cannot be carried out has failed
     */
    public Runs(RunTable table, Identities identities, StoreDirectory stores, Engine engine, Path jobs, int attempts) {
        this.table = table;
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
     * Takes a run over, if nobody else has it.
     *
     * @return null where there is nothing to do: it has failed, or another process is at it
     * @throws ProblemException 404 for an unknown job
     */
    public Run claim(String message) {
        long id = Json.read(message == null ? "" : message, Request.class).jobGroupId();
        RunTable.State state = table.state(id).orElseThrow(() -> Ids.notFound("job group", id));
        if (state.status().equals("Failed")) {
            return null;
        }
        boolean executed = state.status().equals("Complete");
        if (!executed && !table.claim(id)) {
            return null;
        }
        if (!executed && state.attempts() >= attempts) {
            giveUp(id, state.attempts());
            return null;
        }
        var caller = identities
                .byMembership(state.membershipId())
                .map(member -> member.by(Origin.job(id)))
                .orElseThrow(
                        () -> new ProblemException(Problem.FORBIDDEN, "The person who started the job is no member"));
        Path folder = folder(id);
        if (!executed) {
            empty(folder);
        }
        return new Run(id, caller, table.dataset(state.datasetId()), table.writeSettings(id), folder, executed);
    }

    /** What ends the process tells nobody that it failed: only that it was begun is known. */
    private void giveUp(long id, int begun) {
        String reason =
                "The run was begun " + begun + " times and the service ended before it did, each time: one of the"
                        + " files may be more than the running environment can take";
        end(id, folder(id), reason, Level.WARN);
    }

    private Path folder(long id) {
        return jobs.resolve(String.valueOf(id));
    }

    private void end(long id, Path folder, String reason, Level level) {
        table.fail(id, reason);
        LOG.atLevel(level).log("Job group {} has failed: {}", id, reason);
        delete(folder);
    }

    private static void empty(Path folder) {
        delete(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The dataset's manifest, row by row. */
    public Iterator<DatasetFile> files(Run run) {
        return table.files(run.dataset().id()).iterator();
    }

    /**
     * Fetches one file, as it was when it was imported.
     *
     * @throws ProblemException if it is another one by now, gone, or archived
     */
    public void stage(Run run, DatasetFile file) throws IOException {
        var uri = new S3Uri(run.dataset().bucket(), file.key(), run.dataset().connectionId());
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
        return matcher.find() ? matcher.group() : "";
    }

    /** Lets the engine write every result that was asked for, one after the other. */
    public void execute(Run run) {
        for (int i = 0; i < run.settings().size(); i++) {
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
        table.complete(run.jobGroupId(), Json.write(announcement(run)));
    }

    /** Says where the results lie; publishing takes it from here. */
    public Announcement announcement(Run run) {
        return new Announcement(
                run.jobGroupId(),
                IntStream.range(0, run.settings().size())
                        .mapToObj(i -> new Result(
                                run.settings().get(i).path().toString(),
                                "create",
                                run.settings().get(i).format().extension(),
                                "none",
                                List.of(run.result(i).toUri().toString())))
                        .toList());
    }

    /**
     * Records that an attempt failed: for good if another one cannot help or there have been enough. A run that was
     * refused is over, and so is its message.
     *
     * @param delivery which delivery of the message this was, from 1
     * @throws ProblemException with the reason, if the failure may pass: the message goes back to the queue
     */
    public void fail(Run run, Throwable failure, int delivery) {
        ProblemException problem = Problems.of(failure);
        boolean mayPass = problem.problem().transientFailure();
        if (mayPass && delivery < attempts) {
            table.release(run.jobGroupId());
        } else {
            end(run.jobGroupId(), run.folder(), problem.detail(), mayPass ? Level.WARN : Level.INFO);
        }
        if (mayPass) {
            throw problem;
        }
    }

    /** Jobs whose message may have been lost: nobody has begun for ten minutes. */
    public List<Request> forgotten() {
        return table.forgotten().stream().map(Request::new).toList();
    }
}
