package dev.wharf.storage;

import dev.wharf.store.ByteRange;
import dev.wharf.store.Control;
import dev.wharf.store.CopySource;
import dev.wharf.store.FolderPage;
import dev.wharf.store.IncompleteUpload;
import dev.wharf.store.KeyOrder;
import dev.wharf.store.ListedEntry;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Base storage for whoever looks around in it without the role dataAdmin: what the service has written for them, and the
 * folders on the way there. Nothing else is shown, counted or told to exist, whatever prefix is asked for. Only those
 * folders are listed in the store that hold something of theirs.
 */
public final class OwnStore implements ObjectStore {
    private final ObjectStore store;
    private final OwnObjects own;

    public OwnStore(ObjectStore store, OwnObjects own) {
        this.store = store;
        this.own = own;
    }

    @Override
    public List<String> buckets() {
        throw denied();
    }

    @Override
    public FolderPage folder(String bucket, String prefix, int limit, String token) {
        String folder = OwnObjects.folder(prefix);
        NavigableSet<String> keys = require(bucket, folder);
        keys.removeIf(key -> !key.startsWith(prefix)); // how names begin is looked for in a folder that they may see
        if (keys.stream().noneMatch(key -> OwnObjects.folder(key).equals(folder))) {
            return onTheWay(keys, folder, limit, token);
        }
        FolderPage page = store.folder(bucket, prefix, limit, token);
        return new FolderPage(
                page.entries().stream().filter(entry -> shows(keys, entry)).toList(), page.nextToken());
    }

    private static boolean shows(NavigableSet<String> keys, ListedEntry entry) {
        if (entry instanceof ListedEntry.File) {
            return keys.contains(entry.key());
        }
        String next = keys.ceiling(entry.key());
        return next != null && next.startsWith(entry.key());
    }

    /** Nothing of theirs lies in the folder itself: its sub-folders follow from their keys, and the store is not asked. */
    private static FolderPage onTheWay(NavigableSet<String> keys, String folder, int limit, String after) {
        NavigableSet<String> all = new TreeSet<>(KeyOrder.KEYS);
        keys.forEach(key -> all.add(key.substring(0, key.indexOf('/', folder.length()) + 1)));
        NavigableSet<String> following = after == null ? all : all.tailSet(after, false);
        List<ListedEntry> shown = new ArrayList<>();
        following.stream().limit(limit).forEach(key -> shown.add(new ListedEntry.Folder(key)));
        return new FolderPage(
                shown,
                shown.size() < following.size() ? shown.get(shown.size() - 1).key() : null);
    }

    @Override
    public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
        return walk(bucket, prefix, (from, folder) -> store.walk(from, folder, order), object -> true);
    }

    @Override
    public Stream<ObjectInfo> walkAfter(String bucket, String prefix, String after) {
        return walk(bucket, prefix, store::walk, object -> KeyOrder.KEYS.compare(object.key(), after) > 0);
    }

    private Stream<ObjectInfo> walk(
            String bucket,
            String prefix,
            BiFunction<String, String, Stream<ObjectInfo>> walk,
            Predicate<ObjectInfo> wanted) {
        NavigableSet<String> keys = require(bucket, prefix);
        return outermost(keys).stream()
                .flatMap(folder -> walk.apply(bucket, folder))
                .filter(object -> keys.contains(object.key()))
                .filter(wanted);
    }

    /** The folders that hold something of theirs, but for those that lie in another one. */
    private static List<String> outermost(NavigableSet<String> keys) {
        NavigableSet<String> folders = new TreeSet<>(KeyOrder.KEYS);
        keys.forEach(key -> folders.add(OwnObjects.folder(key)));
        List<String> outermost = new ArrayList<>();
        for (String folder : folders) {
            if (outermost.isEmpty() || !folder.startsWith(outermost.get(outermost.size() - 1))) {
                outermost.add(folder);
            }
        }
        return outermost;
    }

    @Override
    public ObjectInfo stat(String bucket, String key) {
        requireOwn(bucket, key);
        return store.stat(bucket, key);
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag) {
        requireOwn(bucket, key);
        return store.read(bucket, key, etag);
    }

    @Override
    public ObjectStream read(String bucket, String key, String etag, ByteRange range) {
        requireOwn(bucket, key);
        return store.read(bucket, key, etag, range);
    }

    private void requireOwn(String bucket, String key) {
        if (!own.has(bucket, key)) {
            throw denied();
        }
    }

    private NavigableSet<String> require(String bucket, String prefix) {
        NavigableSet<String> keys = own.keys(bucket, prefix);
        if (keys.isEmpty() && !own.isOwnFolder(prefix)) {
            throw denied();
        }
        return keys;
    }

    /** One answer for what is another's and for what is not there. */
    private static StoreException denied() {
        return new StoreException(
                StoreException.Kind.DENIED,
                "Base storage is open to the role dataAdmin only, but for your own uploads and the results of your own"
                        + " jobs; use a connection, or ask an administrator for the role");
    }

    @Override
    public ObjectInfo write(String bucket, String key, InputStream in, OptionalLong length, String contentType) {
        throw readOnly();
    }

    @Override
    public ObjectInfo copy(String sourceBucket, String sourceKey, String sourceEtag, String bucket, String key) {
        throw readOnly();
    }

    @Override
    public StagedObject stage(String bucket, String key, InputStream in, OptionalLong length, String contentType) {
        throw readOnly();
    }

    @Override
    public StagedObject stageCopy(CopySource source, String bucket, String key) {
        throw readOnly();
    }

    @Override
    public StagedObject begin(String bucket, String key, String contentType) {
        throw readOnly();
    }

    @Override
    public StagedObject append(StagedObject begun, InputStream in, long length, Consumer<StagedObject> kept) {
        throw readOnly();
    }

    @Override
    public ObjectInfo commit(StagedObject staged) {
        throw readOnly();
    }

    @Override
    public Optional<ObjectInfo> committed(StagedObject staged) {
        throw readOnly();
    }

    @Override
    public void abort(StagedObject staged) {
        throw readOnly();
    }

    @Override
    public void abortAll(String bucket, String key) {
        throw readOnly();
    }

    @Override
    public boolean uploads(String bucket, String prefix, Predicate<IncompleteUpload> each) {
        throw new UnsupportedOperationException("What is incomplete is nobody's");
    }

    @Override
    public <T> T control(Control<T> control) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("Who looks around writes nothing");
    }
}
