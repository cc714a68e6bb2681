package dev.wharf.engine.csv;

import dev.wharf.engine.file.LineFault;
import dev.wharf.engine.file.StagedFile;
import java.io.IOException;

/** Finds the line on which a row begins. */
final class CsvLine extends CsvWalk {
    private final CsvStructure structure;
    private final long wanted;
    private long rows;
    private long found;

    private CsvLine(CsvStructure structure, long line, long wanted) {
        super(structure.dialect(), line);
        this.structure = structure;
        this.wanted = wanted;
    }

    /** @param row from 1, the names not counted */
    static long of(StagedFile file, CsvStructure structure, long row) throws IOException {
        var start = CsvStart.of(file);
        var search = new CsvLine(structure, start.line(), structure.header() ? row + 1 : row);
        try (var content = file.content()) {
            content.skipNBytes(start.bytes());
            search.over(content, false);
        }
        return search.found;
    }

    @Override
    void value(byte[] bytes, int length, boolean quoted) {
        // Rows are counted.
    }

    @Override
    void row(int values, boolean missing) {
        if (!structure.isNoRow(values, missing, rows) && ++rows == wanted) {
            found = rowLine();
            stop();
        }
    }

    @Override
    void fault(LineFault fault) {
        throw new IllegalStateException("Rows were not judged before: " + fault);
    }
}
