package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wharf.engine.duckdb.SharedSessions;
import dev.wharf.engine.file.EngineInput;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.run.CsvOptions;
import dev.wharf.engine.run.DuckDbEngine;
import dev.wharf.engine.run.Engine;
import dev.wharf.engine.run.EngineRun;
import dev.wharf.engine.run.EngineSource;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.engine.sample.Sampler;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Whatever a file holds, it is the file that is at fault, and previews and jobs say the same of it. */
class BrokenFilesTest {
    private static final int FILES = 2_000;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final EngineSettings SETTINGS = new EngineSettings("256MB", 1, Duration.ofMinutes(1), "256MB");

    @TempDir
    Path folder;

    private SharedSessions sessions;
    private Sampler sampler;
    private Engine engine;

    @BeforeEach
    void share() throws IOException {
        sessions = new SharedSessions(folder.toRealPath(), SETTINGS);
        sampler = new Sampler(SETTINGS, sessions, 100, LONGEST);
        engine = new DuckDbEngine(SETTINGS, sessions);
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    /**
     * What came of a file.
     *
     * @param rows how many; null where not all were seen, or where it was refused
     * @param doubt what was said against it; null where nothing was
     */
    private record Outcome(Long rows, ProblemException refused, String doubt) {}

    @Test
    void soundFilesAreReadAlike() {
        var files = new BrokenFiles(folder);
        assertThat(files.sound()).allSatisfy(file -> {
            assertThat(faults(file)).isNull();
            assertThat(job(file, ResultFormat.JSON).refused()).isNull();
        });
    }

    @Test
    void brokenFilesAreNeverOurFaultAndJudgedAlike() {
        var files = new BrokenFiles(folder);
        var faults = IntStream.range(0, FILES)
                .parallel()
                .mapToObj(files::get)
                .map(this::faults)
                .filter(Objects::nonNull)
                .toList();
        assertThat(faults).isEmpty();
    }

    /** @return null where there is none */
    private String faults(BrokenFiles.Broken file) {
        long start = System.nanoTime();
        var preview = preview(file);
        var format = ResultFormat.values()[Math.floorMod(file.name().hashCode(), ResultFormat.values().length)];
        var job = job(file, format);
        var time = Duration.ofNanos(System.nanoTime() - start);
        String fault = null;
        if (time.compareTo(LONGEST) > 0) {
            fault = "took " + time;
        } else if (mayPass(preview) || mayPass(job)) {
            fault = "would be tried again";
        } else if (!agree(preview, job, SourceFormat.named(file.name()).kind().delimited())) {
            fault = "is judged in two ways";
        }
        return fault == null ? null : file.name() + " " + fault + ": " + preview + " / " + format + " " + job;
    }

    private static boolean mayPass(Outcome outcome) {
        return outcome.refused() != null && outcome.refused().problem().transientFailure();
    }

    private static boolean agree(Outcome preview, Outcome job, boolean delimited) {
        if (preview.rows() != null && preview.doubt() == null) {
            return job.refused() == null ? preview.rows().equals(job.rows()) : isOfTheResult(job.refused(), preview);
        }
        // A file of which all is seen, and which is doubted, is refused; of delimited text it may be said how it is
        // read.
        return job.refused() != null
                || delimited && preview.refused() == null && preview.rows().equals(job.rows());
    }

    /** What only the format of the result forbids, and a file without any column. */
    private static boolean isOfTheResult(ProblemException refused, Outcome preview) {
        return refused.detail().contains("cannot hold") || preview.rows() == 0;
    }

    private Outcome preview(BrokenFiles.Broken file) {
        var own = own();
        try {
            var sample = sampler.sample(
                    new StoredFile(file.content()), "bucket", file.name(), TextDialect.UNSAID, own, 1_000);
            return new Outcome(
                    sample.rowCount(),
                    null,
                    sample.warnings().isEmpty() ? null : sample.warnings().get(0));
        } catch (ProblemException refused) {
            return new Outcome(null, refused, refused.detail());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            delete(own);
        }
    }

    private Outcome job(BrokenFiles.Broken file, ResultFormat format) {
        var own = own();
        try {
            var path = Files.write(own.resolve(file.name()), file.content());
            var result = engine.run(new EngineRun(
                    new EngineSource(own, List.of(new EngineInput(path, file.name())), Reading.UNSAID, true),
                    format,
                    SourceFormat.Compression.NONE,
                    CsvOptions.withHeader(),
                    own.getFileName() + "." + format.extension(),
                    0));
            if (format == ResultFormat.JSON) {
                for (var line : Files.readAllLines(result.file())) {
                    JSON.readTree(line);
                }
            }
            return new Outcome(result.rows(), null, null);
        } catch (ProblemException refused) {
            return new Outcome(null, refused, refused.detail());
        } catch (IOException invalid) {
            throw new UncheckedIOException(file.name(), invalid);
        } finally {
            delete(own);
        }
    }

    private Path own() {
        try {
            return Files.createTempDirectory(folder.toRealPath(), "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path own) {
        try {
            FileSystemUtils.deleteRecursively(own);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
