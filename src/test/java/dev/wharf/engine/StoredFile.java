package dev.wharf.engine;

import dev.wharf.store.ByteRange;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A store of one file, which remembers what was read of it. */
public final class StoredFile extends MemoryStore {
    private final byte[] content;
    private final List<ByteRange> reads = new ArrayList<>();
    private boolean ranges = true;

    public StoredFile(byte[] content) {
        this.content = content;
    }

    public StoredFile withoutRanges() {
        ranges = false;
        return this;
    }

    /** Everything that was asked for, in its order. */
    public List<ByteRange> reads() {
        return reads;
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag) {
        return stream(key, 0, content.length);
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag, ByteRange range) {
        if (!ranges) {
            throw new StoreException(Kind.REFUSED, "no ranges");
        }
        if (range.offset() >= content.length) {
            throw new StoreException(Kind.OUT_OF_RANGE, "out of range");
        }
        reads.add(range);
        return stream(key, (int) range.offset(), (int) Math.min(content.length - range.offset(), range.length()));
    }

    private ObjectStream stream(String key, int offset, int length) {
        InputStream bytes = new ByteArrayInputStream(content, offset, length);
        var object = new ObjectInfo(key, content.length, "etag", Instant.EPOCH, "STANDARD", false, null);
        return new ObjectStream() {
            @Override
            public ObjectInfo object() {
                return object;
            }

            @Override
            public int read() throws java.io.IOException {
                return bytes.read();
            }

            @Override
            public int read(byte[] target, int at, int count) throws java.io.IOException {
                return bytes.read(target, at, count);
            }
        };
    }
}
