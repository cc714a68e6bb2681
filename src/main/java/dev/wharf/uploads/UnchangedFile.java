package dev.wharf.uploads;

import dev.wharf.kernel.http.stream.BlockStream;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The bytes of a file, if it stays as it is until the last one: else reading fails before that, and nothing is stored. */
final class UnchangedFile extends BlockStream {
    private final Path file;
    private final FileState state;
    private long count;

    UnchangedFile(Path file, FileState state) throws IOException {
        super(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS));
        this.file = file;
        this.state = state;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count += Math.max(read, 0);
        if ((read < 0 || count >= state.size())
                && (count != state.size() || !FileState.of(file).equals(state))) {
            throw new ProblemException(Problem.CONFLICT, "it has changed while it was read");
        }
        return read;
    }
}
