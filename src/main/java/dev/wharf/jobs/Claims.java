package dev.wharf.jobs;

import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that one thread of one process works on a job at a time, be it a run or a publication.
 *
 * <p>A claim is a row that names the process, renewed while it works. A claim of the same node's earlier start is dead
 * for certain (two processes cannot share a data folder), one of another node when it was not renewed for
 * {@link #DEAD}; the clocks of nodes may differ by a minute. Every change of a job's row is made under the condition that
 * the claim stands. Should a process that was thought dead go on, it finds its claim gone before its next step, and what
 * it does to a store in between is harmless when done twice. Whose claim is dead comes to others by the message that
 * {@code jobs.camel.yaml} sends again; what lies on a dead node's disk, {@link Nodes} takes over.
 */
public final class Claims {
    /** After so long without a renewal the process of another node is taken for dead. */
    static final Duration DEAD = Duration.ofMinutes(2);

    /** For so long a claim is not renewed again, only looked at: steps may be short. */
    private static final Duration FRESH = DEAD.dividedBy(24);

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final Database database;
    private final ProcessId process;
    private final Clock clock;
    private final JobEvents events;

    /**
     * Jobs that a thread of this process works on, and when their claims were renewed. Other rows that name this process are
     * left from threads that have ended.
     */
    private final Map<Long, Instant> inWork = new ConcurrentHashMap<>();

    /** Of those, the threads that are to be interrupted when their claim is over. */
    private final Map<Long, Thread> interruptible = new HashMap<>();

    public Claims(Database database, ProcessId process, Clock clock) {
        this(database, process, null, clock);
    }

    /** @param lineage is told as well what becomes of jobs; null where nobody collects it */
    public Claims(Database database, ProcessId process, LineageEvents lineage, Clock clock) {
        this.database = database;
        this.process = process;
        this.clock = clock;
        this.events = new JobEvents(database, lineage, clock);
    }

    /** Whether the job is the calling thread's now, until {@link #end}; that is one more attempt. */
    public boolean take(long jobId, long jobGroupId) {
        if (inWork.putIfAbsent(jobId, clock.instant()) != null) {
            return false;
        }
        boolean taken = false;
        try {
            taken = database.inTransaction(() -> claim(jobId, jobGroupId));
            return taken;
        } finally {
            if (!taken) {
                inWork.remove(jobId);
            }
        }
    }

    private boolean claim(long jobId, long jobGroupId) {
        boolean claimed = database.sql("jobs/claim")
                        .param("job", jobId)
                        .param("process", process.toString())
                        .param("node", process.node())
                        .param("ofThisNode", process.ofThisNode())
                        .param("dead", dead())
                        .param("now", now())
                        .update()
                == 1;
        if (claimed && started(jobGroupId)) {
            events.changed(jobGroupId);
        }
        return claimed;
    }

    /** Whether the first of a group's jobs was claimed by this. */
    private boolean started(long jobGroupId) {
        return database.sql("jobs/start-group")
                        .param("jobGroup", jobGroupId)
                        .param("now", now())
                        .update()
                == 1;
    }

    /** Whether a thread of this process works on the job, or does not know yet that it is not to. */
    public boolean isInWork(long jobId) {
        return inWork.containsKey(jobId);
    }

    /** To be called when the thread has ended its work, however it ended. */
    public void end(long jobId) {
        inWork.remove(jobId);
    }

    /**
     * Carries out what may take long, and breaks it off by an interrupt once the claim is seen to be over. It is to touch no
     * database: an interrupt in mid-write would close the registry's file.
     */
    public void interruptibly(long jobId, Runnable work) {
        synchronized (interruptible) {
            interruptible.put(jobId, Thread.currentThread());
        }
        try {
            work.run();
        } finally {
            synchronized (interruptible) {
                if (interruptible.remove(jobId) == null) {
                    Thread.interrupted(); // it was meant for this work alone
                }
            }
        }
    }

    private void interrupt(long jobId) {
        synchronized (interruptible) {
            Thread worker = interruptible.remove(jobId);
            if (worker != null) {
                worker.interrupt();
            }
        }
    }

    /**
     * To be called before each step.
     *
     * @throws ProblemException 503 if another process has taken the job over, or it was canceled
     */
    public void require(long jobId, long jobGroupId) {
        if (isFresh(jobId)) {
            requireHeld(jobId, jobGroupId);
        } else if (!renew(jobId)) {
            throw lost(jobGroupId);
        }
    }

    private boolean isFresh(long jobId) {
        Instant renewed = inWork.get(jobId);
        return renewed != null && clock.instant().isBefore(renewed.plus(FRESH));
    }

    /**
     * The same for a step of which many are under way at one time: they do not wait for each other to renew the claim.
     *
     * @throws ProblemException as {@link #require}
     */
    public void requireHeld(long jobId, long jobGroupId) {
        boolean held = database.sql("jobs/holds")
                        .param("job", jobId)
                        .param("process", process.toString())
                        .query(Long.class)
                        .single()
                == 1;
        if (!held) {
            throw lost(jobGroupId);
        }
    }

    /** What a process says that finds its claim gone. */
    public static ProblemException lost(long jobGroupId) {
        return new ProblemException(
                Problem.UNAVAILABLE,
                "Job group " + jobGroupId
                        + " is not this process's any more: it was canceled, or taken over by another process");
    }

    /** Called several times within {@link #DEAD}, as one step may take longer than that, and when a job was canceled. */
    public void renew() {
        inWork.keySet().forEach(jobId -> {
            if (!renew(jobId)) {
                LOG.debug("The claim of job {} is over", jobId);
                interrupt(jobId);
            }
        });
    }

    private boolean renew(long jobId) {
        Instant now = clock.instant();
        boolean held = database.sql("jobs/renew")
                        .param("job", jobId)
                        .param("process", process.toString())
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
        if (held) {
            inWork.computeIfPresent(jobId, (job, before) -> now);
        }
        return held;
    }

    /** What is told of the jobs that are claimed. */
    JobEvents events() {
        return events;
    }

    public ProcessId process() {
        return process;
    }

    /** A claim that was not renewed since then is a dead process's. */
    public Timestamp dead() {
        return after(DEAD.negated());
    }

    public Timestamp now() {
        return after(Duration.ZERO);
    }

    Timestamp after(Duration pause) {
        Instant now = clock.instant();
        return Timestamp.from(now.plus(pause));
    }
}
