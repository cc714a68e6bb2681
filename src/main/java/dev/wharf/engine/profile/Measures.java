package dev.wharf.engine.profile;

import dev.wharf.engine.duckdb.DuckDbSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one pass over the rows finds of columns.
 *
 * @param rows how many there are
 */
record Measures(long rows, List<Measured> columns) {
    /** What is asked of each column. */
    private static final int ASKED = 9;

    /**
     * One column.
     *
     * @param present values that are not missing
     * @param quantiles those of {@link Profile#QUANTILES}; none for text
     * @param least the least value on the scale of a histogram; null for text
     * @param distinct about how many different values there are
     * @param likely keys of values that seem to be frequent
     */
    record Measured(
            long present,
            long valid,
            long distinct,
            Object min,
            Object max,
            List<Object> quantiles,
            BigDecimal least,
            BigDecimal largest,
            List<String> likely) {}

    static Measures of(DuckDbSession session, String rows, List<ProfiledColumn> columns)
            throws SQLException, IOException {
        var asked = new ArrayList<String>();
        columns.forEach(column -> asked.addAll(asked(column)));
        var found = session.query("SELECT count(*), " + String.join(", ", asked) + " FROM " + rows)
                .get(0);
        var measured = new ArrayList<Measured>();
        for (int at = 0; at < columns.size(); at++) {
            int from = 1 + at * ASKED;
            measured.add(measured(columns.get(at).type(), found.subList(from, from + ASKED)));
        }
        return new Measures(Long.parseLong(found.get(0)), measured);
    }

    private static List<String> asked(ProfiledColumn column) {
        var type = column.type();
        var value = "v" + column.number();
        var shown = type.isScale() ? value : "left(" + value + ", " + Profiler.LONGEST_TEXT + ")";
        var position = type.position(value);
        return List.of(
                "count(t" + column.number() + ")",
                "count(" + value + ")",
                "approx_count_distinct(" + value + ")",
                text("min(" + shown + ")"),
                text("max(" + shown + ")"),
                type.isScale()
                        ? "to_json(CAST(approx_quantile(" + type.approximate(value) + ", " + Profile.QUANTILES
                                + ") AS VARCHAR[]))"
                        : "NULL",
                type.isScale() ? text("min(" + position + ")") : "NULL",
                type.isScale() ? text("max(" + position + ")") : "NULL",
                "to_json(approx_top_k(s" + column.number() + ", " + Profiler.LIKELY_VALUES + "))");
    }

    private static String text(String value) {
        return "CAST(" + value + " AS VARCHAR)";
    }

    private static Measured measured(ProfiledType type, List<String> found) throws IOException {
        var quantiles = new ArrayList<Object>();
        FoundJson.list(found.get(5)).forEach(one -> quantiles.add(type.shownQuantile(one.asText())));
        var likely = new ArrayList<String>();
        FoundJson.list(found.get(8)).forEach(one -> likely.add(one.asText()));
        return new Measured(
                Long.parseLong(found.get(0)),
                Long.parseLong(found.get(1)),
                Long.parseLong(found.get(2)),
                type.shown(found.get(3)),
                type.shown(found.get(4)),
                quantiles,
                found.get(6) == null ? null : new BigDecimal(found.get(6)),
                found.get(7) == null ? null : new BigDecimal(found.get(7)),
                likely);
    }
}
