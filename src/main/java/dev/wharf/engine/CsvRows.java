package dev.wharf.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the rows of delimited text end. A line end within quotes belongs to a value; quotes begin a value and are
 * doubled inside it (RFC 4180).
 *
 * @param count rows that are whole; lines without a character are none where there are columns
 * @param end the position behind the last of them, in bytes
 */
record CsvRows(long count, long end) {
    private static final int BUFFER = 1 << 16;

    /**
     * Walks through UTF-8 text.
     *
     * @param delimiters of values, any of these; without one, lines are rows and quotes have no meaning
     * @param cut whether the file may end anywhere; what follows the last line end is no row then
     * @param most rows after which it is enough
     */
    static CsvRows find(Path file, String delimiters, boolean cut, long most) throws IOException {
        var walk = new Walk(delimiters, most);
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = new byte[BUFFER];
            int count;
            while (!walk.enough() && (count = in.read(bytes)) > 0) {
                for (int i = 0; i < count && !walk.enough(); i++) {
                    walk.next(bytes[i]);
                }
            }
        }
        if (!cut && !walk.enough()) {
            walk.finish();
        }
        return new CsvRows(walk.rows, walk.end);
    }

    private static final class Walk {
        private final String delimiters;
        private final long most;
        private long position;
        private long rows;
        private long end;
        private boolean quoted;
        /** Behind a quote that ends a value, unless another one follows. */
        private boolean closed;
        /** Behind a carriage return, which a line feed may still belong to. */
        private boolean returned;

        private boolean valueBegins = true;
        private boolean blank = true;

        Walk(String delimiters, long most) {
            this.delimiters = delimiters;
            this.most = most;
        }

        boolean enough() {
            return rows >= most;
        }

        void next(byte one) {
            if (returned && one != '\n') {
                endRow();
                if (enough()) {
                    return;
                }
            }
            position++;
            if (quoted) {
                closed = one == '"';
                quoted = !closed;
            } else if (one == '\n') {
                endRow();
            } else if (one == '\r') {
                returned = true;
            } else {
                quoted = one == '"' && (valueBegins || closed) && !delimiters.isEmpty();
                closed = false;
                blank = false;
                valueBegins = delimiters.indexOf(one) >= 0;
            }
        }

        /** The last row may lack its line end; a quote in it that is never closed is for DuckDB to complain of. */
        void finish() {
            if (position > end) {
                endRow();
            }
        }

        private void endRow() {
            rows += blank && !delimiters.isEmpty() ? 0 : 1;
            end = position;
            quoted = false;
            closed = false;
            returned = false;
            valueBegins = true;
            blank = true;
        }
    }
}
