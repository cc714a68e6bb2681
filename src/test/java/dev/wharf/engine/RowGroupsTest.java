package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.engine.run.ResultFormat;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row groups are held in memory by us, outside of DuckDB's limit. */
class RowGroupsTest {
    private static final int FEW = 30_720;
    private static final int A_VECTOR = 2_048;

    @TempDir
    Path folder;

    private long rowsOfLargest(String csv) throws Exception {
        var result = new RunFolder(folder).with("a.csv", csv).run(ResultFormat.PQT);
        return Long.parseLong(RunFolder.query("SELECT max(row_group_num_rows) FROM parquet_metadata('"
                        + result.files().get(0) + "')")
                .get(0)
                .get(0));
    }

    @Test
    void manyShortRowsAreOneGroup() throws Exception {
        assertThat(rowsOfLargest("name\n" + "a\n".repeat(100_000))).isEqualTo(100_000);
    }

    @Test
    void longRowsAreGroupsOfFew() throws Exception {
        assertThat(rowsOfLargest("name\n" + ("a".repeat(600) + "\n").repeat(50_000)))
                .isBetween((long) FEW, (long) FEW + A_VECTOR);
    }
}
