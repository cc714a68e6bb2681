package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.run.CsvOptions;
import dev.wharf.engine.run.EngineResult;
import dev.wharf.engine.run.ResultFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results in several parts: each is whole by itself, and all of them together are the result. */
class PartsOfResultsTest {
    private static final long SIZE = 1 << 16;

    @TempDir
    Path folder;

    private RunFolder run() throws IOException {
        return new RunFolder(Files.createDirectory(folder.resolve("run")));
    }

    /** Rows whose order shows, with line ends and quotes in their text. */
    private static String rows(int from, int to) {
        var rows = new StringBuilder("n,text\n");
        for (int n = from; n < to; n++) {
            rows.append(n).append(",\"line ").append(n * 7919L % 1_000_003).append("\nsecond \"\"line\"\"\"\n");
        }
        return rows.toString();
    }

    /** The parts as files of an import are read again, one after the other. */
    private String readAgain(EngineResult result) throws IOException {
        var again = new RunFolder(Files.createDirectory(folder.resolve("again")));
        for (var part : result.files()) {
            again.with(part.getFileName().toString(), Files.readAllBytes(part));
        }
        return again.csv();
    }

    @ParameterizedTest
    @CsvSource({
        "CSV, NONE",
        "CSV, GZIP",
        "CSV, BZIP2",
        "CSV, SNAPPY",
        "CSV, ZSTD",
        "JSON, NONE",
        "JSON, GZIP",
        "PQT, NONE",
        "PQT, SNAPPY",
        "AVRO, NONE",
        "AVRO, ZSTD"
    })
    void thePartsTogetherAreTheResultInItsOrder(ResultFormat format, Compression compression) throws IOException {
        var result = run().with("a.csv", rows(0, 35_000))
                .with("b.csv", rows(35_000, 70_000))
                .parts(format, compression, SIZE);

        assertThat(result.files()).hasSizeGreaterThan(1);
        assertThat(result.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactlyElementsOf(IntStream.range(0, result.files().size())
                        .mapToObj(n -> format.partName(n, compression))
                        .toList());
        assertThat(result.rows()).isEqualTo(70_000);
        assertThat(result.size())
                .isEqualTo(sizes(result).stream().mapToLong(Long::longValue).sum());
        assertThat(folder.resolve("run/result")).isDirectoryNotContaining("glob:**.made");
        assertThat(readAgain(result)).isEqualTo(rows(0, 70_000));
    }

    private static List<Long> sizes(EngineResult result) throws IOException {
        var sizes = new ArrayList<Long>();
        for (var file : result.files()) {
            sizes.add(Files.size(file));
        }
        return sizes;
    }

    @Test
    void eachPartOfTextHasItsSizeAndTheNamesOfTheColumns() throws Exception {
        var result = run().with("a.csv", rows(0, 35_000)).parts(ResultFormat.CSV, Compression.NONE, SIZE);

        assertThat(sizes(result).subList(0, result.files().size() - 1))
                .allSatisfy(size -> assertThat(size).isBetween(SIZE, SIZE + 100));
        for (var part : result.files()) {
            assertThat(part).content().startsWith("n,text\n");
        }
        assertThat(RunFolder.query("SELECT count(*), sum(n), count(DISTINCT n) FROM read_csv('" + folder
                        + "/run/result/*.csv', header=true)"))
                .containsExactly(List.of("35000", "612482500", "35000"));
    }

    @ParameterizedTest
    @CsvSource({"PQT, read_parquet", "JSON, read_json"})
    void anotherReaderTakesThePartsForOneFolder(ResultFormat format, String function) throws Exception {
        run().with("a.csv", rows(0, 35_000)).parts(format, Compression.NONE, SIZE);

        assertThat(RunFolder.query("SELECT count(*), sum(n), count(DISTINCT text) FROM " + function + "('" + folder
                        + "/run/result/*." + format.extension() + "')"))
                .containsExactly(List.of("35000", "612482500", "35000"));
    }

    @Test
    void aResultWithoutRowsHasOnePartThatNamesTheColumns() throws IOException {
        var csv = run().with("a.csv", "n,text\n");

        assertThat(csv.parts(ResultFormat.CSV, Compression.NONE, SIZE).files())
                .singleElement()
                .satisfies(part -> assertThat(part).hasContent("n,text"));
        for (var format : List.of(ResultFormat.JSON, ResultFormat.PQT, ResultFormat.AVRO)) {
            assertThat(new RunFolder(Files.createDirectory(folder.resolve(format.name())))
                            .with("a.csv", "n,text\n")
                            .parts(format, Compression.NONE, SIZE)
                            .files())
                    .as(format.name())
                    .hasSize(1);
        }
    }

    @Test
    void namesAreRepeatedInNoPartOfAResultWithoutThem() throws IOException {
        var result = run().with("a.csv", rows(0, 35_000))
                .csv(new CsvOptions(false, ',', false))
                .parts(ResultFormat.CSV, Compression.NONE, SIZE);

        for (var part : result.files()) {
            assertThat(part).content().doesNotContain("text").matches("(?s)\\d+,\".*");
        }
    }
}
