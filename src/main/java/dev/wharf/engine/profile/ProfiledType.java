package dev.wharf.engine.profile;

import dev.wharf.engine.duckdb.ColumnType;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;

/**
 * The type of a column that is looked at.
 *
 * @param name what DuckDB calls it
 */
record ProfiledType(String name) {
    static final String TEXT = "VARCHAR";

    private static final String WHOLE_NUMBER = "BIGINT";
    private static final String WIDE_NUMBER = "HUGEINT";
    private static final String WIDEST_NUMBER = "UHUGEINT";
    private static final String NUMBER = "DOUBLE";
    private static final String DECIMAL = "DECIMAL";
    private static final String DATE = "DATE";
    private static final String TIME = "TIMESTAMP";
    private static final String INSTANT = "TIMESTAMP WITH TIME ZONE";
    private static final DateTimeFormatter TIMES_AS_TEXT = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private static final Set<String> WHOLE =
            Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER");
    private static final Set<String> WIDE = Set.of("UBIGINT", WIDE_NUMBER, WIDEST_NUMBER);
    /** Differences of so many bits are in range of whichever type of 128 bits, and of DECIMALs of 38 digits. */
    private static final int MOST_BITS = 126;

    private static final Set<String> TIMES =
            Set.of("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", INSTANT);

    /** The v4 API's word for it. */
    String word() {
        if (WHOLE.contains(name) || WIDE.contains(name)) {
            return "Integer";
        }
        if (name.endsWith("]")) {
            return "Array";
        }
        if (name.startsWith(ColumnType.STRUCT) || name.startsWith(ColumnType.MAP)) {
            return "Map";
        }
        if (isNumber()) {
            return "Float";
        }
        return switch (measure()) {
            case DATE, TIME -> "Datetime";
            default -> name.equals("BOOLEAN") ? "Bool" : "String";
        };
    }

    /** As what values are compared and counted: whole numbers, DECIMALs, DOUBLEs, dates, times in UTC, or text. */
    String measure() {
        if (WHOLE.contains(name)) {
            return WHOLE_NUMBER;
        }
        if (name.endsWith("]")) {
            return TEXT;
        }
        if (WIDE.contains(name)) {
            return name.equals(WIDEST_NUMBER) ? WIDEST_NUMBER : WIDE_NUMBER;
        }
        if (name.startsWith(DECIMAL)) {
            return name;
        }
        if (name.equals("FLOAT") || name.equals(NUMBER)) {
            return NUMBER;
        }
        return name.equals(DATE) ? DATE : TIMES.contains(name) ? TIME : TEXT;
    }

    boolean isNumber() {
        return isScale() && !measure().equals(DATE) && !measure().equals(TIME);
    }

    /** Whether values are numbers that have all their digits. */
    private boolean isExact() {
        return isNumber() && !measure().equals(NUMBER);
    }

    /** What two different numbers differ by, at least; null for DOUBLEs. */
    BigDecimal leastStep() {
        return isExact() ? BigDecimal.ONE.scaleByPowerOfTen(-decimals()) : null;
    }

    private int decimals() {
        return measure().startsWith(DECIMAL)
                ? Integer.parseInt(
                        name.substring(name.indexOf(',') + 1, name.indexOf(')')).strip())
                : 0;
    }

    /** Whether values have an order that tells more than that of letters. */
    boolean isScale() {
        return !measure().equals(TEXT);
    }

    /**
     * A value of {@link #measure}. What is no number or without end is null.
     *
     * @param value of this type, or null
     */
    String measured(String text, String value) {
        return switch (measure()) {
            case NUMBER -> finite("CAST(" + value + " AS DOUBLE)", "CAST(" + value + " AS DOUBLE)");
            case DATE -> finite(value, value);
            // A cast would count in the hours of the server's time zone.
            case TIME ->
                finite(
                        value,
                        name.equals(INSTANT)
                                ? "make_timestamp(epoch_us(" + value + "))"
                                : "CAST(" + value + " AS TIMESTAMP)");
            case TEXT -> name.equals(TEXT) ? text : "CASE WHEN (" + value + ") IS NOT NULL THEN " + text + " END";
            default -> "CAST(" + value + " AS " + measure() + ")";
        };
    }

    /**
     * Where a value lies on the scale of a histogram: itself, if it is a number, or else microseconds.
     *
     * @param value of {@link #measure}; some dates are beyond every timestamp
     */
    String position(String value) {
        return isNumber() ? value : "epoch_us(TRY_CAST(" + value + " AS TIMESTAMP))";
    }

    /** As what DuckDB takes quantiles of; it does so in DOUBLEs, which have to be in range of the type again. */
    String approximate(String value) {
        return isExact() && !measure().equals(WHOLE_NUMBER) ? "CAST(" + value + " AS DOUBLE)" : value;
    }

    /** A quantile as it is shown. */
    Object shownQuantile(String text) {
        return isNumber() && !measure().equals(WHOLE_NUMBER) ? number(text) : shown(text);
    }

    /**
     * From where on {@link #distance} counts. Of large numbers that differ by little a DOUBLE would have nothing left.
     *
     * @param least null where nothing is valid
     */
    BigDecimal origin(BigDecimal least, BigDecimal largest) {
        boolean near = isExact()
                && least != null
                && largest.subtract(least).setScale(decimals()).unscaledValue().bitLength() < MOST_BITS;
        return near ? least : BigDecimal.ZERO;
    }

    /** How far a number is from the origin, as a DOUBLE. */
    String distance(String value, BigDecimal origin) {
        if (origin.signum() == 0) {
            return "CAST(" + value + " AS DOUBLE)";
        }
        var type = measure().equals(WHOLE_NUMBER)
                ? WIDE_NUMBER
                : measure().startsWith(DECIMAL) ? "DECIMAL(38," + decimals() + ")" : measure();
        return "CAST(CAST(" + value + " AS " + type + ") - CAST('" + origin.toPlainString() + "' AS " + type
                + ") AS DOUBLE)";
    }

    /** A position as values are shown. */
    Object shown(BigDecimal position) {
        if (isNumber()) {
            return shown(position.toPlainString());
        }
        var time = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus(position.longValueExact(), ChronoUnit.MICROS);
        return measure().equals(DATE) && time.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? time.toLocalDate().toString()
                : TIMES_AS_TEXT.format(time);
    }

    /** A value as it is shown: numbers as such, everything else as text. */
    Object shown(String text) {
        if (text == null || !isNumber()) {
            return text;
        }
        return switch (measure()) {
            case WHOLE_NUMBER -> new BigDecimal(text).longValueExact();
            case NUMBER -> number(text);
            default -> new BigDecimal(text);
        };
    }

    /** A DOUBLE as DuckDB writes it; null for what is no number or without end. */
    static Double number(String text) {
        if (text == null || text.toLowerCase(Locale.ROOT).matches("-?(inf(inity)?|nan)")) {
            return null;
        }
        var number = Double.valueOf(text);
        return number.isInfinite() ? null : number;
    }

    private static String finite(String value, String result) {
        return "CASE WHEN isfinite(" + value + ") THEN " + result + " END";
    }
}
