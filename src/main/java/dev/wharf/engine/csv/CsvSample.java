package dev.wharf.engine.csv;

import dev.wharf.engine.file.LineFault;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TextDialect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The first rows of a delimited text file, for deciding how it is read. They are the same ones for a preview, which has
 * fetched no more than a beginning, and for a job: those that end within the first {@value #BYTES} bytes, and where none
 * does, the first one.
 *
 * @param text UTF-8, without what stands in front of the rows
 * @param cut whether there is more
 */
record CsvSample(StagedFile file, CsvStart start, byte[] text, boolean cut) {
    private static final int BYTES = 1 << 18;
    private static final int MOST_BYTES = 1 << 24;
    private static final int MOST_ROWS = 1_000;

    /** @param quoted whether it stands in quotes, and so holds what it holds on purpose */
    record Value(String text, boolean quoted) {}

    /**
     * Rows as a dialect splits them, without lines that have no character.
     *
     * @param fault where the next row could not be read; else null
     */
    record Rows(List<List<Value>> list, LineFault fault) {
        List<String> first() {
            return list.get(0).stream().map(Value::text).toList();
        }
    }

    /**
     * Reads the sample.
     *
     * @param cut whether the file itself is the beginning of a longer one
     */
    static CsvSample of(StagedFile file, TextDialect said, boolean cut) throws IOException {
        var start = CsvStart.of(file);
        for (int most = BYTES; ; most *= 4) {
            byte[] text;
            boolean more;
            try (var content = file.content()) {
                content.skipNBytes(start.bytes());
                text = content.readNBytes(most);
                more = content.read() >= 0;
            }
            var sample = new CsvSample(file, start, text, more || cut);
            if (!more || most >= MOST_BYTES || sample.hasRow(said)) {
                return sample;
            }
        }
    }

    private boolean hasRow(TextDialect said) throws IOException {
        for (char delimiter : CsvDelimiter.CANDIDATES) {
            if (!rows(new CsvDialect(delimiter, said.quoteCharacter())).list().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    Rows rows(CsvDialect dialect) throws IOException {
        var collected = new Collected(dialect, start.line());
        collected.over(new ByteArrayInputStream(text), cut);
        return new Rows(collected.rows, collected.fault);
    }

    private static final class Collected extends CsvWalk {
        private final List<List<Value>> rows = new ArrayList<>();
        private List<Value> row = new ArrayList<>();
        private LineFault fault;

        Collected(CsvDialect dialect, long line) {
            super(dialect, line);
        }

        @Override
        void value(byte[] bytes, int length, boolean quoted) {
            row.add(new Value(new String(bytes, 0, length, StandardCharsets.UTF_8), quoted));
        }

        @Override
        void row(int values, boolean missing) {
            if (values > 1 || !missing) {
                rows.add(row);
            }
            row = new ArrayList<>();
            if (rows.size() == MOST_ROWS) {
                stop();
            }
        }

        @Override
        void fault(LineFault found) {
            fault = found;
        }
    }
}
