package dev.wharf.engine;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is kept of a file's sample to decide whether its first row holds names.
 *
 * @param evidence what the rows below say of the first one
 */
record CsvHead(StagedFile file, List<String> firstRow, Evidence evidence) {
    private static final Pattern VALUE = Pattern.compile("(?i)[-+]?[0-9][0-9.,:/ eEtTzZ+-]*|true|false");

    enum Evidence {
        NAMES,
        DATA,
        NONE
    }

    static CsvHead of(CsvSample sample, char delimiter) {
        var firstRow = sample.firstRow(delimiter);
        return new CsvHead(sample.file(), firstRow, evidence(firstRow, sample.rows(delimiter)));
    }

    /**
     * Text above values such as numbers, dates or booleans is a header. So is a first row that several files share.
     * Values above values are data. Where all is text, the first row is a header unless it has blanks or repeats.
     *
     * @param heads of all files, at least one
     */
    static boolean areNames(List<CsvHead> heads) {
        if (heads.stream().anyMatch(head -> head.evidence() == Evidence.NAMES)) {
            return true;
        }
        var first = heads.get(0).firstRow();
        if (heads.size() > 1 && heads.stream().allMatch(head -> head.firstRow().equals(first))) {
            return true;
        }
        return heads.stream().noneMatch(head -> head.evidence() == Evidence.DATA)
                && first.stream().noneMatch(name -> name.isBlank() || isValue(name))
                && first.stream().distinct().count() == first.size();
    }

    private static Evidence evidence(List<String> firstRow, List<List<String>> rows) {
        var found = Evidence.NONE;
        for (int column = 0; column < firstRow.size() && found != Evidence.NAMES; column++) {
            var name = firstRow.get(column);
            if (!name.isBlank() && valuesBelow(rows, column)) {
                found = isValue(name) ? Evidence.DATA : Evidence.NAMES;
            }
        }
        return found;
    }

    private static boolean valuesBelow(List<List<String>> rows, int column) {
        var values = rows.stream()
                .skip(1)
                .filter(row -> column < row.size())
                .map(row -> row.get(column))
                .filter(value -> !value.isBlank())
                .toList();
        return !values.isEmpty() && values.stream().allMatch(CsvHead::isValue);
    }

    private static boolean isValue(String text) {
        return VALUE.matcher(text.strip()).matches();
    }
}
