package dev.wharf.engine.file;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The room on disk for copies of a piece of work's files, in a form that DuckDB reads. Its bound holds against files
 * that unpack to many times their size. Safe for files that are copied side by side.
 */
public final class TemporarySpace {
    private final EngineSettings settings;
    private final String work;
    private final AtomicLong left;

    /** @param work what it is for, for messages: {@code run} */
    public TemporarySpace(EngineSettings settings, String work) {
        this.settings = settings;
        this.work = work;
        this.left = new AtomicLong(settings.temporaryBytes());
    }

    /** @param work what needs more: {@code run} */
    public static ProblemException exceeded(EngineSettings settings, String work) {
        return new ProblemException(
                Problem.VALIDATION_FAILED,
                "The " + work + " needs more temporary space than the " + settings.temporarySize() + " that one " + work
                        + " may use on disk.");
    }

    /**
     * Creates a file, or empties it.
     *
     * @return a stream that fails with a {@link ProblemException} when the space is used up
     */
    public OutputStream create(Path file) throws IOException {
        return new FilterOutputStream(Files.newOutputStream(file)) {
            @Override
            public void write(int one) throws IOException {
                take(1);
                out.write(one);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                take(length);
                out.write(bytes, offset, length);
            }
        };
    }

    private void take(int bytes) {
        if (left.addAndGet(-bytes) < 0) {
            throw exceeded(settings, work);
        }
    }
}
