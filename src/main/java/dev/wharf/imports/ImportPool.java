package dev.wharf.imports;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of imports that nobody waits for. */
public final class ImportPool {
    private static final int AT_ONCE = 4;
    private static final int WAITING = 100;
    private static final int IDLE_SECONDS = 60;

    private ImportPool() {}

    /** Refuses, 503, what comes while as many wait as may. */
    public static ExecutorService create() {
        var pool = new ThreadPoolExecutor(
                AT_ONCE,
                AT_ONCE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                work -> {
                    var thread = new Thread(work, "import");
                    thread.setDaemon(true);
                    return thread;
                },
                (work, full) -> {
                    throw new ProblemException(
                            Problem.UNAVAILABLE, WAITING + " imports are waiting already; try again in a while");
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
