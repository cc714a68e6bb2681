package dev.wharf.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executor;

/** Sends the bytes of new objects: in one request where they fit into one part, else in parts. */
final class ObjectWriter {
    private final ClientLease lease;
    private final StoreAccess access;
    private final UploadLedger ledger;
    private final PartBuffers buffers;
    private final Executor threads;
    private final ObjectPublisher publisher;
    private final ObjectVerifier verifier;

    ObjectWriter(
            ClientLease lease,
            StoreAccess access,
            UploadLedger ledger,
            PartBuffers buffers,
            Executor threads,
            ObjectPublisher publisher,
            ObjectVerifier verifier) {
        this.lease = lease;
        this.access = access;
        this.ledger = ledger;
        this.buffers = buffers;
        this.threads = threads;
        this.publisher = publisher;
        this.verifier = verifier;
    }

    ObjectInfo write(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        publisher.refuseExisting(bucket, key);
        var source = new PartSource(in, length, StoreErrors.place(bucket, key), false);
        var sizes = new PartSizes(length, buffers.largest());
        PartBuffer first = buffers.take(sizes.of(1));
        if (fill(first, source)) {
            try (first) {
                return put(bucket, key, first, contentType);
            }
        }
        MultipartUpload upload = begin(bucket, key, contentType, first);
        StagedObject staged = new PartSender(upload, buffers, threads).send(first, false, source, sizes);
        try {
            return publisher.commit(staged);
        } catch (RuntimeException | Error e) {
            upload.abandon(e);
            throw e;
        }
    }

    StagedObject stage(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        var source = new PartSource(in, length, StoreErrors.place(bucket, key), true);
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

    /** Only now: of a body that fails at once the store never hears. */
    private MultipartUpload begin(String bucket, String key, String contentType, PartBuffer first) {
        try {
            return MultipartUpload.begin(lease, ledger, access, bucket, key, contentType);
        } catch (RuntimeException | Error e) {
            first.close();
            throw e;
        }
    }

    private ObjectInfo put(String bucket, String key, PartBuffer whole, String contentType) {
        String mark = UUID.randomUUID().toString();
        try {
            lease.ask(
                    Operation.PUT,
                    bucket,
                    key,
                    client -> client.putObject(
                            request -> request.bucket(bucket)
                                    .key(key)
                                    .ifNoneMatch("*")
                                    .contentLength(whole.size())
                                    .contentMD5(Md5.base64(whole.md5()))
                                    .contentType(contentType)
                                    .metadata(ObjectPublisher.marked(mark))
                                    .serverSideEncryption(Encryptions.algorithm(access))
                                    .ssekmsKeyId(Encryptions.kmsKeyId(access)),
                            whole.body()));
        } catch (StoreException e) {
            publisher.ownAfterAll(bucket, key, mark, e);
        }
        return verifier.verify(bucket, key, whole.size(), Md5.hex(whole.md5()));
    }
}
