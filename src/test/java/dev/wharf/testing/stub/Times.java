package dev.wharf.testing.stub;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as S3 writes them: in whole seconds, which is all that it keeps. */
final class Times {
    private static final DateTimeFormatter XML = format("yyyy-MM-dd'T'HH:mm:ss'.000Z'");
    private static final DateTimeFormatter HTTP = format("EEE, dd MMM yyyy HH:mm:ss 'GMT'");

    private Times() {}

    static String xml(Instant instant) {
        return XML.format(instant);
    }

    static String http(Instant instant) {
        return HTTP.format(instant);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
