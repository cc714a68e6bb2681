package dev.wharf.engine.profile;

import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.Table;
import dev.wharf.engine.file.SaidTypes;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at every value of a table, in three passes for some columns at a time: what type they are of, what they are like, and
 * how often those are there that seem to be frequent. What is kept of a column does not grow with the number of rows.
 */
public final class Profiler {
    /** So many columns are looked at, at most. */
    public static final int MOST_COLUMNS = 1_000;

    /** So many characters of a text are shown. */
    public static final int LONGEST_TEXT = 100;

    /** So many values are shown, and about so many buckets. */
    public static final int MOST_VALUES = 20;

    /** So many that seem to be frequent are counted. */
    static final int LIKELY_VALUES = 100;

    /** Columns of one pass: DuckDB takes long over a statement that holds more. */
    private static final int AT_ONCE = 50;

    private Profiler() {}

    /** @param infer whether text of which no type was said may be numbers, booleans, dates and times */
    public static Profile of(DuckDbSession session, Table table, SaidTypes said, boolean infer)
            throws SQLException, IOException {
        var columns = ProfiledColumn.of(session, table, said, infer, MOST_COLUMNS);
        var profiles = new ArrayList<Profile.Column>();
        long rows = 0;
        for (int from = 0; from < columns.size(); from += AT_ONCE) {
            var some = columns.subList(from, Math.min(columns.size(), from + AT_ONCE));
            var source = rows(table, some);
            var measures = Measures.of(session, source, some);
            var counts = Counts.of(session, source, some, measures.columns());
            rows = measures.rows();
            table.checkRead(rows);
            for (int at = 0; at < some.size(); at++) {
                profiles.add(profile(some.get(at), rows, measures.columns().get(at), counts.get(at)));
            }
        }
        return new Profile(rows, profiles, table.names().size());
    }

    private static Profile.Column profile(
            ProfiledColumn column, long rows, Measures.Measured measured, Counts.Counted counted) {
        return new Profile.Column(
                column.name(),
                column.type().word(),
                column.type().name(),
                measured.valid(),
                measured.present() - measured.valid(),
                rows - measured.present(),
                counted.distinct() == null ? Math.min(measured.distinct(), measured.valid()) : counted.distinct(),
                counted.distinct() != null,
                measured.min(),
                measured.max(),
                counted.mean(),
                counted.deviation(),
                measured.quantiles(),
                counted.histogram(),
                counted.top());
    }

    /** The rows, with t1 for the text of a value, v1 for the value that is compared, s1 for the key of a valid one. */
    private static String rows(Table table, List<ProfiledColumn> columns) {
        var read = new ArrayList<String>();
        var measured = new ArrayList<String>();
        var shown = new ArrayList<String>();
        for (var column : columns) {
            int number = column.number();
            read.add("nullif(" + column.text() + ", '') AS t" + number + ", c" + number + " AS r" + number);
            measured.add("t" + number + ", " + column.measured("t" + number, "r" + number) + " AS v" + number);
            shown.add("t" + number + ", v" + number + ", CASE WHEN v" + number + " IS NOT NULL THEN "
                    + key("t" + number) + " END AS s" + number);
        }
        return "(SELECT " + String.join(", ", shown) + " FROM (SELECT " + String.join(", ", measured) + " FROM (SELECT "
                + String.join(", ", read) + " FROM " + table.from() + ")))";
    }

    /** A text that tells texts apart and does not grow with them: what is shown, and of a longer one a hash of all of it. */
    private static String key(String text) {
        return "CASE WHEN length(" + text + ") > " + LONGEST_TEXT + " THEN left(" + text + ", " + LONGEST_TEXT
                + ") || md5(" + text + ") ELSE " + text + " END";
    }
}
