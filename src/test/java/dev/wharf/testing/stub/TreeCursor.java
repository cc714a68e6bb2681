package dev.wharf.testing.stub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks along a tree; within a folder that is counting. */
final class TreeCursor implements SortedCursor {
    private final Tree tree;
    private final KeyBuffer key = new KeyBuffer();
    private final byte[] description;
    private final int etagAt;
    private long rank;

    TreeCursor(Tree tree) {
        this.tree = tree;
        XmlBytes xml = new XmlBytes(256);
        ListingXml.describe(xml, tree.object(0), false);
        description = Arrays.copyOf(xml.bytes(), xml.length());
        etagAt = ListingXml.etagAt(new String(description, StandardCharsets.US_ASCII));
    }

    @Override
    public void seek(byte[] bytes) {
        rank = tree.rank(bytes);
        write();
    }

    private void write() {
        key.clear();
        if (!isAtEnd()) {
            tree.node().append(rank, key);
        }
    }

    @Override
    public boolean isAtEnd() {
        return rank == tree.count();
    }

    @Override
    public byte[] key() {
        return key.bytes;
    }

    @Override
    public int length() {
        return key.length;
    }

    @Override
    public StubObject object() {
        return tree.object(rank);
    }

    @Override
    public void next() {
        rank++;
        if (!key.increment()) {
            write();
        }
    }

    @Override
    public void describe(XmlBytes xml, boolean withRestore) {
        EtagDigits.write(rank, description, etagAt);
        xml.raw(description);
    }
}
