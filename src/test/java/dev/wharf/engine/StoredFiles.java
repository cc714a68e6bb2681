package dev.wharf.engine;

import dev.wharf.store.ByteRange;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store of any number of files, each with an ETag of its own. */
public class StoredFiles extends MemoryStore {
    private final Map<String, byte[]> contents = new ConcurrentSkipListMap<>();
    private final Map<String, Long> bytesRead = new ConcurrentHashMap<>();

    public StoredFiles with(String key, byte[] content) {
        contents.put(key, content);
        with(info(key));
        return this;
    }

    public StoredFiles with(String key, String content) {
        return with(key, content.getBytes(StandardCharsets.UTF_8));
    }

    private ObjectInfo info(String key) {
        return new ObjectInfo(key, contents.get(key).length, etag(key), Instant.EPOCH, "STANDARD", false, null);
    }

    private String etag(String key) {
        return String.valueOf(Arrays.hashCode(contents.get(key)));
    }

    /** What was read of each file. */
    public Map<String, Long> bytesRead() {
        return bytesRead;
    }

    public Map<String, byte[]> contents() {
        return contents;
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag) {
        return read(bucket, key, etag, new ByteRange(0, Long.MAX_VALUE));
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag, ByteRange range) {
        var content = contents.get(key);
        var uri = "s3://" + bucket + "/" + key;
        if (content == null) {
            throw new StoreException(Kind.NOT_FOUND, uri + ": no such object");
        }
        if (etag != null && !etag.equals(etag(key))) {
            throw new StoreException(Kind.CHANGED, uri + " has changed");
        }
        if (range.offset() >= content.length) {
            throw new StoreException(Kind.OUT_OF_RANGE, uri + ": out of range");
        }
        int length = (int) Math.min(content.length - range.offset(), range.length());
        bytesRead.merge(key, (long) length, Long::sum);
        InputStream bytes = new ByteArrayInputStream(content, (int) range.offset(), length);
        var object = info(key);
        return new ObjectStream() {
            @Override
            public ObjectInfo object() {
                return object;
            }

            @Override
            public int read() throws IOException {
                return bytes.read();
            }

            @Override
            public int read(byte[] target, int at, int count) throws IOException {
                return bytes.read(target, at, count);
            }
        };
    }
}
