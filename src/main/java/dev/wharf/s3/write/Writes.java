package dev.wharf.s3.write;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.IncompleteUpload;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.UploadLedger;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** All that stores objects: what uploads share, whatever their store. */
public final class Writes {
    private final UploadLedger ledger;
    private final StoreSettings settings;
    private final PartBuffers buffers;
    private final Executor threads;

    /** @param threads that send parts */
    public Writes(UploadLedger ledger, StoreSettings settings, Executor threads) {
        this.ledger = ledger;
        this.settings = settings;
        this.buffers = new PartBuffers(settings.bufferBytes(), settings.bufferWait());
        this.threads = threads;
    }

    /** {@link ObjectStore#write}. */
    public ObjectInfo write(
            ClientLease lease,
            StoreAccess access,
            String bucket,
            String key,
            InputStream in,
            OptionalLong length,
            String contentType)
            throws IOException {
        return writer(lease, access).write(bucket, key, in, length, contentType);
    }

    /** {@link ObjectStore#stage}. */
    public StagedObject stage(
            ClientLease lease,
            StoreAccess access,
            String bucket,
            String key,
            InputStream in,
            OptionalLong length,
            String contentType)
            throws IOException {
        return writer(lease, access).stage(bucket, key, in, length, contentType);
    }

    /** {@link ObjectStore#begin}. */
    public StagedObject begin(ClientLease lease, StoreAccess access, String bucket, String key, String contentType) {
        return new UploadStart(lease, ledger, access)
                .plain(bucket, key, contentType)
                .staged(0, null);
    }

    /** {@link ObjectStore#append}. */
    public StagedObject append(
            ClientLease lease, StagedObject begun, InputStream in, long length, Consumer<StagedObject> kept)
            throws IOException {
        var upload = MultipartUpload.begun(lease, ledger, begun.bucket(), begun.key(), begun.uploadId());
        return new PartAppender(upload, buffers, threads, begun, length, kept).append(in);
    }

    /**
     * What copies inside a store.
     *
     * @param store the same, for what has to go through this process
     */
    public ObjectCopier copier(ClientLease lease, StoreAccess access, ObjectStore store) {
        return new ObjectCopier(lease, access, ledger, threads, store, writer(lease, access), publisher(lease, access));
    }

    /** {@link ObjectStore#commit}. */
    public ObjectInfo commit(ClientLease lease, StoreAccess access, StagedObject staged) {
        return publisher(lease, access).commit(staged);
    }

    /** {@link ObjectStore#complete}. */
    public void complete(ClientLease lease, StoreAccess access, StagedObject staged) {
        publisher(lease, access).complete(staged);
    }

    /** {@link ObjectStore#committed}. */
    public Optional<ObjectInfo> committed(ClientLease lease, StoreAccess access, StagedObject staged) {
        return publisher(lease, access).committed(staged);
    }

    /** {@link ObjectStore#abort}. */
    public void abort(ClientLease lease, StagedObject staged) {
        MultipartUpload.begun(lease, ledger, staged.bucket(), staged.key(), staged.uploadId())
                .abort();
    }

    /** {@link ObjectStore#uploads}. */
    public boolean uploads(ClientLease lease, String bucket, String prefix, Predicate<IncompleteUpload> each) {
        return MultipartUpload.list(lease, bucket, prefix, each);
    }

    /** {@link ObjectStore#abortAll}. */
    public void abortAll(ClientLease lease, String bucket, String key) {
        MultipartUpload.abortAll(lease, ledger, bucket, key);
    }

    private ObjectWriter writer(ClientLease lease, StoreAccess access) {
        var publisher = publisher(lease, access);
        var single = new SinglePut(lease, access, ledger, publisher, verifier(lease, access));
        return new ObjectWriter(lease, access, ledger, buffers, threads, publisher, single);
    }

    private ObjectPublisher publisher(ClientLease lease, StoreAccess access) {
        return new ObjectPublisher(lease, access, ledger, verifier(lease, access));
    }

    private ObjectVerifier verifier(ClientLease lease, StoreAccess access) {
        return new ObjectVerifier(lease, access, settings);
    }

    /** Memory for parts that nobody holds, in bytes. */
    public long freeBuffers() {
        return buffers.free();
    }
}
