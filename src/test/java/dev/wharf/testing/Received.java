package dev.wharf.testing;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A body that arrived.
 *
 * @param content what can be read again
 * @param md5 its MD5, or null where nobody wanted it
 */
record Received(Content content, byte[] md5) {

    /** Takes a body as it comes. */
    static Future<Received> from(StubRequest request, StubOptions options) {
        String expected = request.header("Content-MD5");
        var body = new Body(!options.discards(), !options.discards() || options.everyMd5() || expected != null);
        request.http().handler(body::add);
        return request.end().map(ended -> body.received(expected));
    }

    String etag() {
        return md5 == null ? "0".repeat(32) + "-1" : HexFormat.of().formatHex(md5);
    }

    static MessageDigest md5Digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has MD5", e);
        }
    }

    private static final class Body {
        private final List<Content> pieces = new ArrayList<>();
        private final boolean kept;
        private final MessageDigest digest;
        private long size;

        Body(boolean kept, boolean digested) {
            this.kept = kept;
            digest = digested ? md5Digest() : null;
        }

        void add(Buffer buffer) {
            size += buffer.length();
            if (digest != null || kept) {
                byte[] bytes = buffer.getBytes();
                if (digest != null) {
                    digest.update(bytes);
                }
                if (kept) {
                    pieces.add(Content.of(bytes));
                }
            }
        }

        Received received(String expected) {
            byte[] md5 = digest == null ? null : digest.digest();
            if (expected != null && !Arrays.equals(md5, decoded(expected))) {
                throw new S3Error(400, "BadDigest", "The Content-MD5 you specified did not match what we received");
            }
            return new Received(kept ? Content.joined(pieces) : new GeneratedContent(size, 0), md5);
        }

        private static byte[] decoded(String md5) {
            try {
                return Base64.getDecoder().decode(md5);
            } catch (IllegalArgumentException e) {
                throw new S3Error(400, "InvalidDigest", "The Content-MD5 you specified is not valid");
            }
        }
    }
}
