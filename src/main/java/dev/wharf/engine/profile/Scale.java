package dev.wharf.engine.profile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Buckets of one size, between a least and a largest value, which end at round ones. */
final class Scale {
    private static final BigDecimal BUCKETS = BigDecimal.valueOf(Profiler.MOST_VALUES);
    /** Of DOUBLEs that differ by less, as a share of the larger one, there are not enough between them. */
    private static final BigDecimal LEAST_RANGE = new BigDecimal("1e-10");

    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;
    /** Steps in microseconds, behind which there are ten times as many days. */
    private static final long[] TIMES = {
        1,
        1_000,
        SECOND / 10,
        SECOND,
        10 * SECOND,
        60 * SECOND,
        600 * SECOND,
        HOUR,
        6 * HOUR,
        DAY,
        7 * DAY,
        30 * DAY,
        91 * DAY,
        365 * DAY
    };

    private Scale() {}

    /**
     * The upper ends of the buckets for numbers; none where they are too close to each other.
     *
     * @param leastStep of which each end is a multiple; null for DOUBLEs
     */
    static List<BigDecimal> ofNumbers(BigDecimal least, BigDecimal largest, BigDecimal leastStep) {
        var range = largest.subtract(least);
        var tooClose = leastStep == null ? least.abs().max(largest.abs()).multiply(LEAST_RANGE) : BigDecimal.ZERO;
        if (range.compareTo(tooClose) <= 0) {
            return List.of();
        }
        var wanted = range.divide(BUCKETS, MathContext.DECIMAL64);
        var unit = BigDecimal.ONE.scaleByPowerOfTen(wanted.precision() - wanted.scale() - 1);
        var step = unit;
        for (int digit : new int[] {1, 2, 5, 10}) {
            step = unit.multiply(BigDecimal.valueOf(digit));
            if (step.compareTo(wanted) >= 0) {
                break;
            }
        }
        return ends(least, largest, leastStep == null ? step : step.max(leastStep));
    }

    /** The same for moments in microseconds. */
    static List<BigDecimal> ofTimes(long least, long largest) {
        if (least >= largest) {
            return List.of();
        }
        var from = BigDecimal.valueOf(least);
        var to = BigDecimal.valueOf(largest);
        var wanted = to.subtract(from).divide(BUCKETS, MathContext.DECIMAL64);
        for (long step : TIMES) {
            if (BigDecimal.valueOf(step).compareTo(wanted) >= 0) {
                return ends(from, to, BigDecimal.valueOf(step));
            }
        }
        var step = BigDecimal.valueOf(365 * DAY);
        while (step.compareTo(wanted) < 0) {
            step = step.multiply(BigDecimal.TEN);
        }
        return ends(from, to, step);
    }

    private static List<BigDecimal> ends(BigDecimal least, BigDecimal largest, BigDecimal step) {
        var ends = new ArrayList<BigDecimal>();
        var end = least.divideToIntegralValue(step).subtract(BigDecimal.ONE).multiply(step);
        while (end.compareTo(largest) < 0) {
            end = end.add(step);
            if (end.compareTo(least) > 0) {
                ends.add(end.min(largest)); // beyond it the type may end
            }
        }
        return ends;
    }
}
