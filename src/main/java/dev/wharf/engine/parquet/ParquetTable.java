package dev.wharf.engine.parquet;

import dev.wharf.engine.duckdb.Differences;
import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.EngineMessages;
import dev.wharf.engine.duckdb.ParquetReading;
import dev.wharf.engine.duckdb.SqlText;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.file.StagedFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Parquet files of one schema. */
public final class ParquetTable {
    private static final int MOST_DIGITS = 38;

    private ParquetTable() {}

    /**
     * Compares the schemas itself: DuckDB would drop a column that only later files have and convert other types.
     *
     * @param union whether columns may have been added at the end, which are null in files without them
     */
    public static Table open(DuckDbSession session, List<StagedFile> files, boolean union) throws SQLException {
        var first = files.get(0);
        var schema = schema(session, first);
        boolean evolved = false;
        for (var file : files.subList(1, files.size())) {
            var other = schema(session, file);
            if (other.equals(schema)) {
                continue;
            }
            if (!union || !Differences.isEvolution(schema, other)) {
                throw file.problem("has other columns than " + first.displayName() + ": "
                        + Differences.between(schema, other) + ".");
            }
            evolved = true;
            schema = other.size() > schema.size() ? other : schema;
        }
        var from = "read_parquet(" + SqlText.files(files) + (evolved ? ", union_by_name=true" : "") + ") AS records("
                + String.join(", ", SqlText.columns(schema.size())) + ")";
        return Table.typed(
                from,
                schema.stream().map(Differences.Column::name).toList(),
                Table.Content.PARQUET,
                schema.stream().map(Differences.Column::type).toList());
    }

    /** Which of several files it was that could not be read: DuckDB seldom says it. */
    public static SQLException culprit(DuckDbSession session, List<StagedFile> files, SQLException failure) {
        for (var file : files) {
            try {
                session.query("SELECT max(hash(records)) FROM " + read(file) + " AS records");
            } catch (SQLException broken) {
                return String.valueOf(broken.getMessage()).contains("invalidated")
                        ? failure
                        : EngineMessages.at(file, broken);
            }
        }
        return failure;
    }

    private static List<Differences.Column> schema(DuckDbSession session, StagedFile file) throws SQLException {
        try {
            check(session, file);
            var names = names(session, file);
            var types = session.query("DESCRIBE SELECT * FROM " + read(file));
            if (names.size() != types.size()) {
                throw file.problem("is not a sound Parquet file: its schema contradicts itself.");
            }
            var columns = new ArrayList<Differences.Column>();
            for (int at = 0; at < names.size(); at++) {
                columns.add(new Differences.Column(names.get(at), types.get(at).get(1)));
            }
            return columns;
        } catch (SQLException unreadable) {
            throw EngineMessages.at(file, unreadable);
        }
    }

    /** What DuckDB would take as it is, or find out too late. */
    private static void check(DuckDbSession session, StagedFile file) throws SQLException {
        var path = SqlText.text(file.path().toString());
        var found = session.query("SELECT (SELECT num_rows FROM parquet_file_metadata(" + path + ")),"
                        + " coalesce(sum(rows), 0), string_agg(codecs, ' ') FROM (SELECT row_group_id,"
                        + " max(row_group_num_rows) AS rows, string_agg(DISTINCT compression, ' ') AS codecs"
                        + " FROM parquet_metadata(" + path + ") GROUP BY row_group_id)")
                .get(0);
        if (found.get(2) != null) {
            for (var codec : List.of(found.get(2).split(" "))) {
                if (!ParquetReading.isRead(codec)) {
                    throw file.problem(ParquetReading.refusal(codec));
                }
            }
        }
        if (!found.get(0).equals(found.get(1))) {
            throw file.problem("is not a sound Parquet file: " + found.get(0) + " rows are announced, and "
                    + found.get(1) + " are there.");
        }
    }

    /** As the file has them: DuckDB renames what differs in case only. */
    private static List<String> names(DuckDbSession session, StagedFile file) throws SQLException {
        var elements = session.query("SELECT name, coalesce(num_children, 0), coalesce(precision,"
                + " TRY_CAST(regexp_extract(logical_type, 'DecimalType.*precision=(\\d+)', 1) AS BIGINT), 0)"
                + " FROM parquet_schema(" + SqlText.text(file.path().toString()) + ")");
        var names = new ArrayList<String>();
        for (int at = 1; at < elements.size(); ) {
            names.add(elements.get(at).get(0));
            for (long open = 1; open > 0 && at < elements.size(); at++) {
                refuseManyDigits(file, elements.get(at));
                open += Long.parseLong(elements.get(at).get(1)) - 1;
            }
        }
        return names;
    }

    /** DuckDB would read it as DOUBLE, and change digits. */
    private static void refuseManyDigits(StagedFile file, List<String> element) {
        long digits = Long.parseLong(element.get(2));
        if (digits > MOST_DIGITS) {
            throw file.problem("has decimals of " + digits + " digits in \"" + element.get(0)
                    + "\"; such are read up to " + MOST_DIGITS + " digits.");
        }
    }

    private static String read(StagedFile file) {
        return "read_parquet(" + SqlText.files(List.of(file)) + ")";
    }
}
