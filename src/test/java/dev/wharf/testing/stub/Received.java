package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import io.vertx.core.Future;
import java.util.HexFormat;

/**
 * A body that arrived.
 *
 * @param content what can be read again: the same bytes, or as many others where they were thrown away
 * @param md5 of what arrived, or null where nobody wanted it
 * @param crc32c the same in Base64; what was said to be it, where the store takes any
 */
record Received(Content content, byte[] md5, String crc32c) {
    /** Has the form of an upload in parts, so that nobody takes it for an MD5. */
    static final String NO_MD5 = "0".repeat(32) + "-1";

    /**
     * Takes a body as it comes.
     *
     * @throws S3Error (by the future) BadDigest, InvalidDigest, XAmzContentSHA256Mismatch, IncompleteBody
     */
    static Future<Received> from(StubRequest request, StubOptions options) {
        return from(request, new BodyReader(request, options));
    }

    /** Takes a document that is to be read, whatever happens to objects. */
    static Future<byte[]> document(StubRequest request) {
        return from(request, new BodyReader(request, StubOptions.TESTS))
                .map(received -> received.content().bytes());
    }

    private static Future<Received> from(StubRequest request, BodyReader body) {
        request.http().handler(body::add);
        return request.end().map(ended -> body.received());
    }

    String etag() {
        return md5 == null ? NO_MD5 : HexFormat.of().formatHex(md5);
    }
}
