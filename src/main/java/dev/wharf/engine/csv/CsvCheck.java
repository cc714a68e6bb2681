package dev.wharf.engine.csv;

import dev.wharf.engine.file.LineFault;
import dev.wharf.engine.file.StagedFile;
import java.io.IOException;

/**
 * Judges every row of a file: each has as many values as there are columns. Rows may end in a delimiter that the names
 * do not have, but only if all of them do: in a single row it is a value too many, which has shifted the others.
 */
final class CsvCheck extends CsvWalk {
    private final CsvStructure structure;
    private final CsvStart start;
    private long rows;
    private long rowsOfWidth;
    private boolean blankFirst;
    /** The first row that ends in a delimiter, by its number from 1, and its line. */
    private long trailingRow;

    private long trailingLine;
    private LineFault fault;
    private long faultyRow;

    private CsvCheck(CsvStructure structure, CsvStart start) {
        super(structure.dialect(), start.line());
        this.structure = structure;
        this.start = start;
    }

    /**
     * Reads the file up to its first row that is not sound.
     *
     * @param cut whether it is the beginning of a longer one
     */
    static CsvCheck of(StagedFile file, CsvStructure structure, boolean cut) throws IOException {
        var check = new CsvCheck(structure, CsvStart.of(file));
        try (var content = file.content()) {
            content.skipNBytes(check.start.bytes());
            check.over(content, cut);
        }
        return check;
    }

    /** Rows that are sound, the names counted where they are in one. */
    long soundRows() {
        return fault == null ? rows : faultyRow - 1;
    }

    /** Null where all rows are sound. */
    LineFault fault() {
        return fault;
    }

    /** Whether DuckDB reads the file as it is just as it was read here. */
    boolean isPlain() {
        return !mixed() && !hasBlanksAroundQuotes() && !blankFirst && !endsInDelimiters() && !start.told();
    }

    /** Whether every row has a delimiter at its end that is left out. */
    boolean endsInDelimiters() {
        return fault == null && trailingRow > 0;
    }

    @Override
    void value(byte[] bytes, int length, boolean quoted) {
        // Counted by the walk.
    }

    @Override
    void row(int values, boolean missing) {
        int width = structure.names().size();
        if (structure.isNoRow(values, missing, rows)) {
            blankFirst |= rows == 0;
            return;
        }
        rows++;
        boolean names = structure.header() && rows == 1;
        if (values == width) {
            rowsOfWidth += names ? 0 : 1;
            if (trailingRow > 0) {
                faulty(trailingRow, trailingLine, width + 1);
            }
        } else if (values == width + 1 && missing && !names && rowsOfWidth == 0) {
            if (trailingRow == 0) {
                trailingRow = rows;
                trailingLine = rowLine();
            }
        } else {
            faulty(rows, rowLine(), values);
        }
    }

    private void faulty(long row, long line, int values) {
        faultyRow = row;
        fault = new LineFault(
                line,
                "has " + values + (values == 1 ? " column" : " columns") + " where "
                        + structure.names().size() + " are expected.");
        stop();
    }

    @Override
    void fault(LineFault found) {
        fault = found;
        faultyRow = rows + 1;
    }
}
