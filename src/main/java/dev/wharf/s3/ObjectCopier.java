package dev.wharf.s3;

import dev.wharf.s3.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/**
 * Copies inside a store, always as a multipart upload: CopyObject ends at 5 GiB, and stores that honour
 * {@code If-None-Match} on CompleteMultipartUpload ignore it on CopyObject.
 */
final class ObjectCopier {
    /** S3 takes up to 5 GiB per copied part; a smaller one ends well before a socket is thought dead. */
    private static final long PART = 512L << 20;

    private final ClientLease lease;
    private final StoreAccess access;
    private final UploadLedger ledger;
    private final ObjectWriter writer;
    private final ObjectPublisher publisher;

    ObjectCopier(
            ClientLease lease,
            StoreAccess access,
            UploadLedger ledger,
            ObjectWriter writer,
            ObjectPublisher publisher) {
        this.lease = lease;
        this.access = access;
        this.ledger = ledger;
        this.writer = writer;
        this.publisher = publisher;
    }

    ObjectInfo copy(String sourceBucket, String sourceKey, String sourceEtag, String bucket, String key) {
        publisher.refuseExisting(bucket, key);
        long size = unchanged(sourceBucket, sourceKey, sourceEtag).size();
        StagedObject staged = stage(sourceBucket, sourceKey, sourceEtag, size, bucket, key);
        try {
            return publisher.commit(staged);
        } catch (RuntimeException | Error e) {
            MultipartUpload.begun(lease, ledger, bucket, key, staged.uploadId()).abandon(e);
            throw e;
        }
    }

    StagedObject stage(String sourceBucket, String sourceKey, String sourceEtag, long size, String bucket, String key) {
        if (size == 0) {
            return stageEmpty(sourceBucket, sourceKey, sourceEtag, bucket, key);
        }
        var upload = MultipartUpload.begin(lease, ledger, access, bucket, key, null);
        try {
            long part = PartSizes.forCopy(size, PART);
            for (long start = 0; start < size; start += part) {
                // S3 refuses ranges of small objects: one part is the whole object, without a range.
                String range = size <= part ? null : "bytes=" + start + "-" + (Math.min(start + part, size) - 1);
                upload.addCopy(sourceBucket, sourceKey, sourceEtag, range);
            }
            return upload.staged(size, null);
        } catch (RuntimeException | Error e) {
            upload.abandon(e);
            throw e;
        }
    }

    /** No range names the bytes of an empty object. */
    private StagedObject stageEmpty(
            String sourceBucket, String sourceKey, String sourceEtag, String bucket, String key) {
        if (unchanged(sourceBucket, sourceKey, sourceEtag).size() != 0) {
            throw changed(sourceBucket, sourceKey);
        }
        try {
            return writer.stage(bucket, key, InputStream.nullInputStream(), OptionalLong.of(0), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectInfo unchanged(String bucket, String key, String etag) {
        ObjectInfo source = ObjectInfos.of(key, lease.head(bucket, key));
        if (etag != null && !source.etag().equals(Etags.unquoted(etag))) {
            throw changed(bucket, key);
        }
        return source;
    }

    private static StoreException changed(String bucket, String key) {
        return new StoreException(
                Kind.CHANGED,
                StoreErrors.place(bucket, key) + ": the object was replaced by another version since it was looked at");
    }
}
