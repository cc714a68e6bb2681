package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.Crc32c;
import dev.wharf.s3.wire.Etags;
import dev.wharf.s3.wire.Md5;
import dev.wharf.s3.write.CheckedBodies.Sums;
import dev.wharf.store.IncompleteUpload;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.store.UploadLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * A multipart upload that is being filled. From before it begins until it has ended it is in the ledger. It carries a
 * mark, which its object keeps: by that the object is known for ours, whatever a store says of the upload later.
 */
public final class MultipartUpload {
    private static final Logger LOG = LoggerFactory.getLogger(MultipartUpload.class);
    /** A store may list for ever. */
    private static final int MOST_UPLOADS = 100_000;
    /** Its checksum is not 0. */
    private static final byte[] WRONG = {1};

    private final ClientLease lease;
    private final UploadLedger ledger;
    private final String bucket;
    private final String key;
    private final String uploadId;
    private final String mark;
    private final String encryption;
    private final boolean checksummed;
    private final List<SentPart> parts = new ArrayList<>();

    /** @param checksummed whether the store has begun it as one whose parts have CRC-32Cs */
    MultipartUpload(
            ClientLease lease,
            UploadLedger ledger,
            String bucket,
            String key,
            String uploadId,
            String mark,
            String encryption,
            boolean checksummed) {
        this.lease = lease;
        this.ledger = ledger;
        this.bucket = bucket;
        this.key = key;
        this.uploadId = uploadId;
        this.mark = mark;
        this.encryption = encryption;
        this.checksummed = checksummed;
    }

    /** One that was begun before, to be gone on with or aborted. */
    public static MultipartUpload begun(
            ClientLease lease, UploadLedger ledger, String bucket, String key, String uploadId) {
        return new MultipartUpload(lease, ledger, bucket, key, uploadId, null, null, false);
    }

    /** {@link dev.wharf.store.ObjectStore#uploads}. */
    static boolean list(ClientLease lease, String bucket, String prefix, Predicate<IncompleteUpload> each) {
        return lease.ask(S3Operation.LIST_UPLOADS, bucket, null, client -> client
                .listMultipartUploadsPaginator(
                        request -> request.bucket(bucket).prefix(prefix).encodingType(EncodingType.URL))
                .uploads()
                .stream()
                .allMatch(upload -> each.test(new IncompleteUpload(upload.key(), upload.initiated()))));
    }

    /** Aborts all uploads of this key, whoever began them. */
    public static void abortAll(ClientLease lease, UploadLedger ledger, String bucket, String key) {
        List<String> uploadIds = lease.ask(S3Operation.LIST_UPLOADS, bucket, key, client -> client
                .listMultipartUploadsPaginator(
                        request -> request.bucket(bucket).prefix(key).encodingType(EncodingType.URL))
                .uploads()
                .stream()
                .limit(MOST_UPLOADS)
                .filter(upload -> key.equals(upload.key()) && upload.uploadId() != null)
                .map(upload -> upload.uploadId())
                .toList());
        uploadIds.forEach(
                uploadId -> begun(lease, ledger, bucket, key, uploadId).abort());
    }

    /**
     * Stores a part. May run at the same time as others of this upload. Where a store tells no ETag, it is what S3 says that
     * it is: the MD5.
     */
    public SentPart send(int number, PartBuffer part) {
        var bodies = new CheckedBodies(lease.habits().checksums(), bucket, true);
        UploadPartResponse answer = bodies.send(
                part,
                checksummed,
                sums -> send(number, part.size(), sums, part.body()),
                UploadPartResponse::checksumCRC32C);
        String etag = Etags.unquoted(answer.eTag()).isEmpty() ? Etags.quoted(Md5.hex(part.md5())) : answer.eTag();
        return new SentPart(etag, checksummed ? Crc32c.base64(part.crc32c()) : null);
    }

    private UploadPartResponse send(int number, long size, Sums sums, RequestBody body) {
        var answer = lease.ask(
                S3Operation.UPLOAD_PART,
                bucket,
                key,
                client -> client.uploadPart(
                        request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .contentLength(size)
                                .contentMD5(sums.contentMd5())
                                .checksumCRC32C(sums.crc32c()),
                        body));
        if (sums.md5() != null
                && Etags.contradicts(answer.eTag(), Md5.hex(sums.md5()), answer.serverSideEncryptionAsString())) {
            throw new StoreException(
                    Kind.BROKEN,
                    StoreErrors.place(bucket, key) + ": the store holds other bytes than it was sent, in part "
                            + number);
        }
        return answer;
    }

    /** Sends a first part with a wrong checksum, which a store that looks refuses. The true one takes its place. */
    public void tryChecksums() {
        if (checksummed) {
            lease.habits()
                    .checksums()
                    .tryOnce(
                            bucket,
                            () -> send(
                                    1, WRONG.length, new Sums(null, Crc32c.base64(0)), RequestBody.fromBytes(WRONG)));
        }
    }

    /**
     * Copies a range of another object, null being all of it, and returns the part's ETag, empty where the store tells
     * none. May run at the same time as others of this upload.
     */
    String copy(int number, String sourceBucket, String sourceKey, String sourceEtag, String range) {
        var answer = lease.ask(
                S3Operation.COPY_PART,
                sourceBucket,
                sourceKey,
                client -> client.uploadPartCopy(request -> request.sourceBucket(sourceBucket)
                        .sourceKey(sourceKey)
                        .copySourceIfMatch(Etags.quoted(sourceEtag))
                        .copySourceRange(range)
                        .destinationBucket(bucket)
                        .destinationKey(key)
                        .uploadId(uploadId)
                        .partNumber(number)));
        var result = answer.copyPartResult();
        return result == null || result.eTag() == null ? "" : result.eTag();
    }

    /** The next part is stored. */
    void add(SentPart part) {
        parts.add(part);
    }

    public String id() {
        return uploadId;
    }

    /** Whether the ETags of its parts may be MD5s: under a KMS key they are not. */
    boolean hasMd5s() {
        return !Etags.isKms(encryption);
    }

    StagedObject staged(long size, String crc32c) {
        return new StagedObject(
                bucket,
                key,
                uploadId,
                parts.stream().map(SentPart::etag).toList(),
                size,
                null,
                crc32c,
                checksummed ? parts.stream().map(SentPart::crc32c).toList() : List.of(),
                mark);
    }

    /** Aborts after a failure, which stays the one that is reported. Where that fails too the reaper will do it. */
    public void abandon(Throwable failure) {
        try {
            abort();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            LOG.warn("An incomplete upload stays behind for now: {}", e.getMessage());
        }
    }

    /** Aborts what is not needed after all, though nothing has failed. */
    void discard() {
        try {
            abort();
        } catch (StoreException e) {
            LOG.warn("An incomplete upload stays behind for now: {}", e.getMessage());
        }
    }

    /** Aborting what is gone already is a success. */
    public void abort() {
        try {
            lease.ask(
                    S3Operation.ABORT_UPLOAD,
                    bucket,
                    key,
                    client -> client.abortMultipartUpload(
                            request -> request.bucket(bucket).key(key).uploadId(uploadId)));
        } catch (StoreException e) {
            if (e.kind() != Kind.NO_SUCH_UPLOAD) {
                throw e;
            }
        }
        ledger.ended(bucket, key, uploadId);
    }
}
