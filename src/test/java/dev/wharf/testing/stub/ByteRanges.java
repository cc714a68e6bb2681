package dev.wharf.testing.stub;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One range of bytes (RFC 9110 §14.1.2). Several at once, and what is none, are ignored, as S3 does. */
final class ByteRanges {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /** From one position up to another, of so many. */
    record Range(long from, long to, long size) {
        /** As {@code Content-Range} has it. */
        @Override
        public String toString() {
            return "bytes " + from + "-" + (to - 1) + "/" + size;
        }
    }

    private ByteRanges() {}

    /**
     * @param header null for none
     * @return null where the whole object is meant
     * @throws S3Error InvalidRange
     */
    static Range of(String header, long size) {
        Matcher range = RANGE.matcher(header == null ? "" : header.strip());
        if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
            return null;
        }
        long from;
        long to = size;
        if (range.group(1).isEmpty()) {
            from = Math.max(0, size - Long.parseLong(range.group(2)));
        } else {
            from = Long.parseLong(range.group(1));
            to = range.group(2).isEmpty() ? size : Math.min(size, Long.parseLong(range.group(2)) + 1);
        }
        if (from >= size) {
            throw new S3Error(416, "InvalidRange", "The requested range is not satisfiable");
        }
        return from < to ? new Range(from, to, size) : null;
    }
}
