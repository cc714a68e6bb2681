package dev.wharf.publishing;

import dev.wharf.kernel.problem.ProblemException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** The MD5 of a file that a client sends, by its own account and by its bytes. */
final class FileMd5 {
    private static final int MD5_BYTES = 16;

    private final MessageDigest digest = digest();

    /**
     * What a header {@code Content-MD5} (RFC 1864) says.
     *
     * @return 32 hex digits
     * @throws ProblemException 400 if it says nothing of the kind
     */
    static String said(String header) {
        try {
            byte[] md5 = Base64.getDecoder().decode(header.strip());
            if (md5.length == MD5_BYTES) {
                return HexFormat.of().formatHex(md5);
            }
        } catch (IllegalArgumentException none) {
            // told below
        }
        throw ProblemException.invalid("Content-MD5", "must be the 16 bytes of the file's MD5 in Base64");
    }

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
