package dev.wharf.parameters;

import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.util.BitSet;

/** What a date is made of, from the coarsest to the finest. */
enum DateField {
    YEAR(ChronoField.YEAR, 1, 9999),
    MONTH(ChronoField.MONTH_OF_YEAR, 1, 12),
    DAY(ChronoField.DAY_OF_MONTH, 1, 31),
    HOUR(ChronoField.HOUR_OF_DAY, 0, 23),
    MINUTE(ChronoField.MINUTE_OF_HOUR, 0, 59),
    SECOND(ChronoField.SECOND_OF_MINUTE, 0, 59),
    MILLISECOND(ChronoField.MILLI_OF_SECOND, 0, 999);

    private final ChronoField field;
    private final int least;
    private final int most;

    DateField(ChronoField field, int least, int most) {
        this.field = field;
        this.least = least;
        this.most = most;
    }

    int of(LocalDateTime time) {
        return time.get(field);
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    BitSet all() {
        return range(least, most);
    }

    static BitSet range(int from, int to) {
        var values = new BitSet();
        values.set(from, to + 1);
        return values;
    }
}
