package dev.wharf.testing.stub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What ListObjectsV2 was asked for.
 *
 * @param prefix empty for all keys
 * @param delimiter empty for none
 * @param startAfter null for none
 * @param token the last page's, or null for the first page
 * @param encoded {@code encoding-type=url}
 * @param withRestore whether the state of restored copies was asked for
 */
record ListingRequest(
        String bucket,
        byte[] prefix,
        byte[] delimiter,
        int maxKeys,
        String startAfter,
        String token,
        boolean encoded,
        boolean withRestore) {

    private static final int PAGE = 1_000;

    static ListingRequest of(StubRequest request, boolean ignoringStartAfter) {
        String maxKeys = request.query("max-keys");
        return new ListingRequest(
                request.bucket(),
                utf8(request.query("prefix")),
                utf8(request.query("delimiter")),
                maxKeys == null ? PAGE : Math.min(PAGE, S3Error.number("max-keys", maxKeys)),
                ignoringStartAfter ? null : request.query("start-after"),
                request.query("continuation-token"),
                "url".equals(request.query("encoding-type")),
                String.valueOf(request.header("x-amz-optional-object-attributes"))
                        .contains("RestoreStatus"));
    }

    /** Where the last page ended, or null. */
    byte[] position() {
        return token == null ? null : PageToken.position(token);
    }

    /** The first key that may be listed. */
    byte[] from() {
        byte[] from = position();
        if (from == null && startAfter != null) {
            byte[] after = utf8(startAfter);
            from = Arrays.copyOf(after, after.length + 1);
        }
        return from == null || Arrays.compareUnsigned(from, prefix) < 0 ? prefix : from;
    }

    boolean hasPrefix(KeyCursor keys) {
        return keys.length() >= prefix.length && Arrays.equals(keys.key(), 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The length of what stands for the present key and all that begin like it, or 0 where it stands for itself. */
    int folderLength(KeyCursor keys) {
        if (delimiter.length == 0) {
            return 0;
        }
        byte[] key = keys.key();
        for (int at = prefix.length; at + delimiter.length <= keys.length(); at++) {
            if (Arrays.equals(key, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                return at + delimiter.length;
            }
        }
        return 0;
    }

    private static byte[] utf8(String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
