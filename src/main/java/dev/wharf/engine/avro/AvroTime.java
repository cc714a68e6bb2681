package dev.wharf.engine.avro;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.Schema;

/** Dates and times, which Avro keeps as numbers (Avro specification, <i>Logical types</i>). */
enum AvroTime {
    DATE("date", "DATE", 0),
    TIME_MILLIS("time-millis", "TIME", 1_000),
    TIME_MICROS("time-micros", "TIME", 1_000_000),
    TIMESTAMP_MILLIS("timestamp-millis", "TIMESTAMP WITH TIME ZONE", 1_000),
    TIMESTAMP_MICROS("timestamp-micros", "TIMESTAMP WITH TIME ZONE", 1_000_000),
    /** In UTC: DuckDB has no type with nanoseconds and a time zone. */
    TIMESTAMP_NANOS("timestamp-nanos", "TIMESTAMP_NS", 1_000_000_000),
    LOCAL_TIMESTAMP_MILLIS("local-timestamp-millis", "TIMESTAMP", 1_000),
    LOCAL_TIMESTAMP_MICROS("local-timestamp-micros", "TIMESTAMP", 1_000_000),
    LOCAL_TIMESTAMP_NANOS("local-timestamp-nanos", "TIMESTAMP_NS", 1_000_000_000);

    private static final long NANOS = 1_000_000_000;

    private final String logicalType;
    private final String type;
    private final long perSecond;

    AvroTime(String logicalType, String type, long perSecond) {
        this.logicalType = logicalType;
        this.type = type;
        this.perSecond = perSecond;
    }

    static Optional<AvroTime> of(Schema schema) {
        var logicalType = schema.getLogicalType();
        return logicalType == null
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(time -> time.logicalType.equals(logicalType.getName()))
                        .findFirst();
    }

    /** DuckDB's type. */
    String type() {
        return type;
    }

    /**
     * As DuckDB reads it.
     *
     * @throws java.time.DateTimeException where there is no such day or time
     */
    String text(long value) {
        if (perSecond == 0) {
            return date(LocalDate.ofEpochDay(value));
        }
        long seconds = Math.floorDiv(value, perSecond);
        int nanos = (int) (Math.floorMod(value, perSecond) * (NANOS / perSecond));
        if (type.equals("TIME")) {
            return LocalTime.ofSecondOfDay(seconds).withNano(nanos).format(DateTimeFormatter.ISO_LOCAL_TIME);
        }
        var moment = LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
        return date(moment.toLocalDate()) + " " + moment.format(DateTimeFormatter.ISO_LOCAL_TIME)
                + (type.endsWith("ZONE") ? "+00" : "");
    }

    /** Years before the first and of more than four digits are written otherwise than in ISO 8601. */
    private static String date(LocalDate day) {
        int year = day.getYear();
        if (year >= 1 && year <= 9_999) {
            return day.toString();
        }
        return "%04d-%02d-%02d%s"
                .formatted(
                        year < 1 ? 1 - year : year, day.getMonthValue(), day.getDayOfMonth(), year < 1 ? " (BC)" : "");
    }
}
