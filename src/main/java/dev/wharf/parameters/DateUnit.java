package dev.wharf.parameters;

import dev.wharf.kernel.problem.ProblemException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** Units of which windows of time are made, whole ones, as they are in the parameter's zone. */
enum DateUnit {
    YEARS(ChronoUnit.YEARS),
    MONTHS(ChronoUnit.MONTHS),
    WEEKS(ChronoUnit.WEEKS),
    DAYS(ChronoUnit.DAYS),
    HOURS(ChronoUnit.HOURS),
    MINUTES(ChronoUnit.MINUTES);

    private final ChronoUnit unit;

    DateUnit(ChronoUnit unit) {
        this.unit = unit;
    }

    /**
     * @param text in the singular or the plural
     * @throws ProblemException 400 naming the field
     */
    static DateUnit of(String field, String text) {
        for (DateUnit unit : values()) {
            String name = unit.name().toLowerCase(Locale.ROOT);
            if (name.equals(text) || name.equals(text + "s")) {
                return unit;
            }
        }
        throw ProblemException.invalid(field, "must be years, months, weeks, days, hours or minutes");
    }

    /** A moment so many units later, at the same time of day where units are days or more; negative for earlier. */
    ZonedDateTime later(ZonedDateTime moment, long amount) {
        return moment.plus(amount, unit);
    }

    /**
     * The beginning of the unit that was current so many units before a moment.
     *
     * @param ago negative for the future
     * @param firstDay of a week
     */
    ZonedDateTime begin(ZonedDateTime moment, long ago, DayOfWeek firstDay) {
        if (unit.isTimeBased()) {
            // Hours are counted as they pass: a night of 23 or 25 of them has so many.
            return moment.truncatedTo(unit).minus(ago, unit);
        }
        LocalDate day = moment.toLocalDate();
        LocalDate first =
                switch (this) {
                    case YEARS -> day.withDayOfYear(1);
                    case MONTHS -> day.withDayOfMonth(1);
                    case WEEKS -> day.with(TemporalAdjusters.previousOrSame(firstDay));
                    default -> day;
                };
        return first.minus(ago, unit).atStartOfDay(moment.getZone());
    }
}
