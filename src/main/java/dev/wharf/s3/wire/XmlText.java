package dev.wharf.s3.wire;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The text of an element, where it lies in the reader's buffer. To be read before the reader moves on. */
final class XmlText {
    /** The digits of this, to the second, are what every store that we know sends. */
    private static final String FORM = "0000-00-00T00:00:00";

    private byte[] bytes;
    private int from;
    private int to;
    // The objects of a page were often written on the same day.
    private int knownDay = -1;
    private long knownDaySeconds;

    XmlText set(byte[] buffer, int first, int end) {
        bytes = buffer;
        from = first;
        to = end;
        return this;
    }

    boolean is(String other) {
        if (to - from != other.length()) {
            return false;
        }
        for (int index = 0; index < other.length(); index++) {
            if (bytes[from + index] != other.charAt(index)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The text without the quotes around it. */
    String unquoted() {
        return to - from >= 2 && bytes[from] == '"' && bytes[to - 1] == '"'
                ? new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8)
                : toString();
    }

    /** @throws NumberFormatException if there is anything but digits, or too many of them */
    long number() {
        long number = 0;
        for (int index = from; index < to; index++) {
            int digit = bytes[index] - '0';
            if (digit < 0 || digit > 9 || number > Long.MAX_VALUE / 10 - 1) {
                throw new NumberFormatException(toString());
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /**
     * A time in ISO 8601 with a time zone; null where there is no text.
     *
     * @throws DateTimeException if it is none
     */
    Instant instant() {
        int fraction = fixedForm();
        if (fraction < 0) {
            return from == to ? null : Instant.parse(toString().strip());
        }
        long seconds = daySeconds() + digits(11, 2) * 3_600L + digits(14, 2) * 60L + digits(17, 2);
        return Instant.ofEpochSecond(seconds, fraction * 1_000_000L);
    }

    /** The milliseconds of a time of one of the forms {@code 2026-01-31T23:59:59.999Z} and {@code …:59Z}; else -1. */
    private int fixedForm() {
        int length = to - from;
        if (length != 20 && length != 24 || bytes[to - 1] != 'Z') {
            return -1;
        }
        for (int index = 0; index < FORM.length(); index++) {
            if (!fits(FORM.charAt(index), bytes[from + index])) {
                return -1;
            }
        }
        boolean inRange = digits(11, 2) < 24 && digits(14, 2) < 60 && digits(17, 2) < 60;
        if (!inRange || length == 20) {
            return inRange ? 0 : -1;
        }
        boolean milliseconds = bytes[from + 19] == '.'
                && fits('0', bytes[from + 20])
                && fits('0', bytes[from + 21])
                && fits('0', bytes[from + 22]);
        return milliseconds ? digits(20, 3) : -1;
    }

    private static boolean fits(char form, byte actual) {
        return form == '0' ? actual >= '0' && actual <= '9' : actual == form;
    }

    private long daySeconds() {
        int day = digits(0, 4) * 10_000 + digits(5, 2) * 100 + digits(8, 2);
        if (day != knownDay) {
            knownDaySeconds = LocalDate.of(digits(0, 4), digits(5, 2), digits(8, 2))
                    .atStartOfDay()
                    .toEpochSecond(ZoneOffset.UTC);
            knownDay = day;
        }
        return knownDaySeconds;
    }

    private int digits(int offset, int count) {
        int number = 0;
        for (int index = from + offset; index < from + offset + count; index++) {
            number = number * 10 + bytes[index] - '0';
        }
        return number;
    }
}
