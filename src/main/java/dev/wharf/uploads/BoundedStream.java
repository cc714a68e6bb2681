package dev.wharf.uploads;

import dev.wharf.kernel.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to go on where a file is larger than allowed. */
final class BoundedStream extends FilterInputStream {
    private final long maxBytes;
    private long count;

    BoundedStream(InputStream in, long maxBytes) {
        super(in);
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        if (one >= 0) {
            add(1);
        }
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read > 0) {
            add(read);
        }
        return read;
    }

    /**
     * @throws ProblemException 413
     */
    private void add(int more) {
        count += more;
        if (count > maxBytes) {
            throw Uploads.tooLarge(maxBytes);
        }
    }
}
