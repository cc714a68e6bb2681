package dev.wharf.kernel.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in headers: IMF-fixdate (RFC 9110, 5.6.7). Java's RFC 1123 writes days below 10 with one digit, which HTTP forbids. */
public final class HttpDate {
    private static final DateTimeFormatter FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /** The second in which a time lies. */
    public static String of(Instant time) {
        return FIXDATE.format(time);
    }
}
