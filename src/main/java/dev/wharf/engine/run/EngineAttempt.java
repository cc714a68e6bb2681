package dev.wharf.engine.run;

import dev.wharf.engine.avro.AvroTable;
import dev.wharf.engine.csv.CsvTable;
import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.EngineMessages;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.FormatsFound;
import dev.wharf.engine.file.SideBySide;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TemporarySpace;
import dev.wharf.engine.json.JsonTable;
import dev.wharf.engine.parquet.ParquetTable;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One piece of work with the rows of staged files; leaves nothing in the folder but what the work does. */
final class EngineAttempt {
    private final EngineSource source;
    private final DuckDbSession session;
    private final EngineSettings settings;
    private final String name;
    private List<StagedFile> files = new ArrayList<>();

    /** What is done with the rows; it may fail as DuckDB does. */
    interface Work<T> {
        T with(Table table) throws SQLException, IOException;
    }

    /** @param name of the work, for messages: {@code run} */
    EngineAttempt(EngineSource source, DuckDbSession session, EngineSettings settings, String name) {
        this.source = source;
        this.session = session;
        this.settings = settings;
        this.name = name;
    }

    <T> T with(Work<T> work) throws IOException {
        var formats = new FormatsFound();
        source.inputs().forEach(input -> formats.add(input.path().getFileName().toString()));
        var kind = formats.single();
        source.said().check(kind, source.inputs().get(0).displayName());
        var space = new TemporarySpace(settings, name);
        try {
            for (var input : source.inputs()) {
                files.add(StagedFile.of(source.folder(), input));
            }
            files = SideBySide.each(
                    settings.threads(),
                    files,
                    file -> file.readable(source.said().dialect(), space));
            return work.with(table(kind, space));
        } catch (SQLException failure) {
            throw new EngineMessages(settings, files, name).problem(located(kind, failure));
        } catch (IOException failure) {
            if (EngineMessages.isFull(failure)) {
                throw EngineMessages.full(failure);
            }
            throw failure;
        } finally {
            for (var file : files) {
                file.deleteCopies();
            }
        }
    }

    private SQLException located(SourceFormat.Kind kind, SQLException failure) {
        return kind == SourceFormat.Kind.PARQUET && files.size() > 1
                ? ParquetTable.culprit(session, files, failure)
                : failure;
    }

    private Table table(SourceFormat.Kind kind, TemporarySpace space) throws IOException, SQLException {
        var filled = new ArrayList<StagedFile>();
        for (var file : files) {
            if (!file.empty()) {
                filled.add(file);
            } else if (kind.compressesInside()) {
                throw file.notSound();
            }
        }
        var table = filled.isEmpty() ? null : table(kind, filled, space);
        if (table == null) {
            throw nothing();
        }
        source.said().types().check(table.names(), filled.get(0).displayName());
        return table;
    }

    private ProblemException nothing() {
        var first = files.get(0);
        return files.size() == 1
                ? first.problem(StagedFile.NOTHING)
                : new ProblemException(
                        Problem.VALIDATION_FAILED,
                        "Every file is empty, " + first.displayName() + " and " + (files.size() - 1)
                                + (files.size() == 2 ? " other" : " others") + ": there are no columns to write.");
    }

    private Table table(SourceFormat.Kind kind, List<StagedFile> filled, TemporarySpace space)
            throws IOException, SQLException {
        return switch (kind) {
            case CSV, TSV, TEXT -> CsvTable.open(filled, source.said().dialect(), space, settings.threads());
            case JSON -> JsonTable.open(filled, space);
            case PARQUET -> ParquetTable.open(session, filled, source.said().union());
            case AVRO -> AvroTable.open(filled, space, source.said().union());
            case ORC, XML, EXCEL, PACKED, OTHER -> throw new IllegalStateException("Not read: " + kind);
        };
    }
}
