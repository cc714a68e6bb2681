package dev.wharf.webhooks;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that wait for the receivers of webhooks. Where all do, and some more wait, whoever looks for more does so as well. */
public final class WebhookPool {
    /** Of the webhooks of one person, on all nodes: the others' have threads left, however slow its receivers are. */
    static final int MOST_OF_ONE_PERSON = 4;

    private static final int THREADS = 8;
    private static final int WAITING = 8;

    private WebhookPool() {}

    public static ExecutorService create() {
        var count = new AtomicInteger();
        var pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                work -> {
                    var thread = new Thread(work, "webhook-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
