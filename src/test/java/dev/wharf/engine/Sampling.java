package dev.wharf.engine;

import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.sample.Sample;
import dev.wharf.engine.sample.Sampler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Previews of files that are nowhere but in memory. */
final class Sampling {
    private static final Sampler SAMPLER =
            new Sampler(new EngineSettings("256MB", 1, Duration.ofMinutes(1), "256MB"), 2, Duration.ofMinutes(1));

    private Sampling() {}

    /** Up to 1,000 rows. */
    static Sample of(Path temporary, String name, byte[] content) {
        return of(temporary, name, content, Reading.UNSAID);
    }

    static Sample of(Path temporary, String name, byte[] content, Reading said) {
        try {
            return SAMPLER.sample(
                    new StoredFile(content),
                    "bucket",
                    name,
                    null,
                    said,
                    Files.createTempDirectory(temporary, ""),
                    1_000);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Sample of(Path temporary, String name, String content) {
        return of(temporary, name, content.getBytes(StandardCharsets.UTF_8));
    }
}
