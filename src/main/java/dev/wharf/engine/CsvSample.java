package dev.wharf.engine;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The first lines of a delimited text file, for deciding how it is read. Quotes are the double quote, doubled inside;
 * backslashes and comments have no meaning.
 */
record CsvSample(StagedFile file, List<String> lines) {
    private static final int LINES = 200;
    private static final int CHARACTERS = 1_000_000;

    static CsvSample of(DuckDbSession session, StagedFile file) throws SQLException {
        // No quotes and no strictness here, so that a line end inside quotes does not look like a mix of line ends.
        var rows = session.query(
                "SELECT c1 FROM " + lines(List.of(file), "strict_mode=false") + " LIMIT " + LINES, CHARACTERS);
        return new CsvSample(
                file,
                rows.stream().map(row -> row.get(0) == null ? "" : row.get(0)).toList());
    }

    /** A table function that yields one column of lines. */
    static String lines(List<StagedFile> files, String option) {
        return "read_csv(" + SqlText.files(files) + ", auto_detect=false, header=false, delim='', quote='', escape='', "
                + option + ", columns={'c1': 'VARCHAR'})";
    }

    boolean empty() {
        return lines.isEmpty();
    }

    /** Everything, where its quotes do not end within the sample. */
    List<String> firstRow(char delimiter) {
        var rows = rows(delimiter);
        return rows.isEmpty() ? List.of(String.join("\n", lines)) : rows.get(0);
    }

    /** Rows as the delimiter splits them; a row whose quotes do not end within the sample is left out. */
    List<List<String>> rows(char delimiter) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (var line : lines) {
            for (int at = 0; at < line.length(); at++) {
                char character = line.charAt(at);
                if (character == '"' && quoted && at + 1 < line.length() && line.charAt(at + 1) == '"') {
                    field.append('"');
                    at++;
                } else if (character == '"' && (quoted || field.isEmpty())) {
                    quoted = !quoted;
                } else if (character == delimiter && !quoted) {
                    row.add(field.toString());
                    field.setLength(0);
                } else {
                    field.append(character);
                }
            }
            if (quoted) {
                field.append('\n');
                continue;
            }
            row.add(field.toString());
            field.setLength(0);
            rows.add(List.copyOf(row));
            row.clear();
        }
        return rows;
    }

    /** How many columns the delimiter makes of every sampled row; 0 where it splits none or the rows differ. */
    int width(char delimiter) {
        var widths = rows(delimiter).stream()
                .filter(row -> !row.equals(List.of("")))
                .map(List::size)
                .collect(Collectors.toSet());
        return widths.size() == 1 && !widths.contains(1) ? widths.iterator().next() : 0;
    }
}
