package dev.wharf.kernel.http.stream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that looks at what goes through it: however it is read, its bytes come by {@link #read(byte[], int, int)}. */
public abstract class BlockStream extends FilterInputStream {
    private static final int SKIPPED = 8 << 10;

    protected BlockStream(InputStream in) {
        super(in);
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public final long skip(long count) throws IOException {
        int length = (int) Math.max(0, Math.min(count, SKIPPED));
        return Math.max(0, read(new byte[length], 0, length));
    }

    @Override
    public final boolean markSupported() {
        return false;
    }
}
