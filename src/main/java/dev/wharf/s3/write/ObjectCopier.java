package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.Etags;
import dev.wharf.s3.wire.Md5;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.store.UploadLedger;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Copies inside a store, always as a multipart upload: CopyObject ends at 5 GiB, and stores that honour
 * {@code If-None-Match} on CompleteMultipartUpload ignore it on CopyObject. What a store cannot copy, or not prove to have
 * copied, passes through the service. So a copy always has an MD5.
 */
public final class ObjectCopier {
    private final ClientLease lease;
    private final StoreAccess access;
    private final UploadLedger ledger;
    private final Executor threads;
    private final ObjectStore reader;
    private final ObjectWriter writer;
    private final ObjectPublisher publisher;

    /** @param reader the store that is copied in */
    public ObjectCopier(
            ClientLease lease,
            StoreAccess access,
            UploadLedger ledger,
            Executor threads,
            ObjectStore reader,
            ObjectWriter writer,
            ObjectPublisher publisher) {
        this.lease = lease;
        this.access = access;
        this.ledger = ledger;
        this.threads = threads;
        this.reader = reader;
        this.writer = writer;
        this.publisher = publisher;
    }

    public ObjectInfo copy(String sourceBucket, String sourceKey, String sourceEtag, String bucket, String key) {
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

    public StagedObject stage(
            String sourceBucket, String sourceKey, String sourceEtag, long size, String bucket, String key) {
        HeadObjectResponse source = unchanged(sourceBucket, sourceKey, sourceEtag);
        if (isOtherSize(source, size)) {
            throw changed(sourceBucket, sourceKey);
        }
        return stage(source, sourceBucket, sourceKey, bucket, key);
    }

    /** Copies exactly the version that was looked at. Its content type has to be passed on: parts carry none. */
    private StagedObject stage(
            HeadObjectResponse source, String sourceBucket, String sourceKey, String bucket, String key) {
        String etag = Etags.unquoted(source.eTag());
        boolean provable = Md5.isOne(etag) && !Etags.isKms(source.serverSideEncryptionAsString());
        boolean hasBytes = source.contentLength() != null && source.contentLength() > 0;
        StagedObject staged = null;
        if (provable && hasBytes) {
            staged = new ServerSideCopy(lease, threads, sourceBucket, sourceKey, etag, source.contentLength())
                    .into(MultipartUpload.begin(lease, ledger, access, bucket, key, source.contentType()));
        }
        return staged == null ? sent(source, sourceBucket, sourceKey, bucket, key) : staged;
    }

    /** Reads the version and writes it, as the store's answers to that are proofs of their own. */
    private StagedObject sent(
            HeadObjectResponse source, String sourceBucket, String sourceKey, String bucket, String key) {
        try (ObjectStream in = reader.read(sourceBucket, sourceKey, source.eTag())) {
            long size = in.object().size();
            if (isOtherSize(source, size)) {
                throw changed(sourceBucket, sourceKey);
            }
            return writer.stage(bucket, key, in, OptionalLong.of(size), source.contentType());
        } catch (IOException e) {
            throw new StoreException(
                    Kind.UNAVAILABLE, StoreErrors.place(sourceBucket, sourceKey) + " cannot be read: " + e, e);
        }
    }

    private static boolean isOtherSize(HeadObjectResponse source, long size) {
        return source.contentLength() != null && source.contentLength() != size;
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
