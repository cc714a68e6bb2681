package dev.wharf.engine.csv;

import dev.wharf.engine.file.LineFault;
import dev.wharf.engine.file.StagedFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes rows so that DuckDB reads exactly these: one kind of line end, which is also the first that a value holds, and nothing around
 * the rows. */
final class CsvCopy extends CsvWalk {
    private final CsvStructure structure;
    private final OutputStream target;
    private final long most;
    private long rows;
    private int column;

    private CsvCopy(CsvStructure structure, long line, OutputStream target, long most) {
        super(structure.dialect(), line);
        this.structure = structure;
        this.target = target;
        this.most = most;
    }

    /** @param most rows to write, of those that are sound */
    static void write(StagedFile file, CsvStructure structure, OutputStream out, long most) throws IOException {
        try (var target = new BufferedOutputStream(out, 1 << 16);
                var content = file.content()) {
            var start = CsvStart.of(file);
            content.skipNBytes(start.bytes());
            var copy = new CsvCopy(structure, start.line(), target, most);
            if (most > 0) {
                copy.over(content, false);
            }
        }
    }

    @Override
    void value(byte[] bytes, int length, boolean quoted) throws IOException {
        if (++column > structure.names().size()) {
            return;
        }
        if (column > 1) {
            target.write(structure.dialect().delimiter());
        }
        if (!quoted) {
            target.write(bytes, 0, length);
            return;
        }
        char quote = structure.dialect().quote();
        target.write(quote);
        for (int i = 0; i < length; i++) {
            if (bytes[i] == quote) {
                target.write(quote);
            }
            target.write(bytes[i]);
        }
        target.write(quote);
    }

    @Override
    void row(int values, boolean missing) throws IOException {
        column = 0;
        if (structure.isNoRow(values, missing, rows)) {
            return;
        }
        target.write(end());
        if (++rows == most) {
            stop();
        }
    }

    /** What DuckDB takes for the rows' line end, whatever their values hold. */
    private byte[] end() {
        return (quotedFirst() == null ? LineEnd.LF : quotedFirst()).bytes();
    }

    @Override
    void fault(LineFault fault) {
        throw new IllegalStateException("Rows were not judged before: " + fault);
    }
}
