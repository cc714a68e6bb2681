package dev.wharf.parameters;

import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.Part.Text;
import dev.wharf.parameters.RunParameter.Offset;
import dev.wharf.parameters.RunParameter.Timestamp;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.UnaryOperator;

/** A run's reference date, or a moment before or after it, written in a path. */
final class TimestampFilling implements Filling {
    private static final int LAST_YEAR = 9999;

    private final String field;
    private final DateFormat format;
    private final ZoneId zone;
    private final UnaryOperator<ZonedDateTime> moved;

    /**
     * @throws ProblemException 400 naming what is wrong below the field
     */
    TimestampFilling(String field, Timestamp timestamp) {
        var faults = new Faults();
        this.field = field;
        format = faults.get(() -> DateFormat.written(field + ".format", timestamp.format()));
        zone = faults.get(() -> DateFilling.zone(field + ".timezone", timestamp.timezone()));
        moved = faults.get(() -> moved(field + ".offset", timestamp.offset()));
        faults.refuse();
    }

    private static UnaryOperator<ZonedDateTime> moved(String field, Offset offset) {
        if (offset == null) {
            return moment -> moment;
        }
        DateUnit unit = DateUnit.of(field + ".unit", offset.unit());
        Integer amount = offset.amount();
        if (amount == null || Math.abs((long) amount) > DateFilling.MAX_UNITS) {
            throw ProblemException.invalid(
                    field + ".amount",
                    "must be a whole number from -" + DateFilling.MAX_UNITS + " to " + DateFilling.MAX_UNITS
                            + ", below 0 for a time before the run's reference date");
        }
        return moment -> unit.later(moment, amount);
    }

    @Override
    public Part part(Matching matching) {
        ZonedDateTime moment = moved.apply(matching.reference().atZone(zone));
        if (moment.getYear() < 1 || moment.getYear() > LAST_YEAR) {
            throw ProblemException.invalid(
                    field, "comes to the year " + moment.getYear() + ", and goes from 1 to " + LAST_YEAR);
        }
        return new Text(format.written(moment));
    }

    @Override
    public void check(String given, String value) {
        throw ProblemException.invalid(
                given, "is given to a timestamp, which takes none: send runParameters.referenceDate to move it");
    }
}
