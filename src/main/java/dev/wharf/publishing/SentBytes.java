package dev.wharf.publishing;

import dev.wharf.kernel.http.stream.BrokenBodyException;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** The bytes of a file that a client sends: says to it why they are not kept, and what they should be by its own account. */
final class SentBytes extends FilterInputStream {
    private static final int MD5_BYTES = 16;

    SentBytes(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /**
     * @throws ProblemException 400 if the client breaks off
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (BrokenBodyException e) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED, e.getMessage() + "; nothing of it was kept. Send the file again", e);
        }
    }

    /**
     * What a header {@code Content-MD5} (RFC 1864) says.
     *
     * @return 32 hex digits
     * @throws ProblemException 400 if it says nothing of the kind
     */
    static String md5(String header) {
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

    /** Reads all of a stream, for its MD5: 32 hex digits. */
    static String md5(InputStream in) throws IOException {
        try {
            var digest = MessageDigest.getInstance("MD5");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
