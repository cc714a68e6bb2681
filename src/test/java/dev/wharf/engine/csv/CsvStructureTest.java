package dev.wharf.engine.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.Packed;
import dev.wharf.engine.RunFolder;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvStructureTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() {
        run = new RunFolder(folder);
    }

    @Test
    void anAdditionalColumnIsRefused() {
        run.with("in/a.csv", "id,name\n1,x\n").with("in/b.csv", "id,name,extra\n2,y,z\n");

        assertRefused("in/b.csv has another header than in/a.csv: it has \"extra\" added at its end.");
    }

    @Test
    void aMissingColumnIsRefused() {
        run.with("a.csv", "id,name,place\n1,x,y\n").with("b.csv", "id,name\n2,y\n");

        assertRefused("b.csv has another header than a.csv: it lacks \"place\" at its end.");
    }

    @Test
    void anotherOrderIsRefused() {
        run.with("a.csv", "id,name\n1,x\n").with("b.csv", "name,id\ny,2\n");

        assertRefused(
                "b.csv has another header than a.csv: its columns are in another order: column 1 is \"name\" instead of"
                        + " \"id\".");
    }

    @Test
    void anotherDelimiterIsRefused() {
        run.with("a.csv", "id,name\n1,x\n").with("b.csv", "id;name\n2;y\n");

        assertRefused(
                "b.csv has another header than a.csv: it lacks \"id\", \"name\" and it has \"id;name\" in addition.");
    }

    @Test
    void raggedRowsAreRefusedWithFileAndLine() {
        run.with("a.csv", "a,b\n1,2\n").with("b.csv", "a,b\n1,2\n3,4,5\n");

        assertRefused("b.csv, line 3, has 3 columns where 2 are expected.");
    }

    @Test
    void shortRowsAreRefusedWithFileAndLine() {
        run.with("a.csv", "a,b\n1,2\n6\n");

        assertRefused("a.csv, line 3, has 1 column where 2 are expected.");
    }

    @Test
    void raggedRowsFarFromTheStartAreRefusedWithFileAndLine() {
        run.with("a.csv", "a,b\n" + "1,2\n".repeat(300_000) + "1\n");

        assertRefused("a.csv, line 300002, has 1 column where 2 are expected.");
        assertThat(folder.resolve("result.csv")).doesNotExist();
    }

    @Test
    void strayQuotesAreRefusedWithFileAndLine() {
        run.with("a.csv", "a,b\n\"x\"y,2\n");

        assertRefused("a.csv, line 2, has a quote that does not end where the value ends.");
    }

    @Test
    void latin1IsRefused() {
        run.with("a.csv", "a,b\n1,é\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(run::csv)
                .hasMessageMatching("a\\.csv(, line 2,)? is neither UTF-8 nor UTF-16 with a byte order mark\\. .*");
    }

    @Test
    void filesWithoutHeaderKeepTheirFirstRow() {
        run.with("a.csv", "1,2026-01-01\n2,2026-01-02\n").with("b.csv", "3,2026-01-03\n");

        assertThat(run.csv()).isEqualTo("column1,column2\n1,2026-01-01\n2,2026-01-02\n3,2026-01-03\n");
    }

    @Test
    void theCallerDecidesWhereDetectionCannot() {
        run.with("a.csv", "red,green\nblue,white\n").said(new TextDialect(false, null, null, null));

        assertThat(run.csv()).isEqualTo("column1,column2\nred,green\nblue,white\n");
    }

    @Test
    void emptyFilesAmongOthersHoldNoRows() {
        run.with("a.csv", "").with("b.csv", "id,name\n1,x\n").with("c.csv.gz", RunFolder.gzip(""));

        assertThat(run.csv()).isEqualTo("id,name\n1,x\n");
    }

    @Test
    void onlyEmptyFilesAreRefused() {
        run.with("a.csv", "").with("b.csv", "");

        assertRefused("Every file is empty, a.csv and 1 other: there are no columns to write.");
    }

    @Test
    void compressedFilesAreReadBesidePlainOnes() throws Exception {
        var zstd = folder.resolve("000003.csv.zst");
        RunFolder.query("COPY (SELECT 3 AS id) TO '" + zstd + "' (FORMAT csv, COMPRESSION zstd)");
        run.with("a.csv", "id\n1\n")
                .with("b.csv.gz", RunFolder.gzip("id\n2\n"))
                .withInput(zstd, "c.csv.zst")
                .with("d.csv.bz2", Packed.BZIP2.pack("id\n4\n"))
                .with("e.csv.snappy", Packed.SNAPPY.pack("id\n5\n"))
                .with("f.csv.zst", Packed.ZSTD.pack("id\n6\n", StandardCharsets.UTF_16))
                .with("g.csv.GZ", RunFolder.gzip("id\n7\n"))
                .with("h.CSV.Zst", Packed.ZSTD.pack("id\n8\n"));

        assertThat(run.csv()).isEqualTo("id\n1\n2\n3\n4\n5\n6\n7\n8\n");
        assertThat(folder).isDirectoryNotContaining("glob:**.copy");
    }

    @Test
    void aFileThatUnpacksToMoreThanTheDiskHoldsIsRefused() {
        run.with("a.csv.bz2", Packed.BZIP2.pack("a\n".repeat(2_000_000)))
                .settings(new EngineSettings("256MB", 2, Duration.ofMinutes(1), "1MB"));

        assertRefused("The run needs more temporary space than the 1MB that one run may use on disk.");
    }

    @Test
    void gzipThatWasCutOffIsRefused() {
        var whole = RunFolder.gzip("id,name\n1,x\n2,y\n");
        run.with("a.csv.gz", Arrays.copyOf(whole, whole.length - 9));

        assertRefused("a.csv.gz ends in the middle of its gzip data: it is not complete.");
    }

    @Test
    void zstdThatWasCutOffIsRefused() throws Exception {
        var whole = folder.resolve("whole.zst");
        RunFolder.query(
                "COPY (SELECT range AS id FROM range(100000)) TO '" + whole + "' (FORMAT csv, COMPRESSION zstd)");
        var bytes = Files.readAllBytes(whole);
        run.with("a.csv.zst", Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused("a.csv.zst ends in the middle of its zstd data: it is not complete.");
    }

    @Test
    void namesThatLieAboutCompressionAreRefused() {
        assertThatThrownBy(() -> new RunFolder(folder)
                        .with("a.csv", RunFolder.gzip("id\n1\n"))
                        .csv())
                .hasMessage("a.csv is compressed with gzip, but its name does not end in .gz.");
        assertThatThrownBy(
                        () -> new RunFolder(folder).with("a.csv.gz", "id\n1\n").csv())
                .hasMessage("a.csv.gz ends in .gz but is not sound gzip data.");
        assertThatThrownBy(() ->
                        new RunFolder(folder).with("a.csv.zst", "id,name\n1\n").csv())
                .hasMessage("a.csv.zst ends in .zst but is not sound zstd data.");
        assertThatThrownBy(() ->
                        new RunFolder(folder).with("a.csv.bz2", "id,name\n1\n").csv())
                .hasMessage("a.csv.bz2 ends in .bz2 but is not sound bzip2 data.");
        assertThatThrownBy(() -> new RunFolder(folder)
                        .with("a.csv", Packed.ZSTD.pack("id\n1\n"))
                        .csv())
                .hasMessage("a.csv is compressed with zstd, but its name does not end in .zst.");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(run::csv)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.problem())
                        .isEqualTo(Problem.VALIDATION_FAILED))
                .hasMessage(message);
    }
}
