package dev.wharf.engine.profile;

import dev.wharf.engine.duckdb.ColumnTypes;
import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.SaidTypeSql;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.file.SaidTypes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * A column that is looked at: of which type it is, and which of its values are.
 *
 * @param number from 1
 * @param name which no other column has
 * @param text the text of a value, from the table; null where it is missing
 * @param typed from that text and the value as the table has it: a value of the type, null where it is none
 */
record ProfiledColumn(int number, String name, ProfiledType type, String text, BinaryOperator<String> typed) {
    /** A column is of the type that so many of its values have, of a hundred; else it is text. */
    private static final int MOST_COMMON = 80;

    private static final int NUMBERS = ColumnTypes.INTEGERS | ColumnTypes.LONG_INTEGERS | ColumnTypes.DECIMALS;
    private static final int TIMES = ColumnTypes.DATES | ColumnTypes.TIMESTAMPS;
    private static final int ANYTHING = -1;

    /**
     * The first columns of a table.
     *
     * @param infer whether text of which no type was said may be numbers, booleans, dates and times
     * @param most how many columns, at most
     */
    static List<ProfiledColumn> of(DuckDbSession session, Table table, SaidTypes said, boolean infer, int most)
            throws SQLException {
        var names = table.distinctNames(UnaryOperator.identity(), true);
        var counts = table.typed() || !infer ? null : ColumnTypes.counts(session, table, most);
        var columns = new ArrayList<ProfiledColumn>();
        for (int number = 1; number <= Math.min(most, names.size()); number++) {
            var saidType = said.of(table.names().get(number - 1));
            var kinds = counts == null ? Map.<Integer, Long>of() : counts.get(number - 1);
            var name = names.get(number - 1);
            columns.add(
                    table.typed()
                            ? stated(table, number, name)
                            : saidType != null
                                    ? said(table, number, name, saidType)
                                    : found(table, number, name, kinds));
        }
        return columns;
    }

    private static ProfiledColumn stated(Table table, int number, String name) {
        var type = new ProfiledType(table.types().get(number - 1));
        return new ProfiledColumn(number, name, type, table.text(number), (text, value) -> value);
    }

    private static ProfiledColumn said(Table table, int number, String name, String type) {
        var sql = new SaidTypeSql(type);
        return new ProfiledColumn(
                number,
                name,
                new ProfiledType(type),
                table.text(number),
                (text, value) -> "CASE WHEN " + sql.allows(text) + " THEN " + sql.cast(text) + " END");
    }

    /** @param counts how many values of each kind it has */
    private static ProfiledColumn found(Table table, int number, String name, Map<Integer, Long> counts) {
        int kinds = commonKinds(counts);
        var type = type(kinds, counts);
        boolean all = counts.keySet().stream().allMatch(kind -> (kind & kinds) != 0);
        BinaryOperator<String> typed = (text, value) -> {
            var cast = "TRY_CAST(" + text + " AS " + type + ")";
            return all
                    ? cast
                    : "CASE WHEN (" + ColumnTypes.kind(table, text, value) + ") & " + kinds + " <> 0 THEN " + cast
                            + " END";
        };
        return new ProfiledColumn(number, name, new ProfiledType(type), table.text(number), typed);
    }

    /** The kinds that make up the type of a column. */
    private static int commonKinds(Map<Integer, Long> counts) {
        for (int kinds : new int[] {NUMBERS, TIMES, ColumnTypes.BOOLEANS}) {
            if (share(counts, kinds) >= MOST_COMMON) {
                return kinds;
            }
        }
        return ANYTHING;
    }

    private static long share(Map<Integer, Long> counts, int kinds) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long those = counts.entrySet().stream()
                .filter(count -> (count.getKey() & kinds) != 0)
                .mapToLong(Map.Entry::getValue)
                .sum();
        return all == 0 ? 0 : 100 * those / all;
    }

    private static String type(int kinds, Map<Integer, Long> counts) {
        return switch (kinds) {
            case NUMBERS -> counts.containsKey(ColumnTypes.DECIMALS) ? "DOUBLE" : "BIGINT";
            case TIMES -> counts.containsKey(ColumnTypes.TIMESTAMPS) ? "TIMESTAMP" : "DATE";
            case ColumnTypes.BOOLEANS -> "BOOLEAN";
            default -> ProfiledType.TEXT;
        };
    }

    /** What is compared and counted: a value of the type's {@link ProfiledType#measure}, null where there is none. */
    String measured(String text, String value) {
        return type.measured(text, typed.apply(text, value));
    }
}
