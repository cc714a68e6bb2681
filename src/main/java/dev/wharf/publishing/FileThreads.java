package dev.wharf.publishing;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Phaser;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The threads that the files of all of a node's jobs share. */
public final class FileThreads {
    private static final int IDLE_SECONDS = 60;
    /**
     * Files that a thread takes before other jobs may have it. With one at a time all threads would wait for the one that deals
     * them out, whenever it does a file itself.
     */
    private static final int A_TURN = 16;

    private FileThreads() {}

    /** Where all are busy, who has more to do does it itself: so every job goes on, however many files another one has. */
    public static ExecutorService create(int threads) {
        return new ThreadPoolExecutor(
                0,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> {
                    var thread = new Thread(work, "publish-file");
                    thread.setDaemon(true);
                    return thread;
                },
                new CallerRunsPolicy());
    }

    /**
     * Does something with each file, with many at one time. After a failure no further one is begun; when none is under way
     * any more the first failure is thrown.
     */
    static <T> void forEach(Executor threads, List<T> files, Consumer<T> work) {
        var left = new ConcurrentLinkedQueue<>(files);
        var failure = new FirstFailure();
        var underWay = new Phaser(1);
        while (!left.isEmpty() && !failure.isThere()) {
            underWay.register();
            threads.execute(() -> {
                try {
                    T file;
                    for (int turn = 0; turn < A_TURN && !failure.isThere() && (file = left.poll()) != null; turn++) {
                        work.accept(file);
                    }
                } catch (RuntimeException | Error e) {
                    failure.add(e);
                } finally {
                    underWay.arriveAndDeregister();
                }
            });
        }
        underWay.arriveAndAwaitAdvance();
        failure.rethrow();
    }
}
