package dev.wharf.running;

import java.util.List;
import java.util.regex.Pattern;

/** Decides whether the first rows of files are names or data. */
final class HeaderDetection {
    private static final Pattern VALUE = Pattern.compile("(?i)[-+]?[0-9][0-9.,:/ eEtTzZ+-]*|true|false");

    private enum Evidence {
        NAMES,
        DATA,
        NONE
    }

    private HeaderDetection() {}

    /**
     * Text above values such as numbers, dates or booleans is a header. So is a first row that several files share.
     * Values above values are data. Where all is text, the first row is a header unless it has blanks or repeats.
     *
     * @param files the first rows of each file, at least one file
     */
    static boolean present(List<List<List<String>>> files) {
        var evidence = files.stream().map(HeaderDetection::evidence).toList();
        if (evidence.contains(Evidence.NAMES)) {
            return true;
        }
        var first = files.get(0).get(0);
        if (files.size() > 1 && files.stream().allMatch(rows -> rows.get(0).equals(first))) {
            return true;
        }
        return !evidence.contains(Evidence.DATA)
                && first.stream()
                        .noneMatch(name ->
                                name.isBlank() || VALUE.matcher(name.strip()).matches())
                && first.stream().distinct().count() == first.size();
    }

    private static Evidence evidence(List<List<String>> rows) {
        var first = rows.get(0);
        var found = Evidence.NONE;
        for (int column = 0; column < first.size() && found != Evidence.NAMES; column++) {
            if (valuesBelow(rows, column)) {
                var name = first.get(column).strip();
                if (!name.isEmpty() && !VALUE.matcher(name).matches()) {
                    found = Evidence.NAMES;
                } else if (!name.isEmpty()) {
                    found = Evidence.DATA;
                }
            }
        }
        return found;
    }

    private static boolean valuesBelow(List<List<String>> rows, int column) {
        var values = rows.stream()
                .skip(1)
                .filter(row -> column < row.size())
                .map(row -> row.get(column).strip())
                .filter(value -> !value.isEmpty())
                .toList();
        return !values.isEmpty()
                && values.stream().allMatch(value -> VALUE.matcher(value).matches());
    }
}
