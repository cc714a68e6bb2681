package dev.wharf.s3;

import dev.wharf.s3.StoreException.Kind;
import java.io.IOException;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads one version of an object to its last byte, over as many connections as that takes. */
final class ResumingStream extends ObjectStream {
    /** Progress after which a broken connection is a new misfortune rather than the same again. */
    private static final long PROGRESS = 64 << 10;

    private final ClientLease lease;
    private final StoreSettings settings;
    private final String bucket;
    private final String key;
    private final String etag;
    private final ObjectInfo object;
    private ResponseInputStream<GetObjectResponse> body;
    /** Behind the last byte that is wanted. */
    private final long end;

    private long position;
    private long resumedAt;
    private int failures;
    private boolean closed;

    /** Opens the object with a GET alone, as HEAD may be denied. Takes the lease over once it returns. */
    ResumingStream(ClientLease lease, StoreSettings settings, String bucket, String key, String etag, ByteRange range) {
        this.lease = lease;
        this.settings = settings;
        this.bucket = bucket;
        this.key = key;
        body = get(Etags.quoted(etag), range == null ? null : range.offset(), range == null ? null : range.last());
        object = ObjectInfos.of(key, body.response());
        position = range == null ? 0 : range.offset();
        end = range == null ? object.size() : Math.min(object.size(), range.offset() + range.length());
        this.etag = Etags.quoted(object.etag());
        if (body.response().contentLength() == null) {
            body.abort();
            throw broken("the store does not say how long the object is", null);
        }
    }

    @Override
    public ObjectInfo object() {
        return object;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("The stream is closed");
        }
        if (position == end) {
            finish();
            return -1;
        }
        while (length > 0) {
            Exception failure = null;
            try {
                if (body == null) {
                    resume();
                }
                int count = body.read(target, offset, (int) Math.min(length, end - position));
                if (count > 0) {
                    advance(count);
                    return count;
                }
            } catch (IOException | SdkException e) {
                failure = e;
            }
            retry(failure);
        }
        return 0;
    }

    /** Closing early breaks the connection off: reading the rest of a large object for nothing would cost more. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                abandon();
            } finally {
                lease.close();
            }
        }
    }

    private void advance(int count) {
        position += count;
        if (position - resumedAt >= PROGRESS) {
            failures = 0;
        }
        if (position == end) {
            finish();
        }
    }

    /** Reads the end of the body: so the connection is kept for others, and a checksum of the SDK's is compared. */
    private void finish() {
        if (body == null) {
            return;
        }
        try {
            if (body.read() < 0) {
                body.close();
                body = null;
            }
        } catch (SdkException e) {
            throw broken("the bytes that came do not have the checksum that the store sent", e);
        } catch (IOException e) {
            // All bytes are here; only the connection is of no further use.
        } finally {
            abandon();
        }
    }

    private void retry(Exception failure) {
        abandon();
        if (++failures >= settings.attempts()) {
            throw broken(
                    "the connection broke " + failures + " times after " + position + " of " + object.size() + " bytes",
                    failure);
        }
        if (etag == null) {
            throw broken("the connection broke, and without an ETag it cannot be resumed safely", failure);
        }
        try {
            settings.pause(failures);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Kind.UNAVAILABLE, StoreErrors.place(bucket, key) + ": interrupted", e);
        }
    }

    private void resume() throws IOException {
        resumedAt = position;
        body = get(etag, position == 0 ? null : position, end == object.size() ? null : end - 1);
        // A store that ignores ranges sends everything again.
        if (position > 0 && body.response().contentRange() == null) {
            body.skipNBytes(position);
        }
    }

    private ResponseInputStream<GetObjectResponse> get(String ifMatch, Long first, Long last) {
        String range = first == null ? null : "bytes=" + first + "-" + (last == null ? "" : last);
        return lease.ask(
                Operation.GET,
                bucket,
                key,
                client -> client.getObject(request ->
                        request.bucket(bucket).key(key).ifMatch(ifMatch).range(range)));
    }

    private void abandon() {
        if (body != null) {
            body.abort();
            body = null;
        }
    }

    private StoreException broken(String what, Exception cause) {
        return new StoreException(Kind.BROKEN, StoreErrors.place(bucket, key) + ": " + what, cause);
    }
}
