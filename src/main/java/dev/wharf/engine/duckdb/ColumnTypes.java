package dev.wharf.engine.duckdb;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the type of each column by looking at every value, not at a sample, so that no later row can contradict it. A
 * type is taken only where it loses nothing but notation: {@code 007}, {@code +5}, integers of more than 16 digits,
 * decimals that a DOUBLE cannot print again, and dates that are not ISO 8601 stay text.
 */
public final class ColumnTypes {
    private static final String INTEGER = "-?[1-9][0-9]{0,14}|0";
    private static final String LONG_INTEGER = "-?[1-9][0-9]{15}";
    private static final String DECIMAL = "-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,20})?(e[-+]?[0-9]{1,3})?";
    /** What needs no look at how a DOUBLE prints it, where it is not longer than 16 characters. */
    private static final String SHORT_DECIMAL = "-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,15})?";

    /** Up to 15 digits, which a DOUBLE holds. */
    private static final String POWER = "-?([0-9](\\.[0-9]{1,14})?|[0-9]{1,8}(\\.[0-9]{1,7})?)[eE][-+]?[0-9]{1,2}";

    /** Of 16 digits. */
    private static final long LARGEST = 9_999_999_999_999_999L;

    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String TIMESTAMP = DATE + "[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?";

    /** Columns of one pass: each needs memory, and time before the first row. */
    public static final int AT_ONCE = 200;

    /** Rows of each of a few files that types are guessed from. */
    private static final int SAMPLED_ROWS = 2_000;

    private static final int SAMPLED_FILES = 4;

    public static final int INTEGERS = 1;
    public static final int DECIMALS = 2;
    public static final int BOOLEANS = 4;
    public static final int DATES = 8;
    public static final int TIMESTAMPS = 16;
    public static final int TEXTS = 32;
    public static final int LONG_INTEGERS = 64;

    private ColumnTypes() {}

    /** The type of each column, as DuckDB calls it; text where there is no value. */
    public static List<String> of(DuckDbSession session, Table table) throws SQLException {
        return found(session, table).stream()
                .map(type -> type == null ? "VARCHAR" : type)
                .toList();
    }

    /** The same; null where there is no value. */
    public static List<String> found(DuckDbSession session, Table table) throws SQLException {
        return Arrays.stream(kinds(session, table)).map(ColumnTypes::type).toList();
    }

    /** The union of each column's kinds; null where there is no value. */
    private static Integer[] kinds(DuckDbSession session, Table table) throws SQLException {
        var kinds = new Integer[table.names().size()];
        for (int first = 1; first <= kinds.length; first += AT_ONCE) {
            int last = Math.min(kinds.length, first + AT_ONCE - 1);
            for (var found : session.query(kinds(table, first, last))) {
                kinds[Integer.parseInt(found.get(0)) - 1] = Integer.valueOf(found.get(1));
            }
        }
        return kinds;
    }

    /**
     * How many values of each kind the first columns have, empty texts not counted; of each column from the first on.
     *
     * @param most how many columns are looked at
     */
    public static List<Map<Integer, Long>> counts(DuckDbSession session, Table table, int most) throws SQLException {
        var counts = new ArrayList<Map<Integer, Long>>();
        int all = Math.min(most, table.names().size());
        for (int first = 1; first <= all; first += AT_ONCE) {
            int last = Math.min(all, first + AT_ONCE - 1);
            for (int number = first; number <= last; number++) {
                counts.add(new HashMap<>());
            }
            var sql = "SELECT number, kind, count(*) FROM (SELECT number, " + kind(table, "text", "value")
                    + " AS kind FROM " + values(table, first, last) + " WHERE text <> '') GROUP BY number, kind";
            for (var found : session.query(sql)) {
                counts.get(Integer.parseInt(found.get(0)) - 1)
                        .put(Integer.valueOf(found.get(1)), Long.valueOf(found.get(2)));
            }
        }
        return counts;
    }

    /**
     * The types that columns of text have in the first rows of some files; null where there is no value. The type of all values
     * is the same where these are {@link #holds} for it, and text is text for good.
     *
     * @return null for more columns than can be looked at in a pass
     */
    static List<String> guessed(DuckDbSession session, Table table) throws SQLException {
        if (table.content() != Table.Content.TEXT || table.names().size() > AT_ONCE) {
            return null;
        }
        var kinds = new Integer[table.names().size()];
        int files = table.parts().size();
        int some = Math.min(files, SAMPLED_FILES);
        for (int at = 0; at < some; at++) {
            // One after the other: each holds a buffer.
            var part = table.parts().get(some == 1 ? 0 : at * (files - 1) / (some - 1));
            var rows = "(SELECT * FROM " + part.from() + " LIMIT " + SAMPLED_ROWS + ")";
            var found = kinds(session, new Table(rows, table.names(), table.content(), List.of()));
            for (int column = 0; column < kinds.length; column++) {
                kinds[column] = union(kinds[column], found[column]);
            }
        }
        return Arrays.stream(kinds).map(ColumnTypes::type).collect(Collectors.toList());
    }

    private static Integer union(Integer one, Integer other) {
        return one == null || other == null ? one == null ? other : one : Integer.valueOf(one | other);
    }

    /**
     * Whether a text is a value of a type that {@link #of} finds. Most are what the type is written as; only others are looked at
     * by the patterns, which cost more than all else.
     *
     * @param type one of these; null for where there is no value
     * @param value the text, cast to the type, or null
     */
    static String holds(Table table, String type, String text, String value) {
        if (type == null) {
            return text + " IS NULL";
        }
        return switch (type) {
            case "BIGINT" -> isWritten(text, value) + " AND " + value + " BETWEEN -" + LARGEST + " AND " + LARGEST;
            case "DOUBLE" ->
                "CASE WHEN length(" + text + ") <= 16 AND " + matches(text, SHORT_DECIMAL) + " THEN true ELSE "
                        + isOfKind(table, text, INTEGERS | DECIMALS) + " END";
            case "DATE" -> isWritten(text, value) + " AND length(" + text + ") = 10";
            case "BOOLEAN" ->
                "CASE WHEN " + isWritten(text, value) + " THEN true ELSE lower(" + text + ") IN ('true', 'false') END";
            case "TIMESTAMP" -> isOfKind(table, text, TIMESTAMPS);
            default -> "true";
        };
    }

    private static String isWritten(String text, String value) {
        return "CAST(" + value + " AS VARCHAR) = " + text;
    }

    private static String isOfKind(Table table, String text, int kinds) {
        return "(" + kind(table, text, text) + ") & " + kinds + " <> 0";
    }

    /** One test for all columns: DuckDB takes long over a statement that holds one for each. */
    private static String kinds(Table table, int first, int last) {
        return "SELECT number, bit_or(" + kind(table, "text", "value") + ") FROM " + values(table, first, last)
                + " GROUP BY number";
    }

    /** Every value there is as a row: the number of its column, the value, and that as text. */
    private static String values(Table table, int first, int last) {
        var numbers = IntStream.rangeClosed(first, last).boxed().toList();
        var columns = numbers.stream().map(number -> "c" + number).collect(Collectors.joining(", "));
        return "(SELECT number, value, " + table.text("value") + " AS text FROM (SELECT unnest(" + numbers
                + ") AS number, unnest([" + columns + "]) AS value FROM " + table.from() + ") WHERE value IS NOT NULL)";
    }

    /**
     * The kind of a value.
     *
     * @param text the value's text
     * @param value as the table has it
     */
    public static String kind(Table table, String text, String value) {
        boolean json = table.content() == Table.Content.JSON;
        var string = json ? "starts_with(" + value + ", '\"')" : "false";
        // Most text leaves by the first tests, which cost less than the patterns.
        return "CASE WHEN NOT " + string + " AND lower(" + text + ") IN ('true', 'false') THEN " + BOOLEANS
                + " WHEN length(" + text + ") > 26 OR NOT ascii(" + text + ") BETWEEN 45 AND 57 THEN " + TEXTS
                + " WHEN NOT " + string + " AND " + matches(text, INTEGER) + " THEN " + INTEGERS
                + " WHEN NOT " + string + " AND " + matches(text, LONG_INTEGER) + " THEN " + LONG_INTEGERS
                + " WHEN NOT " + string + " AND " + matches(text, DECIMAL) + " AND " + exactDecimal(text) + " THEN "
                + DECIMALS
                + (json ? " WHEN NOT " + string + " AND " + isPower(text) + " THEN " + DECIMALS : "")
                + " WHEN " + matches(text, DATE) + " AND CAST(TRY_CAST(" + text + " AS DATE) AS VARCHAR) = " + text
                + " THEN "
                + DATES
                + " WHEN " + matches(text, TIMESTAMP) + " AND " + isSameTime(text) + " THEN " + TIMESTAMPS
                + " ELSE " + TEXTS + " END";
    }

    /** Hour 24 would become the next day's first, and year 0 another one. */
    private static String isSameTime(String text) {
        return "starts_with(CAST(TRY_CAST(" + text + " AS TIMESTAMP) AS VARCHAR), replace(left(" + text
                + ", 19), 'T', ' '))";
    }

    /** A DOUBLE holds any 15 digits, and more where it prints them again. */
    private static String exactDecimal(String text) {
        return "(length(" + text + ") <= 16 AND NOT contains(" + text + ", 'e') OR CAST(TRY_CAST(" + text
                + " AS DOUBLE) AS VARCHAR) = " + text + ")";
    }

    /** A number of JSON is a number in every notation: 1E5, 1e+05. */
    private static String isPower(String text) {
        return "(" + matches(text, POWER) + " OR " + power(text) + " = "
                + power("CAST(TRY_CAST(" + text + " AS DOUBLE) AS VARCHAR)") + ")";
    }

    /** Without signs and digits that mean nothing. */
    private static String power(String text) {
        return "regexp_replace(lower(" + text + "), 'e\\+?(-?)0*', 'e\\1')";
    }

    private static String matches(String text, String pattern) {
        return "regexp_full_match(" + text + ", " + SqlText.text(pattern) + ")";
    }

    /** @param kinds the union of a column's kinds, null where there is no value */
    private static String type(Integer kinds) {
        if (kinds == null) {
            return null;
        }
        return switch (kinds) {
            case INTEGERS, LONG_INTEGERS, INTEGERS | LONG_INTEGERS -> "BIGINT";
            case DECIMALS, INTEGERS | DECIMALS -> "DOUBLE";
            case BOOLEANS -> "BOOLEAN";
            case DATES -> "DATE";
            case TIMESTAMPS -> "TIMESTAMP";
            default -> "VARCHAR";
        };
    }
}
