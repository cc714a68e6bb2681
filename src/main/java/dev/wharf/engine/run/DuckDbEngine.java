package dev.wharf.engine.run;

import dev.wharf.engine.duckdb.DuckDbRunner;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * The engine in this process: DuckDB, loaded by the first run, locked into the folder of each run, streaming within its
 * memory limit. The limit bounds DuckDB's own buffers; the process grows by up to as much again for a large run.
 */
public final class DuckDbEngine implements Engine {
    private final EngineSettings settings;
    private final DuckDbRunner runner;

    public DuckDbEngine(EngineSettings settings) {
        this(settings, new DuckDbRunner(settings, "run", Problem.VALIDATION_FAILED));
    }

    public DuckDbEngine(EngineSettings settings, DuckDbRunner runner) {
        this.settings = settings;
        this.runner = runner;
    }

    @Override
    public EngineResult run(EngineRun run) {
        if (Files.exists(run.result())) {
            throw ProblemException.invalid("resultName", run.resultName() + " exists in the folder of the run");
        }
        boolean complete = false;
        try {
            var result = runner.run(run.folder(), session -> new EngineAttempt(run, session, settings).result());
            complete = true;
            return result;
        } finally {
            if (!complete) {
                delete(run);
            }
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
