package dev.wharf.testing;

import dev.wharf.identity.Caller;
import dev.wharf.storage.StoreDirectory;
import dev.wharf.store.ByteRange;
import dev.wharf.store.Control;
import dev.wharf.store.CopySource;
import dev.wharf.store.FolderPage;
import dev.wharf.store.IncompleteUpload;
import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A store of one bucket that only lists, with any keys at all: also those that the S3 server in this JVM, which keeps
 * files in folders, cannot hold. It is every connection's store.
 */
public class MemoryStore implements ObjectStore, StoreDirectory {
    private final NavigableMap<String, ObjectInfo> objects = new TreeMap<>((left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)));

    public static ObjectInfo object(String key) {
        return new ObjectInfo(key, 4, "etag", Instant.EPOCH, "STANDARD", false, null);
    }

    public static ObjectInfo archived(String key) {
        return new ObjectInfo(key, 4, "etag", Instant.EPOCH, "GLACIER", true, null);
    }

    public MemoryStore with(ObjectInfo... more) {
        for (ObjectInfo object : more) {
            objects.put(object.key(), object);
        }
        return this;
    }

    public MemoryStore with(String... keys) {
        Arrays.stream(keys).forEach(key -> with(object(key)));
        return this;
    }

    public void clear() {
        objects.clear();
    }

    @Override
    public ObjectStore sources(Caller caller, Long connectionId) {
        return store(caller, connectionId);
    }

    @Override
    public ObjectStore store(Caller caller, Long connectionId) {
        return this;
    }

    @Override
    public Optional<String> defaultBucket(Caller caller, Long connectionId) {
        return connectionId == null ? Optional.of("wharf") : Optional.empty();
    }

    @Override
    public Optional<ObjectStore> ownStore(Long connectionId, String bucket) {
        return Optional.of(this);
    }

    @Override
    public List<String> buckets() {
        return List.of("bucket");
    }

    @Override
    public FolderPage folder(String bucket, String prefix, int limit, String token) {
        List<ListedEntry> entries = objects.values().stream()
                .filter(object -> object.key().startsWith(prefix)
                        && !(prefix.endsWith("/") && object.key().equals(prefix)))
                .map(object -> entry(object, prefix))
                .distinct()
                .toList();
        int from = token == null ? 0 : Integer.parseInt(token);
        int to = Math.min(entries.size(), from + limit);
        return new FolderPage(entries.subList(from, to), to < entries.size() ? String.valueOf(to) : null);
    }

    private static ListedEntry entry(ObjectInfo object, String prefix) {
        int slash = object.key().indexOf('/', prefix.length());
        return slash < 0
                ? new ListedEntry.File(object)
                : new ListedEntry.Folder(object.key().substring(0, slash + 1));
    }

    @Override
    public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
        return objects.values().stream().filter(object -> object.key().startsWith(prefix));
    }

    @Override
    public Stream<ObjectInfo> walkAfter(String bucket, String prefix, String after) {
        return objects.tailMap(after, false).values().stream()
                .filter(object -> object.key().startsWith(prefix));
    }

    @Override
    public ObjectInfo stat(String bucket, String key) {
        if (!objects.containsKey(key)) {
            throw new StoreException(Kind.NOT_FOUND, "s3://" + bucket + "/" + key + ": no such object");
        }
        return objects.get(key);
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag, ByteRange range) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ObjectInfo write(String bucket, String key, InputStream in, OptionalLong length, String contentType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ObjectInfo copy(String sourceBucket, String sourceKey, String sourceEtag, String bucket, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StagedObject stage(String bucket, String key, InputStream in, OptionalLong length, String contentType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StagedObject stageCopy(CopySource source, String bucket, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StagedObject begin(String bucket, String key, String contentType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StagedObject append(StagedObject begun, InputStream in, long length, Consumer<StagedObject> kept) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ObjectInfo commit(StagedObject staged) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ObjectInfo> committed(StagedObject staged) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abort(StagedObject staged) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abortAll(String bucket, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean uploads(String bucket, String prefix, Predicate<IncompleteUpload> each) {
        return true;
    }

    @Override
    public <T> T control(Control<T> control) {
        throw new UnsupportedOperationException();
    }
}
