package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.identity.Identities;
import dev.wharf.identity.Origin;
import dev.wharf.kernel.DataFolder;
import dev.wharf.kernel.Database;
import dev.wharf.kernel.Ids;
import dev.wharf.kernel.Json;
import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import dev.wharf.kernel.Problems;
import dev.wharf.kernel.Settings;
import dev.wharf.publishing.ResultFile.State;
import dev.wharf.s3.StoreDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The steps of a publishing job; {@code publishing.camel.yaml} has their order. A message that comes again goes through
 * all of them again, and each finds what is left to do.
 */
public final class Publishing {
    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

    private final Settings settings;
    private final Identities identities;
    private final StoreDirectory stores;
    private final JobTable jobs;
    private final ResultFiles files;
    private final Claims claims;
    private final LocalFiles local;
    private final Preflight preflight;
    private final Committer committer;
    private final Listings listings;
    private final Sweeps sweeps;

    /**
     * @param dataDir the data folder ({@link DataFolder#path})
     * @param processId {@code <node>:<boot>}
     */
    public Publishing(
            Settings settings,
            Path dataDir,
            Database database,
            Identities identities,
            StoreDirectory stores,
            String processId,
            Clock clock) {
        this.settings = settings;
        this.identities = identities;
        this.stores = stores;
        this.jobs = new JobTable(database, processId, clock);
        this.files = new ResultFiles(database);
        this.claims = new Claims(jobs, clock);
        this.local = new LocalFiles(dataDir, settings.publishing().resultsDir());
        var sources = new Sources(stores, local);
        this.preflight = new Preflight(stores, sources);
        this.committer = new Committer(jobs, files, claims, stores, sources);
        this.listings = new Listings(files, stores, settings.publishing().consistencyTimeout());
        this.sweeps = new Sweeps(database, clock);
    }

    /**
     * Reads a message.
     *
     * @throws ProblemException 400 naming the field, if it is no {@link PublishJob}
     */
    public PublishJob read(String message) {
        return Json.read(message == null ? "" : message, PublishJob.class);
    }

    /**
     * Finds the job of a message, or makes it, and claims it for the calling thread, which then calls {@link #finish} or
     * {@link #giveUp}.
     *
     * @return null if there is nothing to do: the job is over, or somebody works on it
     * @throws ProblemException 404 if there is no such job or member; 409 with the recorded reason if the job has failed
     */
    public Publication claim(PublishJob message) {
        long jobGroupId = message.announced()
                ? jobs.announce(caller(message.personWorkspaceId()), message)
                : message.jobGroupId();
        JobTable.Row row = require(jobGroupId);
        if (row.status().equals("Failed") || row.status().equals("Complete")) {
            local.discard(row.job()); // the process may have ended in between
        }
        if (row.status().equals("Failed")) {
            throw new ProblemException(Problem.CONFLICT, "Job group " + jobGroupId + " has failed: " + row.failure());
        }
        if (!claims.take(row.job())) {
            LOG.info("A message of job group {} is ignored: the job is {} already", jobGroupId, row.status());
            return null;
        }
        return require(jobGroupId).job();
    }

    private JobTable.Row require(long jobGroupId) {
        return jobs.find(jobGroupId).orElseThrow(() -> Ids.notFound("publishing job of job group", jobGroupId));
    }

    /**
     * Decides what goes where, and looks whether it can be done; once for each job.
     *
     * @throws ProblemException if it cannot: nothing has been written then
     */
    public void plan(Publication job, PublishJob message) {
        if (files.of(job.jobGroupId()).isEmpty()) {
            Caller caller = caller(job);
            var placements = new Placements(
                            job,
                            settings.limits().multiPartOutput(),
                            settings.storage().bucket())
                    .of(message.results());
            preflight.look(job, caller, placements);
            files.insert(job.jobGroupId(), placements);
            preflight.tryToWrite(caller, placements);
        }
    }

    /** The files whose bytes are not in their store yet. */
    public List<ResultFile> pending(Publication job) {
        return files.of(job.jobGroupId(), State.PENDING);
    }

    /** Brings one file to its store, where nobody sees it yet. */
    public void stage(Publication job, ResultFile file) {
        committer.stage(job, caller(job), file);
    }

    /** Makes all files visible. */
    public void commit(Publication job) {
        committer.commit(job, caller(job));
    }

    /** Marks the job's folders as complete. */
    public void writeManifests(Publication job) {
        committer.writeManifests(job, caller(job));
    }

    /**
     * Waits until the stores list the files, for the consistency timeout at most.
     *
     * @return the warning for what is not listed, or null
     */
    public String awaitListing(Publication job) {
        return listings.await(job.jobGroupId(), caller(job));
    }

    /**
     * @param warning null for none
     */
    public void finish(Publication job, String warning) {
        try {
            if (jobs.complete(job, warning)) {
                local.discard(job);
                if (warning == null) {
                    LOG.info("Job group {} is published", job.jobGroupId());
                } else {
                    LOG.info("Job group {} is published. {}", job.jobGroupId(), warning);
                }
            }
        } finally {
            claims.end(job);
        }
    }

    /**
     * Ends a job that can never succeed, or whose last attempt this was, and leaves nothing behind; gives any other one
     * back for its next attempt. One whose files begin to be visible is always given back: it only goes forward.
     *
     * @param delivery which delivery of its message this is, from 1
     * @throws ProblemException the failure, always: the queue has to know
     */
    public void giveUp(Publication job, Throwable failure, int delivery) {
        ProblemException problem = Problems.of(failure);
        try {
            boolean over = !problem.problem().transientFailure()
                    || delivery >= settings.publishing().attempts();
            if (over && jobs.fail(job, problem.detail())) {
                LOG.atLevel(problem.problem().transientFailure() ? Level.WARN : Level.INFO)
                        .log("Job group {} has failed: {}", job.jobGroupId(), problem.detail());
                committer.undo(job.jobGroupId(), caller(job));
                local.discard(job);
            } else if (jobs.release(job, problem.detail())) {
                warnOfHalf(job, problem.detail());
            }
        } finally {
            claims.end(job);
        }
        throw problem;
    }

    private void warnOfHalf(Publication job, String reason) {
        if (!files.of(job.jobGroupId(), State.PUBLISHED).isEmpty()) {
            jobs.warn(job, "Some files are visible and others are not yet; this is tried until it is done. " + reason);
        }
    }

    /** Keeps the claims of this process from looking dead. */
    public void renewClaims() {
        claims.renew();
    }

    /** Jobs whose messages were not sent or were lost, to be sent (again); each is handed out to one caller. */
    public List<DueMessage> due() {
        return sweeps.due();
    }

    /** Looks again whether files that were not listed in time are now, and clears the warning where they are. */
    public void recheckListings() {
        for (long jobGroupId : sweeps.unlisted()) {
            try {
                if (listings.check(jobGroupId, caller(require(jobGroupId).job()))
                        .isEmpty()) {
                    sweeps.clearWarning(jobGroupId);
                    LOG.info("All files of job group {} are listed now", jobGroupId);
                }
            } catch (ProblemException e) {
                LOG.warn("The files of job group {} cannot be looked for: {}", jobGroupId, e.getMessage());
            }
        }
    }

    /** Aborts what failed jobs have left in stores that did not answer at the time. */
    public void tidy() {
        for (long jobGroupId : sweeps.undone()) {
            committer.undo(jobGroupId, caller(require(jobGroupId).job()));
        }
    }

    private Caller caller(Publication job) {
        return caller(job.membershipId()).by(Origin.job(job.jobGroupId()));
    }

    private Caller caller(long membershipId) {
        return identities
                .byMembership(membershipId)
                .orElseThrow(() -> Ids.notFound("member with personWorkspaceId", membershipId));
    }
}
