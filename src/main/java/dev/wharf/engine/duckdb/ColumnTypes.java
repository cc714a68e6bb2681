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
    /** Up to 15 digits, which a DOUBLE holds. */
    private static final String POWER = "-?([0-9](\\.[0-9]{1,14})?|[0-9]{1,8}(\\.[0-9]{1,7})?)[eE][-+]?[0-9]{1,2}";

    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String TIMESTAMP = DATE + "[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?";

    /** Columns of one pass: each needs memory, and time before the first row. */
    public static final int AT_ONCE = 200;

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
        var types = new ArrayList<String>();
        for (int first = 1; first <= table.names().size(); first += AT_ONCE) {
            int last = Math.min(table.names().size(), first + AT_ONCE - 1);
            var kinds = new String[last - first + 1];
            for (var found : session.query(kinds(table, first, last))) {
                kinds[Integer.parseInt(found.get(0)) - first] = found.get(1);
            }
            Arrays.stream(kinds).map(ColumnTypes::type).forEach(types::add);
        }
        return types;
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
    private static String type(String kinds) {
        if (kinds == null) {
            return null;
        }
        return switch (Integer.parseInt(kinds)) {
            case INTEGERS, LONG_INTEGERS, INTEGERS | LONG_INTEGERS -> "BIGINT";
            case DECIMALS, INTEGERS | DECIMALS -> "DOUBLE";
            case BOOLEANS -> "BOOLEAN";
            case DATES -> "DATE";
            case TIMESTAMPS -> "TIMESTAMP";
            default -> "VARCHAR";
        };
    }
}
