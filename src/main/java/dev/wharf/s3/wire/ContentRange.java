package dev.wharf.s3.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of an object an answer carries (RFC 9110, 14.4).
 *
 * @param first position of the first byte
 * @param last position of the last byte
 * @param size of the whole object, in bytes
 */
public record ContentRange(long first, long last, long size) {
    private static final Pattern HEADER = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /**
     * Reads the header {@code Content-Range}.
     *
     * @return null where it names no bytes, or contradicts itself
     */
    public static ContentRange parse(String header) {
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches()) {
            return null;
        }
        var range = new ContentRange(
                Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
        return range.first <= range.last && range.last < range.size ? range : null;
    }
}
