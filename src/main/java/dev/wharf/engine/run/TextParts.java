package dev.wharf.engine.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/**
 * Cuts a file of text, as DuckDB has written it, into parts: between two rows, each with the names of the columns where the
 * result has them, and with the compression around it that was asked for.
 */
final class TextParts {
    private static final int BUFFER = 1 << 16;

    private final EngineRun run;
    /** In CSV a line end within quotes is a value's; quotes are doubled there, so that they need not be looked behind. */
    private final boolean quotes;

    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private boolean inNames;
    private OutputStream part;
    private int number;
    private long bytes;

    TextParts(EngineRun run) {
        this.run = run;
        this.quotes = run.resultFormat() == ResultFormat.CSV;
        this.inNames = quotes && run.csv().header();
    }

    /**
     * Writes all parts.
     *
     * @throws CancellationException if the thread is interrupted meanwhile
     */
    void cut(Path plain) throws IOException {
        try (var in = Files.newInputStream(plain)) {
            var buffer = new byte[BUFFER];
            boolean quoted = false;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException();
                }
                int from = 0;
                for (int at = 0; at < count; at++) {
                    quoted ^= quotes && buffer[at] == '"';
                    if (buffer[at] == '\n' && !quoted) {
                        write(buffer, from, at + 1 - from);
                        endRow();
                        from = at + 1;
                    }
                }
                write(buffer, from, count - from);
            }
            if (number == 0) {
                begin();
            }
        } finally {
            end();
        }
    }

    private void write(byte[] buffer, int from, int length) throws IOException {
        if (inNames) {
            names.write(buffer, from, length);
        } else if (length > 0) {
            begin();
            part.write(buffer, from, length);
            bytes += length;
        }
    }

    private void endRow() throws IOException {
        if (inNames) {
            inNames = false;
        } else if (bytes >= run.partBytes()) {
            end();
        }
    }

    private void begin() throws IOException {
        if (part == null) {
            part = Packing.open(run.part(number++), run.around());
            part.write(names.toByteArray());
            bytes = names.size();
        }
    }

    private void end() throws IOException {
        if (part != null) {
            part.close();
            part = null;
        }
    }
}
