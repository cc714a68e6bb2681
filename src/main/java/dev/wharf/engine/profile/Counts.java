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

/**
 * Counts, in one pass over the rows, how often likely values are there and how many lie in each bucket of a scale; and
 * takes what only {@link Measures} makes exact, or keeps bounded.
 */
final class Counts {
    /** What is asked of each column. */
    private static final int ASKED = 5;
    /** Columns of about so many different values, which are 10,000 with a doubt of half as many, have these counted. */
    private static final long COUNTED_DISTINCT = 15_000;

    private Counts() {}

    /**
     * One column.
     *
     * @param histogram null for text, and where nothing is valid
     * @param distinct how many different values are valid; null where there are too many to be counted
     * @param mean null for what are no numbers
     */
    record Counted(Histogram histogram, List<Top> top, Long distinct, Double mean, Double deviation) {}

    static List<Counted> of(
            DuckDbSession session, String rows, List<ProfiledColumn> columns, List<Measures.Measured> measured)
            throws SQLException, IOException {
        var asked = new ArrayList<String>();
        var scales = new ArrayList<List<BigDecimal>>();
        var origins = new ArrayList<BigDecimal>();
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
            var origin = column.type()
                    .origin(measured.get(at).least(), measured.get(at).largest());
            var distance = column.type().distance("v" + column.number(), origin);
            origins.add(origin);
            asked.add(
                    measured.get(at).distinct() > COUNTED_DISTINCT
                            ? "NULL"
                            : "count(DISTINCT " + (column.type().isScale() ? "v" : "s") + column.number() + ")");
            asked.add(column.type().isNumber() ? "avg(" + distance + ")" : "NULL");
            asked.add(column.type().isNumber() ? deviation(distance) : "NULL");
        }
        var found = session.query("SELECT count(*), " + String.join(", ", asked) + " FROM " + rows)
                .get(0);
        var counts = new ArrayList<Counted>();
        for (int at = 0; at < columns.size(); at++) {
            int from = 1 + at * ASKED;
            counts.add(new Counted(
                    histogram(columns.get(at).type(), measured.get(at), scales.get(at), found.get(from + 1)),
                    top(measured.get(at).likely(), found.get(from)),
                    found.get(from + 2) == null ? null : Long.valueOf(found.get(from + 2)),
                    mean(origins.get(at), found.get(from + 3)),
                    ProfiledType.number(found.get(from + 4))));
        }
        return counts;
    }

    /** Of numbers whose squares are too large for a DOUBLE there is none. */
    private static String deviation(String number) {
        var small = "abs(" + number + ") < 1e150";
        return "CASE WHEN bool_and(" + small + ") THEN stddev_samp(CASE WHEN " + small + " THEN " + number
                + " END) END";
    }

    private static Double mean(BigDecimal origin, String distance) {
        var number = ProfiledType.number(distance);
        return number == null ? null : origin.add(new BigDecimal(number)).doubleValue();
    }

    private static List<BigDecimal> ends(ProfiledType type, Measures.Measured measured) {
        if (measured.least() == null) {
            return List.of();
        }
        return type.isNumber()
                ? Scale.ofNumbers(measured.least(), measured.largest(), type.leastStep())
                : Scale.ofTimes(
                        measured.least().longValueExact(), measured.largest().longValueExact());
    }

    private static String histogram(ProfiledColumn column, List<BigDecimal> ends) {
        boolean exact = column.type().leastStep() != null;
        var texts = ends.stream()
                .map(exact ? BigDecimal::toPlainString : BigDecimal::toString)
                .toList();
        return "histogram(" + column.type().position("v" + column.number()) + ", CAST(" + SqlText.texts(texts) + " AS "
                + (column.type().isNumber() ? column.type().measure() : "BIGINT") + "[]))";
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
                top.add(new Top(shown(value), entry.path("value").asLong()));
            }
        }
        top.sort(Comparator.comparingLong(Top::count).reversed().thenComparing(Top::value));
        return List.copyOf(top.subList(0, Math.min(top.size(), Profiler.MOST_VALUES)));
    }

    /** What is shown of a value, by its key. */
    private static String shown(String key) {
        boolean cut = key.codePointCount(0, key.length()) > Profiler.LONGEST_TEXT;
        return cut ? key.substring(0, key.offsetByCodePoints(0, Profiler.LONGEST_TEXT)) : key;
    }
}
