package dev.wharf.s3.read;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.OpenBodies;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.Etags;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The body of one answer, with the connection that it comes on. Read by one thread; any other may abort it. */
final class ObjectBody {
    private final ResponseInputStream<GetObjectResponse> in;
    private final OpenBodies bodies;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private ObjectBody(ResponseInputStream<GetObjectResponse> in, OpenBodies bodies) {
        this.in = in;
        this.bodies = bodies;
    }

    /**
     * Asks for an object, or a part of it.
     *
     * @param ifMatch an ETag in quotes, or null
     * @param range as in the header {@code Range}, or null
     * @throws StoreException CHANGED also where the store sends another version without a word
     */
    static ObjectBody get(ClientLease lease, String bucket, String key, String ifMatch, String range) {
        ObjectBody body;
        try {
            body = open(lease, bucket, key, ifMatch, range);
        } catch (StoreException e) {
            if (ifMatch == null || !StoreErrors.isNotImplemented(e)) {
                throw e;
            }
            body = open(lease, bucket, key, null, range);
        }
        String etag = Etags.unquoted(body.answer().eTag());
        if (ifMatch != null && !etag.isEmpty() && !etag.equals(Etags.unquoted(ifMatch))) {
            body.abort();
            throw new StoreException(
                    Kind.CHANGED,
                    StoreErrors.place(bucket, key)
                            + ": the object was replaced by another version since it was looked at");
        }
        return body;
    }

    private static ObjectBody open(ClientLease lease, String bucket, String key, String ifMatch, String range) {
        var request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .ifMatch(ifMatch)
                .range(range)
                .build();
        OpenBodies bodies = lease.bodies();
        bodies.opened();
        try {
            return new ObjectBody(lease.ask(S3Operation.GET, bucket, key, client -> client.getObject(request)), bodies);
        } catch (RuntimeException | Error e) {
            bodies.closed();
            throw e;
        }
    }

    GetObjectResponse answer() {
        return in.response();
    }

    /** Whether this is all of the object, where perhaps a part was asked for. */
    boolean isWhole() {
        return answer().contentRange() == null;
    }

    int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }

    void skip(long count) throws IOException {
        in.skipNBytes(count);
    }

    /** Reads the end: so the connection is kept for others, and a checksum of the SDK's is compared. */
    void finish() throws IOException {
        try {
            if (in.read() < 0) {
                in.close();
                release();
            }
        } finally {
            abort();
        }
    }

    /** Breaks the connection off: reading the rest of a large object for nothing would cost more. */
    void abort() {
        if (open.get()) {
            try {
                in.abort();
            } finally {
                release();
            }
        }
    }

    private void release() {
        if (open.compareAndSet(true, false)) {
            bodies.closed();
        }
    }
}
