package dev.wharf.engine.profile;

import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.SqlText;
import dev.wharf.engine.profile.Profile.Bucket;
import dev.wharf.engine.profile.Profile.Histogram;
import dev.wharf.engine.profile.Profile.Top;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts, in one pass over the rows, how often likely values are there and how many lie in each bucket of a scale. */
final class Counts {
    /** What is asked of each column. */
    private static final int ASKED = 2;

    private Counts() {}

    /** @param histogram null for text, and where nothing is valid */
    record Counted(Histogram histogram, List<Top> top) {}

    static List<Counted> of(
            DuckDbSession session, String rows, List<ProfiledColumn> columns, List<Measures.Measured> measured)
            throws SQLException, IOException {
        var asked = new ArrayList<String>();
        var scales = new ArrayList<List<BigDecimal>>();
        for (int at = 0; at < columns.size(); at++) {
            var column = columns.get(at);
            var likely = measured.get(at).likely();
            var ends = ends(column.type(), measured.get(at));
            scales.add(ends);
            asked.add(
                    likely.isEmpty()
                            ? "NULL"
                            : "to_json(map_entries(histogram_exact(s" + column.number() + ", " + SqlText.texts(likely)
                                    + ")))");
            asked.add(ends.isEmpty() ? "NULL" : "to_json(map_values(" + histogram(column, ends) + "))");
        }
        var found = session.query("SELECT count(*), " + String.join(", ", asked) + " FROM " + rows)
                .get(0);
        var counts = new ArrayList<Counted>();
        for (int at = 0; at < columns.size(); at++) {
            int from = 1 + at * ASKED;
            counts.add(new Counted(
                    histogram(columns.get(at).type(), measured.get(at), scales.get(at), found.get(from + 1)),
                    top(measured.get(at).likely(), found.get(from))));
        }
        return counts;
    }

    private static List<BigDecimal> ends(ProfiledType type, Measures.Measured measured) {
        if (measured.least() == null) {
            return List.of();
        }
        return type.isNumber()
                ? Scale.ofNumbers(measured.least(), measured.largest(), type.isWhole())
                : Scale.ofTimes(
                        measured.least().longValueExact(), measured.largest().longValueExact());
    }

    private static String histogram(ProfiledColumn column, List<BigDecimal> ends) {
        var texts = ends.stream().map(BigDecimal::toString).toList();
        return "histogram(" + column.type().position("v" + column.number()) + ", CAST(" + SqlText.texts(texts) + " AS "
                + (column.type().isNumber() && !column.type().isWhole() ? "DOUBLE" : "BIGINT") + "[]))";
    }

    private static Histogram histogram(
            ProfiledType type, Measures.Measured measured, List<BigDecimal> ends, String found) throws IOException {
        if (measured.least() == null) {
            return null;
        }
        if (ends.isEmpty()) {
            return new Histogram(List.of(new Bucket(measured.min(), measured.valid())), measured.max());
        }
        var buckets = new ArrayList<Bucket>();
        var from = measured.min();
        int at = 0;
        for (var count : FoundJson.list(found)) {
            if (at < ends.size()) {
                buckets.add(new Bucket(from, count.asLong()));
                from = at == ends.size() - 1 ? measured.max() : type.shown(ends.get(at));
                at++;
            }
        }
        return new Histogram(buckets, from);
    }

    private static List<Top> top(List<String> likely, String found) throws IOException {
        var top = new ArrayList<Top>();
        for (var entry : FoundJson.list(found)) {
            var value = entry.path("key").asText();
            if (likely.contains(value)) { // all others are counted together
                top.add(new Top(value, entry.path("value").asLong()));
            }
        }
        top.sort(Comparator.comparingLong(Top::count).reversed().thenComparing(Top::value));
        return top;
    }
}
