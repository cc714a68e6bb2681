package dev.wharf.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What ListObjectsV2 was asked for.
 *
 * @param from the first key that may be listed, from the start or from where the last page ended
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
        byte[] from,
        boolean encoded,
        boolean withRestore) {

    private static final int PAGE = 1_000;

    static ListingRequest of(StubRequest request, boolean ignoringStartAfter) {
        String token = request.query("continuation-token");
        String startAfter = request.query("start-after");
        byte[] prefix = utf8(request.query("prefix"));
        byte[] from = prefix;
        if (token != null) {
            from = later(prefix, PageToken.position(token));
        } else if (startAfter != null && !ignoringStartAfter) {
            byte[] after = utf8(startAfter);
            from = later(prefix, Arrays.copyOf(after, after.length + 1));
        }
        String maxKeys = request.query("max-keys");
        return new ListingRequest(
                request.bucket(),
                prefix,
                utf8(request.query("delimiter")),
                maxKeys == null ? PAGE : Math.min(PAGE, S3Error.number("max-keys", maxKeys)),
                startAfter,
                token,
                from,
                "url".equals(request.query("encoding-type")),
                String.valueOf(request.header("x-amz-optional-object-attributes"))
                        .contains("RestoreStatus"));
    }

    private static byte[] later(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right) < 0 ? right : left;
    }

    private static byte[] utf8(String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
