package dev.wharf.engine;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The engine in this process: DuckDB, loaded by the first run, locked into the folder of each run, streaming within its
 * memory limit. The limit bounds DuckDB's own buffers; the process grows by up to as much again for a large run.
 */
public final class DuckDbEngine implements Engine {
    private final EngineSettings settings;

    public DuckDbEngine(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public EngineResult run(EngineRun run) {
        if (Files.exists(run.result())) {
            throw ProblemException.invalid("resultName", run.resultName() + " exists in the folder of the run");
        }
        boolean complete = false;
        try {
            var result = runWithinLimit(new EngineAttempt(run, settings));
            complete = true;
            return result;
        } finally {
            if (!complete) {
                delete(run);
            }
        }
    }

    private EngineResult runWithinLimit(EngineAttempt attempt) {
        var worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "engine"));
        try {
            return worker.submit(attempt::result).get(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "The run was stopped at the time limit of "
                            + settings.timeLimit().toMillis() / 1000.0 + " seconds.");
        } catch (InterruptedException canceled) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.UNAVAILABLE, "The run was canceled.");
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof ProblemException problem
                    ? problem
                    : new ProblemException(Problem.INTERNAL, "The running environment failed.", failure.getCause());
        } finally {
            end(worker, attempt);
        }
    }

    /** Returns when the worker has let go of the folder; a pending interrupt is kept for later. */
    private static void end(ExecutorService worker, EngineAttempt attempt) {
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

    private static void delete(EngineRun run) {
        try {
            Files.deleteIfExists(run.result());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
