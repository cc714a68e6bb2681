package dev.wharf.browse;

import dev.wharf.store.ByteRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a request asks for (RFC 9110, 14.1.2): {@code bytes=0-99}, {@code bytes=100-} or, for the last
 * hundred, {@code bytes=-100}. What is no range, and several at once, is as if nothing had been asked: RFC 9110 lets a
 * server answer with the whole file.
 *
 * @param first position of the first byte; null for the last bytes of the file
 * @param last position of the last byte, or how many of the last ones; null for all that follow
 */
record RangeHeader(Long first, Long last) {
    private static final Pattern ONE_RANGE =
            Pattern.compile("bytes=[ \\t]*(\\d*)-(\\d*)[ \\t]*", Pattern.CASE_INSENSITIVE);

    /** More digits than a position can have. */
    private static final int MOST_DIGITS = 18;

    /**
     * Reads the header {@code Range}.
     *
     * @return null where the whole file is to be sent
     */
    static RangeHeader parse(String header) {
        Matcher range = ONE_RANGE.matcher(header);
        if (!range.matches()) {
            return null;
        }
        var parsed = new RangeHeader(number(range.group(1)), number(range.group(2)));
        boolean nothing = parsed.first == null && parsed.last == null;
        boolean backwards = parsed.first != null && parsed.last != null && parsed.first > parsed.last;
        return nothing || backwards ? null : parsed;
    }

    /**
     * Which bytes these are.
     *
     * @param size of the file, in bytes
     * @return null where the file has none of them
     */
    ByteRange in(long size) {
        long from = first == null ? Math.max(0, size - last) : first;
        long to = first == null || last == null ? size : Math.min(size, last + 1);
        return from < to ? new ByteRange(from, to - from) : null;
    }

    private static Long number(String digits) {
        if (digits.isEmpty()) {
            return null;
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > MOST_DIGITS ? Long.valueOf(Long.MAX_VALUE - 1) : Long.valueOf(significant);
    }
}
