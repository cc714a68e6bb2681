package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digests that S3 uses. */
final class Digests {
    private static final int CHUNK = 1 << 20;

    private Digests() {}

    static MessageDigest md5() {
        return named("MD5");
    }

    static MessageDigest sha256() {
        return named("SHA-256");
    }

    static String md5(Content content) {
        MessageDigest digest = md5();
        for (long position = 0; position < content.size(); ) {
            var chunk = content.chunk(position, CHUNK);
            position += chunk.readableBytes();
            digest.update(chunk.nioBuffer());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest named(String name) {
        try {
            return NativeTls.PROVIDER.getService("MessageDigest", name) == null
                    ? MessageDigest.getInstance(name)
                    : MessageDigest.getInstance(name, NativeTls.PROVIDER);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has " + name, e);
        }
    }
}
