package dev.wharf.s3;

import dev.wharf.s3.client.ClientLease;
import dev.wharf.s3.client.SdkClients;
import dev.wharf.s3.fault.S3Operation;
import dev.wharf.s3.fault.StoreErrors;
import dev.wharf.s3.list.Lists;
import dev.wharf.s3.probe.Canary;
import dev.wharf.s3.read.Reads;
import dev.wharf.s3.wire.ObjectInfos;
import dev.wharf.s3.write.Writes;
import dev.wharf.store.ByteRange;
import dev.wharf.store.Control;
import dev.wharf.store.CopySource;
import dev.wharf.store.FolderPage;
import dev.wharf.store.IncompleteUpload;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.Bucket;

/** The port, spoken through the AWS SDK. Holds no client itself: each operation leases the one of its access. */
final class SdkObjectStore implements ObjectStore {
    private final StoreAccess access;
    private final SdkClients clients;
    private final Lists lists;
    private final Reads reads;
    private final Writes writes;

    SdkObjectStore(StoreAccess access, SdkClients clients, Lists lists, Reads reads, Writes writes) {
        this.access = access;
        this.clients = clients;
        this.lists = lists;
        this.reads = reads;
        this.writes = writes;
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
            return lists.folder(lease, bucket, prefix, limit, token);
        }
    }

    @Override
    public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
        return keepOpen(lease -> lists.walk(lease, bucket, prefix, null, order));
    }

    @Override
    public Stream<ObjectInfo> walkAfter(String bucket, String prefix, String after) {
        return keepOpen(lease -> lists.walk(lease, bucket, prefix, after, Order.BY_KEY));
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
        return keepOpen(lease -> reads.read(lease, bucket, key, etag, range));
    }

    @Override
    public ObjectInfo write(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        try (ClientLease lease = lease()) {
            return writes.write(lease, access, bucket, key, in, length, contentType);
        }
    }

    @Override
    public ObjectInfo copy(String sourceBucket, String sourceKey, String sourceEtag, String bucket, String key) {
        try (ClientLease lease = lease()) {
            return writes.copier(lease, access, this).copy(sourceBucket, sourceKey, sourceEtag, bucket, key);
        }
    }

    @Override
    public StagedObject stage(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        try (ClientLease lease = lease()) {
            return writes.stage(lease, access, bucket, key, in, length, contentType);
        }
    }

    @Override
    public StagedObject stageCopy(CopySource source, String bucket, String key) {
        try (ClientLease lease = lease()) {
            return writes.copier(lease, access, this).stage(source, bucket, key);
        }
    }

    @Override
    public StagedObject begin(String bucket, String key, String contentType) {
        try (ClientLease lease = lease()) {
            return writes.begin(lease, access, bucket, key, contentType);
        }
    }

    @Override
    public StagedObject append(StagedObject begun, InputStream in, long length, Consumer<StagedObject> kept)
            throws IOException {
        try (ClientLease lease = lease()) {
            return writes.append(lease, begun, in, length, kept);
        }
    }

    @Override
    public ObjectInfo commit(StagedObject staged) {
        try (ClientLease lease = lease()) {
            return writes.commit(lease, access, staged);
        }
    }

    @Override
    public void complete(StagedObject staged) {
        try (ClientLease lease = lease()) {
            writes.complete(lease, access, staged);
        }
    }

    @Override
    public Optional<ObjectInfo> committed(StagedObject staged) {
        try (ClientLease lease = lease()) {
            return writes.committed(lease, access, staged);
        }
    }

    @Override
    public void abort(StagedObject staged) {
        try (ClientLease lease = lease()) {
            writes.abort(lease, staged);
        }
    }

    @Override
    public void abortAll(String bucket, String key) {
        try (ClientLease lease = lease()) {
            writes.abortAll(lease, bucket, key);
        }
    }

    @Override
    public boolean uploads(String bucket, String prefix, Predicate<IncompleteUpload> each) {
        try (ClientLease lease = lease()) {
            return writes.uploads(lease, bucket, prefix, each);
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
            return lease.ask(S3Operation.of(control.kind()), control.bucket(), control.key(), request.call());
        }
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
