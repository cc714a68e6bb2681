package dev.wharf.running;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Delimited text files of one structure. The structure is decided here and DuckDB is told: its own detection skips
 * lines, invents comments and changes the delimiter to get a file through.
 */
final class CsvTable {
    private static final char NO_DELIMITER = 0;
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    private CsvTable() {}

    /** @return null where no file has a line */
    static Table open(DuckDbSession session, List<StagedFile> files, HeaderRow header) throws SQLException {
        var samples = new ArrayList<CsvSample>();
        for (var file : files) {
            var sample = CsvSample.of(session, file);
            if (!sample.empty()) {
                samples.add(sample);
            }
        }
        if (samples.isEmpty()) {
            return null;
        }
        var first = samples.get(0);
        var withLines = samples.stream().map(CsvSample::file).toList();
        char delimiter = delimiter(first);
        if (delimiter == NO_DELIMITER) {
            return new Table(CsvSample.lines(withLines, "strict_mode=true"), List.of("line"), Table.Content.TEXT);
        }
        int width = firstRow(first, delimiter).size();
        boolean named = header == HeaderRow.PRESENT
                || header == HeaderRow.DETECTED
                        && HeaderDetection.present(samples.stream()
                                .map(sample -> rows(sample, delimiter))
                                .toList());
        var names = named
                ? commonHeader(session, samples, delimiter)
                : Stream.iterate(1, number -> number + 1)
                        .limit(width)
                        .map(number -> "column" + number)
                        .toList();
        return new Table(read(withLines, delimiter, names.size(), named), names, Table.Content.TEXT);
    }

    private static char delimiter(CsvSample sample) {
        return switch (sample.file().format().kind()) {
            case TSV -> '\t';
            case TEXT -> {
                var likely = likely(sample);
                yield sample.lines().size() > 1 && sample.width(likely) > 1 ? likely : NO_DELIMITER;
            }
            default -> likely(sample);
        };
    }

    /** What splits every row alike, into most columns; where nothing does, what splits the first row most. */
    private static char likely(CsvSample sample) {
        return DELIMITERS.stream()
                .max(Comparator.<Character>comparingInt(sample::width)
                        .thenComparingInt(
                                delimiter -> firstRow(sample, delimiter).size())
                        .thenComparingInt(delimiter -> -DELIMITERS.indexOf(delimiter)))
                .orElseThrow();
    }

    private static List<String> firstRow(CsvSample sample, char delimiter) {
        return rows(sample, delimiter).get(0);
    }

    private static List<List<String>> rows(CsvSample sample, char delimiter) {
        var rows = sample.rows(delimiter);
        return rows.isEmpty() ? List.of(List.of(String.join("\n", sample.lines()))) : rows;
    }

    private static List<String> commonHeader(DuckDbSession session, List<CsvSample> samples, char delimiter)
            throws SQLException {
        var first = samples.get(0);
        var names = header(session, first, delimiter);
        for (var sample : samples.subList(1, samples.size())) {
            var other = header(session, sample, delimiter);
            if (!other.equals(names)) {
                throw sample.file()
                        .problem("has another header than " + first.file().displayName() + ": "
                                + Differences.between(columns(names), columns(other)) + ".");
            }
        }
        return names;
    }

    /** By DuckDB, so that names are read exactly as the values below them are. */
    private static List<String> header(DuckDbSession session, CsvSample sample, char delimiter) throws SQLException {
        int width = firstRow(sample, delimiter).size();
        var read = read(List.of(sample.file()), delimiter, width, false);
        return session.query("SELECT * FROM " + read + " LIMIT 1").get(0).stream()
                .map(name -> name == null ? "" : name)
                .toList();
    }

    private static List<Differences.Column> columns(List<String> names) {
        return names.stream().map(name -> new Differences.Column(name, "")).toList();
    }

    private static String read(List<StagedFile> files, char delimiter, int width, boolean header) {
        var paths = files.stream().map(file -> file.path().toString()).toList();
        var columns = Sql.columns(width).stream()
                .map(column -> "'" + column + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        // Without quoted nulls, "" is an empty text and nothing between two delimiters is a missing value.
        return "read_csv(" + Sql.texts(paths) + ", auto_detect=false, header=" + header + ", delim="
                + Sql.text(String.valueOf(delimiter))
                + ", quote='\"', escape='\"', allow_quoted_nulls=false, strict_mode=true, columns=" + columns + ")";
    }
}
