package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.jobs.AwaitedFiles;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.DueMessage;
import dev.wharf.jobs.Publication;
import dev.wharf.jobs.PublicationTable;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.storage.StoreDirectory;
import java.util.Optional;

/**
 * Results that another engine announces over HTTP. The job is planned at once, so that what cannot be published is refused
 * before a byte is sent; then it waits for the files that {@link SentFiles} receives, and its message is due when all are there.
 * Should they not come, it is due as well: its publication finds that they are missing, and fails it.
 */
public final class Announcements {
    private static final String ANNOUNCE = "announceJobGroup";

    private final Settings settings;
    private final PublicationTable jobs;
    private final ResultFiles files;
    private final AwaitedFiles awaited;
    private final Claims claims;
    private final StoreDirectory stores;
    private final AuditTrail trail;
    private final Publishing publishing;

    public Announcements(
            Settings settings,
            Database database,
            StoreDirectory stores,
            Claims claims,
            AuditTrail trail,
            Publishing publishing) {
        this.settings = settings;
        this.jobs = new PublicationTable(database, claims);
        this.files = new ResultFiles(database);
        this.awaited = new AwaitedFiles(database, claims, settings.publishing().filesTimeout());
        this.claims = claims;
        this.stores = stores;
        this.trail = trail;
        this.publishing = publishing;
    }

    /**
     * What was announced.
     *
     * @param due its message; null while it waits for files
     */
    public record Announced(AnnouncedJob job, DueMessage due) {}

    /**
     * Makes the job of an announcement, or finds it.
     *
     * @throws ProblemException 400, 403 or 404 for what cannot be published, as far as can be told before there are files; 409
     *     where announcedAs is another job's, or one's that is over
     */
    public Announced announce(Caller caller, AnnounceRequest request) {
        PublishJob message = request.message(caller);
        trail.attempt(caller, AuditedAction.of(ANNOUNCE), () -> {
            requirePlaces(caller, message);
            return message;
        });
        long id = jobs.announce(
                caller,
                new PublicationTable.Announced(
                        message.announcedAs(),
                        message.name(),
                        message.execution(),
                        message.results().size(),
                        Json.write(message)));
        PublicationTable.Row row = jobs.require(id);
        requireSame(caller, row, message);
        DueMessage due = null;
        if (files.of(id).isEmpty()) {
            plan(row, message);
            trail.record(caller, AuditedAction.of(ANNOUNCE), "jobGroup/" + id);
            due = awaited.dueOnceAllAreSent(id).orElse(null);
        }
        return new Announced(job(id), due);
    }

    /** What needs no store and no job, so that nothing has to be recorded of what is refused for it. */
    private void requirePlaces(Caller caller, PublishJob message) {
        var nothingYet =
                new Publication(0, 0, "", caller.membershipId(), message.name(), message.execution(), true, 0, null);
        new Placements(nothingYet, settings.limits(), settings.storage().bucket())
                .of(message)
                .forEach(placement -> stores.require(caller, placement.target()));
        publishing.requireOwn(caller, message);
    }

    private void requireSame(Caller caller, PublicationTable.Row row, PublishJob message) {
        long id = row.job().jobGroupId();
        if (row.job().membershipId() != caller.membershipId()) {
            throw conflict("announcedAs is what somebody else calls a job: give yours another id");
        }
        if (row.isGivenUp()) {
            throw conflict("Job group " + id + ", which was announced so, is " + row.groupStatus()
                    + " (GET /v4/jobGroups/" + id + " says why): announce the results anew, under another announcedAs");
        }
        if (!jobs.document(id).equals(Optional.of(Json.write(message)))) {
            throw conflict("Job group " + id + " was announced so with other results: announce these under another"
                    + " announcedAs");
        }
    }

    private void plan(PublicationTable.Row row, PublishJob message) {
        long id = row.job().jobGroupId();
        if (!claims.take(row.job().jobId(), id)) {
            throw conflict("Job group " + id + " is being announced at this moment: send the request again");
        }
        Publication job = row.job().begun();
        try {
            publishing.plan(job, message);
            awaited.await(job);
        } catch (RuntimeException failure) {
            if (Problems.of(failure).problem().transientFailure()) {
                awaited.await(job);
            } else {
                publishing.giveUp(job, failure);
            }
            throw failure;
        } finally {
            claims.end(job.jobId());
        }
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(Problem.CONFLICT, detail);
    }

    /**
     * Which files of a job are there, and for which it waits.
     *
     * @throws ProblemException 404 if the caller has no such job
     */
    @Operation("getJobGroupFiles")
    public AnnouncedJob files(Caller caller, long id) {
        if (!jobs.isOf(caller, id)) {
            throw Ids.notFound("job group", id);
        }
        return job(id);
    }

    private AnnouncedJob job(long id) {
        return AnnouncedJob.of(jobs.require(id), awaited.until(id), files.of(id));
    }
}
