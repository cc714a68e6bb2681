package dev.wharf.engine.profile;

import java.util.List;

/**
 * What the values of each column are like. Counts are exact, but for {@code distinct} where it says so; means and
 * deviations have the precision of a DOUBLE; quantiles are approximate, and so is which values are the most frequent ones.
 *
 * @param rows all there are
 * @param columns those that were looked at: the first {@value Profiler#MOST_COLUMNS}
 * @param allColumns how many there are
 */
public record Profile(long rows, List<Column> columns, int allColumns) {
    /** Of which quantiles are found. */
    public static final List<Double> QUANTILES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

    /**
     * One column. Numbers are {@link Number}s, everything else is text as results have it, of which {@value
     * Profiler#LONGEST_TEXT} characters are shown.
     *
     * @param name which no other column has
     * @param type by its name in the v4 API, such as {@code Integer}
     * @param engineType what DuckDB calls it
     * @param valid values of that type
     * @param mismatched values that are not
     * @param missing nulls and empty texts
     * @param distinct how many different values are valid
     * @param distinctExact whether that is exact, as it is up to 10,000; else it is an estimate that is off by 13 % on average
     * @param min null where nothing is valid
     * @param mean null for what are no numbers
     * @param deviation the standard deviation of the sample; null for what are no numbers and for fewer than two
     * @param quantiles as in {@link #QUANTILES}; none for what are neither numbers nor times
     * @param histogram null for what are neither numbers nor times, or where nothing is valid
     * @param top the most frequent values, the most frequent first
     */
    public record Column(
            String name,
            String type,
            String engineType,
            long valid,
            long mismatched,
            long missing,
            long distinct,
            boolean distinctExact,
            Object min,
            Object max,
            Double mean,
            Double deviation,
            List<Object> quantiles,
            Histogram histogram,
            List<Top> top) {}

    /**
     * Valid values by size.
     *
     * @param to the upper end of the last bucket
     */
    public record Histogram(List<Bucket> buckets, Object to) {}

    /** @param from the lower end, which belongs to the bucket before where there is one */
    public record Bucket(Object from, long count) {}

    public record Top(String value, long count) {}
}
