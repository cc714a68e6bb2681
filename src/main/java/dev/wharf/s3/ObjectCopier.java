package dev.wharf.s3;

import dev.wharf.s3.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Copies inside a store, always as a multipart upload: CopyObject ends at 5 GiB, and stores that honour
 * {@code If-None-Match} on CompleteMultipartUpload ignore it on CopyObject.
 */
final class ObjectCopier {
    /** S3 takes up to 5 GiB per copied part; several smaller ones at one time are done sooner. */
    private static final long PART = 256L << 20;

    private static final int AT_A_TIME = 8;

    private final ClientLease lease;
    private final StoreAccess access;
    private final UploadLedger ledger;
    private final Executor threads;
    private final ObjectWriter writer;
    private final ObjectPublisher publisher;

    ObjectCopier(
            ClientLease lease,
            StoreAccess access,
            UploadLedger ledger,
            Executor threads,
            ObjectWriter writer,
            ObjectPublisher publisher) {
        this.lease = lease;
        this.access = access;
        this.ledger = ledger;
        this.threads = threads;
        this.writer = writer;
        this.publisher = publisher;
    }

    ObjectInfo copy(String sourceBucket, String sourceKey, String sourceEtag, String bucket, String key) {
        publisher.refuseExisting(bucket, key);
        HeadObjectResponse source = unchanged(sourceBucket, sourceKey, sourceEtag);
        StagedObject staged = stage(source, sourceBucket, sourceKey, bucket, key);
        try {
            return publisher.commit(staged);
        } catch (RuntimeException | Error e) {
            MultipartUpload.begun(lease, ledger, bucket, key, staged.uploadId()).abandon(e);
            throw e;
        }
    }

    StagedObject stage(String sourceBucket, String sourceKey, String sourceEtag, long size, String bucket, String key) {
        HeadObjectResponse source = unchanged(sourceBucket, sourceKey, sourceEtag);
        if (source.contentLength() != size) {
            throw changed(sourceBucket, sourceKey);
        }
        return stage(source, sourceBucket, sourceKey, bucket, key);
    }

    /** Copies exactly the version that was looked at. Its content type has to be passed on: parts carry none. */
    private StagedObject stage(
            HeadObjectResponse source, String sourceBucket, String sourceKey, String bucket, String key) {
        long size = source.contentLength();
        if (size == 0) {
            return stageEmpty(bucket, key, source.contentType());
        }
        var upload = MultipartUpload.begin(lease, ledger, access, bucket, key, source.contentType());
        var parts = new PartsInFlight(upload, threads, AT_A_TIME);
        try {
            long length = PartSizes.forCopy(size, PART);
            for (int number = 1; (number - 1) * length < size; number++) {
                int mine = number;
                String range = range(number, length, size);
                parts.awaitRoom();
                parts.submit(() -> upload.copy(mine, sourceBucket, sourceKey, source.eTag(), range));
            }
            parts.awaitAll();
            return upload.staged(size, null);
        } catch (RuntimeException | Error e) {
            parts.settle();
            upload.abandon(e);
            throw e;
        }
    }

    /** Null where one part is the whole object: S3 refuses ranges of small ones. */
    private static String range(int number, long length, long size) {
        long start = (number - 1) * length;
        return size <= length ? null : "bytes=" + start + "-" + (Math.min(start + length, size) - 1);
    }

    /** No range names the bytes of an empty object. */
    private StagedObject stageEmpty(String bucket, String key, String contentType) {
        try {
            return writer.stage(bucket, key, InputStream.nullInputStream(), OptionalLong.of(0), contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HeadObjectResponse unchanged(String bucket, String key, String etag) {
        HeadObjectResponse source = lease.head(bucket, key);
        if (etag != null && !Etags.unquoted(source.eTag()).equals(Etags.unquoted(etag))) {
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
