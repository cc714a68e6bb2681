package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.DueMessage;
import dev.wharf.jobs.JobFolders;
import dev.wharf.jobs.JobMessages;
import dev.wharf.jobs.Publication;
import dev.wharf.jobs.PublicationTable;
import dev.wharf.jobs.WrittenFile;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Made;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.publishing.PublishJob.Result;
import dev.wharf.storage.ResultPath;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.S3Uri;
import dev.wharf.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Publishes the results of a job to another place, as often as somebody wants, or lets one go on that stopped half-way. Each
 * time is a job of its own, whose sources are the files that the first one has written: so it has its own folder, its own
 * decision and its own end, and whatever is true of publications is true of it.
 */
public final class Republications {
    private static final String OPERATION = "publishJobGroup";

    private final Settings settings;
    private final Database database;
    private final PublicationTable jobs;
    private final ResultFiles files;
    private final StoreDirectory stores;
    private final StorageFolders folders;
    private final JobFolders jobFolders;
    private final Executions executions;
    private final AuditTrail trail;
    private final PublicationUpkeep upkeep;
    private final Executor threads;

    /** @param threads for what is done with many files of a job at one time ({@link FileThreads}) */
    public Republications(
            Settings settings,
            Database database,
            StoreDirectory stores,
            Claims claims,
            Executions executions,
            AuditTrail trail,
            PublicationUpkeep upkeep,
            Executor threads) {
        this.settings = settings;
        this.database = database;
        this.jobs = new PublicationTable(database, claims);
        this.files = new ResultFiles(database);
        this.stores = stores;
        this.folders = new StorageFolders(database);
        this.jobFolders = new JobFolders(database);
        this.executions = executions;
        this.trail = trail;
        this.upkeep = upkeep;
        this.threads = threads;
    }

    /**
     * What was asked for.
     *
     * @param jobGroupId of the job that publishes
     * @param due its message; null for one that goes on, whose message follows by itself
     */
    public record Requested(long jobGroupId, DueMessage due) implements Made {
        @Override
        public String location() {
            return "/v4/jobGroups/" + jobGroupId;
        }
    }

    /**
     * Does what a request asks for.
     *
     * @param request null to let the job go on that stopped half-way
     * @param executionId {@code x-execution-id}, or null: the same one again does nothing
     * @throws ProblemException 404 if the caller has no such job; 409 if it is not complete, or cannot go on; 400 or 403
     *     for a place that the caller's results may not go to; 403 for results that the caller may not read, 404 or 409 for
     *     such as are gone or were replaced
     * @throws Executions.AlreadyDone if the execution id was seen with the same request
     */
    public Requested publish(Caller caller, long jobGroupId, PublishRequest request, String executionId) {
        String asked = OPERATION + " " + jobGroupId + " " + (request == null ? "" : Json.write(request));
        if (request == null) {
            return executions.once(caller.workspaceId(), caller.personId(), executionId, asked, () -> {
                upkeep.goOn(caller, jobGroupId);
                return new Requested(jobGroupId, null);
            });
        }
        List<Result> results = trail.attempt(caller, AuditedAction.of(OPERATION), () -> {
            List<Result> wanted = results(caller, jobGroupId, request);
            requirePlace(caller, request.path());
            requireReadable(caller, jobGroupId, wanted);
            requireUnchanged(caller, jobGroupId, wanted);
            return wanted;
        });
        return executions.once(
                caller.workspaceId(),
                caller.personId(),
                executionId,
                asked,
                () -> record(caller, jobGroupId, request, results));
    }

    private Requested record(Caller caller, long jobGroupId, PublishRequest request, List<Result> results) {
        S3Uri path = request.path();
        stores.keep(caller, path);
        DueMessage due = jobs.publishAgain(caller, jobGroupId, path.toString(), job -> document(job, results));
        trail.record(
                caller,
                new AuditedAction(OPERATION, path.connectionId(), path.bucket(), path.key()),
                "jobGroup/" + due.jobGroupId() + " of the results of jobGroup/" + jobGroupId);
        return new Requested(due.jobGroupId(), due);
    }

    /** Where each file goes is decided once more when it is published; what cannot be is refused at once. */
    private String document(Publication job, List<Result> results) {
        var message = new PublishJob(job.jobGroupId(), null, null, null, null, results, null);
        new Placements(job, settings.limits(), settings.storage().bucket()).of(message);
        return Json.write(message);
    }

    /** The results that are meant, with the files that were written as their sources. */
    private List<Result> results(Caller caller, long jobGroupId, PublishRequest request) {
        if (!jobs.isOf(caller, jobGroupId)) {
            throw Ids.notFound("job group", jobGroupId);
        }
        String status = jobs.require(jobGroupId).groupStatus();
        if (!status.equals("Complete")) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "Job group " + jobGroupId + " is " + status + ", and only the results of one that is Complete are"
                            + " published to another place; without a body, one goes on that stopped half-way");
        }
        PublishJob written = jobs.document(jobGroupId)
                .map(document -> JobMessages.read(document, PublishJob.class))
                .orElseThrow(() -> new ProblemException(
                        Problem.CONFLICT, "What job group " + jobGroupId + " has written is not known any more"));
        List<Result> results = new ArrayList<>();
        Iterator<ResultFile> all = files.of(jobGroupId).iterator();
        for (Result result : written.results()) {
            List<String> sources = result.files().stream()
                    .map(file -> all.next().target().toString())
                    .toList();
            if (request.format() == null || request.format().equals(result.format())) {
                results.add(new Result(
                        request.path().toString(),
                        result.action(),
                        result.format(),
                        result.compression(),
                        result.asSingleFile(),
                        sources));
            }
        }
        requireFitting(jobGroupId, request, results);
        return results;
    }

    private static void requireFitting(long jobGroupId, PublishRequest request, List<Result> results) {
        if (results.isEmpty()) {
            throw ProblemException.invalid(
                    "inputFormat", "is " + request.format() + ", and job group " + jobGroupId + " has written none");
        }
        S3Uri path = request.path();
        if (path.isFolder()) {
            requireNamesApart(jobGroupId, results);
            return;
        }
        if (results.size() > 1) {
            throw ProblemException.invalid(
                    "path",
                    "names a file, and job group " + jobGroupId + " has " + results.size()
                            + " results: name a folder, with a slash at its end, or the inputFormat of one of them");
        }
        String promised = Placements.ending(path.name());
        String written =
                Placements.ending(S3Uri.parse(results.get(0).files().get(0)).name());
        if (!promised.isEmpty() && !promised.equals(written)) {
            throw ProblemException.invalid(
                    "path", "ends in " + promised + ", and what was written ends in " + written + ": it goes as it is");
        }
    }

    /** In one folder they all keep the names that they have. */
    private static void requireNamesApart(long jobGroupId, List<Result> results) {
        Set<String> names = new HashSet<>();
        for (Result result : results) {
            for (String file : result.files()) {
                String name = S3Uri.parse(file).name();
                if (!names.add(name)) {
                    throw ProblemException.invalid(
                            "path",
                            "would have two results of job group " + jobGroupId + " called " + name
                                    + " in one folder: name the inputFormat of one, where they differ in it, or let the job"
                                    + " write them under different names");
                }
            }
        }
    }

    private void requirePlace(Caller caller, S3Uri path) {
        String baseBucket = stores.defaultBucket(caller, null).orElse("");
        ResultPath.check(path, baseBucket);
        stores.require(caller, path);
        ResultPath.requireOwn(caller, folders, path, baseBucket);
        jobFolders.refuseWithin(path);
    }

    /** Administrators see other people's jobs, but read no more than anybody else. */
    private void requireReadable(Caller caller, long jobGroupId, List<Result> results) {
        boolean own = jobs.require(jobGroupId).job().membershipId() == caller.membershipId();
        for (Result result : results) {
            for (String file : result.files()) {
                S3Uri source = S3Uri.parse(file);
                if (source.connectionId() != null) {
                    stores.require(caller, source);
                } else if (!own && !caller.isDataAdmin()) {
                    throw new ProblemException(
                            Problem.FORBIDDEN,
                            source.location() + " is another person's result in base storage, which the role "
                                    + Caller.DATA_ADMIN + " may read");
                }
            }
        }
    }

    /** Where a store does not say, it is asked once more when they are published. */
    private void requireUnchanged(Caller caller, long jobGroupId, List<Result> results) {
        Set<String> wanted = new HashSet<>();
        results.forEach(result -> wanted.addAll(result.files()));
        List<WrittenFile> published = files.of(jobGroupId).stream()
                .filter(file -> wanted.contains(file.target().toString()))
                .map(file -> new WrittenFile(jobGroupId, 1, file.target(), file.etag(), file.source()))
                .toList();
        FileThreads.forEach(threads, published, file -> found(caller, file.place())
                .filter(found -> file.isOther(found.etag()))
                .ifPresent(other -> {
                    throw new ProblemException(Problem.CONFLICT, file.changed());
                }));
    }

    private Optional<ObjectInfo> found(Caller caller, S3Uri place) {
        try {
            return Optional.of(stores.store(caller, place.connectionId()).stat(place.bucket(), place.key()));
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
