package dev.wharf.store;

import dev.wharf.store.KeyPattern.Look;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The objects of a bucket whose keys match a pattern, in the order of their keys. Only folders are listed in which such can
 * lie: one level at a time where the pattern tells sub-folders apart, all that is below at once where it does not. Not more
 * than a page for each level is held. Used by one thread; another one may close it.
 */
final class PatternWalk implements Iterator<ObjectInfo> {
    private static final int PAGE = 1_000;

    private final ObjectStore store;
    private final String bucket;
    private final KeyPattern pattern;
    private final Deque<Iterator<ListedEntry>> levels = new ArrayDeque<>();
    /** What is listed below the innermost level; never more than one, as nothing is entered from there. */
    private volatile Stream<ObjectInfo> below = Stream.empty();

    private volatile boolean closed;
    private ObjectInfo next;

    private PatternWalk(ObjectStore store, String bucket, KeyPattern pattern) {
        this.store = store;
        this.bucket = bucket;
        this.pattern = pattern;
    }

    /** Close the stream: that ends what is under way, and reading on fails. */
    static Stream<ObjectInfo> of(ObjectStore store, String bucket, KeyPattern pattern) {
        var walk = new PatternWalk(store, bucket, pattern);
        walk.enter("");
        var objects = Spliterators.spliteratorUnknownSize(walk, Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(objects, false).onClose(walk::close);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !levels.isEmpty()) {
            advance(levels.peek());
        }
        return next != null;
    }

    private void advance(Iterator<ListedEntry> level) {
        if (closed) {
            throw new IllegalStateException("The walk through s3://" + bucket + "/" + pattern.prefix() + " was closed");
        }
        if (!level.hasNext()) {
            levels.pop();
            return;
        }
        ListedEntry entry = level.next();
        if (entry instanceof ListedEntry.File file) {
            next = pattern.matches(file.key()) ? file.object() : null;
        } else {
            enter(entry.key());
        }
    }

    private void enter(String folder) {
        Look look = pattern.look(folder);
        if (look == null) {
            return;
        }
        if (look.deep()) {
            below.close();
            below = store.walk(bucket, look.prefix());
            levels.push(below.<ListedEntry>map(ListedEntry.File::new).iterator());
        } else {
            levels.push(new Level(look.prefix()));
        }
    }

    @Override
    public ObjectInfo next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ObjectInfo object = next;
        next = null;
        return object;
    }

    private void close() {
        closed = true;
        below.close();
    }

    /** One level of a folder, page by page. */
    private final class Level implements Iterator<ListedEntry> {
        private final String prefix;
        private Iterator<ListedEntry> page = List.<ListedEntry>of().iterator();
        private String token;
        private boolean last;

        Level(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && !last) {
                FolderPage fetched = store.folder(bucket, prefix, PAGE, token);
                page = fetched.entries().iterator();
                token = fetched.nextToken();
                last = token == null;
            }
            return page.hasNext();
        }

        @Override
        public ListedEntry next() {
            return page.next();
        }
    }
}
