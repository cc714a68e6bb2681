package dev.wharf.s3;

import dev.wharf.s3.StoreException.Kind;
import dev.wharf.store.Control;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.Bucket;

/** The port, spoken through the AWS SDK. Holds no client itself: each operation leases the one of its access. */
final class SdkObjectStore implements ObjectStore {
    private static final int PAGES_AHEAD = 4;

    private final StoreAccess access;
    private final SdkClients clients;
    private final UploadLedger ledger;
    private final PartBuffers buffers;
    private final Executor threads;
    private final RangeFetcher fetcher;
    private final Executor listers;
    private final StoreSettings settings;

    SdkObjectStore(
            StoreAccess access,
            SdkClients clients,
            UploadLedger ledger,
            PartBuffers buffers,
            Executor threads,
            RangeFetcher fetcher,
            Executor listers,
            StoreSettings settings) {
        this.access = access;
        this.clients = clients;
        this.ledger = ledger;
        this.buffers = buffers;
        this.threads = threads;
        this.fetcher = fetcher;
        this.listers = listers;
        this.settings = settings;
    }

    @Override
    public List<String> buckets() {
        try (ClientLease lease = lease()) {
            return lease.buckets().buckets().stream()
                    .map(Bucket::name)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    @Override
    public FolderPage folder(String bucket, String prefix, int limit, String token) {
        try (ClientLease lease = lease()) {
            return ObjectLister.folder(lease, bucket, prefix, limit, token);
        }
    }

    @Override
    public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
        // A page for the reader, one for each worker, and some for the reader to begin with while those are busy.
        return order == Order.BY_KEY
                ? walkAfter(bucket, prefix, null)
                : walk(bucket, prefix, null, settings.walkers(), PAGES_AHEAD);
    }

    @Override
    public Stream<ObjectInfo> walkAfter(String bucket, String prefix, String after) {
        return walk(bucket, prefix, after, 1, 1);
    }

    private Stream<ObjectInfo> walk(String bucket, String prefix, String after, int workers, int pagesAhead) {
        return keepOpen(
                lease -> WalkStream.of(new Walk(lease, bucket, prefix, after, listers, workers, workers + pagesAhead)));
    }

    @Override
    public ObjectInfo stat(String bucket, String key) {
        try (ClientLease lease = lease()) {
            ObjectInfo object = ObjectInfos.of(key, lease.head(bucket, key));
            if (object.size() == ObjectInfos.UNKNOWN_SIZE) {
                throw StoreException.unusable(
                        StoreErrors.place(bucket, key) + ": the store does not say how large the object is", null);
            }
            return object;
        }
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag) {
        return read(bucket, key, etag, null);
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag, ByteRange range) {
        return keepOpen(lease -> new ObjectReader(lease, settings, fetcher, bucket, key, etag, range));
    }

    @Override
    public ObjectInfo write(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        try (ClientLease lease = lease()) {
            return writer(lease).write(bucket, key, in, length, contentType);
        }
    }

    @Override
    public ObjectInfo copy(String sourceBucket, String sourceKey, String sourceEtag, String bucket, String key) {
        try (ClientLease lease = lease()) {
            return copier(lease).copy(sourceBucket, sourceKey, sourceEtag, bucket, key);
        }
    }

    @Override
    public StagedObject stage(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        try (ClientLease lease = lease()) {
            return writer(lease).stage(bucket, key, in, length, contentType);
        }
    }

    @Override
    public StagedObject stageCopy(
            String sourceBucket, String sourceKey, String sourceEtag, long size, String bucket, String key) {
        try (ClientLease lease = lease()) {
            return copier(lease).stage(sourceBucket, sourceKey, sourceEtag, size, bucket, key);
        }
    }

    @Override
    public ObjectInfo commit(StagedObject staged) {
        try (ClientLease lease = lease()) {
            return publisher(lease).commit(staged);
        }
    }

    @Override
    public void abort(StagedObject staged) {
        try (ClientLease lease = lease()) {
            MultipartUpload.begun(lease, ledger, staged.bucket(), staged.key(), staged.uploadId())
                    .abort();
        }
    }

    @Override
    public void abortAll(String bucket, String key) {
        try (ClientLease lease = lease()) {
            MultipartUpload.abortAll(lease, ledger, bucket, key);
        }
    }

    @Override
    public <T> T control(Control<T> control) {
        if (!(control instanceof SdkControl<T> request)) {
            throw new IllegalArgumentException("Not made for this store: " + control.getClass());
        }
        if (control.kind() == Control.Kind.DELETE && !Canary.isName(control.key())) {
            throw new StoreException(
                    Kind.DENIED,
                    StoreErrors.place(control.bucket(), control.key())
                            + ": nothing is deleted but what a test of a connection has put there");
        }
        try (ClientLease lease = lease()) {
            return lease.ask(Operation.of(control.kind()), control.bucket(), control.key(), request.call());
        }
    }

    private ObjectVerifier verifier(ClientLease lease) {
        return new ObjectVerifier(lease, access, settings);
    }

    private ObjectPublisher publisher(ClientLease lease) {
        return new ObjectPublisher(lease, access, ledger, verifier(lease));
    }

    private ObjectWriter writer(ClientLease lease) {
        var publisher = publisher(lease);
        var single = new SinglePut(lease, access, ledger, publisher, verifier(lease));
        return new ObjectWriter(lease, access, ledger, buffers, threads, publisher, single);
    }

    private ObjectCopier copier(ClientLease lease) {
        return new ObjectCopier(lease, access, ledger, threads, this, writer(lease), publisher(lease));
    }

    private ClientLease lease() {
        try {
            return clients.lease(access);
        } catch (IllegalStateException e) {
            throw new StoreException(Kind.UNAVAILABLE, "The service is shutting down", e);
        }
    }

    /** For what outlives the call: the lease passes to the result, unless there is none. */
    private <T> T keepOpen(Function<ClientLease, T> opening) {
        ClientLease lease = lease();
        try {
            return opening.apply(lease);
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }
}
