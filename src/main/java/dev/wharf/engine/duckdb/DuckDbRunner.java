package dev.wharf.engine.duckdb;

import dev.wharf.engine.file.EngineSettings;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.util.FileSystemUtils;

/**
 * Gives a piece of work a DuckDB session and a thread of its own, until the time limit or until the caller is
 * interrupted. DuckDB itself is loaded by the first one.
 */
public class DuckDbRunner {
    /** What is done in a session; it may fail as DuckDB does. */
    public interface Work<T> {
        T in(DuckDbSession session) throws SQLException, IOException;
    }

    private final EngineSettings settings;
    private final String name;
    private final Problem late;

    /**
     * @param name of the work, for messages: {@code run}
     * @param late what it is that the work was not done in time: the file's fault, or perhaps that of a busy moment
     */
    public DuckDbRunner(EngineSettings settings, String name, Problem late) {
        this.settings = settings;
        this.name = name;
        this.late = late;
    }

    /**
     * Returns or fails when the work has let go of the folder.
     *
     * @param folder all that the session may touch; what DuckDB has spilled there is gone in the end
     * @throws ProblemException what the work throws; {@code late} at the time limit, {@code UNAVAILABLE}
     *     for an interrupt, which stays set
     */
    public <T> T run(Path folder, Work<T> work) {
        var attempt = new Attempt<>(folder, work);
        var worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "engine"));
        try {
            return worker.submit(attempt::result).get(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stopped) {
            throw new ProblemException(
                    late,
                    "The " + name + " was stopped at the time limit of "
                            + settings.timeLimit().toMillis() / 1000.0 + " seconds.");
        } catch (InterruptedException canceled) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.UNAVAILABLE, "The " + name + " was canceled.");
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof ProblemException problem
                    ? problem
                    : new ProblemException(Problem.INTERNAL, "The running environment failed.", failure.getCause());
        } finally {
            end(worker, attempt);
        }
    }

    /** Returns when the worker has let go of the folder; a pending interrupt is kept for later. */
    private static void end(ExecutorService worker, Attempt<?> attempt) {
        boolean interrupted = Thread.interrupted();
        worker.shutdownNow();
        while (true) {
            // Again and again: DuckDB ignores a cancellation that arrives before its statement has begun.
            attempt.stop();
            try {
                if (worker.awaitTermination(50, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Attempt<T> {
        private final Path folder;
        private final Work<T> work;
        private volatile DuckDbSession session;
        private volatile boolean stopped;

        Attempt(Path folder, Work<T> work) {
            this.folder = folder;
            this.work = work;
        }

        T result() throws SQLException, IOException {
            try (var opened = new DuckDbSession(folder, settings)) {
                session = opened;
                if (stopped) {
                    opened.stop();
                }
                return work.in(opened);
            } finally {
                session = null;
                FileSystemUtils.deleteRecursively(folder.resolve(DuckDbSession.TEMPORARY));
            }
        }

        /** From any thread, any number of times. */
        void stop() {
            stopped = true;
            var current = session;
            if (current != null) {
                current.stop();
            }
        }
    }
}
