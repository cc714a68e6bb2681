package dev.wharf.engine;

import dev.wharf.kernel.ProblemException;
import java.sql.SQLException;
import java.util.List;

/** Parquet files of one schema. */
final class ParquetTable {
    private ParquetTable() {}

    /** Compares the schemas itself: DuckDB would drop a column that only later files have and convert other types. */
    static Table open(DuckDbSession session, List<StagedFile> files) throws SQLException {
        var first = files.get(0);
        var schema = schema(session, first);
        for (var file : files.subList(1, files.size())) {
            var other = schema(session, file);
            if (!other.equals(schema)) {
                throw file.problem("has other columns than " + first.displayName() + ": "
                        + Differences.between(schema, other) + ".");
            }
        }
        var from = "read_parquet(" + SqlText.files(files) + ") AS records("
                + String.join(", ", SqlText.columns(schema.size())) + ")";
        return new Table(from, schema.stream().map(Differences.Column::name).toList(), Table.Content.TYPED);
    }

    private static List<Differences.Column> schema(DuckDbSession session, StagedFile file) throws SQLException {
        var read = "read_parquet(" + SqlText.files(List.of(file)) + ")";
        try {
            return session.query("DESCRIBE SELECT * FROM " + read).stream()
                    .map(column -> new Differences.Column(column.get(0), column.get(1)))
                    .toList();
        } catch (SQLException unreadable) {
            throw unsound(file, unreadable);
        }
    }

    /** What it means that a file's footer cannot be read. */
    static ProblemException unsound(StagedFile file, SQLException failure) throws SQLException {
        if (String.valueOf(failure.getMessage()).contains("Interrupt")) {
            throw failure;
        }
        return file.problem("is not a sound Parquet file.");
    }
}
