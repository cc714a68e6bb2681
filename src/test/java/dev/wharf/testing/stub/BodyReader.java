package dev.wharf.testing.stub;

import dev.wharf.s3.wire.Crc32c;
import dev.wharf.testing.faulty.Content;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** Keeps or throws away a body as it comes, and digests it only where somebody will look. */
final class BodyReader {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final List<Content> pieces = new ArrayList<>();
    private final boolean kept;
    private final String expectedMd5;
    private final String expectedSha256;
    private final MessageDigest md5;
    private final MessageDigest sha256;
    private final String expectedCrc32c;
    private final CRC32C crc32c;
    private final boolean anyCrc32c;
    private final AwsChunked chunks;
    private long size;
    private S3Error failure;

    BodyReader(StubRequest request, StubOptions options) {
        kept = !options.discards();
        expectedMd5 = request.header("Content-MD5");
        md5 = options.everyMd5() ? Digests.md5() : null;
        expectedCrc32c = Checksums.sent(request);
        crc32c = options.everyMd5() || expectedCrc32c != null ? new CRC32C() : null;
        anyCrc32c = options.has(StubHabit.TAKES_ANY_CHECKSUM);
        String hash = request.header("x-amz-content-sha256");
        expectedSha256 = options.checksSignatures()
                        && hash != null
                        && SHA256.matcher(hash).matches()
                ? hash
                : null;
        sha256 = expectedSha256 == null ? null : Digests.sha256();
        chunks = AwsChunked.isUsed(request) ? new AwsChunked(this::take) : null;
    }

    void add(Buffer buffer) {
        if (!kept && md5 == null && sha256 == null && chunks == null) {
            size += buffer.length();
            if (crc32c != null) {
                update(crc32c, buffer);
            }
            return;
        }
        byte[] bytes = buffer.getBytes();
        if (chunks == null) {
            take(bytes, 0, bytes.length);
            return;
        }
        try {
            chunks.accept(bytes);
        } catch (S3Error e) {
            failure = e;
        }
    }

    @SuppressWarnings("deprecation") // the only way to look at bytes without a copy
    private static void update(CRC32C crc32c, Buffer buffer) {
        crc32c.update(buffer.getByteBuf().nioBuffer());
    }

    private void take(byte[] bytes, int from, int to) {
        size += to - from;
        if (md5 != null) {
            md5.update(bytes, from, to - from);
        }
        if (crc32c != null) {
            crc32c.update(bytes, from, to - from);
        }
        if (sha256 != null) {
            sha256.update(bytes, from, to - from);
        }
        if (kept) {
            boolean whole = to - from == bytes.length;
            pieces.add(Content.of(whole ? bytes : Arrays.copyOfRange(bytes, from, to)));
        }
    }

    /** What came, when all has come. */
    Received received() {
        if (chunks != null && failure == null && !chunks.hasEnded()) {
            failure = AwsChunked.malformed();
        }
        if (failure != null) {
            throw failure;
        }
        if (sha256 != null && !HexFormat.of().formatHex(sha256.digest()).equals(expectedSha256)) {
            throw new S3Error(400, "XAmzContentSHA256Mismatch", "The body is not what x-amz-content-sha256 says");
        }
        byte[] expected = expectedMd5 == null ? null : decoded(expectedMd5);
        byte[] digest = md5 == null ? expected : md5.digest();
        if (expected != null && !Arrays.equals(digest, expected)) {
            throw new S3Error(400, "BadDigest", "The Content-MD5 you specified did not match what we received");
        }
        return new Received(kept ? Content.joined(pieces) : new GeneratedContent(size, 0), digest, checksum());
    }

    private String checksum() {
        if (crc32c == null || expectedCrc32c != null && anyCrc32c) {
            return expectedCrc32c;
        }
        String computed = Crc32c.base64((int) crc32c.getValue());
        if (expectedCrc32c != null && !expectedCrc32c.equals(computed)) {
            throw new S3Error(400, "BadDigest", "The CRC32C you specified did not match the calculated checksum.");
        }
        return computed;
    }

    private static byte[] decoded(String md5) {
        try {
            return Base64.getDecoder().decode(md5);
        } catch (IllegalArgumentException e) {
            throw new S3Error(400, "InvalidDigest", "The Content-MD5 you specified is not valid");
        }
    }
}
