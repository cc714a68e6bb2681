package dev.wharf.s3.wire;

import java.util.regex.Pattern;

/**
 * Makes answers legible that repeat a key which XML cannot hold. S3 takes every character in a key, sends it back in
 * the answer to CreateMultipartUpload and in errors, and XML 1.0 has no way to write most control characters (its §2.2):
 * the SDK's parser gives up, and an upload that has begun is lost with its id. Nobody reads the key there.
 */
final class LegibleXml {
    private static final Pattern REFERENCE = Pattern.compile("&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));");
    private static final Pattern ILLEGAL =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");
    private static final String REPLACEMENT = "\uFFFD";

    private LegibleXml() {}

    static String legible(String xml) {
        String referenced = REFERENCE
                .matcher(xml)
                .replaceAll(match -> isLegal(
                                match.group(1) == null
                                        ? Integer.parseInt(match.group(2))
                                        : Integer.parseInt(match.group(1), 16))
                        ? match.group()
                        : REPLACEMENT);
        return ILLEGAL.matcher(referenced).replaceAll(REPLACEMENT);
    }

    private static boolean isLegal(int character) {
        return Character.isValidCodePoint(character)
                && !ILLEGAL.matcher(Character.toString(character)).find();
    }
}
