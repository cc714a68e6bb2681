package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Content;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Objects that nobody holds: millions of keys, sorted by their UTF-8 bytes, each found by its rank and each rank by a
 * search. All are of one size and age; each has an ETag of its own, in the form of a multipart upload's, since nobody
 * computes its MD5.
 */
public final class Tree {
    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

    private final TreeNode node;
    private final long size;
    private final String storageClass;
    private final Instant modified;
    /** What each holds; null where that is generated. */
    private final Content content;

    private Tree(TreeNode node, long size, String storageClass, Instant modified, Content content) {
        this.content = content;
        this.node = node;
        this.size = size;
        this.storageClass = storageClass;
        this.modified = modified;
    }

    private Tree(TreeNode node) {
        this(node, 1_000, "STANDARD", LONG_AGO, null);
    }

    /** So many files in one folder: {@code flat/f000000} and so on. */
    public static Tree flat(String prefix, int files) {
        return nested(prefix, files);
    }

    /** Folders in folders, as many on each level as is said; the last number is that of the files in each. */
    public static Tree nested(String prefix, int... counts) {
        return tree(prefix, "", counts);
    }

    /** The same with files {@code f000.csv} of this content. */
    public static Tree csv(String prefix, byte[] content, int... counts) {
        return tree(prefix, ".csv", counts).holding(content);
    }

    private static Tree tree(String prefix, String extension, int... counts) {
        TreeNode node = new TreeNode.Files(counts[counts.length - 1], extension);
        for (int level = counts.length - 2; level >= 0; level--) {
            node = new TreeNode.Folders(counts[level], node);
        }
        return of(prefix, new Tree(node));
    }

    /** One folder in the other, with so many files in each. */
    public static Tree chain(String prefix, int depth, int files) {
        TreeNode node = new TreeNode.Files(files, "");
        for (int level = 1; level < depth; level++) {
            node = TreeNode.Siblings.of(new TreeNode.Folders(1, node), new TreeNode.Files(files, ""));
        }
        return of(prefix, new Tree(node));
    }

    /**
     * Trees side by side below a prefix, in whatever shape: {@code of("data/", flat("huge/", 1_000_000), nested("small/",
     * 100, 3))}. None may begin within another. Size, age and storage class are the whole's.
     */
    public static Tree of(String prefix, Tree... trees) {
        TreeNode below =
                TreeNode.Siblings.of(Arrays.stream(trees).map(tree -> tree.node).toArray(TreeNode[]::new));
        return new Tree(new TreeNode.Below(prefix.getBytes(StandardCharsets.UTF_8), below));
    }

    private Tree holding(byte[] bytes) {
        return new Tree(node, bytes.length, storageClass, modified, Content.of(bytes));
    }

    public Tree sized(long bytes) {
        return new Tree(node, bytes, storageClass, modified, null);
    }

    public Tree storedAs(String otherClass) {
        return new Tree(node, size, otherClass, modified, content);
    }

    public Tree modified(Instant at) {
        return new Tree(node, size, storageClass, at, content);
    }

    public long count() {
        return node.count();
    }

    public String key(long rank) {
        KeyBuffer key = new KeyBuffer();
        node.append(rank, key);
        return key.toString();
    }

    /** How many keys are less than this one. */
    public long rank(String key) {
        return rank(key.getBytes(StandardCharsets.UTF_8));
    }

    long rank(byte[] key) {
        return node.rank(key, 0);
    }

    /** The object of this key, or null. */
    StubObject find(byte[] key) {
        long rank = rank(key);
        if (rank == count()) {
            return null;
        }
        KeyBuffer found = new KeyBuffer();
        node.append(rank, found);
        return found.isSame(key) ? object(rank) : null;
    }

    StubObject object(long rank) {
        return StubObject.of(
                        content == null ? new GeneratedContent(size, rank) : content, EtagDigits.etag(rank), modified)
                .withStorageClass(storageClass);
    }

    TreeNode node() {
        return node;
    }
}
