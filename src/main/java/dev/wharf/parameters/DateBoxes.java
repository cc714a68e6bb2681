package dev.wharf.parameters;

import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span of time as a few boxes, in each of which every field of a date has values of its own, whatever the others have:
 * 30 December to 2 February is {30, 31 December}, {January}, {1, 2 February}. So whether a date lies in the span is asked of
 * each field by itself, in whatever order a format has them.
 */
final class DateBoxes {
    private static final int CENTURY = 100;

    private final int finest;
    private final List<Map<DateField, BitSet>> boxes = new ArrayList<>();

    private DateBoxes(DateField finest) {
        this.finest = finest.ordinal();
    }

    /**
     * @param from the first moment
     * @param to the first one after the span
     * @param finest the values of this field that the span touches belong to it as a whole
     * @return without the fields that are finer
     */
    static List<Map<DateField, BitSet>> of(LocalDateTime from, LocalDateTime to, DateField finest) {
        var boxes = new DateBoxes(finest);
        boxes.between(values(from), values(to.minusNanos(1)), 0, new EnumMap<>(DateField.class));
        return boxes.boxes;
    }

    private static int[] values(LocalDateTime time) {
        int[] values = new int[DateField.values().length];
        for (DateField field : DateField.values()) {
            values[field.ordinal()] = field.of(time);
        }
        return values;
    }

    private void between(int[] from, int[] to, int level, Map<DateField, BitSet> above) {
        if (level > finest) {
            add(above);
            return;
        }
        DateField field = DateField.values()[level];
        if (from[level] == to[level]) {
            between(from, to, level + 1, with(above, field, from[level], from[level]));
            return;
        }
        edge(from, level + 1, with(above, field, from[level], from[level]), true);
        range(above, field, from[level] + 1, to[level] - 1);
        edge(to, level + 1, with(above, field, to[level], to[level]), false);
    }

    /** What is not before a moment, or not after it, with the coarser fields as they are above. */
    private void edge(int[] moment, int level, Map<DateField, BitSet> above, boolean after) {
        if (level > finest) {
            add(above);
            return;
        }
        DateField field = DateField.values()[level];
        int value = moment[level];
        if (after) {
            edge(moment, level + 1, with(above, field, value, value), true);
            range(above, field, value + 1, field.most());
        } else {
            range(above, field, field.least(), value - 1);
            edge(moment, level + 1, with(above, field, value, value), false);
        }
    }

    private void range(Map<DateField, BitSet> above, DateField field, int from, int to) {
        if (from <= to) {
            add(with(above, field, from, to));
        }
    }

    private static Map<DateField, BitSet> with(Map<DateField, BitSet> above, DateField field, int from, int to) {
        Map<DateField, BitSet> box = new EnumMap<>(DateField.class);
        box.putAll(above);
        box.put(field, DateField.range(from, to));
        return box;
    }

    /** Fills in the finer fields, which are free, and leaves out the days that months do not have. */
    private void add(Map<DateField, BitSet> box) {
        for (DateField field : DateField.values()) {
            if (field.ordinal() <= finest) {
                box.computeIfAbsent(field, DateField::all);
            }
        }
        if (finest < DateField.DAY.ordinal()) {
            boxes.add(box);
            return;
        }
        years(box.get(DateField.YEAR)).forEach(alike -> addMonths(box, alike));
    }

    /** Years with a leap day and years without; of more than a century, all are taken for the former. */
    private static List<BitSet> years(BitSet all) {
        if (all.cardinality() > CENTURY) {
            return List.of(all);
        }
        BitSet leap = new BitSet();
        all.stream().filter(Year::isLeap).forEach(leap::set);
        BitSet common = (BitSet) all.clone();
        common.andNot(leap);
        return List.of(leap, common);
    }

    /** The months with as many days each in a box of their own. */
    private void addMonths(Map<DateField, BitSet> box, BitSet years) {
        if (years.isEmpty()) {
            return;
        }
        Map<Integer, BitSet> months = new TreeMap<>();
        boolean leap = years.stream().anyMatch(Year::isLeap);
        box.get(DateField.MONTH).stream()
                .forEach(month -> months.computeIfAbsent(Month.of(month).length(leap), days -> new BitSet())
                        .set(month));
        months.forEach((days, ofThatLength) -> {
            BitSet inMonth = DateField.range(1, days);
            inMonth.and(box.get(DateField.DAY));
            if (!inMonth.isEmpty()) {
                Map<DateField, BitSet> part = new EnumMap<>(box);
                part.put(DateField.YEAR, years);
                part.put(DateField.MONTH, ofThatLength);
                part.put(DateField.DAY, inMonth);
                boxes.add(part);
            }
        });
    }
}
