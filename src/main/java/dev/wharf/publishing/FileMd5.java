package dev.wharf.publishing;

import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The MD5 of a file that a client sends. */
final class FileMd5 {
    private final MessageDigest digest = digest();

    /** Of what was read so far, 32 hex digits; asked once. */
    String read() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The same bytes, which are hashed as they are read. */
    InputStream of(InputStream in) {
        return new DigestInputStream(in, digest);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
