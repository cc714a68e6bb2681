package dev.wharf.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lines of a text of our own making, each of which ends in LF. */
final class TextLines {
    private TextLines() {}

    /** The position behind the first lines, in bytes. */
    static long end(Path file, long lines) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            long position = 0;
            int one;
            for (long left = lines; left > 0 && (one = in.read()) >= 0; position++) {
                left -= one == '\n' ? 1 : 0;
            }
            return position;
        }
    }
}
