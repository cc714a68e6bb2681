package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineLimitsTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() {
        run = new RunFolder(folder);
    }

    @Test
    void theTimeLimitStopsARunAndLeavesNoResult() {
        run.with("a.csv", "a,b\n" + "1,some text\n".repeat(2_000_000)).settings(within(Duration.ofMillis(50)));

        assertThatThrownBy(run::csv)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.problem())
                        .isEqualTo(Problem.VALIDATION_FAILED))
                .hasMessageContaining("time limit of 0.05 seconds");
        assertThat(folder).isDirectoryNotContaining("glob:**result*").isDirectoryNotContaining("glob:**.spilled");
    }

    @ParameterizedTest
    @CsvSource({"{\"a\":,}", "[,]", "[{\"a\":,}]"})
    void jsonThatIsNestedTooDeepIsRefusedBeforeItEndsTheProcess(String open, String close) {
        int levels = 100_000;
        run.with("a.json", open.repeat(levels) + "1" + close.repeat(levels));

        assertThatThrownBy(run::csv)
                .isInstanceOf(ProblemException.class)
                .hasMessage("a.json is nested more than 500 levels deep; flatten it.");
    }

    @Test
    void bracketsInStringsNestNothing() throws Exception {
        run.with(
                "a.json",
                "{\"a\":\"" + "[{\\\"".repeat(10_000) + "\"}\n{\"a\":" + "[".repeat(400) + "]".repeat(400) + "}\n");

        assertThat(run.csv().lines()).hasSize(3);
    }

    @Test
    void anInterruptCancelsARunAndStaysSet() throws Exception {
        run.with("a.csv", "a,b\n" + "1,some text\n".repeat(2_000_000)).settings(within(Duration.ofMinutes(1)));
        var started = new CountDownLatch(1);
        var outcome = new CompletableFuture<Throwable>();
        var caller = new Thread(() -> {
            started.countDown();
            try {
                run.csv();
                outcome.complete(null);
            } catch (ProblemException canceled) {
                outcome.complete(Thread.currentThread().isInterrupted() ? canceled : null);
            }
        });
        caller.start();
        started.await();
        caller.interrupt();

        assertThat(outcome.get(10, TimeUnit.SECONDS))
                .hasMessage("The run was canceled.")
                .extracting(failure -> ((ProblemException) failure).problem())
                .isEqualTo(Problem.UNAVAILABLE);
        assertThat(folder.resolve("result.csv")).doesNotExist();
    }

    @Test
    void tooLittleMemoryIsNamed() {
        var settings = new EngineSettings("64MB", 2, Duration.ofMinutes(1), "1MB");
        run.with("a.csv", "a" + ",b".repeat(9_999) + "\n")
                .said(new TextDialect(true, null, null, null))
                .settings(settings);

        assertThatThrownBy(run::csv)
                .hasMessageMatching("The run needs more (memory than the 64MB|temporary space than the 1MB).*");
    }

    @Test
    void anExistingResultIsNotReplaced() throws Exception {
        Files.writeString(folder.resolve("result.csv"), "kept");

        assertThatThrownBy(() -> run.with("a.csv", "id\n1\n").csv()).hasMessageContaining("result.csv exists");
        assertThat(folder.resolve("result.csv")).content().isEqualTo("kept");
    }

    @Test
    void inputsOutsideTheFolderAndLinksAreRefused() throws Exception {
        var outside = Files.writeString(Files.createTempFile(folder.getParent(), "outside", ".csv"), "id\n1\n");
        var link = Files.createSymbolicLink(folder.resolve("000001.csv"), outside);

        assertThatThrownBy(
                        () -> new RunFolder(folder).withInput(outside, "a.csv").csv())
                .hasMessage("a.csv is not a file of the run's folder.");
        assertThatThrownBy(() -> new RunFolder(folder).withInput(link, "a.csv").csv())
                .hasMessage("a.csv is not a file of the run's folder.");
        Files.delete(outside);
    }

    @Test
    void aFolderMayHaveAnyName() throws Exception {
        var odd = Files.createDirectories(folder.resolve("year=2026 it's [a] *\"run\"? {x}"));

        assertThat(new RunFolder(odd)
                        .with("a.csv", "id\n1\n")
                        .with("b.csv", "id\n2\n")
                        .csv())
                .isEqualTo("id\n1\n2\n");
    }

    @Test
    void runsInDifferentFoldersDoNotMeet() {
        var results = IntStream.range(0, 4)
                .parallel()
                .mapToObj(number -> new RunFolder(folder(number)).with("a.csv", "id\n" + number + "\n"))
                .map(RunFolder::csv)
                .toList();

        assertThat(results).containsExactly("id\n0\n", "id\n1\n", "id\n2\n", "id\n3\n");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new EngineSettings("1 kB", 2, Duration.ofHours(1), "1GB"))
                .hasMessage("memory must look like 256MB or 2GB, not 1 kB");
        assertThatThrownBy(() -> new EngineSettings("32MB", 2, Duration.ofHours(1), "1GB"))
                .hasMessage("memory must be at least 64MB, not 32MB");
        assertThatThrownBy(() -> new EngineSettings("1GB", 0, Duration.ofHours(1), "1GB"))
                .hasMessage("threads must be 1 to 64, not 0");
        assertThatThrownBy(() -> new EngineSettings("1GB", 1, Duration.ZERO, "1GB"))
                .hasMessageStartingWith("time limit must be longer than zero");
    }

    private Path folder(int number) {
        try {
            return Files.createDirectories(folder.resolve("run-" + number));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static EngineSettings within(Duration limit) {
        return new EngineSettings("256MB", 2, limit, "1GB");
    }
}
