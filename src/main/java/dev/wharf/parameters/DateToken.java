package dev.wharf.parameters;

import dev.wharf.parameters.Part.Text;
import dev.wharf.parameters.Part.Within;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a format of dates may hold ({@code domain.md} §6). Years and days are taken in either case: {@code YYYY} is never the
 * year of a week, nor {@code DD} the day of a year.
 */
enum DateToken {
    YEAR(DateField.YEAR, 4, "yyyy", "YYYY"),
    YEAR_OF_CENTURY(DateField.YEAR, 2, "yy", "YY") {
        @Override
        BitSet shown(BitSet years) {
            BitSet twoDigits = new BitSet();
            years.get(2000, 2100).stream().forEach(twoDigits::set); // get counts from 2000
            return twoDigits;
        }
    },
    MONTH_NAME(DateField.MONTH, 0, "MMMM") {
        @Override
        String name(int month) {
            return Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        }
    },
    MONTH_ABBREVIATED(DateField.MONTH, 0, "MMM") {
        @Override
        String name(int month) {
            return super.name(month).substring(0, 3);
        }
    },
    MONTH(DateField.MONTH, 2, "MM"),
    MONTH_UNPADDED(DateField.MONTH, 1, "M"),
    DAY(DateField.DAY, 2, "dd", "DD"),
    DAY_UNPADDED(DateField.DAY, 1, "d", "D"),
    HOUR(DateField.HOUR, 2, "HH"),
    HOUR_UNPADDED(DateField.HOUR, 1, "H"),
    /** 01 to 12, before or after noon, which no token tells: either may be meant. */
    HOUR_OF_HALF_DAY(DateField.HOUR, 2, "hh") {
        @Override
        BitSet shown(BitSet hours) {
            BitSet twelve = new BitSet();
            hours.stream().map(hour -> (hour + 11) % 12 + 1).forEach(twelve::set);
            return twelve;
        }
    },
    MINUTE(DateField.MINUTE, 2, "mm"),
    SECOND(DateField.SECOND, 2, "ss"),
    MILLISECOND(DateField.MILLISECOND, 3, "SSS");

    private final DateField field;
    private final int width;
    private final List<String> written;

    /** @param width how many digits there are at least; 0 for a name */
    DateToken(DateField field, int width, String... written) {
        this.field = field;
        this.width = width;
        this.written = List.of(written);
    }

    /** Null where there is none. */
    static DateToken of(String letters) {
        for (DateToken token : values()) {
            if (token.written.contains(letters)) {
                return token;
            }
        }
        return null;
    }

    DateField field() {
        return field;
    }

    /** The values that this token can show, of those of its field. */
    BitSet shown(BitSet values) {
        return values;
    }

    String name(int month) {
        return Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    /** What stands for a moment; null where the token cannot show it. */
    String written(LocalDateTime moment) {
        int value = field.of(moment);
        BitSet shown = shown(DateField.range(value, value));
        if (shown.isEmpty()) {
            return null;
        }
        int only = shown.nextSetBit(0);
        return width == 0 ? name(only) : digits(only);
    }

    /**
     * What stands for one of these values of the field.
     *
     * @return null where the token can show none of them
     */
    Part part(BitSet values) {
        BitSet shown = shown(values);
        if (shown.isEmpty()) {
            return null;
        }
        if (width == 0) {
            return new Within(shown.stream().mapToObj(this::name).collect(Collectors.joining("|", "(?i:", ")")));
        }
        if (shown.cardinality() == 1) {
            return new Text(digits(shown.nextSetBit(0)));
        }
        List<String> ranges = new ArrayList<>();
        if (width == 1) {
            shown.stream().forEach(value -> ranges.add(String.valueOf(value)));
        } else {
            for (int from = shown.nextSetBit(0); from >= 0; ) {
                int to = shown.nextClearBit(from) - 1;
                addRange(from, to, ranges);
                from = shown.nextSetBit(to + 1);
            }
        }
        String lead = width == 1 ? "" : Part.common(List.of(digits(shown.nextSetBit(0)), digits(shown.length() - 1)));
        return new Within("(?:" + String.join("|", ranges) + ")", lead);
    }

    /** As few expressions as there are blocks of tens, hundreds, …: 8 to 31 is 0[8-9]|[1-2][0-9]|3[0-1]. */
    private void addRange(int from, int to, List<String> ranges) {
        int lowest = from;
        while (lowest <= to) {
            int block = 1;
            int free = 0;
            while (free < width - 1 && lowest % (block * 10) == 0 && lowest + block * 10 - 1 <= to) {
                block *= 10;
                free++;
            }
            int digit = lowest / block % 10;
            int last = Math.min(9, digit + (to - lowest + 1) / block - 1);
            String before = digits(lowest).substring(0, width - free - 1);
            ranges.add(before + "[" + digit + "-" + last + "]" + "[0-9]".repeat(free));
            lowest += (last - digit + 1) * block;
        }
    }

    private String digits(int value) {
        return String.format(Locale.ROOT, "%0" + width + "d", value);
    }
}
