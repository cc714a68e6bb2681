package dev.wharf.publishing;

import dev.wharf.identity.Caller;
import dev.wharf.jobs.Claims;
import dev.wharf.jobs.PublicationTable;
import dev.wharf.kernel.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What publications need beside their messages: to go on or to be given up after a failure, to be looked at again, and to
 * have removed what they have left behind.
 */
public final class PublicationUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(PublicationUpkeep.class);

    private final Publishers publishers;
    private final PublicationTable jobs;
    private final Claims claims;
    private final LocalFiles local;
    private final Committer committer;
    private final Listings listings;
    private final Continuations continuations;

    PublicationUpkeep(
            Publishers publishers,
            PublicationTable jobs,
            Claims claims,
            LocalFiles local,
            Committer committer,
            Listings listings,
            Continuations continuations) {
        this.publishers = publishers;
        this.jobs = jobs;
        this.claims = claims;
        this.local = local;
        this.committer = committer;
        this.listings = listings;
        this.continuations = continuations;
    }

    /**
     * Lets a job go on that failed after the decision to publish: what is staged or visible stays, the rest follows.
     *
     * @throws ProblemException 404 if the caller has no such job; 409 for any other one
     */
    public void goOn(Caller caller, long jobGroupId) {
        continuations.goOn(caller, jobGroupId);
    }

    /**
     * Gives up what is not visible of such a job. What is visible stays: nothing is ever deleted.
     *
     * @throws ProblemException as {@link #goOn}
     */
    public void withdraw(Caller caller, long jobGroupId) {
        continuations.require(caller, jobGroupId);
        seeVisible(jobGroupId);
        continuations.withdraw(caller, jobGroupId);
        local.discard(jobGroupId);
        undo(jobGroupId);
    }

    /** What its store says now goes into the job's last words. Of one that does not answer, what was known has to do. */
    private void seeVisible(long jobGroupId) {
        try {
            PublicationTable.Row row = jobs.require(jobGroupId);
            if (row.status().equals("Failed")) {
                committer.seeVisible(jobGroupId, publishers.of(row.job()));
            }
        } catch (ProblemException e) {
            LOG.warn("What is visible of job group {} cannot be seen now: {}", jobGroupId, e.getMessage());
        }
    }

    /**
     * Ends a job whose results nobody sees yet, and leaves nothing of them. Who works on it here aborts its uploads by
     * itself, when no part is under way any more: one that comes after the abort may stay in the store (AWS,
     * <i>AbortMultipartUpload</i>). Of a job that was canceled before, nothing changes.
     *
     * @throws ProblemException 404 if the caller has no such job; 409 if it is over otherwise, or it is decided that its
     *     results become visible
     */
    public void cancel(Caller caller, long jobGroupId) {
        continuations.cancel(caller, jobGroupId);
        claims.renew();
        if (!claims.isInWork(jobs.require(jobGroupId).job().jobId())) {
            undo(jobGroupId);
        }
    }

    /** Looks again whether files that were not listed in time are now, and clears the warning where they are. */
    public void recheckListings() {
        for (long jobGroupId : jobs.unlisted()) {
            try {
                if (listings.check(
                                jobGroupId,
                                publishers.of(jobs.require(jobGroupId).job()))
                        .isEmpty()) {
                    jobs.clearWarning(jobGroupId);
                    LOG.info("All files of job group {} are listed now", jobGroupId);
                }
            } catch (ProblemException e) {
                LOG.warn("The files of job group {} cannot be looked for: {}", jobGroupId, e.getMessage());
            }
        }
    }

    /** Aborts what jobs that are over have left in stores that did not answer at the time, and removes their folders. */
    public void tidy() {
        jobs.undone().forEach(this::undo);
        for (long jobGroupId : local.folders()) {
            if (!jobs.needsFolder(jobGroupId)) {
                local.discard(jobGroupId);
            }
        }
    }

    /** What cannot be undone now is the next time. */
    void undo(long jobGroupId) {
        try {
            committer.undo(jobGroupId, publishers.of(jobs.require(jobGroupId).job()));
        } catch (ProblemException e) {
            LOG.warn("What job group {} has staged stays behind for now: {}", jobGroupId, e.getMessage());
        }
    }
}
