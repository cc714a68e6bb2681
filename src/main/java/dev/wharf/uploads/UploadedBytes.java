package dev.wharf.uploads;

import dev.wharf.kernel.http.stream.BrokenBodyException;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Says to the client why a file is not stored: it is larger than allowed, or its end does not come. */
final class UploadedBytes extends FilterInputStream {
    private final long maxBytes;
    private long count;

    UploadedBytes(InputStream in, long maxBytes) {
        super(in);
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /**
     * @throws ProblemException 413, or 400 if the client breaks off
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int read = super.read(target, offset, length);
            count += Math.max(read, 0);
            if (count > maxBytes) {
                throw Uploads.tooLarge(maxBytes);
            }
            return read;
        } catch (BrokenBodyException e) {
            throw new ProblemException(
                    Problem.VALIDATION_FAILED, e.getMessage() + "; nothing was stored. Send the file again", e);
        }
    }
}
