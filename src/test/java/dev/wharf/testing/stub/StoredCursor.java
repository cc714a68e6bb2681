package dev.wharf.testing.stub;

import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;

/** Walks along the objects that a bucket holds. */
final class StoredCursor implements SortedCursor {
    private final NavigableMap<byte[], StubObject> objects;
    private final Predicate<StubObject> shown;
    private Iterator<Map.Entry<byte[], StubObject>> rest;
    private Map.Entry<byte[], StubObject> entry;

    StoredCursor(NavigableMap<byte[], StubObject> objects, Predicate<StubObject> shown) {
        this.objects = objects;
        this.shown = shown;
    }

    @Override
    public void seek(byte[] bytes) {
        rest = objects.tailMap(bytes, true).entrySet().iterator();
        next();
    }

    @Override
    public boolean isAtEnd() {
        return entry == null;
    }

    @Override
    public byte[] key() {
        return entry.getKey();
    }

    @Override
    public int length() {
        return entry.getKey().length;
    }

    @Override
    public boolean isHole() {
        return !shown.test(entry.getValue());
    }

    @Override
    public void next() {
        entry = rest.hasNext() ? rest.next() : null;
    }

    @Override
    public StubObject object() {
        return entry.getValue();
    }
}
