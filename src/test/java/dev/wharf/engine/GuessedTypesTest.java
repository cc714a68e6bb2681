package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.run.ResultFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Types are guessed from a file's first rows, and are in the end those that all values have. */
class GuessedTypesTest {
    /** More than types are guessed from. */
    private static final int ROWS = 5_000;

    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() throws IOException {
        run = new RunFolder(Files.createDirectory(folder.resolve("run")));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2.5, DOUBLE",
        "1, 1e5, VARCHAR",
        "1, 007, VARCHAR",
        "1, +5, VARCHAR",
        "1, -0, DOUBLE",
        "1, 9999999999999999, BIGINT",
        "1, -9999999999999999, BIGINT",
        "1, 10000000000000000, VARCHAR",
        "1, 2026-01-01, VARCHAR",
        "1.5, 7, DOUBLE",
        "1.5, 1234567890123456, VARCHAR",
        "1.5, 0007.5, VARCHAR",
        "1.5, .5, VARCHAR",
        "1.5, 12345678901234.1, DOUBLE",
        "1.5, 2.50, DOUBLE",
        "1.5, inf, VARCHAR",
        "1.5, nan, VARCHAR",
        "1.5, 0.1234567890123456789, VARCHAR",
        "1.5, 1234567890123456.5, VARCHAR",
        "1.5, 1e-07, DOUBLE",
        "2026-01-01, 2026-02-29, VARCHAR",
        "2026-01-01, 2026-1-1, VARCHAR",
        "2026-01-01, 12026-01-01, VARCHAR",
        "2026-01-01, 2026-01-01 10:00:00, VARCHAR",
        "2026-01-01 10:00:00, 2026-01-01T10:00:00.5, TIMESTAMP",
        "2026-01-01 10:00:00, 2026-01-01 24:00:00, VARCHAR",
        "true, FALSE, BOOLEAN",
        "true, yes, VARCHAR",
        "x, 1, VARCHAR",
    })
    void aLaterValueDecidesAsIfItHadBeenLookedAtFirst(String first, String later, String type) throws Exception {
        var file = run.with("a.csv", "c\n" + (first + "\n").repeat(ROWS) + later + "\n")
                .run(ResultFormat.PQT)
                .file();

        assertThat(types(file)).containsExactly(List.of(type));
        assertThat(RunFolder.query("SELECT count(*) FROM read_parquet('" + file + "')"))
                .containsExactly(List.of(String.valueOf(ROWS + 1)));
        var early = new RunFolder(Files.createDirectory(folder.resolve("early")))
                .with("a.csv", "c\n" + later + "\n" + (first + "\n").repeat(ROWS))
                .run(ResultFormat.PQT)
                .file();
        assertThat(types(early)).containsExactly(List.of(type));
    }

    private static List<List<String>> types(Path file) throws Exception {
        return RunFolder.query("SELECT column_type FROM (DESCRIBE SELECT * FROM read_parquet('" + file + "'))");
    }

    @ParameterizedTest
    @CsvSource({"5, BIGINT", "x, VARCHAR"})
    void aColumnThatBeginsEmptyHasTheTypeOfItsOnlyValue(String value, String type) throws Exception {
        var file = run.with("a.csv", "c,d\n" + ",y\n".repeat(ROWS) + value + ",y\n")
                .run(ResultFormat.PQT)
                .file();

        assertThat(types(file)).containsExactly(List.of(type), List.of("VARCHAR"));
    }

    @Test
    void theLastOfManyFilesIsLookedAtAsWell() throws Exception {
        for (int n = 0; n < 20; n++) {
            run.with("%02d.csv".formatted(n), "c\n" + (n == 19 ? "late\n" : "1\n"));
        }

        assertThat(types(run.run(ResultFormat.PQT).file())).containsExactly(List.of("VARCHAR"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ResultFormat.class,
            names = {"JSON", "PQT", "AVRO"})
    void nothingIsLeftOfAResultThatWasBegunWithAWrongGuess(ResultFormat format) throws IOException {
        var rows = new StringBuilder("n,c\n");
        for (int n = 0; n < 70_000; n++) {
            rows.append(n).append(n == 69_999 ? ",late\n" : ",1\n");
        }

        var result = run.with("a.csv", rows.toString()).parts(format, Compression.NONE, 1 << 16);

        var again = new RunFolder(Files.createDirectory(folder.resolve("again")));
        for (var part : result.files()) {
            again.with(part.getFileName().toString(), Files.readAllBytes(part));
        }
        assertThat(again.csv()).isEqualTo(rows.toString());
        try (var files = Files.list(folder.resolve("run/result"))) {
            assertThat(files).hasSameSizeAs(result.files());
        }
    }
}
