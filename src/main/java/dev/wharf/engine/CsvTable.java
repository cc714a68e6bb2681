package dev.wharf.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Delimited text files of one structure. The structure is decided here and DuckDB is told: its own detection skips
 * lines, invents comments and changes the delimiter to get a file through.
 *
 * @param delimiter {@link #NO_DELIMITER} where lines are not split
 * @param header whether the first row of each file holds the names
 */
record CsvTable(Table table, char delimiter, boolean header) {
    static final char NO_DELIMITER = 0;
    private static final int NAMES_AT_ONCE = 1_000;
    /** What may split a line into columns. */
    static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    /** @return null where no file has a line */
    static CsvTable open(DuckDbSession session, List<StagedFile> files, HeaderRow header) throws SQLException {
        var heads = new ArrayList<CsvHead>();
        char delimiter = NO_DELIMITER;
        for (var file : files) {
            var sample = CsvSample.of(session, file);
            if (!sample.empty()) {
                delimiter = heads.isEmpty() ? delimiter(sample) : delimiter;
                heads.add(CsvHead.of(sample, delimiter));
            }
        }
        return heads.isEmpty() ? null : open(session, heads, delimiter, header);
    }

    /** The same for one file with at least one line whose delimiter is known. */
    static CsvTable open(DuckDbSession session, StagedFile file, char delimiter) throws SQLException {
        var head = CsvHead.of(CsvSample.of(session, file), delimiter);
        return open(session, List.of(head), delimiter, HeaderRow.DETECTED);
    }

    private static CsvTable open(DuckDbSession session, List<CsvHead> heads, char delimiter, HeaderRow header)
            throws SQLException {
        var withLines = heads.stream().map(CsvHead::file).toList();
        if (delimiter == NO_DELIMITER) {
            var lines = CsvSample.lines(withLines, "strict_mode=true");
            return new CsvTable(new Table(lines, List.of("line"), Table.Content.TEXT), delimiter, false);
        }
        boolean named = header == HeaderRow.PRESENT || header == HeaderRow.DETECTED && CsvHead.areNames(heads);
        var names = named
                ? commonHeader(session, heads, delimiter)
                : numbered(heads.get(0).firstRow().size());
        var rows = read(withLines, delimiter, names.size(), named);
        return new CsvTable(new Table(rows, names, Table.Content.TEXT), delimiter, named);
    }

    private static List<String> numbered(int width) {
        return IntStream.rangeClosed(1, width)
                .mapToObj(number -> "column" + number)
                .toList();
    }

    /** What splits the lines of a file, going by its first ones; {@link #NO_DELIMITER} where it has none. */
    static char delimiter(DuckDbSession session, StagedFile file) throws SQLException {
        var sample = CsvSample.of(session, file);
        return sample.empty() ? NO_DELIMITER : delimiter(sample);
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
                                delimiter -> sample.firstRow(delimiter).size())
                        .thenComparingInt(delimiter -> -DELIMITERS.indexOf(delimiter)))
                .orElseThrow();
    }

    private static List<String> commonHeader(DuckDbSession session, List<CsvHead> heads, char delimiter)
            throws SQLException {
        var first = heads.get(0);
        var names = header(session, first, delimiter);
        for (var head : heads.subList(1, heads.size())) {
            var other = header(session, head, delimiter);
            if (!other.equals(names)) {
                throw head.file()
                        .problem("has another header than " + first.file().displayName() + ": "
                                + Differences.between(columns(names), columns(other)) + ".");
            }
        }
        return names;
    }

    /** By DuckDB, so that names are read exactly as the values below them are; a few at one time, to save memory. */
    private static List<String> header(DuckDbSession session, CsvHead head, char delimiter) throws SQLException {
        int width = head.firstRow().size();
        var read = read(List.of(head.file()), delimiter, width, false);
        var columns = SqlText.columns(width);
        var names = new ArrayList<String>();
        for (int from = 0; from < width; from += NAMES_AT_ONCE) {
            var some = columns.subList(from, Math.min(width, from + NAMES_AT_ONCE));
            session.query("SELECT " + String.join(", ", some) + " FROM " + read + " LIMIT 1").get(0).stream()
                    .map(name -> name == null ? "" : name)
                    .forEach(names::add);
        }
        return names;
    }

    private static List<Differences.Column> columns(List<String> names) {
        return names.stream().map(name -> new Differences.Column(name, "")).toList();
    }

    private static String read(List<StagedFile> files, char delimiter, int width, boolean header) {
        var columns = SqlText.columns(width).stream()
                .map(column -> "'" + column + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        // Without quoted nulls, "" is an empty text and nothing between two delimiters is a missing value.
        return "read_csv(" + SqlText.files(files) + ", auto_detect=false, header=" + header + ", delim="
                + SqlText.text(String.valueOf(delimiter))
                + ", quote='\"', escape='\"', allow_quoted_nulls=false, strict_mode=true, columns=" + columns + ")";
    }
}
