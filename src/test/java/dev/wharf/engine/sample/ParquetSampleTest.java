package dev.wharf.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.ParquetFile;
import dev.wharf.engine.RunFolder;
import dev.wharf.engine.StoredFile;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.TextDialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetSampleTest {
    private static final Sampler SAMPLER =
            new Sampler(new EngineSettings("256MB", 4, Duration.ofMinutes(1), "256MB"), 2, Duration.ofMinutes(1));

    @TempDir
    Path temporary;

    private byte[] parquet(String select, String options) throws Exception {
        var path = temporary.resolve("file.parquet");
        RunFolder.query("COPY (" + select + ") TO '" + path + "' (FORMAT parquet" + options + ")");
        return Files.readAllBytes(path);
    }

    private Sample sample(StoredFile file, int limit) throws Exception {
        return SAMPLER.sample(
                file, "bucket", "a.parquet", TextDialect.UNSAID, Files.createTempDirectory(temporary, ""), limit);
    }

    @Test
    void aFooterAndTheFirstRowGroupAreEnough() throws Exception {
        var bytes = parquet(
                "SELECT i AS id, 'name ' || i AS name, hash(i) AS noise, [i, i + 1] AS list, {'x': i, 'y': 's' || i} AS s"
                        + " FROM range(400000) r(i)",
                ", ROW_GROUP_SIZE 20480");
        var file = new StoredFile(bytes);

        var sample = sample(file, 1_000);

        assertThat(sample.columns().stream().map(column -> column.name() + " " + column.type()))
                .containsExactly(
                        "id BIGINT", "name VARCHAR", "noise UBIGINT", "list BIGINT[]", "s STRUCT(x BIGINT, y VARCHAR)");
        assertThat(sample.rows()).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            var row = sample.rows().get(i);
            assertThat(row.get(0).asLong()).isEqualTo(i);
            assertThat(row.get(1).asText()).isEqualTo("name " + i);
            assertThat(row.get(3)).hasToString("[" + i + "," + (i + 1) + "]");
            assertThat(row.get(4)).hasToString("{\"x\":" + i + ",\"y\":\"s" + i + "\"}");
        }
        assertThat(sample.rowCount()).isEqualTo(400_000);
        assertThat(sample.complete()).isFalse();
        assertThat(file.reads()).hasSizeLessThan(5);
        assertThat(sample.bytesRead()).isLessThan(bytes.length / 10);
    }

    @Test
    void ofLongChunksTheFirstPagesAreEnough() throws Exception {
        for (int rowsInPage : List.of(500, 2_048, 30_000)) {
            var bytes = ParquetFile.numbers(6, 500_000, 500_000, rowsInPage);
            var file = new StoredFile(bytes);

            var sample = sample(file, 1_000);

            assertThat(sample.omitted()).isEmpty();
            assertThat(sample.rows()).hasSize(1_000);
            for (int row = 0; row < 1_000; row++) {
                for (int column = 0; column < 6; column++) {
                    assertThat(sample.rows().get(row).get(column).asLong()).isEqualTo(ParquetFile.value(column, row));
                }
            }
            assertThat(sample.bytesRead()).isLessThan(bytes.length / 8);
        }
    }

    @Test
    void columnsWhosePagesAreTooLongAreLeftOutByName() throws Exception {
        var bytes = parquet(
                "SELECT i AS id, hash(i) || repeat(CAST(hash(i + 1) AS VARCHAR), 10) AS text, i % 7 AS day FROM range(400000) r(i)",
                ", ROW_GROUP_SIZE 1000000, COMPRESSION uncompressed");

        var sample = sample(new StoredFile(bytes), 10);

        assertThat(sample.columns()).extracting(Sample.Column::name).containsExactly("id", "day");
        assertThat(sample.omitted()).containsExactly("text");
        assertThat(sample.columnCount()).isEqualTo(3);
        assertThat(sample.rows().get(9)).hasToString("[9, 2]");
        assertThat(sample.bytesRead()).isLessThan(8_000_000);
    }

    @Test
    void rowGroupsAreReadUntilThereAreEnoughRows() throws Exception {
        var bytes = ParquetFile.numbers(3, 100_000, 150, 100);

        var sample = sample(new StoredFile(bytes), 1_000);

        assertThat(sample.rows()).hasSize(1_000);
        assertThat(sample.rows().get(999).get(2).asLong()).isEqualTo(ParquetFile.value(2, 999));
        assertThat(sample.bytesRead()).isLessThan(bytes.length / 4);
    }

    @Test
    void aSmallFileIsReadInOneRequest() throws Exception {
        var file = new StoredFile(parquet("SELECT 1 AS id UNION ALL SELECT NULL", ""));

        var sample = sample(file, 10);

        assertThat(file.reads()).hasSize(1);
        assertThat(sample.rows()).hasToString("[[1], [null]]");
        assertThat(sample.complete()).isTrue();
        assertThat(sample.rowCount()).isEqualTo(2);
    }

    @Test
    void aFileWithoutRowsHasItsColumns() throws Exception {
        var sample = sample(new StoredFile(parquet("SELECT 1 AS id WHERE false", "")), 10);

        assertThat(sample.columns()).containsExactly(new Sample.Column("id", "INTEGER"));
        assertThat(sample.rows()).isEmpty();
        assertThat(sample.complete()).isTrue();
    }

    @Test
    void brokenFootersAreRefused() throws Exception {
        var bytes = parquet("SELECT range AS id FROM range(10)", "");
        assertRefused(Arrays.copyOf(bytes, bytes.length - 1));
        assertRefused(Arrays.copyOfRange(bytes, bytes.length - 8, bytes.length));
        var endless = bytes.clone();
        Arrays.fill(endless, bytes.length - 8, bytes.length - 4, (byte) 0x7f);
        assertRefused(endless);
        var noise = bytes.clone();
        Arrays.fill(noise, bytes.length - 100, bytes.length - 8, (byte) 0x55);
        assertRefused(noise);
    }

    private void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> sample(new StoredFile(bytes), 10))
                .hasMessageMatching("a\\.parquet is not a sound Parquet file(: [^/]+)?\\.");
    }
}
