package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Objects that were stored, by key, and trees of objects that nobody holds. A stored one hides a tree's. */
final class StubBucket {
    /** S3's order of keys. Java's differs beyond the basic plane. */
    static final Comparator<String> BY_BYTES = Comparator.comparing(StubBucket::bytes, Arrays::compareUnsigned);

    /** Stands where an object of a tree was deleted. */
    private static final StubObject DELETED = StubObject.of(Content.EMPTY, "", Instant.EPOCH);

    private final NavigableMap<byte[], StubObject> objects = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private final Uploads uploads = new Uploads();
    private final List<Tree> trees = new CopyOnWriteArrayList<>();
    private final List<String> overwritten = new CopyOnWriteArrayList<>();
    private final Instant created = Instant.now();

    Instant created() {
        return created;
    }

    Uploads uploads() {
        return uploads;
    }

    void add(Tree tree) {
        trees.add(tree);
    }

    /** The object, or null. */
    StubObject find(String key) {
        byte[] bytes = bytes(key);
        StubObject stored = objects.get(bytes);
        if (stored != null) {
            return stored == DELETED ? null : stored;
        }
        return trees.stream()
                .map(tree -> tree.find(bytes))
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    StubObject get(String key) {
        StubObject object = find(key);
        if (object == null) {
            throw S3Error.noSuchKey();
        }
        return object;
    }

    synchronized void put(String key, StubObject object, boolean onlyNew) {
        if (onlyNew) {
            requireNone(key);
        }
        if (objects.put(bytes(key), object) != null) {
            overwritten.add(key);
        }
    }

    /**
     * An upload becomes an object, or stays what it is.
     *
     * @throws S3Error PreconditionFailed, NoSuchUpload
     */
    synchronized void complete(StubUpload upload, StubObject object, boolean onlyNew) {
        if (onlyNew) {
            requireNone(upload.key());
        }
        uploads.complete(upload);
        put(upload.key(), object, false);
    }

    /**
     * @throws S3Error PreconditionFailed
     */
    void requireNone(String key) {
        if (find(key) != null) {
            throw S3Error.preconditionFailed();
        }
    }

    synchronized void remove(String key) {
        objects.remove(bytes(key));
        if (find(key) != null) {
            objects.put(bytes(key), DELETED);
        }
    }

    /** Keys of objects in whose place others were put, each as often as that happened. */
    List<String> overwritten() {
        return overwritten;
    }

    /** All keys in their order, without those of stored objects that are not to be shown. */
    SortedCursor keys(Predicate<StubObject> shown) {
        List<SortedCursor> rows = new ArrayList<>();
        rows.add(new StoredCursor(objects, object -> object != DELETED && shown.test(object)));
        trees.forEach(tree -> rows.add(new TreeCursor(tree)));
        return new MergedCursor(rows);
    }

    List<String> allKeys() {
        List<String> all = new ArrayList<>();
        SortedCursor keys = keys(object -> true);
        for (keys.seek(new byte[0]); !keys.isAtEnd(); keys.next()) {
            all.add(new String(keys.key(), 0, keys.length(), StandardCharsets.UTF_8));
        }
        return all;
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
