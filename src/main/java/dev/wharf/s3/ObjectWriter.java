package dev.wharf.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.UUID;

/** Sends the bytes of new objects: in one request where they fit into one part, else in parts. */
final class ObjectWriter {
    private final ClientLease lease;
    private final StoreAccess access;
    private final UploadLedger ledger;
    private final PartBuffers buffers;
    private final ObjectPublisher publisher;

    ObjectWriter(
            ClientLease lease,
            StoreAccess access,
            UploadLedger ledger,
            PartBuffers buffers,
            ObjectPublisher publisher) {
        this.lease = lease;
        this.access = access;
        this.ledger = ledger;
        this.buffers = buffers;
        this.publisher = publisher;
    }

    ObjectInfo write(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        publisher.refuseExisting(bucket, key);
        var source = new PartSource(in, length, StoreErrors.place(bucket, key));
        var sizes = new PartSizes(length, buffers.largest());
        MultipartUpload upload;
        try (PartBuffer first = buffers.take(sizes.of(1))) {
            if (source.fill(first)) {
                return put(bucket, key, first, contentType);
            }
            upload = begin(bucket, key, contentType, first);
        }
        StagedObject staged = addRest(upload, source, sizes);
        try {
            return publisher.commit(staged);
        } catch (RuntimeException | Error e) {
            upload.abandon(e);
            throw e;
        }
    }

    StagedObject stage(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        var source = new PartSource(in, length, StoreErrors.place(bucket, key));
        var sizes = new PartSizes(length, buffers.largest());
        MultipartUpload upload;
        boolean ended;
        try (PartBuffer first = buffers.take(sizes.of(1))) {
            ended = source.fill(first);
            upload = begin(bucket, key, contentType, first);
        }
        return ended ? upload.staged(source.size(), source.md5()) : addRest(upload, source, sizes);
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
        return publisher.verify(bucket, key, whole.size(), Md5.hex(whole.md5()));
    }

    private MultipartUpload begin(String bucket, String key, String contentType, PartBuffer first) {
        var upload = MultipartUpload.begin(lease, ledger, access, bucket, key, contentType);
        try {
            upload.add(first);
            return upload;
        } catch (RuntimeException | Error e) {
            upload.abandon(e);
            throw e;
        }
    }

    /** The memory is given back between parts, so that uploads which wait for it take turns. */
    private StagedObject addRest(MultipartUpload upload, PartSource source, PartSizes sizes) throws IOException {
        try {
            boolean ended = false;
            while (!ended) {
                try (PartBuffer part = buffers.take(sizes.of(upload.size() + 1))) {
                    ended = source.fill(part);
                    upload.add(part);
                }
            }
            return upload.staged(source.size(), source.md5());
        } catch (IOException | RuntimeException | Error e) {
            upload.abandon(e);
            throw e;
        }
    }
}
