package dev.wharf.uploads;

import dev.wharf.kernel.http.stream.ClientBytes;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;

/** Says to the client why a file is not stored: it is larger than allowed, or its end does not come. */
final class UploadedBytes extends ClientBytes {
    private final long maxBytes;
    private long count;

    UploadedBytes(InputStream in, long maxBytes) {
        super(in, "nothing was stored");
        this.maxBytes = maxBytes;
    }

    /**
     * @throws ProblemException 413, or 400 if the client breaks off
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count += Math.max(read, 0);
        if (count > maxBytes) {
            throw Uploads.tooLarge(maxBytes);
        }
        return read;
    }
}
