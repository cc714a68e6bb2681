package dev.wharf.engine.file;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ByteRange;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A local file that holds some bytes of an object, each at its own place; between them are holes, which take no room on
 * most file systems. All bytes are of one version, where the store has ETags. Used by one thread.
 */
public final class PartialFile implements AutoCloseable {
    /** What is read at most where the store hands an object out from its beginning only. */
    private static final long MOST_IN_ORDER = 32 << 20;

    private final ObjectStore store;
    private final String bucket;
    private final String key;
    private final Path path;
    private final FileChannel local;
    /** Reads on from the last byte that was fetched, where ranges are refused. */
    private ObjectStream inOrder;

    private String etag;
    private long size = -1;
    private long prefix;
    private long bytesRead;

    /**
     * @param etag of the version that is wanted; null for the one that is there
     * @param path of the local file, which must not exist
     */
    public PartialFile(ObjectStore store, String bucket, String key, String etag, Path path) throws IOException {
        this.store = store;
        this.bucket = bucket;
        this.key = key;
        this.etag = etag == null || etag.isEmpty() ? null : etag;
        this.path = path;
        this.local = FileChannel.open(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE);
    }

    /**
     * Fetches a stretch of bytes, as far as the object has them and they are not here; the first one begins at 0.
     *
     * @throws StoreException NOT_FOUND, ARCHIVED, DENIED; CHANGED where the object is another one than at first
     */
    public void fetch(long offset, long length) throws IOException {
        long start = Math.max(prefix, offset);
        long end = size < 0 ? offset + length : Math.min(size, offset + length);
        if (end <= start) {
            return;
        }
        if (inOrder == null) {
            fetchRange(start, end);
        }
        if (inOrder != null) {
            fetchInOrder(end);
        }
        if (start == prefix) {
            prefix = Math.min(end, size);
        }
    }

    private void fetchRange(long offset, long end) throws IOException {
        try (var in = store.read(bucket, key, etag, new ByteRange(offset, end - offset))) {
            opened(in.object());
            copy(in, offset, Long.MAX_VALUE);
        } catch (StoreException failure) {
            if (failure.kind() == Kind.OUT_OF_RANGE && offset == 0) {
                size = 0;
            } else if (size < 0 && (failure.kind() == Kind.DENIED || failure.kind() == Kind.REFUSED)) {
                inOrder = store.read(bucket, key, etag);
                opened(inOrder.object());
            } else {
                throw failure;
            }
        }
    }

    private void fetchInOrder(long end) throws IOException {
        if (end > MOST_IN_ORDER) {
            throw new ProblemException(
                    Problem.STORE_REFUSED,
                    "s3://" + bucket + "/" + key + ": the store hands it out as a whole only, and it has " + size
                            + " bytes; such files are looked into up to " + MOST_IN_ORDER + " bytes");
        }
        copy(inOrder, prefix, end - prefix);
        prefix = Math.min(end, size);
    }

    private void opened(ObjectInfo object) {
        size = object.size();
        etag = object.etag().isEmpty() ? null : object.etag();
    }

    private void copy(InputStream in, long position, long most) throws IOException {
        var buffer = ByteBuffer.allocate(1 << 16);
        for (long left = most; left > 0; ) {
            int count = in.read(buffer.array(), 0, (int) Math.min(buffer.capacity(), left));
            if (count < 0) {
                return;
            }
            bytesRead += count;
            left -= count;
            buffer.position(0).limit(count);
            while (buffer.hasRemaining()) {
                position += local.write(buffer, position);
            }
        }
    }

    /** Bytes that were fetched. */
    public ByteBuffer bytes(long offset, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && local.read(bytes, offset + bytes.position()) >= 0) {
            // once more
        }
        return bytes.flip();
    }

    public Path path() {
        return path;
    }

    /** Of the object, in bytes; known once something was fetched. */
    public long size() {
        return size;
    }

    /** How many bytes are here from the first one on, without a hole. */
    public long prefix() {
        return prefix;
    }

    public boolean whole() {
        return prefix == size;
    }

    /** What came from the store. */
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() throws IOException {
        try (local) {
            if (inOrder != null) {
                inOrder.close();
            }
        }
    }
}
