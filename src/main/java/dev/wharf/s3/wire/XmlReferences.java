package dev.wharf.s3.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What stands for characters in XML: the five entities that it knows by itself, and characters' numbers. */
final class XmlReferences {
    /** By how often they come: ETags are in quotes. */
    private static final byte[][] KNOWN = {
        "&quot;".getBytes(US_ASCII),
        "&amp;".getBytes(US_ASCII),
        "&lt;".getBytes(US_ASCII),
        "&gt;".getBytes(US_ASCII),
        "&apos;".getBytes(US_ASCII)
    };

    private static final byte[] CHARACTERS = {'"', '&', '<', '>', '\''};
    /** {@code &#x10FFFF;}, with some zeros in front. */
    private static final int LONGEST_REFERENCE = 16;

    private XmlReferences() {}

    /** Writes what the reference that begins here stands for, and returns the place behind what was written. */
    static int resolve(XmlBytes bytes, int index, int target) throws MalformedXmlException {
        for (int known = 0; known < KNOWN.length; known++) {
            if (XmlMarkup.startsWith(bytes, index, KNOWN[known])) {
                bytes.buffer[target] = CHARACTERS[known];
                return target + 1;
            }
        }
        String reference = new String(bytes.buffer, index, end(bytes, index) - index, US_ASCII);
        byte[] encoded = Character.toString(codePoint(bytes, reference)).getBytes(UTF_8);
        System.arraycopy(encoded, 0, bytes.buffer, target, encoded.length);
        return target + encoded.length;
    }

    /** Behind the reference that begins here. */
    static int end(XmlBytes bytes, int index) throws MalformedXmlException {
        for (int end = index + 1; end < index + LONGEST_REFERENCE; end++) {
            if (bytes.at(end) == ';') {
                return end + 1;
            }
            if (bytes.at(end) == '<') {
                break;
            }
        }
        throw bytes.malformed("'&' does not begin a reference");
    }

    /** @param reference such as {@code &#x41;} or {@code &#65;} */
    private static int codePoint(XmlBytes bytes, String reference) throws MalformedXmlException {
        boolean hexadecimal = reference.startsWith("&#x");
        int codePoint;
        try {
            codePoint = Integer.parseUnsignedInt(
                    reference.substring(hexadecimal ? 3 : 2, reference.length() - 1), hexadecimal ? 16 : 10);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            codePoint = 0;
        }
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        if (!reference.startsWith("&#") || codePoint <= 0 || codePoint > Character.MAX_CODE_POINT || surrogate) {
            throw bytes.malformed(reference + " does not stand for a character");
        }
        return codePoint;
    }
}
