package dev.wharf.s3.list;

import dev.wharf.store.ObjectInfo;
import dev.wharf.store.StoreException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A walk as it is read, object by object. Who wants no more than the first object costs no more than its page. */
final class WalkStream extends Spliterators.AbstractSpliterator<ObjectInfo> {
    private final WalkPages walk;
    private Iterator<ObjectInfo> objects;
    private boolean begun;
    private boolean ahead;

    private WalkStream(WalkPages walk) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        this.walk = walk;
        objects = walk.first().iterator();
    }

    /** @throws StoreException if the first page cannot be had; the walk has then not begun */
    public static Stream<ObjectInfo> of(WalkPages walk) {
        var reader = new WalkStream(walk);
        return StreamSupport.stream(reader, false).onClose(reader::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super ObjectInfo> action) {
        if (begun && !ahead) {
            ahead = true;
            walk.fetchAhead();
        }
        begun = true;
        while (!objects.hasNext()) {
            List<ObjectInfo> page = walk.next();
            if (page == null) {
                return false;
            }
            objects = page.iterator();
        }
        action.accept(objects.next());
        return true;
    }

    private void close() {
        objects = Collections.emptyIterator();
        walk.close();
    }
}
