package dev.wharf.testing;

import dev.wharf.kernel.api.Answer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer that stays here. */
public final class MemoryAnswer implements Answer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream() {
        @Override
        public void close() {
            whole = true;
        }
    };
    private volatile boolean gone;
    private boolean whole;
    private int status;

    @Override
    public OutputStream begin(int beginning, Map<String, String> headers) {
        status = beginning;
        return bytes;
    }

    @Override
    public boolean hasBegun() {
        return status != 0;
    }

    @Override
    public boolean isGone() {
        return gone;
    }

    public void leave() {
        gone = true;
    }

    /** 0 if it was not begun. */
    public int status() {
        return status;
    }

    public boolean isWhole() {
        return whole;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
