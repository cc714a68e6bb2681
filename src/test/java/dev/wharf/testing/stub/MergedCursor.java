package dev.wharf.testing.stub;

import java.util.Arrays;
import java.util.List;

/** Walks along several sorted rows of keys as along one. Of equal keys the first row's counts. */
final class MergedCursor implements SortedCursor {
    private final List<SortedCursor> rows;
    private SortedCursor current;

    MergedCursor(List<SortedCursor> rows) {
        this.rows = rows;
    }

    @Override
    public void seek(byte[] bytes) {
        rows.forEach(row -> row.seek(bytes));
        settle();
    }

    private void settle() {
        for (current = least(); current != null && current.isHole(); current = least()) {
            leave();
        }
    }

    private SortedCursor least() {
        SortedCursor least = null;
        for (SortedCursor row : rows) {
            if (!row.isAtEnd() && (least == null || compare(row, least) < 0)) {
                least = row;
            }
        }
        return least;
    }

    /** Steps on, and so do the others that have the same key. */
    private void leave() {
        for (SortedCursor row : rows) {
            if (row != current && !row.isAtEnd() && compare(row, current) == 0) {
                row.next();
            }
        }
        current.next();
    }

    private static int compare(SortedCursor left, SortedCursor right) {
        return Arrays.compareUnsigned(left.key(), 0, left.length(), right.key(), 0, right.length());
    }

    @Override
    public boolean isAtEnd() {
        return current == null;
    }

    @Override
    public byte[] key() {
        return current.key();
    }

    @Override
    public int length() {
        return current.length();
    }

    @Override
    public void next() {
        leave();
        settle();
    }

    @Override
    public StubObject object() {
        return current.object();
    }

    @Override
    public void describe(XmlBytes xml, boolean withRestore) {
        current.describe(xml, withRestore);
    }
}
