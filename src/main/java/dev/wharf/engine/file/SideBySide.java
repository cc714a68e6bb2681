package dev.wharf.engine.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does the same with several files, on several threads. */
public final class SideBySide {
    private SideBySide() {}

    /** What is done with one file; it stops when its thread is interrupted. */
    public interface Work<A, B> {
        B with(A file) throws IOException;
    }

    /**
     * Returns when no thread works any more.
     *
     * @return what came of each file, in their order
     * @throws IOException of the first file that failed, in their order; unchecked failures alike
     * @throws CancellationException if the calling thread is interrupted
     */
    public static <A, B> List<B> each(int threads, List<A> files, Work<A, B> work) throws IOException {
        var results = new ArrayList<B>();
        if (threads == 1 || files.size() == 1) {
            for (A file : files) {
                results.add(work.with(file));
            }
            return results;
        }
        var pool =
                Executors.newFixedThreadPool(Math.min(threads, files.size()), task -> new Thread(task, "engine-files"));
        try {
            List<Callable<B>> tasks = new ArrayList<>();
            files.forEach(file -> tasks.add(() -> work.with(file)));
            for (Future<B> result : pool.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } catch (ExecutionException failure) {
            throw failed(failure.getCause());
        } finally {
            end(pool);
        }
    }

    private static IOException failed(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException failure ? failure : new IOException(cause);
    }

    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            // They stop at the interrupt: within a buffer.
            pool.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
