package dev.wharf.engine.sample;

import dev.wharf.engine.duckdb.DuckDbRunner;
import dev.wharf.engine.duckdb.EngineMessages;
import dev.wharf.engine.duckdb.HeadRows;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.PartialFile;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.SourceFormat.Kind;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Finds out how a file in a store is structured and what its first rows are, from as few of its bytes as will do. Safe
 * for use by many threads.
 */
public final class Sampler {
    private final EngineSettings settings;
    private final DuckDbRunner runner;
    private final int most;
    private final Duration patience;
    private final Semaphore places;

    /**
     * @param settings bounds of one sample; the number of threads is always 1
     * @param most how many may be in DuckDB at one time; what is fetched from stores does not count
     * @param patience how long others wait for a place
     */
    public Sampler(EngineSettings settings, int most, Duration patience) {
        this(
                // With a second thread DuckDB would read ahead: row groups of Parquet that were not fetched.
                new EngineSettings(settings.memory(), 1, settings.timeLimit(), settings.temporarySize()),
                null,
                most,
                patience);
    }

    /** @param runner null for one of its own */
    public Sampler(EngineSettings settings, DuckDbRunner runner, int most, Duration patience) {
        this.settings = settings;
        this.runner = runner == null ? new DuckDbRunner(settings, HeadRows.WORK, Problem.UNAVAILABLE) : runner;
        this.most = most;
        this.patience = patience;
        this.places = new Semaphore(most, true);
    }

    /**
     * Looks into a file.
     *
     * @param said how delimited text is to be read
     * @param folder an empty one, for this sample only; the caller removes it with all that is left in it
     * @param limit rows at most, 1 or more; types are found in the first thousand rows nevertheless, as far as they have
     *     been read
     * @throws ProblemException what the store says first of all: NOT_FOUND, DENIED, ARCHIVED; then {@code
     *     VALIDATION_FAILED} where the file is not what its name says, cannot be read, or takes too long, and {@code
     *     UNAVAILABLE} where too many others are being looked into
     */
    public Sample sample(ObjectStore store, String bucket, String key, TextDialect said, Path folder, int limit)
            throws IOException {
        return sample(store, bucket, key, null, Reading.of(said), folder, limit);
    }

    /**
     * Looks into a version of a file.
     *
     * @param etag of the version; null or empty for the one that is there
     * @throws ProblemException the same; CHANGED where it is another version by now
     * @see #sample(ObjectStore, String, String, TextDialect, Path, int)
     */
    public Sample sample(
            ObjectStore store, String bucket, String key, String etag, Reading said, Path folder, int limit)
            throws IOException {
        try (var file = new PartialFile(store, bucket, key, etag, folder.resolve("object"))) {
            var format = format(file, key, said);
            return format.kind() == Kind.PARQUET
                    ? new ParquetSample(this, file, key, format).first(limit)
                    : new HeadSample(this, file, key, format, said).first(limit);
        }
    }

    /**
     * Finds out how a version of a file is structured, without its rows, from fewer bytes: as many as are enough to
     * decide how a job reads it.
     *
     * @param types whether the types of delimited text and JSON are found out, which takes longer; Parquet and Avro state
     *     theirs
     * @see #sample(ObjectStore, String, String, String, Reading, Path, int)
     */
    public FileStructure structure(
            ObjectStore store, String bucket, String key, String etag, Reading said, Path folder, boolean types)
            throws IOException {
        try (var file = new PartialFile(store, bucket, key, etag, folder.resolve("object"))) {
            var format = format(file, key, said);
            return format.kind() == Kind.PARQUET
                    ? new ParquetSample(this, file, key, format).structure()
                    : new HeadSample(this, file, key, format, said).structure(types);
        }
    }

    /** What the store says of a file comes before what its name says. */
    private static SourceFormat format(PartialFile file, String key, Reading said) throws IOException {
        try {
            var format = SourceFormat.of(key);
            said.check(format.kind(), key);
            return format;
        } catch (ProblemException notRead) {
            file.fetch(0, 1);
            throw notRead;
        }
    }

    EngineSettings settings() {
        return settings;
    }

    /** Takes a place in DuckDB for a moment. */
    <T> T inSession(StagedFile file, DuckDbRunner.Work<T> work) {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(
                        Problem.UNAVAILABLE,
                        most + " files are being looked into at this moment; try again in a few seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.UNAVAILABLE, "The preview was canceled.");
        }
        try {
            return runner.run(file.path().getParent(), session -> {
                try {
                    return work.in(session);
                } catch (SQLException failure) {
                    throw messages(file).problem(failure);
                }
            });
        } finally {
            places.release();
        }
    }

    EngineMessages messages(StagedFile file) {
        return new EngineMessages(settings, List.of(file), HeadRows.WORK);
    }
}
