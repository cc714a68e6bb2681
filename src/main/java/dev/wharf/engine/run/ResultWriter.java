package dev.wharf.engine.run;

import dev.wharf.engine.avro.AvroResult;
import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.SqlText;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.duckdb.TypedColumns;
import dev.wharf.engine.duckdb.ValueSql;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.util.FileSystemUtils;

/** Copies a table into the result file. */
final class ResultWriter {
    /** Rows of a row group: DuckDB's default. Fewer take longer to write, and to read. */
    private static final int MOST_ROWS = 122_880;
    /** Text of a row group: what is buffered for it does not count against DuckDB's memory limit. */
    private static final long ROW_GROUP_BYTES = 16 << 20;
    /** Of rows that are long, or of which nobody knows how long they are. */
    private static final int FEWEST_ROWS = 30_720;
    /** One text a line, as it is. */
    private static final String LINES =
            "FORMAT csv, HEADER false, COMPRESSION 'none', QUOTE '', ESCAPE '', DELIMITER ''";

    /** The result, before the compression is put around it. */
    private static final String PLAIN = ".plain";

    /** Parts, before they have their names. */
    private static final String NUMBERED = "number-";

    private static final String ZERO = "wharf: zero in column ";
    private static final Pattern ZERO_COLUMN = Pattern.compile(ZERO + "(\\d+)");

    private final DuckDbSession session;
    private final EngineRun run;
    private final Path target;

    ResultWriter(DuckDbSession session, EngineRun run) throws IOException {
        this.session = session;
        this.run = run;
        this.target = run.source().folder().toRealPath().resolve(isPassedOn(run) ? PLAIN : run.resultName());
    }

    /** Whether DuckDB writes what is not the result yet. */
    private static boolean isPassedOn(EngineRun run) {
        boolean text = run.resultFormat() == ResultFormat.CSV || run.resultFormat() == ResultFormat.JSON;
        return text && (run.isInParts() || run.around() != Compression.NONE);
    }

    EngineResult write(Table table) throws SQLException, IOException {
        if (run.isInParts()) {
            Files.createDirectory(run.result());
        }
        long rows;
        if (isPassedOn(run)) {
            try {
                rows = writeChecked(table);
                passOn();
            } finally {
                Files.deleteIfExists(target);
            }
        } else {
            rows = writeChecked(table);
        }
        var files = new ArrayList<Path>();
        if (run.isInParts()) {
            for (int number = 0; Files.exists(run.part(number)); number++) {
                files.add(run.part(number));
            }
        } else {
            files.add(run.result());
        }
        long size = 0;
        for (var file : files) {
            size += Files.size(file);
        }
        return new EngineResult(files, rows, size);
    }

    private void passOn() throws IOException {
        if (run.isInParts()) {
            new TextParts(run).cut(target);
        } else {
            Packing.pack(target, run.around(), run.result());
        }
    }

    private long writeChecked(Table table) throws SQLException, IOException {
        long rows = writePlain(table);
        table.checkRead(rows);
        return rows;
    }

    private long writePlain(Table table) throws SQLException, IOException {
        if (run.resultFormat() == ResultFormat.CSV) {
            return writeCsv(table);
        }
        boolean json = run.resultFormat() == ResultFormat.JSON;
        boolean infer = run.source().inferTypes() && !table.typed() && !(json && table.content() == Table.Content.JSON);
        // Of rows that are read one by one DuckDB does not say what was wrong with a later one.
        boolean guess = infer && run.resultFormat() != ResultFormat.AVRO;
        var guessed =
                guess ? TypedColumns.guessed(session, table, run.source().said().types()) : null;
        if (guessed != null) {
            try {
                return writeTyped(table, guessed);
            } catch (SQLException failure) {
                if (!TypedColumns.isGuessedWrong(failure)) {
                    throw failure;
                }
                clear();
            }
        }
        return writeTyped(
                table, TypedColumns.of(session, table, run.source().said().types(), infer));
    }

    /** Removes what was begun. */
    private void clear() throws IOException {
        FileSystemUtils.deleteRecursively(target);
        if (run.isInParts()) {
            FileSystemUtils.deleteRecursively(run.result());
            Files.createDirectory(run.result());
        }
    }

    private long writeTyped(Table table, TypedColumns columns) throws SQLException, IOException {
        try {
            return switch (run.resultFormat()) {
                case CSV -> throw new IllegalStateException("Without types");
                case JSON -> copy("SELECT " + line(table, columns) + " FROM " + columns.from(), LINES);
                case PQT -> writeParquet(named(table, columns), rowGroup(table));
                case AVRO ->
                    AvroResult.of(table, columns)
                            .write(
                                    session,
                                    run.compression(),
                                    number -> run.isInParts() ? run.part(number) : target,
                                    run.partBytes());
            };
        } catch (SQLException failure) {
            var notOfItsType = columns.problem(session, failure);
            if (notOfItsType != null) {
                throw notOfItsType;
            }
            throw failure;
        }
    }

    private long writeParquet(String rows, long rowGroup) throws SQLException, IOException {
        var options = "FORMAT parquet, COMPRESSION " + inside() + ", ROW_GROUP_SIZE " + rowGroup;
        if (!run.isInParts()) {
            return copy(rows, options);
        }
        // A part ends with the row group in which it reaches its size.
        long count = copy(
                rows,
                options + ", FILE_SIZE_BYTES " + run.partBytes() + ", FILENAME_PATTERN '" + NUMBERED
                        + "{i}', FILE_EXTENSION 'made'");
        var made = target.resolve(NUMBERED + "0.made");
        for (int number = 0; Files.exists(made); made = target.resolve(NUMBERED + ++number + ".made")) {
            Files.move(made, run.part(number));
        }
        return count;
    }

    /** A part ends with one. */
    private long rowGroup(Table table) {
        if (table.counted() == null || run.isInParts()) {
            return FEWEST_ROWS;
        }
        long fitting = ROW_GROUP_BYTES / Math.max(1, table.counted().bytesOfRow());
        return Math.max(FEWEST_ROWS, Math.min(fitting, MOST_ROWS));
    }

    private String inside() {
        return (run.compression() == Compression.NONE ? Compression.ZSTD : run.compression()).title();
    }

    /** The header is a row of ours, because DuckDB would rename columns whose names repeat and refuse blank ones. */
    private long writeCsv(Table table) throws SQLException {
        boolean header = run.csv().header();
        var rows =
                "SELECT " + String.join(", ", table.each(number -> checked(table, number))) + " FROM " + table.from();
        if (header) {
            table.names().forEach(name -> refuseZero(name, "CSV"));
            rows = "SELECT " + table.names().stream().map(SqlText::text).collect(Collectors.joining(", "))
                    + " UNION ALL " + rows;
        }
        var options = "FORMAT csv, HEADER false, COMPRESSION 'none', QUOTE '\"', ESCAPE '\"', NULLSTR '', DELIMITER "
                + SqlText.text(String.valueOf(run.csv().delimiter()))
                + (run.csv().quoteEveryField() ? ", FORCE_QUOTE *" : "");
        try {
            return copy(rows, options) - (header ? 1 : 0);
        } catch (SQLException failure) {
            if (isZero(failure)) {
                throw zero(table, failure);
            }
            throw failure;
        }
    }

    /** Delimited text was found to be text when it was opened; other formats can hold what no text can. */
    private static String checked(Table table, int number) {
        var text = table.text(number);
        return table.content() == Table.Content.TEXT
                ? text
                : "CASE WHEN " + hasZero(text) + " THEN error('" + ZERO + number + "') ELSE " + text + " END";
    }

    private static String hasZero(String text) {
        return "contains(" + text + ", chr(0))";
    }

    private static boolean isZero(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains(ZERO);
    }

    private ProblemException zero(Table table, SQLException failure) throws SQLException {
        int column = ZERO_COLUMN
                .matcher(failure.getMessage())
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow();
        var row = session.query("SELECT min(number) FROM (SELECT row_number() OVER () AS number, "
                        + hasZero(table.text(column)) + " AS broken FROM " + table.from() + ") WHERE broken")
                .get(0)
                .get(0);
        return refused("Row " + row + " of the result has a character of zero (U+0000) in \""
                + table.names().get(column - 1) + "\", which CSV cannot hold; choose JSON or Parquet.");
    }

    private static void refuseZero(String name, String format) {
        if (name.indexOf(0) >= 0) {
            throw refused("The column " + ValueSql.quotedName(name)
                    + " has a character of zero (U+0000) in its name, which " + format + " cannot hold; choose JSON.");
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.VALIDATION_FAILED, detail);
    }

    /** A row as one line of JSON. By us, because DuckDB changes digits and writes NaN, which is no JSON. */
    private static String line(Table table, TypedColumns columns) {
        var names = table.distinctNames(UnaryOperator.identity(), true);
        var values = table.each(columns::json);
        return IntStream.range(0, values.size())
                .mapToObj(at -> SqlText.text((at == 0 ? "{" : ",") + ValueSql.quotedName(names.get(at)) + ":") + ", "
                        + ValueSql.orNull(values.get(at)))
                .collect(Collectors.joining(", ", "concat(", ", '}')"));
    }

    private static String named(Table table, TypedColumns columns) {
        var names = table.distinctNames(name -> name.toLowerCase(Locale.ROOT), false);
        names.forEach(name -> refuseZero(name, "Parquet"));
        var values = table.typed() ? SqlText.columns(table.names().size()) : table.each(columns::value);
        return "SELECT "
                + IntStream.range(0, values.size())
                        .mapToObj(at -> values.get(at) + " AS " + SqlText.name(names.get(at)))
                        .collect(Collectors.joining(", "))
                + " FROM " + columns.from();
    }

    private long copy(String rows, String options) throws SQLException {
        return session.execute("COPY (" + rows + ") TO " + SqlText.text(target.toString()) + " (" + options + ")");
    }
}
