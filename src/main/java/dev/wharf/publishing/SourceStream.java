package dev.wharf.publishing;

import dev.wharf.kernel.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** The bytes of a source. Where they cannot be read, it says which source that was; who writes them only sees a stream. */
final class SourceStream extends FilterInputStream {
    private final Function<IOException, ProblemException> problem;

    SourceStream(InputStream in, Function<IOException, ProblemException> problem) {
        super(in);
        this.problem = problem;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            throw named(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            throw named(e);
        }
    }

    private IOException named(IOException failure) {
        ProblemException named = problem.apply(failure);
        return new IOException(named.detail(), named);
    }
}
