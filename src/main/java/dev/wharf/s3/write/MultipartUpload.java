package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.Encryptions;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.Etags;
import dev.wharf.s3.wire.Md5;
import dev.wharf.store.IncompleteUpload;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.store.UploadLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;

/**
 * A multipart upload that is being filled. From before it begins until it has ended it is in the ledger. It carries a
 * mark, which its object keeps: by that the object is known for ours, whatever a store says of the upload later.
 */
public final class MultipartUpload {
    private static final Logger LOG = LoggerFactory.getLogger(MultipartUpload.class);
    /** A store may list for ever. */
    private static final int MOST_UPLOADS = 100_000;

    private final ClientLease lease;
    private final UploadLedger ledger;
    private final String bucket;
    private final String key;
    private final String uploadId;
    private final String mark;
    private final String encryption;
    private final List<String> parts = new ArrayList<>();

    private MultipartUpload(
            ClientLease lease,
            UploadLedger ledger,
            String bucket,
            String key,
            String uploadId,
            String mark,
            String encryption) {
        this.lease = lease;
        this.ledger = ledger;
        this.bucket = bucket;
        this.key = key;
        this.uploadId = uploadId;
        this.mark = mark;
        this.encryption = encryption;
    }

    /**
     * Begins one.
     *
     * @throws StoreException REFUSED also where the store does not apply the connection's encryption, while nothing is
     *     visible yet
     */
    public static MultipartUpload begin(
            ClientLease lease, UploadLedger ledger, StoreAccess access, String bucket, String key, String contentType) {
        long entry = ledger.begin(access.connectionId(), bucket, key);
        var tries = new Tries();
        String mark = UUID.randomUUID().toString();
        CreateMultipartUploadResponse answer;
        try {
            answer = lease.ask(
                    S3Operation.BEGIN_UPLOAD,
                    bucket,
                    key,
                    client -> client.createMultipartUpload(request -> request.bucket(bucket)
                            .key(key)
                            .overrideConfiguration(tries::watch)
                            .contentType(contentType)
                            .metadata(ObjectPublisher.marked(mark))
                            .serverSideEncryption(Encryptions.algorithm(access))
                            .ssekmsKeyId(Encryptions.kmsKeyId(access))));
        } catch (StoreException e) {
            // After a lost answer there may be an upload whose id nobody knows: its entry stays for the reaper.
            if (e.kind() != Kind.UNAVAILABLE && e.kind() != Kind.BROKEN) {
                ledger.ended(entry);
            }
            throw e;
        }
        if (answer.uploadId() == null) {
            throw new StoreException(
                    Kind.BROKEN,
                    StoreErrors.place(bucket, key) + ": the store began an upload and gave it no UploadId");
        }
        String encryption = answer.serverSideEncryptionAsString();
        var upload = new MultipartUpload(lease, ledger, bucket, key, answer.uploadId(), mark, encryption);
        try {
            if (tries.anyLost()) {
                ledger.begin(access.connectionId(), bucket, key); // what else the store may have begun, for the reaper
            }
            ledger.begun(entry, answer.uploadId());
            Encryptions.requireApplied(access, bucket, key, encryption);
        } catch (RuntimeException e) {
            upload.abandon(e);
            throw e;
        }
        return upload;
    }

    /** One that was begun before, to be gone on with or aborted. */
    public static MultipartUpload begun(
            ClientLease lease, UploadLedger ledger, String bucket, String key, String uploadId) {
        return new MultipartUpload(lease, ledger, bucket, key, uploadId, null, null);
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
     * Stores a part and returns its ETag. May run at the same time as others of this upload. Where a store tells none, it
     * is what S3 says that it is: the MD5, with which the store has compared what it was sent.
     */
    public String send(int number, PartBuffer part) {
        var answer = lease.ask(
                S3Operation.UPLOAD_PART,
                bucket,
                key,
                client -> client.uploadPart(
                        request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .contentLength(part.size())
                                .contentMD5(Md5.base64(part.md5())),
                        part.body()));
        String md5 = Md5.hex(part.md5());
        if (Etags.contradicts(answer.eTag(), md5, answer.serverSideEncryptionAsString())) {
            throw new StoreException(
                    Kind.BROKEN,
                    StoreErrors.place(bucket, key) + ": the store holds other bytes than it was sent, in part "
                            + number);
        }
        return Etags.unquoted(answer.eTag()).isEmpty() ? Etags.quoted(md5) : answer.eTag();
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

    /** The next part is stored, under this ETag. */
    void add(String etag) {
        parts.add(etag);
    }

    public String id() {
        return uploadId;
    }

    /** Whether the ETags of its parts may be MD5s: under a KMS key they are not. */
    boolean hasMd5s() {
        return !Etags.isKms(encryption);
    }

    StagedObject staged(long size, String md5) {
        return new StagedObject(bucket, key, uploadId, parts, size, md5, mark);
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
