package dev.wharf.s3.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of an answer what would make the SDK give up on all of it: its parsers fail for a time or a number in a form of
 * a store's own, also where nobody reads it.
 */
final class OptionalElements {
    /** Times, and echoes of what was asked, that nobody here reads. */
    private static final Pattern UNREAD =
            Pattern.compile("<((?:\\w+:)?(?:CreationDate|LastModified|Initiated|MaxParts|MaxUploads|MaxBuckets"
                    + "|PartNumberMarker))(?:\\s[^<>]*)?>[^<]*</\\1\\s*>");
    /** What is read where it can be. */
    private static final Pattern NO_NUMBER = Pattern.compile(
            "<((?:\\w+:)?Size)>(?!\\d{1,18}<)[^<]*</\\1>|<((?:\\w+:)?PartNumber)>(?!\\d{1,9}<)[^<]*</\\2>");

    private static final Pattern EXPIRATION = Pattern.compile("<Expiration>([^<]*)</Expiration>");

    private OptionalElements() {}

    static String tidied(String xml) {
        String read = UNREAD.matcher(xml).replaceAll("");
        String counted = NO_NUMBER.matcher(read).replaceAll("");
        return EXPIRATION.matcher(counted).replaceAll(OptionalElements::timeOrNothing);
    }

    private static String timeOrNothing(MatchResult expiration) {
        try {
            Instant.parse(expiration.group(1).strip());
            return Matcher.quoteReplacement(expiration.group());
        } catch (DateTimeException e) {
            return "";
        }
    }
}
