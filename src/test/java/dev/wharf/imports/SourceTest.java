package dev.wharf.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.S3Uri;
import dev.wharf.testing.MemoryStore;
import org.junit.jupiter.api.Test;

class SourceTest {
    @Test
    void aKeyThatTheRegistryCannotKeepIsRefusedByName() {
        var store = new MemoryStore().with("a\0b.csv");

        assertThatThrownBy(() -> Source.find(store, new S3Uri("bucket", "a\0b.csv", 1L)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.VALIDATION_FAILED))
                .hasMessageContaining("s3://bucket/a\\0b.csv");
    }
}
