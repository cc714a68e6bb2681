package dev.wharf.publishing;

import dev.wharf.jobs.Attempt;
import dev.wharf.jobs.Attempts;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.FailedAttempt;
import dev.wharf.jobs.FailedAttempt.DeadLetter;
import dev.wharf.jobs.JobMessages;
import dev.wharf.jobs.Publication;
import dev.wharf.kernel.Pauses;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets several nodes stage the files of one job. The node that has the job begins with the first ones and tells others of
 * each, the last ones first, by a message; a row says who has which. So a message that is lost costs nothing but the help,
 * and the node that has the job waits only for what somebody is at.
 */
public final class SharedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SharedFiles.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Publishers publishers;
    private final Attempts attempts;
    private final FileClaims files;
    private final boolean sharedQueue;

    /** @param sharedQueue whether other nodes read the messages of this one */
    SharedFiles(Publishers publishers, Attempts attempts, FileClaims files, boolean sharedQueue) {
        this.publishers = publishers;
        this.attempts = attempts;
        this.files = files;
        this.sharedQueue = sharedQueue;
    }

    /**
     * Begins to bring the pending files of a job to their stores. They are shared where there are several that every node can
     * read, and another node that lives: what is on a node's disk is nobody else's to read.
     *
     * @throws ProblemException 404 if the job's person is no member any more
     */
    Staging begin(Publication job) {
        if (job.attempts() > 1 || job.committedAt() != null) {
            files.clear(job.jobGroupId());
        }
        boolean shared = sharedQueue && files.shareable(job.jobGroupId()) > 1 && attempts.othersLive();
        return new Staging(job, publishers.of(job), shared ? attempts.current(job) : null);
    }

    /** The message that tells others of a file. */
    public String message(Staging staging, PendingFile file) {
        Attempt attempt = staging.attempt();
        return Json.write(new FileMessage(attempt.jobGroupId(), file.id(), attempt.process(), attempt.number()));
    }

    /** Notes that others could not be told. */
    public void untold(Staging staging, Throwable failure) {
        LOG.warn(
                "Other nodes are not told of the files of job group {}, which are all staged here: {}",
                staging.job().jobGroupId(),
                Problems.of(failure).detail());
    }

    /**
     * Reads a message.
     *
     * @throws ProblemException 400 naming the field, if it is no {@link FileMessage}
     */
    public FileMessage read(String message) {
        return JobMessages.read(message, FileMessage.class);
    }

    /**
     * Begins to stage the file of which a message tells.
     *
     * @param again whether the message was delivered before, to a node that has gone before it got to its end with it
     * @return null if there is nothing to do: the attempt is over, or the file is not pending any more
     */
    public Staging join(FileMessage message, Boolean again) {
        Publication job = attempts.job(message.jobGroupId(), message.attempt()).orElse(null);
        PendingFile file = job == null
                ? null
                : files.pending(message.jobGroupId(), message.fileId()).orElse(null);
        if (file == null) {
            LOG.debug("Nothing is to be done for {}", message);
            return null;
        }
        var attempt = new Attempt(job.jobId(), job.jobGroupId(), message.process(), message.attempt());
        return Staging.ofOne(job, publishers.of(job), attempt, file, Boolean.TRUE.equals(again));
    }

    /**
     * What becomes of a message that could not be followed: one that is none is a dead letter. What else fails here is left
     * to the node that has the job, which stages what nobody else does.
     */
    public FailedAttempt refuse(Throwable failure) {
        ProblemException problem = Problems.of(failure);
        if (problem.problem().status() == Problem.VALIDATION_FAILED.status()) {
            return new FailedAttempt(false, DeadLetter.AT_ONCE, problem.detail());
        }
        LOG.warn("A file is left to the node that has its job: {}", problem.detail());
        return new FailedAttempt(true, problem.detail());
    }

    /** Whether a file of a job that is shared is the calling thread's to stage. */
    boolean take(Staging staging, PendingFile file) {
        return files.take(staging.attempt(), file.id(), staging.takesOver());
    }

    /** As this process signs the files that it stages; with nothing, where nobody else would. */
    String claim(Staging staging) {
        return staging.isShared() ? files.claim(staging.attempt()) : "";
    }

    /** Notes that a file has failed: no node begins a further one. */
    void failed(Staging staging, PendingFile file, Throwable failure) {
        if (staging.isShared()) {
            files.end(file.id()); // whatever comes of the rest: who does not renew a claim loses it
            ProblemException problem = Committer.meant(Problems.of(failure));
            if (attempts.fail(staging.attempt(), file.id(), problem)) {
                LOG.debug("A file of job group {} has failed: {}", staging.job().jobGroupId(), problem.detail());
            }
            files.release(staging.attempt(), file.id());
        }
    }

    /** Notes that a file is staged, or is another's. */
    void end(Staging staging, PendingFile file) {
        if (staging.isShared()) {
            files.end(file.id());
        }
    }

    /** Keeps the files that this node is at from looking abandoned. */
    public void renew() {
        files.renew();
    }

    /**
     * Waits for what other nodes are at; to be called when this one is at none. The staging is complete then, unless
     * somebody has left a file: it is this node's to do.
     *
     * @throws ProblemException what the first file has failed with, here or elsewhere; 503 if the job is not this process's
     *     any more
     */
    public void gather(Staging staging) {
        staging.failure().rethrow();
        if (!staging.isShared()) {
            staging.complete();
            return;
        }
        Attempt attempt = staging.attempt();
        for (Duration pause = Duration.ZERO; ; pause = longer(pause)) {
            pause(pause);
            FileClaims.Standing standing = files.standing(attempt);
            if (!standing.held()) {
                throw Claims.lost(attempt.jobGroupId());
            }
            if (standing.failure() != null) {
                throw standing.failure();
            }
            if (standing.pending() == 0) {
                staging.complete();
                return;
            }
            if (standing.free() > 0 && !pause.isZero()) {
                return;
            }
        }
    }

    private static Duration longer(Duration pause) {
        return pause.isZero() ? FIRST_PAUSE : Pauses.doubled(pause, LONGEST_PAUSE);
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            // Not interrupted for what follows, which writes to the registry.
            throw new ProblemException(Problem.UNAVAILABLE, "The service is stopping", e);
        }
    }
}
