package dev.wharf.s3.write;

import dev.wharf.s3.wire.Md5;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;

/** The bytes of one part, kept until the store has them, so that sending can be repeated. */
public final class PartBuffer implements AutoCloseable {
    /** Half a region of the smallest G1 heap: larger arrays would be "humongous" and fragment a small heap. */
    public static final int CHUNK = 256 << 10;

    private final long capacity;
    private final Memory memory;
    private final List<byte[]> chunks = new ArrayList<>();
    private final CRC32C crc32c = new CRC32C();
    private long size;
    private byte[] md5;

    /** Where the bytes of parts are kept. */
    interface Memory {
        /** @param size up to {@link #CHUNK} */
        byte[] take(int size);

        void giveBack(List<byte[]> chunks);
    }

    PartBuffer(long capacity, Memory memory) {
        this.capacity = capacity;
        this.memory = memory;
    }

    /** A small one, with memory of its own. */
    public PartBuffer(int capacity) {
        this(capacity, new Memory() {
            @Override
            public byte[] take(int size) {
                return new byte[size];
            }

            @Override
            public void giveBack(List<byte[]> chunks) {
                // the collector's
            }
        });
    }

    /**
     * Reads until the capacity is reached or the input ends.
     */
    public void fill(InputStream in) throws IOException {
        while (size < capacity) {
            int offset = (int) (size % CHUNK);
            if (offset == 0 && size / CHUNK == chunks.size()) {
                chunks.add(memory.take((int) Math.min(CHUNK, capacity - size)));
            }
            byte[] chunk = chunks.get(chunks.size() - 1);
            int count = in.read(chunk, offset, chunk.length - offset);
            if (count < 0) {
                break;
            }
            crc32c.update(chunk, offset, count); // while the processor still has them at hand
            size += count;
        }
    }

    long size() {
        return size;
    }

    boolean isFull() {
        return size == capacity;
    }

    int crc32c() {
        return (int) crc32c.getValue();
    }

    /** Calculated by who asks first: that is who sends the part, while others are being read and sent. */
    byte[] md5() {
        if (md5 == null) {
            MessageDigest digest = Md5.digest();
            for (int index = 0; index < chunks.size(); index++) {
                digest.update(chunks.get(index), 0, (int) Math.min(CHUNK, size - (long) index * CHUNK));
            }
            md5 = digest.digest();
        }
        return md5;
    }

    RequestBody body() {
        return RequestBody.fromContentProvider(Reader::new, size, "application/octet-stream");
    }

    @Override
    public void close() {
        memory.giveBack(chunks);
        chunks.clear();
    }

    /** Each try to send the part reads it from the start. */
    private final class Reader extends InputStream {
        private long position;
        private long mark;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int start, int length) {
            if (position == size) {
                return -1;
            }
            int offset = (int) (position % CHUNK);
            int count = (int) Math.min(Math.min(length, CHUNK - offset), size - position);
            System.arraycopy(chunks.get((int) (position / CHUNK)), offset, target, start, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, size - position);
        }

        @Override
        public boolean markSupported() {
            return true;
        }

        @Override
        public void mark(int limit) {
            mark = position;
        }

        @Override
        public void reset() {
            position = mark;
        }
    }
}
