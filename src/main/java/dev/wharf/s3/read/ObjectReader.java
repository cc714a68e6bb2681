package dev.wharf.s3.read;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.Etags;
import dev.wharf.s3.wire.ObjectInfos;
import dev.wharf.store.ByteRange;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Reads one version of an object. The first request is a plain GET, as HEAD and ranges may be denied; who reads on and
 * has to wait is given ranges that were fetched meanwhile. Where those cannot be had, the GET is read to its end.
 */
final class ObjectReader extends ObjectStream {
    private static final int COPY_BUFFER = 128 << 10;

    private final ClientLease lease;
    private final ObjectVersion version;
    private final LookAhead ahead;
    /** Behind the last byte that is wanted. */
    private final long end;

    // Both guarded by this.
    private ResumingBody direct;
    private boolean closed;

    private long position;

    /** Takes the lease over once it returns. */
    ObjectReader(
            ClientLease lease,
            StoreSettings settings,
            RangeFetcher fetcher,
            String bucket,
            String key,
            String etag,
            ByteRange range) {
        this.lease = lease;
        String asked = range == null ? null : "bytes=" + range.offset() + "-" + range.last();
        ObjectBody body = ObjectBody.get(lease, bucket, key, Etags.quoted(etag), asked);
        try {
            ObjectInfo object = ObjectInfos.of(key, body.answer());
            version = new ObjectVersion(lease, settings, bucket, key, object);
            position = range == null ? 0 : range.offset();
            end = range == null ? object.size() : Math.min(object.size(), range.last() + 1);
            if (body.isWhole() && body.answer().contentLength() == null) {
                throw StoreException.unusable(
                        StoreErrors.place(bucket, key) + ": the store does not say how large the object is", null);
            }
            if (body.isWhole() && range != null && position >= object.size()) {
                throw new StoreException(
                        Kind.OUT_OF_RANGE,
                        StoreErrors.place(bucket, key) + ": the object ends before the bytes that were asked for");
            }
            version.check(body.answer(), position, end);
        } catch (RuntimeException | Error e) {
            body.abort();
            throw e;
        }
        direct = new ResumingBody(version, body, position, end);
        ahead = new LookAhead(fetcher, version, end);
    }

    @Override
    public ObjectInfo object() {
        return version.object();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        refuseIfClosed();
        if (length == 0) {
            return 0;
        }
        int count = fetched(length, (chunk, from, bytes) -> System.arraycopy(chunk, from, target, offset, bytes));
        return count > 0 ? count : readDirectly(target, offset, length);
    }

    /**
     * Without a copy of what was fetched ahead; and what comes slowly is not kept back, since the stream is flushed where
     * nothing more is there at the moment.
     */
    @Override
    public long transferTo(OutputStream out) throws IOException {
        long start = position;
        byte[] buffer = null;
        int count = 0;
        while (count >= 0) {
            refuseIfClosed();
            count = fetched(Integer.MAX_VALUE, out::write);
            if (count == 0) {
                buffer = buffer == null ? new byte[COPY_BUFFER] : buffer;
                count = readDirectly(buffer, 0, buffer.length);
                out.write(buffer, 0, Math.max(0, count));
            }
            if (count < COPY_BUFFER) {
                out.flush();
            }
        }
        return position - start;
    }

    @Override
    public void close() {
        ResumingBody open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = direct;
        }
        try {
            ahead.close();
            if (open != null) {
                open.close();
            }
        } finally {
            lease.close();
        }
    }

    /** Takes bytes that were fetched ahead; 0 if there are none here. */
    private int fetched(int most, FetchedRange.Taker taker) throws IOException {
        if (position == end) {
            return 0;
        }
        FetchedRange range = ahead.at(position);
        if (range == null) {
            return 0;
        }
        abandonDirect();
        int count = range.take(most, taker);
        if (count == 0) {
            ahead.close();
        }
        position += count;
        return count;
    }

    private int readDirectly(byte[] target, int offset, int length) throws IOException {
        if (position == end && direct == null) {
            return -1;
        }
        long limit = position == end ? length : Math.min(length, ahead.directEnd() - position);
        long began = System.nanoTime();
        int count = direct().read(target, offset, (int) limit);
        if (count > 0) {
            position += count;
            ahead.readDirectly(position, count, System.nanoTime() - began);
        }
        return count;
    }

    private ResumingBody direct() throws IOException {
        synchronized (this) {
            if (direct == null) {
                direct = new ResumingBody(version, null, position, end);
            }
        }
        refuseIfClosed();
        return direct;
    }

    private void abandonDirect() {
        ResumingBody open;
        synchronized (this) {
            open = direct;
            direct = null;
        }
        if (open != null) {
            open.close();
        }
    }

    private synchronized void refuseIfClosed() throws IOException {
        if (closed) {
            throw new IOException("The stream is closed");
        }
    }
}
