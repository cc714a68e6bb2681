package dev.wharf.engine;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One run on one thread; leaves nothing in the folder but the result, which may be incomplete after a failure. */
final class EngineAttempt {
    private final EngineRun run;
    private final EngineSettings settings;
    private final List<StagedFile> files = new ArrayList<>();
    private volatile DuckDbSession session;
    private volatile boolean stopped;

    EngineAttempt(EngineRun run, EngineSettings settings) {
        this.run = run;
        this.settings = settings;
    }

    EngineResult result() throws IOException {
        var formats = new FormatsFound();
        run.inputs().forEach(input -> formats.add(input.path().getFileName().toString()));
        var kind = formats.single();
        try {
            for (var input : run.inputs()) {
                files.add(StagedFile.check(run.folder(), input));
            }
            long rows = write(kind);
            return new EngineResult(run.result(), rows, Files.size(run.result()));
        } finally {
            removeTemporaryFiles();
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

    private long write(SourceFormat.Kind kind) throws IOException {
        var filled = new ArrayList<StagedFile>();
        for (var file : files) {
            if (!file.empty()) {
                filled.add(file);
            }
        }
        try (var opened = new DuckDbSession(run.folder(), settings)) {
            session = opened;
            if (stopped) {
                opened.stop();
            }
            var table = filled.isEmpty() ? null : table(opened, kind, filled);
            if (table == null) {
                throw new ProblemException(
                        Problem.VALIDATION_FAILED, "Every file is empty: there are no columns to write.");
            }
            return new ResultWriter(opened, run).write(table);
        } catch (SQLException failure) {
            throw new EngineMessages(settings, files).problem(failure);
        } finally {
            session = null;
        }
    }

    private Table table(DuckDbSession opened, SourceFormat.Kind kind, List<StagedFile> filled) throws SQLException {
        return switch (kind) {
            case CSV, TSV, TEXT -> CsvTable.open(opened, filled, run.header());
            case JSON -> JsonTable.open(opened, filled);
            case PARQUET -> ParquetTable.open(opened, filled);
        };
    }

    private void removeTemporaryFiles() throws IOException {
        for (var file : files) {
            if (file.copied()) {
                Files.deleteIfExists(file.path());
            }
        }
        var spilled = run.folder().resolve(DuckDbSession.TEMPORARY);
        if (Files.isDirectory(spilled)) {
            try (var left = Files.list(spilled)) {
                for (var file : (Iterable<Path>) left::iterator) {
                    Files.delete(file);
                }
            }
            Files.delete(spilled);
        }
    }
}
