package dev.wharf.testing.stub;

import java.util.Arrays;
import java.util.Comparator;

/** A part of a tree: keys in the order of their bytes, computed and not held. */
interface TreeNode {
    long count();

    /** Writes the key of this rank, 0 to {@link #count} - 1, behind what is written already. */
    void append(long rank, KeyBuffer key);

    /** How many keys are less than these bytes. */
    long rank(byte[] bytes, int from);

    /** {@code f000} to as many as there are, each with an extension behind it. */
    record Files(Numbered names) implements TreeNode {
        Files(int number, String extension) {
            this(new Numbered("f", number, extension));
        }

        @Override
        public long count() {
            return names.count();
        }

        @Override
        public void append(long rank, KeyBuffer key) {
            names.append((int) rank, key);
        }

        @Override
        public long rank(byte[] bytes, int from) {
            return names.search(bytes, from, false);
        }
    }

    /** {@code d000/} to as many as there are, all with the same below them. */
    record Folders(Numbered names, TreeNode each) implements TreeNode {
        Folders(int number, TreeNode each) {
            this(new Numbered("d", number, "/"), each);
        }

        @Override
        public long count() {
            return names.count() * each.count();
        }

        @Override
        public void append(long rank, KeyBuffer key) {
            names.append((int) (rank / each.count()), key);
            each.append(rank % each.count(), key);
        }

        @Override
        public long rank(byte[] bytes, int from) {
            int begun = names.search(bytes, from, true);
            if (begun == 0) {
                return 0;
            }
            KeyBuffer last = new KeyBuffer();
            names.append(begun - 1, last);
            return last.begins(bytes, from)
                    ? (begun - 1) * each.count() + each.rank(bytes, from + last.length)
                    : begun * each.count();
        }
    }

    /** The same keys behind a prefix. */
    record Below(byte[] prefix, TreeNode node) implements TreeNode {
        @Override
        public long count() {
            return node.count();
        }

        @Override
        public void append(long rank, KeyBuffer key) {
            key.append(prefix);
            node.append(rank, key);
        }

        @Override
        public long rank(byte[] bytes, int from) {
            int end = Math.min(bytes.length, from + prefix.length);
            int order = Arrays.compareUnsigned(bytes, from, end, prefix, 0, prefix.length);
            if (order == 0) {
                return node.rank(bytes, end);
            }
            return order < 0 ? 0 : count();
        }
    }

    /** Parts whose keys do not mingle. */
    record Siblings(TreeNode[] nodes, long[] starts) implements TreeNode {
        static TreeNode of(TreeNode... nodes) {
            if (nodes.length == 1) {
                return nodes[0];
            }
            TreeNode[] sorted = nodes.clone();
            Arrays.sort(sorted, Comparator.comparing(node -> key(node, 0), Arrays::compareUnsigned));
            long[] starts = new long[sorted.length + 1];
            for (int index = 0; index < sorted.length; index++) {
                starts[index + 1] = starts[index] + sorted[index].count();
                if (index > 0
                        && Arrays.compareUnsigned(
                                        key(sorted[index - 1], sorted[index - 1].count() - 1), key(sorted[index], 0))
                                >= 0) {
                    throw new IllegalArgumentException("The keys of two trees mingle");
                }
            }
            return new Siblings(sorted, starts);
        }

        private static byte[] key(TreeNode node, long rank) {
            KeyBuffer key = new KeyBuffer();
            node.append(rank, key);
            return Arrays.copyOf(key.bytes, key.length);
        }

        @Override
        public long count() {
            return starts[nodes.length];
        }

        @Override
        public void append(long rank, KeyBuffer key) {
            int found = Arrays.binarySearch(starts, rank);
            int index = found >= 0 ? found : -found - 2;
            nodes[index].append(rank - starts[index], key);
        }

        @Override
        public long rank(byte[] bytes, int from) {
            for (int index = 0; index < nodes.length; index++) {
                long rank = nodes[index].rank(bytes, from);
                if (rank < nodes[index].count()) {
                    return starts[index] + rank;
                }
            }
            return count();
        }
    }
}
