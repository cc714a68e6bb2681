package dev.wharf.engine.csv;

import dev.wharf.engine.file.StagedFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a file's sample says of whether its first row holds names, weighed over all columns and rows.
 *
 * @param names points for it
 * @param data points against it
 * @param single whether there is no other row, of which a name could differ
 * @param unlike whether the first row holds nothing but values and yet differs from those below, as a year above amounts does: it
 *     may be names or data
 */
public record HeaderRow(StagedFile file, List<String> firstRow, int names, int data, boolean single, boolean unlike) {
    /** Points of what is seldom a chance, such as text above nothing but numbers. */
    private static final int STRONG = 3;

    private static final int PLAIN = 2;
    private static final int WEAK = 1;
    /** What tables begin with where nothing speaks for either. */
    private static final int CUSTOM = 1;
    /** The share of values that have to be numbers, dates or booleans: one may be a word such as "unknown". */
    private static final double MOST = 0.8;

    private static final Pattern VALUE = Pattern.compile(
            "(?i)[-+(]?\\p{Sc}?\\s?[.,]?[0-9][0-9.,:/' \u00a0eEtTzZ+-]*\\s?(%|\\p{Sc}|[A-Z]{3})?\\)?|true|false");
    private static final Pattern YEAR = Pattern.compile("(18|19|20)[0-9]{2}");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern AMOUNT = Pattern.compile("[^0-9]*[0-9]*[.,][0-9]+[^0-9]*");
    private static final Pattern MISSING = Pattern.compile("(?i)\\s*(n/?a|nan|null|none|nil|-+|\\?|\\.)?\\s*");

    private enum Kind {
        YEAR,
        INTEGER,
        AMOUNT,
        OTHER
    }

    /**
     * Whether first rows are names.
     *
     * @param close whether the other answer is about as likely
     */
    public record Answer(boolean header, boolean close) {}

    static HeaderRow of(StagedFile file, CsvSample.Rows rows) {
        var first = rows.first();
        var below = rows.list().subList(1, rows.list().size());
        var texts = texts(below);
        var seen = new HashSet<String>();
        int names = 0;
        int data = 0;
        boolean unlike = false;
        for (int at = 0; at < first.size(); at++) {
            var name = first.get(at);
            var column = Column.of(below, at);
            unlike |= column.isUnlike(name);
            if (name.isBlank() && at == 0 && !first.stream().allMatch(String::isBlank)) {
                // The index that pandas and R write stands in front, without a name.
                names += column.numbers() ? PLAIN : WEAK;
            } else if (isValue(name)) {
                names += column.isAbove(name) ? WEAK : 0;
                data += column.isAbove(name) ? 0 : column.ofValue();
            } else if (!isMissing(name)) {
                names += below.isEmpty() ? WEAK : column.ofText(name);
                data += !column.numbers() && texts.contains(name) ? PLAIN : 0;
                data += seen.add(name) ? 0 : WEAK;
            }
        }
        return new HeaderRow(file, first, names, data, below.isEmpty(), unlike && isOfValues(first));
    }

    /** What stands below a name; missing values left out. */
    private record Column(List<String> values, long found) {
        static Column of(List<List<CsvSample.Value>> rows, int at) {
            var values = new ArrayList<String>();
            for (var row : rows) {
                if (at < row.size() && !isMissing(row.get(at).text())) {
                    values.add(row.get(at).text());
                }
            }
            return new Column(values, values.stream().filter(HeaderRow::isValue).count());
        }

        boolean numbers() {
            return found > 0 && found >= MOST * values.size();
        }

        /** Whether a year, a number or an amount is none of its values: years above amounts are names. */
        boolean isAbove(String name) {
            return numbers() && values.size() > 1 && values.stream().noneMatch(value -> kind(value) == kind(name));
        }

        /** A year above values none of which is one. */
        boolean isUnlike(String name) {
            return kind(name) == Kind.YEAR
                    && !values.isEmpty()
                    && values.stream().noneMatch(value -> kind(value) == Kind.YEAR);
        }

        int ofValue() {
            return numbers() || values.isEmpty() ? PLAIN : WEAK;
        }

        int ofText(String name) {
            if (numbers()) {
                return STRONG;
            }
            boolean mixed = found > 0 && 2 * found >= values.size();
            return mixed || isOfAnotherShape(name) ? WEAK : 0;
        }

        /** Codes of one length below a name of another. */
        private boolean isOfAnotherShape(String name) {
            return values.size() > 2
                    && values.stream().mapToInt(String::length).distinct().count() == 1
                    && name.length() != values.get(0).length();
        }
    }

    /** @param heads of all files, at least one */
    public static Answer areNames(List<HeaderRow> heads) {
        var first = heads.get(0).firstRow();
        int names = CUSTOM + heads.stream().mapToInt(HeaderRow::names).sum();
        int data = heads.stream().mapToInt(HeaderRow::data).sum();
        boolean same = heads.size() > 1
                && heads.stream().allMatch(head -> head.firstRow().equals(first));
        if (heads.size() > 1) {
            if (same && !isOfValues(first)) {
                return new Answer(true, false);
            }
            boolean nothingShared = heads.stream().skip(1).noneMatch(head -> head.firstRow().stream()
                    .anyMatch(first::contains));
            data += nothingShared ? PLAIN : 0;
        }
        // Years alone may be values as well: a name that is shown as data is seen, a value that became a name is lost.
        boolean header = names > data && (same || !heads.get(0).unlike());
        boolean alone = header && heads.stream().allMatch(HeaderRow::single);
        boolean unlike = heads.stream().anyMatch(HeaderRow::unlike);
        return new Answer(header, alone || unlike || Math.abs(names - data) <= WEAK);
    }

    private static Kind kind(String value) {
        var text = value.strip();
        if (YEAR.matcher(text).matches()) {
            return Kind.YEAR;
        }
        if (INTEGER.matcher(text).matches()) {
            return Kind.INTEGER;
        }
        return AMOUNT.matcher(text).matches() ? Kind.AMOUNT : Kind.OTHER;
    }

    private static Set<String> texts(List<List<CsvSample.Value>> rows) {
        var texts = new HashSet<String>();
        rows.forEach(row -> row.forEach(value -> texts.add(value.text())));
        return texts;
    }

    private static boolean isMissing(String text) {
        return MISSING.matcher(text).matches();
    }

    private static boolean isOfValues(List<String> row) {
        return row.stream().allMatch(HeaderRow::isValue);
    }

    private static boolean isValue(String text) {
        return VALUE.matcher(text.strip()).matches();
    }
}
