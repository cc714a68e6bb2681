package dev.wharf.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.Part.Either;
import dev.wharf.parameters.RunParameter.DateRange;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Dates of a window, which a run's reference date moves along. */
final class DateFilling implements Filling {
    private static final int MAX_FORMATS = 10;
    static final int MAX_UNITS = 100_000;
    private static final String WINDOWS = "one of exactly, inTheLast, last, isAfter, betweenAgo, isBefore and between";

    private final ZoneId zone;
    private final List<DateFormat> formats = new ArrayList<>();
    private final Function<ZonedDateTime, DateWindow> window;

    /**
     * @throws ProblemException 400 naming what is wrong below the field
     */
    DateFilling(String field, DateRange range) {
        var faults = new Faults();
        zone = faults.get(() -> zone(field + ".timezone", range.timezone()));
        faults.check(() -> addFormats(field + ".formats", range.formats()));
        window = faults.get(() -> {
            Fillings.requireOne(
                    field,
                    WINDOWS,
                    range.exactly(),
                    range.inTheLast(),
                    range.last(),
                    range.isAfter(),
                    range.betweenAgo(),
                    range.isBefore(),
                    range.between());
            return window(field, range);
        });
        faults.refuse();
    }

    private void addFormats(String field, List<String> written) {
        if (written == null || written.isEmpty() || written.size() > MAX_FORMATS) {
            throw ProblemException.invalid(field, "must be 1 to " + MAX_FORMATS + " formats of dates");
        }
        for (int i = 0; i < written.size(); i++) {
            formats.add(DateFormat.read(field + "[" + i + "]", written.get(i)));
        }
    }

    @Override
    public Part part(Matching matching) {
        DateWindow moved = window.apply(matching.reference().atZone(zone));
        List<List<Part>> choices = new ArrayList<>();
        for (DateFormat format : formats) {
            choices.addAll(format.choices(moved, zone));
        }
        return new Either(choices);
    }

    @Override
    public void check(String field, String value) {
        throw ProblemException.invalid(
                field, "is given to a date range, which takes none: send runParameters.referenceDate to move it");
    }

    static ZoneId zone(String field, String name) {
        try {
            return ZoneId.of(name == null ? "UTC" : name);
        } catch (DateTimeException e) {
            throw ProblemException.invalid(
                    field, "names the zone \"" + name + "\", which does not exist: give one such as Europe/Berlin");
        }
    }

    private Function<ZonedDateTime, DateWindow> window(String field, DateRange range) {
        if (range.exactly() != null) {
            String path = field + ".exactly";
            DateUnit unit = DateUnit.of(path + ".unit", range.exactly().unit());
            int amount = number(path + ".amount", range.exactly().amount(), 0);
            return now -> units(now, unit, amount, amount, DayOfWeek.MONDAY);
        }
        if (range.inTheLast() != null) {
            String path = field + ".inTheLast";
            DateUnit unit = DateUnit.of(path + ".unit", range.inTheLast().unit());
            int number = number(path + ".number", range.inTheLast().number(), 1);
            return now -> units(now, unit, number - 1, 0, DayOfWeek.MONDAY);
        }
        if (range.last() != null) {
            String path = field + ".last";
            DateUnit unit = DateUnit.of(path + ".unit", range.last().unit());
            DayOfWeek first =
                    firstDay(path + ".startDayOfWeek", unit, range.last().startDayOfWeek());
            return now -> units(now, unit, 1, 1, first);
        }
        if (range.betweenAgo() != null) {
            String path = field + ".betweenAgo";
            DateUnit unit = DateUnit.of(path + ".unit", range.betweenAgo().unit());
            int from = number(path + ".from", range.betweenAgo().from(), 0);
            int to = number(path + ".to", range.betweenAgo().to(), 0);
            return now -> units(now, unit, Math.max(from, to), Math.min(from, to), DayOfWeek.MONDAY);
        }
        DateWindow fixed = fixed(field, range);
        return now -> fixed;
    }

    /** A window that no reference date moves. */
    private DateWindow fixed(String field, DateRange range) {
        if (range.isAfter() != null) {
            return new DateWindow(moment(field + ".isAfter", date(range.isAfter()), 0), DateWindow.LAST);
        }
        if (range.isBefore() != null) {
            return new DateWindow(DateWindow.FIRST, moment(field + ".isBefore", date(range.isBefore()), 0));
        }
        Instant from = moment(field + ".between.from", text(range.between().from()), 0);
        Instant to = moment(field + ".between.to", text(range.between().to()), 1);
        if (!from.isBefore(to)) {
            throw ProblemException.invalid(
                    field + ".between", "ends before it begins: a window of nothing matches nothing");
        }
        return new DateWindow(from, to);
    }

    private static DateWindow units(ZonedDateTime now, DateUnit unit, int first, int last, DayOfWeek firstDay) {
        return new DateWindow(
                unit.begin(now, first, firstDay).toInstant(),
                unit.begin(now, last - 1, firstDay).toInstant());
    }

    private static int number(String field, Integer number, int least) {
        if (number == null || number < least || number > MAX_UNITS) {
            throw ProblemException.invalid(
                    field,
                    "must be a whole number from " + least + " to " + MAX_UNITS
                            + (number != null && number == 0 ? ": a window of nothing matches nothing" : ""));
        }
        return number;
    }

    private static DayOfWeek firstDay(String field, DateUnit unit, String name) {
        if (name == null) {
            return DayOfWeek.MONDAY;
        }
        if (unit != DateUnit.WEEKS) {
            throw ProblemException.invalid(field, "is for weeks only");
        }
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return day;
            }
        }
        throw ProblemException.invalid(field, "must be a day such as monday");
    }

    /** Also as {"date": …}, the shape in which the other windows are. */
    private static String date(JsonNode value) {
        JsonNode date = value.isObject() && value.size() == 1 && value.has("date") ? value.get("date") : value;
        return date.isTextual() ? date.textValue() : "";
    }

    private static String text(String given) {
        return given == null ? "" : given;
    }

    /**
     * @param days how much later a date without a time counts
     */
    private Instant moment(String field, String date, int days) {
        // Of a zone that does not exist this is told beside it.
        ZoneId known = zone == null ? ZoneOffset.UTC : zone;
        try {
            return date.indexOf('T') < 0
                    ? LocalDate.parse(date).plusDays(days).atStartOfDay(known).toInstant()
                    : OffsetDateTime.parse(date).toInstant();
        } catch (DateTimeException e) {
            throw ProblemException.invalid(
                    field,
                    "must be a date such as \"2025-01-31\", or a time with its offset such as"
                            + " \"2025-01-31T10:00:00Z\"");
        }
    }
}
