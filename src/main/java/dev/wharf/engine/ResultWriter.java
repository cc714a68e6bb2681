package dev.wharf.engine;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Copies a table into the result file. */
final class ResultWriter {
    /** A quarter of DuckDB's default: what is buffered for row groups does not count against its memory limit. */
    private static final int ROW_GROUP = 30_720;

    private final DuckDbSession session;
    private final EngineRun run;

    ResultWriter(DuckDbSession session, EngineRun run) {
        this.session = session;
        this.run = run;
    }

    /** @return how many rows were written, the header not counted */
    long write(Table table) throws SQLException {
        return switch (run.resultFormat()) {
            case CSV -> writeCsv(table);
            case JSON -> copy(named(table, jsonValues(table)), "FORMAT json, COMPRESSION 'none'");
            case PQT ->
                copy(
                        named(table, parquetValues(table)),
                        "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + ROW_GROUP);
        };
    }

    /** The header is a row of ours, because DuckDB would rename columns whose names repeat and refuse blank ones. */
    private long writeCsv(Table table) throws SQLException {
        boolean header = run.csv().header();
        var rows = "SELECT " + String.join(", ", texts(table)) + " FROM " + table.from();
        if (header) {
            rows = "SELECT " + table.names().stream().map(SqlText::text).collect(Collectors.joining(", "))
                    + " UNION ALL " + rows;
        }
        var options = "FORMAT csv, HEADER false, COMPRESSION 'none', QUOTE '\"', ESCAPE '\"', NULLSTR '', DELIMITER "
                + SqlText.text(String.valueOf(run.csv().delimiter()))
                + (run.csv().quoteEveryField() ? ", FORCE_QUOTE *" : "");
        return copy(rows, options) - (header ? 1 : 0);
    }

    private List<String> jsonValues(Table table) throws SQLException {
        if (table.content() != Table.Content.TEXT) {
            return SqlText.columns(table.names().size());
        }
        return run.inferTypes() ? ColumnTypes.typed(session, table) : texts(table);
    }

    private List<String> parquetValues(Table table) throws SQLException {
        if (table.content() == Table.Content.TYPED) {
            return SqlText.columns(table.names().size());
        }
        return run.inferTypes() ? ColumnTypes.typed(session, table) : texts(table);
    }

    private static List<String> texts(Table table) {
        return IntStream.rangeClosed(1, table.names().size())
                .mapToObj(table::text)
                .toList();
    }

    private static String named(Table table, List<String> values) {
        var names = table.distinctNames();
        return "SELECT "
                + IntStream.range(0, values.size())
                        .mapToObj(at -> values.get(at) + " AS " + SqlText.name(names.get(at)))
                        .collect(Collectors.joining(", "))
                + " FROM " + table.from();
    }

    private long copy(String rows, String options) throws SQLException {
        var result = session.folder().resolve(run.resultName()).toString();
        return session.execute("COPY (" + rows + ") TO " + SqlText.text(result) + " (" + options + ")");
    }
}
