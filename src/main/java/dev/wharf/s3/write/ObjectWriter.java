package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.UploadLedger;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/** Sends the bytes of new objects: in one request where they fit into one part, else in parts. */
public final class ObjectWriter {
    private final ClientLease lease;
    private final StoreAccess access;
    private final UploadLedger ledger;
    private final PartBuffers buffers;
    private final Executor threads;
    private final ObjectPublisher publisher;
    private final SinglePut single;

    ObjectWriter(
            ClientLease lease,
            StoreAccess access,
            UploadLedger ledger,
            PartBuffers buffers,
            Executor threads,
            ObjectPublisher publisher,
            SinglePut single) {
        this.lease = lease;
        this.access = access;
        this.ledger = ledger;
        this.buffers = buffers;
        this.threads = threads;
        this.publisher = publisher;
        this.single = single;
    }

    public ObjectInfo write(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        var source = new PartSource(in, length, StoreErrors.place(bucket, key));
        var sizes = new PartSizes(length, buffers.largest());
        PartBuffer first = buffers.take(sizes.of(1));
        if (fill(first, source)) {
            try (first) {
                return single.write(bucket, key, first, contentType);
            }
        }
        MultipartUpload upload = beginNew(bucket, key, contentType, first);
        StagedObject staged = new PartSender(upload, buffers, threads).send(first, false, source, sizes);
        try {
            return publisher.commit(staged);
        } catch (RuntimeException | Error e) {
            upload.abandon(e);
            throw e;
        }
    }

    public StagedObject stage(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        var source = new PartSource(in, length, StoreErrors.place(bucket, key));
        var sizes = new PartSizes(length, buffers.largest());
        PartBuffer first = buffers.take(sizes.of(1));
        boolean ended = fill(first, source);
        MultipartUpload upload = begin(bucket, key, contentType, first);
        return new PartSender(upload, buffers, threads).send(first, ended, source, sizes);
    }

    private static boolean fill(PartBuffer first, PartSource source) throws IOException {
        try {
            return source.fill(first);
        } catch (IOException | RuntimeException | Error e) {
            first.close();
            throw e;
        }
    }

    /** Before any part is sent: that the key is taken would else come out only at the end. */
    private MultipartUpload beginNew(String bucket, String key, String contentType, PartBuffer first) {
        try {
            publisher.refuseExisting(bucket, key);
        } catch (RuntimeException | Error e) {
            first.close();
            throw e;
        }
        return begin(bucket, key, contentType, first);
    }

    /** Only now: of a body that fails at once the store never hears. */
    private MultipartUpload begin(String bucket, String key, String contentType, PartBuffer first) {
        try {
            return new UploadStart(lease, ledger, access).checksummed(bucket, key, contentType);
        } catch (RuntimeException | Error e) {
            first.close();
            throw e;
        }
    }
}
