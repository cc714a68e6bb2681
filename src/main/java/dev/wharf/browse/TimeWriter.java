package dev.wharf.browse;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;

/** Writes times as {@link dev.wharf.kernel.api.Json} does; the objects of a listing are mostly of few days. */
final class TimeWriter {
    private static final long SECONDS_OF_A_DAY = 86_400;
    /** The years from 1 to 9999. */
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();

    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private final JsonGenerator json;
    private final char[] text = "yyyy-MM-ddThh:mm:ss.SSSZ".toCharArray();
    private long day = Long.MIN_VALUE;

    TimeWriter(JsonGenerator json) {
        this.json = json;
    }

    /** @param time null for one that is not known */
    void write(Instant time) throws IOException {
        if (time == null) {
            json.writeNull();
            return;
        }
        long days = Math.floorDiv(time.getEpochSecond(), SECONDS_OF_A_DAY);
        if (days < FIRST_DAY || days > LAST_DAY) {
            json.writePOJO(time);
            return;
        }
        if (days != day) {
            LocalDate.ofEpochDay(days).toString().getChars(0, 10, text, 0);
            day = days;
        }
        int second = (int) (time.getEpochSecond() - days * SECONDS_OF_A_DAY);
        twoDigits(second / 3600, 11);
        twoDigits(second / 60 % 60, 14);
        twoDigits(second % 60, 17);
        int milli = time.getNano() / 1_000_000;
        text[20] = digit(milli / 100);
        twoDigits(milli % 100, 21);
        json.writeString(text, 0, text.length);
    }

    private void twoDigits(int value, int at) {
        text[at] = digit(value / 10);
        text[at + 1] = digit(value % 10);
    }

    private static char digit(int value) {
        return (char) ('0' + value);
    }
}
