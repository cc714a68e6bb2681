package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.login.Identities;
import dev.wharf.identity.people.StorageFolders;
import dev.wharf.jobs.Attempts;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.FailedAttempt;
import dev.wharf.jobs.JobFolders;
import dev.wharf.jobs.JobMessages;
import dev.wharf.jobs.MeteredStream;
import dev.wharf.jobs.Publication;
import dev.wharf.jobs.PublicationTable;
import dev.wharf.jobs.WrittenFiles;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.publishing.ResultFile.State;
import dev.wharf.storage.ResultPath;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.Content;
import dev.wharf.store.S3Uri;
import dev.wharf.store.Stageable;
import dev.wharf.store.StagedObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
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
    private final Publishers publishers;
    private final StoreDirectory stores;
    private final StorageFolders folders;
    private final JobFolders jobFolders;
    private final PublicationTable jobs;
    private final ResultFiles files;
    private final Claims claims;
    private final LocalFiles local;
    private final Sources sources;
    private final Preflight preflight;
    private final Committer committer;
    private final Listings listings;
    private final Continuations continuations;
    private final PublicationUpkeep upkeep;
    private final SharedFiles shared;

    /**
     * @param dataDir the data folder ({@link DataFolder#path})
     * @param threads for what is done with many files of a job at one time ({@link FileThreads})
     */
    public Publishing(
            Settings settings,
            Path dataDir,
            Database database,
            Identities identities,
            StoreDirectory stores,
            Claims claims,
            AuditTrail trail,
            Executor threads) {
        this.settings = settings;
        this.publishers = new Publishers(identities);
        this.stores = new RecentStores(stores);
        this.folders = new StorageFolders(database);
        this.jobFolders = new JobFolders(database);
        this.jobs = new PublicationTable(database, claims);
        this.files = new ResultFiles(database);
        this.claims = claims;
        this.local = new LocalFiles(dataDir, settings.publishing().resultsDir());
        this.sources = new Sources(this.stores, local, new WrittenFiles(database));
        this.preflight = new Preflight(this.stores, sources, threads);
        this.listings = new Listings(files, this.stores, settings.publishing().consistencyTimeout());
        this.committer = new Committer(jobs, files, listings, claims, this.stores, threads);
        this.continuations = new Continuations(database, jobs, files, trail);
        this.upkeep = new PublicationUpkeep(publishers, jobs, claims, local, committer, listings, continuations);
        this.shared = new SharedFiles(
                publishers,
                new Attempts(database, claims, jobs),
                new FileClaims(database, claims),
                !settings.broker().embedded());
    }

    /** What is done for publications beside their messages. */
    public PublicationUpkeep upkeep() {
        return upkeep;
    }

    /** How several nodes stage the files of one job. */
    public SharedFiles sharedFiles() {
        return shared;
    }

    /**
     * Reads a message.
     *
     * @throws ProblemException 400 naming the field, if it is no {@link PublishJob}
     */
    public PublishJob read(String message) {
        return JobMessages.read(message, PublishJob.class);
    }

    /**
     * Finds the job of a message, or makes it, and claims it for the calling thread, which then calls {@link #finish} or
     * {@link #giveUp}.
     *
     * @return null if there is nothing to do: the job is over, or somebody works on it
     * @throws ProblemException 404 if there is no such job or member
     */
    public Publication claim(PublishJob message) {
        long jobGroupId = message.announced()
                ? jobs.announce(publishers.member(message.personWorkspaceId()), announced(message))
                : message.jobGroupId();
        PublicationTable.Row row = jobs.require(jobGroupId);
        if (!claims.take(row.job().jobId(), jobGroupId)) {
            LOG.info("A message of job group {} is ignored: the job is {} already", jobGroupId, row.status());
            return null;
        }
        return row.job().begun();
    }

    private static PublicationTable.Announced announced(PublishJob message) {
        return new PublicationTable.Announced(
                message.announcedAs(),
                message.name(),
                message.execution(),
                message.results().size(),
                Json.write(message));
    }

    /**
     * Decides what goes where, and looks whether it can be done; once for each job. A run that was done again, because
     * the node with its results died, may have left its results in another place.
     *
     * @throws ProblemException if it cannot: nothing has been written then; or if the job was begun too often already
     */
    public void plan(Publication job, PublishJob message) {
        int attempts = settings.publishing().attempts();
        if (job.attempts() > attempts) {
            throw new ProblemException(
                    Problem.UNAVAILABLE,
                    "It was tried to publish the results " + (job.attempts() - 1)
                            + " times, and the service ended before that did");
        }
        var placements =
                new Placements(job, settings.limits(), settings.storage().bucket()).of(message);
        if (files.of(job.jobGroupId()).isEmpty()) {
            Caller caller = publishers.of(job);
            if (job.announced()) { // a run's own places were looked at when it was asked for
                requireOwn(caller, message);
            }
            files.insert(job.jobGroupId(), placements, preflight.look(job, caller, placements));
            preflight.tryToWrite(caller, placements);
        } else if (!job.announced()) {
            requireSameParts(job, placements);
            files.lieAt(job.jobGroupId(), placements);
        }
    }

    /** Parts of another size would repeat rows of those that are in their stores already, and lack others. */
    private void requireSameParts(Publication job, List<Placement> placements) {
        long results =
                placements.stream().filter(placement -> !placement.profile()).count();
        long planned = files.of(job.jobGroupId()).stream()
                .filter(file -> !file.profile())
                .count();
        if (results != planned) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "The results were made again by another node, in " + results + " files instead of " + planned
                            + ": nodes need the same wharf.running.part-bytes. Start the job again");
        }
    }

    /** @throws ProblemException 400 or 403 for a place that the results of an announcement may not go to */
    void requireOwn(Caller caller, PublishJob message) {
        String bucket = stores.defaultBucket(caller, null).orElse("");
        message.results().forEach(result -> {
            S3Uri path = S3Uri.parse(result.path());
            ResultPath.requireOwn(caller, folders, path, bucket);
            jobFolders.refuseWithin(path);
        });
    }

    /**
     * Begins to bring the pending files to their stores.
     *
     * @throws ProblemException 404 if the job's person is no member any more
     */
    public Staging staging(Publication job) {
        return shared.begin(job);
    }

    /**
     * Where one file goes, for the caller's key pair.
     *
     * @return null if it is not to be staged here: another node is at it, or has done it, or the attempt is over
     * @throws ProblemException 503 if another process has taken a job over that is not shared
     */
    public Destination destination(Staging staging, PendingFile file) {
        Publication job = staging.job();
        if (!staging.isShared()) {
            claims.requireHeld(job.jobId(), job.jobGroupId());
        } else if (!shared.take(staging, file)) {
            return null;
        }
        return committer.destination(staging.publisher(), file, job.attempts() > 1 || file.claimedBy() != null);
    }

    /**
     * What is to be staged there: bytes, whose stream is to be closed, or an object that the store copies by itself.
     *
     * @throws ProblemException 404 if it is missing, 400 if it is archived, 403 if it may not be read
     */
    public Stageable source(Staging staging, Destination to) {
        long file = to.file().id();
        Stageable source = sources.open(
                staging.job(),
                staging.publisher(),
                to.file().source(),
                to.file().target());
        return source instanceof Content bytes
                ? new Content(
                        new MeteredStream(
                                bytes.stream(),
                                sent -> files.sent(file, shared.claim(staging), sent),
                                () -> Claims.lost(staging.job().jobGroupId())),
                        bytes.length(),
                        bytes.type())
                : source;
    }

    /** Notes that one file's bytes are in its store, where nobody sees them yet. */
    public void staged(Staging staging, Destination to, StagedObject staged) {
        committer.staged(to, shared.claim(staging), staged);
        shared.end(staging, to.file());
    }

    /** Notes that a file has failed: no further one is begun. */
    public void failed(Staging staging, PendingFile file, Throwable failure) {
        staging.failure().add(failure);
        shared.failed(staging, file, failure);
    }

    /** Makes all files visible. */
    public void commit(Publication job) {
        committer.commit(job, publishers.of(job));
    }

    /** Marks the job's folders as complete. */
    public void writeManifests(Publication job) {
        committer.writeManifests(job, publishers.of(job));
    }

    /**
     * Waits until the stores list the files, for the consistency timeout at most.
     *
     * @return the warning for what is not listed, or null
     */
    public String awaitListing(Publication job) {
        return listings.await(job.jobGroupId(), publishers.of(job));
    }

    /**
     * @param warning null for none
     */
    public void finish(Publication job, String warning) {
        try {
            if (jobs.complete(job, warning)) {
                local.discard(job.jobGroupId());
                if (warning == null) {
                    LOG.info("Job group {} is published", job.jobGroupId());
                } else {
                    LOG.info("Job group {} is published. {}", job.jobGroupId(), warning);
                }
            }
        } finally {
            claims.end(job.jobId());
        }
    }

    /**
     * Ends a job that can never succeed, or whose last attempt this was; gives any other one back for its next attempt.
     * What fails before the decision to publish leaves nothing behind. What fails after it keeps what it has, visible or
     * not, to be gone on with or withdrawn: another attempt is made of any failure then, since a store that refuses may be
     * mended.
     *
     * @param job null if the failure came before the claim
     * @return whether the job has ended by it: if not, the message comes again, or is a dead letter where no job has it
     */
    public FailedAttempt giveUp(Publication job, Throwable failure) {
        ProblemException problem = Committer.meant(Problems.of(failure));
        if (job == null) {
            return FailedAttempt.withoutJob(problem);
        }
        boolean mayPass = problem.problem().transientFailure();
        boolean over = false;
        try {
            boolean decided = jobs.require(job.jobGroupId()).job().committedAt() != null;
            if (job.attempts() < settings.publishing().attempts() && (mayPass || decided)) {
                if (jobs.release(job, problem.detail())) {
                    warnOfHalf(job, problem.detail());
                } else {
                    over = letGo(job.jobGroupId());
                }
            } else if (decided) {
                over = jobs.fail(job, problem.detail() + ". " + continuations.state(job.jobGroupId()));
                if (over) {
                    LOG.warn(
                            "Job group {} has failed when its results became visible: {}",
                            job.jobGroupId(),
                            problem.detail());
                }
            } else if (jobs.fail(job, problem.detail())) {
                over = true;
                LOG.atLevel(mayPass ? Level.WARN : Level.INFO)
                        .log("Job group {} has failed: {}", job.jobGroupId(), problem.detail());
                upkeep.undo(job.jobGroupId());
                local.discard(job.jobGroupId());
            }
        } finally {
            claims.end(job.jobId());
        }
        return new FailedAttempt(over, problem.detail());
    }

    /** Whether a job that is not this process's any more was canceled; what was staged since is undone as well. */
    private boolean letGo(long jobGroupId) {
        boolean canceled = jobs.require(jobGroupId).status().equals("Canceled");
        if (canceled) {
            upkeep.undo(jobGroupId);
            local.discard(jobGroupId);
        }
        return canceled;
    }

    private void warnOfHalf(Publication job, String reason) {
        if (!files.of(job.jobGroupId(), State.PUBLISHED).isEmpty()) {
            jobs.warn(job, "Some files are visible and others are not yet; this is tried again. " + reason);
        }
    }
}
