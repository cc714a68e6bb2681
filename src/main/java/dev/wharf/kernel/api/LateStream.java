package dev.wharf.kernel.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Begins an answer of lines with its first bytes: until then it can still be another one. */
final class LateStream extends OutputStream {
    private final Answer answer;
    private OutputStream begun;

    LateStream(Answer answer) {
        this.answer = answer;
    }

    boolean hasBegun() {
        return begun != null;
    }

    private OutputStream begin() {
        if (begun == null) {
            begun = answer.begin(200, Map.of("content-type", JsonLines.TYPE));
        }
        return begun;
    }

    @Override
    public void write(int one) throws IOException {
        begin().write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        begin().write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        begin().flush();
    }

    @Override
    public void close() throws IOException {
        begin().close();
    }
}
