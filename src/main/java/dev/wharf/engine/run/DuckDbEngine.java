package dev.wharf.engine.run;

import dev.wharf.engine.duckdb.DuckDbRunner;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.profile.Profile;
import dev.wharf.engine.profile.Profiler;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.springframework.util.FileSystemUtils;

/**
 * The engine in this process: DuckDB, loaded by the first run, locked into the folder of each run, streaming within its
 * memory limit. The limit bounds DuckDB's own buffers; the process grows by up to as much again for a large run.
 */
public final class DuckDbEngine implements Engine {
    private static final String RUN = "run";
    private static final String PROFILE = "profile";

    private final EngineSettings settings;
    private final DuckDbRunner runner;
    private final DuckDbRunner inOrder;
    private final DuckDbRunner profiler;

    public DuckDbEngine(EngineSettings settings) {
        this(settings, new DuckDbRunner(settings, RUN, Problem.VALIDATION_FAILED));
    }

    public DuckDbEngine(EngineSettings settings, DuckDbRunner runner) {
        this.settings = settings;
        this.runner = runner;
        this.inOrder = new DuckDbRunner(settings.withThreads(1), RUN, Problem.VALIDATION_FAILED);
        this.profiler = new DuckDbRunner(settings, PROFILE, Problem.VALIDATION_FAILED);
    }

    @Override
    public EngineResult run(EngineRun run) {
        if (Files.exists(run.result())) {
            throw ProblemException.invalid("resultName", run.resultName() + " exists in the folder of the run");
        }
        boolean complete = false;
        try {
            var result = runner(run)
                    .run(run.source().folder(), session -> new EngineAttempt(run.source(), session, settings, RUN)
                            .with(table -> new ResultWriter(session, run).write(table)));
            complete = true;
            return result;
        } finally {
            if (!complete) {
                delete(run);
            }
        }
    }

    /** Several threads would fill the parts of a Parquet result at the same time, each with rows from anywhere. */
    private DuckDbRunner runner(EngineRun run) {
        return run.isInParts() && run.resultFormat() == ResultFormat.PQT ? inOrder : runner;
    }

    @Override
    public Profile profile(EngineSource source) {
        return profiler.run(source.folder(), session -> new EngineAttempt(source, session, settings, PROFILE)
                .with(table -> Profiler.of(session, table, source.said().types(), source.inferTypes())));
    }

    private static void delete(EngineRun run) {
        try {
            FileSystemUtils.deleteRecursively(run.result());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
