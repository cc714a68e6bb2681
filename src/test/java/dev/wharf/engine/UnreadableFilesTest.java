package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.duckdb.EngineMessages;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableFilesTest {
    @TempDir
    Path folder;

    private static byte[] parquet(String name) throws Exception {
        try (var content = UnreadableFilesTest.class.getResourceAsStream("/data/parquet-testing/" + name)) {
            return content.readAllBytes();
        }
    }

    private void assertRefused(byte[] content, String message) {
        assertThatThrownBy(() -> Sampling.of(folder, "a.parquet", content))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.problem())
                        .isEqualTo(Problem.VALIDATION_FAILED))
                .hasMessageMatching(message);
        var run = new RunFolder(folder).with("a.parquet", content);
        assertThatThrownBy(run::csv)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.problem())
                        .isEqualTo(Problem.VALIDATION_FAILED))
                .hasMessageMatching(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lz4-framed.parquet", "lz4-hadoop.parquet"})
    void aCodecThatIsNotReadIsNamed(String name) throws Exception {
        assertRefused(parquet(name), "a\\.parquet uses the codec LZ4, which is not read; .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mutated-0.parquet",
                "mutated-1.parquet",
                "mutated-2.parquet",
                "mutated-3.parquet",
                "required-column-with-nulls.parquet"
            })
    void whatCannotBeDecodedIsNotSound(String name) throws Exception {
        assertRefused(parquet(name), "a\\.parquet is not a sound Parquet file: [^/]+\\.");
    }

    @Test
    void anEncryptedFileIsCalledSo() {
        assertRefused("PARE....\4\0\0\0PARE".getBytes(), "a\\.parquet is encrypted, which is not read\\.");
    }

    @Test
    void ofSeveralFilesTheOneThatCannotBeDecodedIsNamed() throws Exception {
        var whole = parquet("required-column-with-nulls.parquet");
        var run = new RunFolder(folder).with("a.parquet", whole).with("b.parquet", whole);

        assertThatThrownBy(run::csv).hasMessageMatching("a\\.parquet is not a sound Parquet file: [^/]+\\.");
    }

    @Test
    void ourPathsAreNotShown() {
        var file = new StagedFile(Path.of("/x y/1.parquet"), "a.parquet", SourceFormat.of("a.parquet"));
        var messages = new EngineMessages(EngineSettings.defaults(), List.of(file), "run");

        assertThat(messages.problem(new SQLException(
                                "IO Error: Prefetch for bytes outside file: /x y/1.parquet, range: [1, 2), /tmp/z/a"))
                        .detail())
                .isEqualTo("a.parquet is not a sound Parquet file: Prefetch for bytes outside the file, range: [1, 2),"
                        + " the file.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IO Error: Could not write file \"/x/.spilled/1.tmp\": Input/output error | INTERNAL",
                "IO Error: Could not write all bytes to file \"/x/r.csv\": No space left on device | UNAVAILABLE",
                "INTERRUPT Error: Interrupted! | INTERNAL",
                "Connection Error: Connection was closed | INTERNAL",
                "Parser Error: syntax error at or near \"x\" | INTERNAL",
                "Out of Memory Error: could not allocate block | VALIDATION_FAILED",
                "IO Error: Could not read enough bytes from file \"/x/1.parquet\": attempted 5 | VALIDATION_FAILED",
                "INTERNAL Error: Attempted to access index 5 within vector of size 3 | VALIDATION_FAILED",
                "Something Error: that nobody has seen yet | VALIDATION_FAILED"
            })
    void onlyWhatIsKnownToBeOursIsNotTheFiles(String message, Problem problem) {
        var file = new StagedFile(Path.of("/x/1.parquet"), "a.parquet", SourceFormat.of("a.parquet"));
        var messages = new EngineMessages(EngineSettings.defaults(), List.of(file), "run");

        assertThat(messages.problem(new SQLException(message)).problem()).isEqualTo(problem);
        assertThat(messages.problem(new SQLException(message)).detail()).doesNotContain("/x/");
    }
}
