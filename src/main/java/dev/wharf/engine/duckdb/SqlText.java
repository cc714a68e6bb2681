package dev.wharf.engine.duckdb;

import dev.wharf.engine.file.StagedFile;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text as DuckDB's SQL writes it. COPY and table functions take no bound parameters. */
public final class SqlText {
    private SqlText() {}

    public static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    public static String name(String value) {
        return "\"" + value.replace("\"", "\"\"") + "\"";
    }

    public static String texts(Collection<String> values) {
        return values.stream().map(SqlText::text).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The files of a table function; without the columns that DuckDB makes of folders called {@code year=2026}. */
    public static String files(Collection<StagedFile> files) {
        return texts(files.stream().map(file -> file.path().toString()).toList()) + ", hive_partitioning=false";
    }

    /** Our names of the columns: {@code c1} to {@code c<count>}. */
    public static List<String> columns(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> "c" + number).toList();
    }
}
