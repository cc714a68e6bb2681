package dev.wharf.browse;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/** The threads that read files ahead for all archives that are being sent. */
public final class ArchiveThreads {
    private static final int THREADS = 16;
    private static final int IDLE_SECONDS = 60;

    private ArchiveThreads() {}

    /** Leaves undone what it has no thread for: so a slow store keeps nobody waiting but who reads from it. */
    public static ExecutorService create() {
        return new ThreadPoolExecutor(
                0,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> {
                    var thread = new Thread(work, "archive");
                    thread.setDaemon(true);
                    return thread;
                },
                new DiscardPolicy());
    }
}
