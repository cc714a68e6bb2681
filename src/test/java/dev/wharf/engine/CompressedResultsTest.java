package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.run.ResultFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Results that are compressed, as other readers see them. */
class CompressedResultsTest {
    private static final String CSV = "n,text\n" + "1,\"a, b\"\n2,é\n".repeat(50_000);

    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() throws IOException {
        run = new RunFolder(Files.createDirectory(folder.resolve("run"))).with("a.csv", CSV);
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"GZIP", "BZIP2", "SNAPPY", "ZSTD"})
    void aResultOfTextIsCompressedAndReadAgain(Compression compression) throws IOException {
        var result = run.run(ResultFormat.CSV, compression);

        assertThat(result.file()).hasFileName("result.csv" + compression.extension());
        assertThat(result.rows()).isEqualTo(100_000);
        assertThat(result.size()).isEqualTo(Files.size(result.file())).isLessThan(CSV.length() / 4);
        assertThat(new RunFolder(Files.createDirectory(folder.resolve("again")))
                        .with("a.csv" + compression.extension(), Files.readAllBytes(result.file()))
                        .csv())
                .isEqualTo(CSV);
        assertThat(folder.resolve("run"))
                .isDirectoryNotContaining("glob:**.plain")
                .isDirectoryContaining("glob:**result*");
    }

    @Test
    void javaAndDuckDbUnpackGzip() throws Exception {
        var csv = run.run(ResultFormat.CSV, Compression.GZIP).file();
        var json = new RunFolder(Files.createDirectory(folder.resolve("json")))
                .with("a.csv", CSV)
                .run(ResultFormat.JSON, Compression.GZIP)
                .file();

        try (var content = new GZIPInputStream(Files.newInputStream(csv))) {
            assertThat(content).hasBinaryContent(CSV.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(RunFolder.query("SELECT count(*), sum(n), max(text) FROM read_csv('" + csv + "')"))
                .containsExactly(List.of("100000", "150000", "é"));
        assertThat(RunFolder.query("SELECT count(*), sum(n), max(text) FROM read_json('" + json + "')"))
                .containsExactly(List.of("100000", "150000", "é"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"NONE", "SNAPPY", "GZIP", "ZSTD"})
    void parquetIsCompressedInside(Compression compression) throws Exception {
        var parquet = run.run(ResultFormat.PQT, compression).file();

        assertThat(parquet).hasFileName("result.pqt");
        assertThat(RunFolder.query("SELECT DISTINCT compression FROM parquet_metadata('" + parquet + "')"))
                .containsExactly(List.of(compression == Compression.NONE ? "ZSTD" : compression.name()));
    }
}
