package dev.wharf.publishing;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that one thread of one process works on a job at a time.
 *
 * <p>A claim is a row that names the process, renewed while it works. A claim of the same node's earlier start is dead
 * for certain (two processes cannot share a data folder), one of another node when it was not renewed for
 * {@link #DEAD}; the clocks of nodes may differ by a minute. Should a process that was thought dead go on, it finds its
 * claim gone before its next step, and what it does to a store in between is harmless when done twice.
 */
final class Claims {
    /** After so long without a renewal the process of another node is taken for dead. */
    static final Duration DEAD = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final JobTable jobs;
    private final Clock clock;

    /** Jobs that a thread of this process works on; what else the rows say of this process is of no thread alive. */
    private final Set<Long> inWork = ConcurrentHashMap.newKeySet();

    Claims(JobTable jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Whether the job is the calling thread's now, until {@link #end}. */
    boolean take(Publication job) {
        if (!inWork.add(job.jobId())) {
            return false;
        }
        boolean taken = false;
        try {
            taken = jobs.claim(job, clock.instant().minus(DEAD));
            return taken;
        } finally {
            if (!taken) {
                inWork.remove(job.jobId());
            }
        }
    }

    /** To be called when the thread has ended its work, however it ended. */
    void end(Publication job) {
        inWork.remove(job.jobId());
    }

    /**
     * @throws ProblemException 503 if another process has taken the job over
     */
    void require(Publication job) {
        if (!jobs.renew(job.jobId())) {
            throw new ProblemException(
                    Problem.UNAVAILABLE, "Job group " + job.jobGroupId() + " was taken over by another process");
        }
    }

    /** Called several times within {@link #DEAD}: one file may take longer than that. */
    void renew() {
        inWork.forEach(jobId -> {
            if (!jobs.renew(jobId)) {
                LOG.debug("The claim of job {} is over", jobId);
            }
        });
    }
}
