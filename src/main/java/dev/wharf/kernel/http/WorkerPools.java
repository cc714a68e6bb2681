package dev.wharf.kernel.http;

import io.vertx.core.spi.ExecutorServiceFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x's workers: a thread that has nothing to do is given work before another one is begun, and ends after a minute
 * without any. Vert.x's own pools begin one for each piece of work until they are full, and keep them all.
 */
public final class WorkerPools implements ExecutorServiceFactory {
    private static final int IDLE_SECONDS = 60;

    @Override
    public ExecutorService createExecutor(ThreadFactory threads, Integer concurrency, Integer maxConcurrency) {
        var waiting = new LinkedTransferQueue<Runnable>() {
            private static final long serialVersionUID = 1;

            /** Takes only what a thread waits for: the pool begins another one for the rest. */
            @Override
            public boolean offer(Runnable work) {
                return tryTransfer(work);
            }
        };
        // One thread always stays, so that what came in when all were busy is never left waiting for another piece of
        // work.
        return new ThreadPoolExecutor(
                1, maxConcurrency, IDLE_SECONDS, TimeUnit.SECONDS, waiting, threads, (work, pool) -> {
                    if (pool.isShutdown()) {
                        throw new RejectedExecutionException("The pool is shut down");
                    }
                    waiting.put(work);
                });
    }
}
