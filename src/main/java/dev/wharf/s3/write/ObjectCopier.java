package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.wire.Etags;
import dev.wharf.s3.wire.ObjectInfos;
import dev.wharf.store.CopySource;
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

/**
 * Copies inside a store, always as a multipart upload: CopyObject ends at 5 GiB, and stores that honour
 * {@code If-None-Match} on CompleteMultipartUpload ignore it on CopyObject. What a store cannot copy, or not prove to have
 * copied, passes through the service. So a copy always has a checksum.
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
        StagedObject staged = stage(unchanged(sourceBucket, sourceKey, sourceEtag), bucket, key);
        try {
            return publisher.commit(staged);
        } catch (RuntimeException | Error e) {
            MultipartUpload.begun(lease, ledger, bucket, key, staged.uploadId()).abandon(e);
            throw e;
        }
    }

    /** Copies exactly the version that was looked at. Its content type has to be passed on: parts carry none. */
    public StagedObject stage(CopySource source, String bucket, String key) {
        StagedObject staged = null;
        if (source.md5() != null && source.size() > 0) {
            staged = new ServerSideCopy(lease, threads, source.bucket(), source.key(), source.md5(), source.size())
                    .into(new UploadStart(lease, ledger, access).plain(bucket, key, source.contentType()));
        }
        return staged == null ? sent(source, bucket, key) : staged;
    }

    /** Reads the version and writes it, as the store's answers to that are proofs of their own. */
    private StagedObject sent(CopySource source, String bucket, String key) {
        try (ObjectStream in = reader.read(source.bucket(), source.key(), source.etag())) {
            long size = in.object().size();
            if (source.size() >= 0 && source.size() != size) {
                throw changed(source.bucket(), source.key());
            }
            return writer.stage(bucket, key, in, OptionalLong.of(size), source.contentType());
        } catch (IOException e) {
            throw new StoreException(
                    Kind.UNAVAILABLE, StoreErrors.place(source.bucket(), source.key()) + " cannot be read: " + e, e);
        }
    }

    private CopySource unchanged(String bucket, String key, String etag) {
        var source = CopySource.of(bucket, ObjectInfos.of(key, lease.head(bucket, key)));
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
