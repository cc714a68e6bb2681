package dev.wharf.storage;

import dev.wharf.identity.Caller;
import dev.wharf.identity.Origin;
import dev.wharf.identity.audit.AuditEvent.Outcome;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ByteRange;
import dev.wharf.store.Control;
import dev.wharf.store.CopySource;
import dev.wharf.store.FolderPage;
import dev.wharf.store.IncompleteUpload;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A store as one person has it: the buckets that are theirs, and a record of what is done in them. Reading and listing
 * count when they begin, as that is when the store lets somebody in; what changes the store is on record before its caller
 * knows that it is done.
 */
public final class CallersStore implements ObjectStore {
    private final ObjectStore store;
    private final BucketFence fence;
    private final AuditTrail trail;
    private final Caller caller;
    private final Long connectionId;
    private final Set<Control.Kind> controls;

    private static final Set<String> LOOKS = Set.of("listBuckets", "listFolder", "listObjects", "stat");

    /** For reading and writing, and for removing what a test has put. */
    public CallersStore(ObjectStore store, BucketFence fence, AuditTrail trail, Caller caller, Long connectionId) {
        this(store, fence, trail, caller, connectionId, EnumSet.of(Control.Kind.DELETE));
    }

    /**
     * @param controls what may be asked beside reading and writing
     */
    public CallersStore(
            ObjectStore store,
            BucketFence fence,
            AuditTrail trail,
            Caller caller,
            Long connectionId,
            Set<Control.Kind> controls) {
        this.controls = controls;
        this.store = store;
        this.fence = fence;
        this.trail = trail;
        this.caller = caller;
        this.connectionId = connectionId;
    }

    /**
     * @throws StoreException DENIED for a bucket that is not theirs
     */
    public void require(String bucket) {
        fence.require(bucket);
    }

    @Override
    public List<String> buckets() {
        // Without a fence the store is asked; with one, asking for the list may not even be allowed.
        return look("listBuckets", null, null, () -> fence.buckets() == null ? store.buckets() : fence.buckets());
    }

    @Override
    public FolderPage folder(String bucket, String prefix, int limit, String token) {
        return look("listFolder", bucket, prefix, () -> store.folder(bucket, prefix, limit, token));
    }

    @Override
    public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
        return list(bucket, prefix, () -> store.walk(bucket, prefix, order));
    }

    @Override
    public Stream<ObjectInfo> walkAfter(String bucket, String prefix, String after) {
        return list(bucket, prefix, () -> store.walkAfter(bucket, prefix, after));
    }

    /** The store may be asked when the walk begins, or only when it is read. */
    private Stream<ObjectInfo> list(String bucket, String prefix, Supplier<Stream<ObjectInfo>> walk) {
        Stream<ObjectInfo> objects;
        try {
            fence.require(bucket);
            objects = walk.get();
        } catch (RuntimeException e) {
            note("listObjects", bucket, prefix, outcome(e), reason(e));
            throw e;
        }
        var noted = new FirstLook<>(
                objects.spliterator(), first -> look("listObjects", bucket, prefix, first::getAsBoolean));
        return StreamSupport.stream(noted, false).onClose(objects::close);
    }

    @Override
    public ObjectInfo stat(String bucket, String key) {
        return look("stat", bucket, key, () -> store.stat(bucket, key));
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag) {
        return look("read", bucket, key, () -> store.read(bucket, key, etag));
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag, ByteRange range) {
        return look("read", bucket, key, () -> store.read(bucket, key, etag, range));
    }

    @Override
    public ObjectInfo write(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        return change("write", bucket, key, () -> store.write(bucket, key, in, length, contentType));
    }

    @Override
    public ObjectInfo copy(String sourceBucket, String sourceKey, String sourceEtag, String bucket, String key) {
        return change(
                "copy",
                bucket,
                key,
                () -> look(
                        "read",
                        sourceBucket,
                        sourceKey,
                        () -> store.copy(sourceBucket, sourceKey, sourceEtag, bucket, key)));
    }

    @Override
    public StagedObject stage(String bucket, String key, InputStream in, OptionalLong length, String contentType)
            throws IOException {
        return change("stage", bucket, key, () -> store.stage(bucket, key, in, length, contentType));
    }

    @Override
    public StagedObject stageCopy(CopySource source, String bucket, String key) {
        return change(
                "stage",
                bucket,
                key,
                () -> look("read", source.bucket(), source.key(), () -> store.stageCopy(source, bucket, key)));
    }

    @Override
    public StagedObject begin(String bucket, String key, String contentType) {
        return change("stage", bucket, key, () -> store.begin(bucket, key, contentType));
    }

    @Override
    public StagedObject append(StagedObject begun, InputStream in, long length, Consumer<StagedObject> kept)
            throws IOException {
        return change("stage", begun.bucket(), begun.key(), () -> store.append(begun, in, length, kept));
    }

    @Override
    public ObjectInfo commit(StagedObject staged) {
        return change("commit", staged.bucket(), staged.key(), () -> store.commit(staged));
    }

    @Override
    public void complete(StagedObject staged) {
        change("commit", staged.bucket(), staged.key(), () -> {
            store.complete(staged);
            return null;
        });
    }

    @Override
    public Optional<ObjectInfo> committed(StagedObject staged) {
        return look("stat", staged.bucket(), staged.key(), () -> store.committed(staged));
    }

    @Override
    public void abort(StagedObject staged) {
        change("abort", staged.bucket(), staged.key(), () -> {
            store.abort(staged);
            return null;
        });
    }

    @Override
    public void abortAll(String bucket, String key) {
        change("abort", bucket, key, () -> {
            store.abortAll(bucket, key);
            return null;
        });
    }

    @Override
    public boolean uploads(String bucket, String prefix, Predicate<IncompleteUpload> each) {
        return look("listUploads", bucket, prefix, () -> store.uploads(bucket, prefix, each));
    }

    @Override
    public <T> T control(Control<T> control) {
        return change(control.kind().label(), control.bucket(), control.key(), () -> {
            if (!controls.contains(control.kind())) {
                throw new StoreException(
                        StoreException.Kind.DENIED,
                        "s3://" + control.bucket() + "/" + control.key() + ": the store was not opened for "
                                + control.kind().label());
            }
            return store.control(control);
        });
    }

    private interface Work<T, E extends Exception> {
        T run() throws E;
    }

    private <T, E extends Exception> T look(String operation, String bucket, String key, Work<T, E> work) throws E {
        Throwable failure = null;
        try {
            if (bucket != null) {
                fence.require(bucket);
            }
            return work.run();
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            note(operation, bucket, key, outcome(failure), reason(failure));
        }
    }

    private <T, E extends Exception> T change(String operation, String bucket, String key, Work<T, E> work) throws E {
        try {
            return look(operation, bucket, key, work);
        } finally {
            trail.write();
        }
    }

    /** A schedule looks every so often, and what it takes in is recorded by itself: of its looks, refusals alone are noted. */
    private void note(String operation, String bucket, String key, Outcome outcome, String detail) {
        if (caller.origin().way() == Origin.Way.SCHEDULE && outcome != Outcome.DENIED && LOOKS.contains(operation)) {
            return;
        }
        trail.note(caller, new AuditedAction(operation, connectionId, bucket, key), outcome, detail);
    }

    private static Outcome outcome(Throwable failure) {
        if (failure == null) {
            return Outcome.SUCCESS;
        }
        return failure instanceof ProblemException problem && problem.problem() == Problem.FORBIDDEN
                ? Outcome.DENIED
                : Outcome.FAILED;
    }

    private static String reason(Throwable failure) {
        if (failure == null) {
            return null;
        }
        return failure instanceof ProblemException
                ? failure.getMessage()
                : failure.getClass().getSimpleName();
    }
}
