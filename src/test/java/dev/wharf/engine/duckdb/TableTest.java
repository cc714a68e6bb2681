package dev.wharf.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table("rows", List.of("id"), Table.Content.TEXT, List.of());

    @Test
    void anotherNumberOfRowsThanWasCountedIsRefused() {
        assertThatThrownBy(() -> table.counted(3, 30).checkRead(0))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("read 0 rows where the files have 3");
        assertThatCode(() -> table.counted(3, 30).checkRead(3)).doesNotThrowAnyException();
    }

    @Test
    void whatWasNotCountedIsTaken() {
        assertThatCode(() -> table.checkRead(7)).doesNotThrowAnyException();
    }
}
