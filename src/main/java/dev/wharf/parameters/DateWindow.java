package dev.wharf.parameters;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A span of time, from its first moment to the first one after it.
 *
 * @param from not before the year 1
 * @param to not after the year 9999
 */
record DateWindow(Instant from, Instant to) {
    static final Instant FIRST = LocalDateTime.of(1, 1, 2, 0, 0).toInstant(ZoneOffset.UTC);
    static final Instant LAST = LocalDateTime.of(9999, 12, 31, 0, 0).toInstant(ZoneOffset.UTC);

    DateWindow {
        from = from.isBefore(FIRST) ? FIRST : from;
        to = to.isAfter(LAST) ? LAST : to;
    }

    /** What clocks show, from the first moment to the first one after it. */
    record Local(LocalDateTime from, LocalDateTime to) {
        private boolean touches(Local later) {
            return !later.from.isBefore(from) || !later.to.isBefore(from);
        }

        private Local and(Local later) {
            return new Local(later.from.isBefore(from) ? later.from : from, later.to.isAfter(to) ? later.to : to);
        }
    }

    /**
     * What clocks of a zone show in this span. An hour that comes twice is in it where one of the two is; one that is
     * left out belongs to what is around it, as no clock shows it.
     */
    List<Local> in(ZoneId zone) {
        List<Local> spans = new ArrayList<>();
        Instant begin = from;
        while (begin.isBefore(to)) {
            var offset = zone.getRules().getOffset(begin);
            var change = zone.getRules().nextTransition(begin);
            Instant end = change == null || change.getInstant().isAfter(to) ? to : change.getInstant();
            var span = new Local(LocalDateTime.ofInstant(begin, offset), LocalDateTime.ofInstant(end, offset));
            Local last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
            if (last != null && last.touches(span)) {
                spans.set(spans.size() - 1, last.and(span));
            } else {
                spans.add(span);
            }
            begin = end;
        }
        return spans;
    }
}
