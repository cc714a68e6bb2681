package dev.wharf.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StubS3Test {
    @Test
    void treesFindKeysByRankAndRanksByKey() {
        Tree tree = Tree.of("t/", Tree.flat("big/", 1_234), Tree.nested("small/", 12, 3, 2), Tree.chain("deep/", 5, 2));

        var keys = LongStream.range(0, tree.count()).mapToObj(tree::key).toList();

        assertThat(keys).hasSize(1_234 + 72 + 10).isSorted().doesNotHaveDuplicates();
        for (int rank = 0; rank < keys.size(); rank++) {
            assertThat(tree.rank(keys.get(rank))).isEqualTo(rank);
            assertThat(tree.rank(keys.get(rank) + "\0")).isEqualTo(rank + 1);
        }
    }
}
