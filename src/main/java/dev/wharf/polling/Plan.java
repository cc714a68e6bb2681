package dev.wharf.polling;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import dev.wharf.kernel.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a schedule comes due: cron, by the clock on the wall of a time zone. Times that the wall clock leaves out, as when
 * summer time begins, come when it goes on; those that it shows twice come once where cron names an hour, and twice where it
 * names every one.
 */
public final class Plan {
    private static final int MAX_EXPRESSION = 255;
    private static final int UNIX_FIELDS = 5;
    private static final int FIELDS_WITH_SECONDS = 6;
    /** In their order; without the first one, those of Unix. */
    private static final List<String> FIELDS =
            List.of("second", "minute", "hour", "day of the month", "month", "day of the week");
    /** What db-scheduler makes of never. */
    private static final Instant NEVER = Instant.parse("2400-01-01T00:00:00Z");

    private static final int HOUR_FROM_THE_END = 4;
    private static final Set<String> EVERY_HOUR = Set.of("*", "*/1", "0-23");

    private final ZoneId zone;
    private final CronSchedule cron;
    /** The same cron where no clock is ever changed. */
    private final CronSchedule onTheWall;

    private final boolean everyHour;

    /**
     * @param expression five fields as in Unix, or six with the seconds in front
     * @param zone such as {@code Europe/Berlin}
     * @param field the name of the trigger in the request, for messages
     * @throws ProblemException 400 naming the field, if either is none, or the time never comes
     */
    public Plan(String expression, String zone, String field) {
        this.zone = zone(zone, field);
        String name = field + ".cron.expression";
        String text = expression == null ? "" : expression.strip();
        String[] each = text.split("\\s+");
        int fields = text.isEmpty() ? 0 : each.length;
        if (text.length() > MAX_EXPRESSION || fields != UNIX_FIELDS && fields != FIELDS_WITH_SECONDS) {
            throw ProblemException.invalid(
                    name,
                    "must have five fields (minute, hour, day of the month, month, day of the week), or six with the"
                            + " seconds in front, such as 30 6 * * MON-FRI");
        }
        CronStyle style = fields == UNIX_FIELDS ? CronStyle.UNIX : CronStyle.SPRING53;
        this.cron = cron(text, this.zone, style, name);
        this.onTheWall = cron(text, ZoneOffset.UTC, style, name);
        this.everyHour = EVERY_HOUR.contains(each[fields - HOUR_FROM_THE_END]);
        if (next(Instant.EPOCH).isEmpty()) {
            throw ProblemException.invalid(name, "never comes: there is no such day in any year");
        }
    }

    private static ZoneId zone(String name, String field) {
        try {
            return ZoneId.of(name == null ? "UTC" : name);
        } catch (DateTimeException e) {
            throw ProblemException.invalid(
                    field + ".timezone", "must be a time zone such as Europe/Berlin or UTC, and is \"" + name + "\"");
        }
    }

    private static CronSchedule cron(String text, ZoneId zone, CronStyle style, String name) {
        try {
            return read(text, zone, style);
        } catch (RuntimeException e) {
            throw ProblemException.invalid(
                    name,
                    "cannot be read as cron: "
                            + wrong(text.split("\\s+"), style).orElseGet(() -> reason(e)));
        }
    }

    private static CronSchedule read(String text, ZoneId zone, CronStyle style) {
        var cron = new CronSchedule(text, zone, style);
        of(cron, Instant.EPOCH); // reads it
        return cron;
    }

    /** What is wrong with the first field that cannot be read whatever the others say; empty where each one can. */
    private static Optional<String> wrong(String[] fields, CronStyle style) {
        for (int i = 0; i < fields.length; i++) {
            var alone = new String[fields.length];
            Arrays.fill(alone, "*");
            alone[i] = fields[i];
            try {
                read(String.join(" ", alone), ZoneOffset.UTC, style);
            } catch (RuntimeException e) {
                String field = FIELDS.get(FIELDS.size() - fields.length + i);
                return Optional.of("the " + field + " is " + fields[i] + ": " + reason(e));
            }
        }
        return Optional.empty();
    }

    private static String reason(RuntimeException e) {
        return String.valueOf(e.getMessage())
                .replaceFirst("^Failed to parse cron expression\\. ", "")
                .replaceFirst("^Period 0 not in range .*", "a step of 0 leads nowhere; the smallest is 1, as in */1");
    }

    /** The next time after a moment; empty if there is none. */
    public Optional<Instant> next(Instant after) {
        Instant next = unlessShownBefore(of(cron, after));
        LocalDateTime shown = LocalDateTime.ofInstant(
                of(onTheWall, LocalDateTime.ofInstant(after, zone).toInstant(ZoneOffset.UTC)), ZoneOffset.UTC);
        ZoneOffsetTransition change = zone.getRules().getTransition(shown);
        if (change != null
                && change.isGap()
                && change.getInstant().isAfter(after)
                && change.getInstant().isBefore(next)) {
            next = change.getInstant();
        }
        return next.isBefore(NEVER) ? Optional.of(next) : Optional.empty();
    }

    /** After the first of two hours that the clocks show alike, what has come in it does not come again in the second. */
    private Instant unlessShownBefore(Instant next) {
        ZoneOffsetTransition change = zone.getRules().previousTransition(next.plusSeconds(1));
        if (everyHour || change == null || !change.isOverlap()) {
            return next;
        }
        Instant shownTwiceUntil = change.getInstant().plus(change.getDuration().abs());
        return next.isBefore(shownTwiceUntil) ? of(cron, shownTwiceUntil.minusSeconds(1)) : next;
    }

    private static Instant of(CronSchedule cron, Instant after) {
        return cron.getNextExecutionTime(ExecutionComplete.simulatedSuccess(after));
    }
}
