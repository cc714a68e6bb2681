package dev.wharf.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The records of JSON text, each on a line of its own: the elements of one array, or values one after the other. Only
 * their ends are looked for; whether they are sound is for DuckDB to say.
 *
 * @param count how many were written
 * @param all whether that is every record of the text
 */
record JsonRecords(long count, boolean all) {
    private static final int BUFFER = 1 << 16;

    /**
     * Copies records until it is enough.
     *
     * @param cut whether the text may end anywhere; what follows the last whole record is left out then
     * @param target is replaced
     */
    static JsonRecords write(Path text, boolean cut, Path target, long most) throws IOException {
        var walk = walk(text, cut, target, most, true);
        if (walk.goesOn) {
            walk = walk(text, cut, target, most, false);
        }
        try (var file = FileChannel.open(target, StandardOpenOption.WRITE)) {
            file.truncate(walk.end);
        }
        return new JsonRecords(walk.count, !cut && walk.count < most);
    }

    private static Walk walk(Path text, boolean cut, Path target, long most, boolean mayBeArray) throws IOException {
        try (var in = Files.newInputStream(text);
                var out = new BufferedOutputStream(Files.newOutputStream(target), BUFFER)) {
            var walk = new Walk(out, mayBeArray);
            byte[] bytes = new byte[BUFFER];
            for (int length = 0; length >= 0 && walk.count < most && !walk.goesOn; length = in.read(bytes)) {
                for (int i = 0; i < length && walk.count < most; i++) {
                    walk.next(bytes[i]);
                }
            }
            if (walk.inRecord && !cut && walk.count < most) {
                walk.endRecord();
            }
            return walk;
        }
    }

    private static final class Walk {
        private final OutputStream out;
        private boolean mayBeArray;
        /** How deep records lie: 1 in an array. */
        private int base;

        private int depth;
        private boolean inRecord;
        private boolean inText;
        private boolean escaped;
        private boolean arrayEnded;
        /** Behind the array: it was one of several values. */
        private boolean goesOn;

        private long written;
        private long count;
        private long end;

        Walk(OutputStream out, boolean mayBeArray) {
            this.out = out;
            this.mayBeArray = mayBeArray;
        }

        void next(byte one) throws IOException {
            if (inText) {
                write(one);
                inText = escaped || one != '"';
                escaped = !escaped && one == '\\';
            } else if (one == ' ' || one == '\n' || one == '\r' || one == '\t') {
                blank();
            } else if (mayBeArray) {
                mayBeArray = false;
                if (one == '[') {
                    base = 1;
                    depth = 1;
                } else {
                    next(one);
                }
            } else if (arrayEnded) {
                goesOn = true;
            } else {
                sign(one);
            }
        }

        private void blank() throws IOException {
            if (inRecord && depth > base) {
                write((byte) ' ');
            } else if (inRecord) {
                endRecord();
            }
        }

        private void sign(byte one) throws IOException {
            boolean inArray = base == 1 && depth == 1;
            if (one == '{' || one == '[') {
                if (inRecord && depth == base) {
                    endRecord();
                }
                depth++;
                write(one);
            } else if ((one == '}' || one == ']') && depth > base) {
                write(one);
                depth--;
                if (depth == base) {
                    endRecord();
                }
            } else if (inArray && (one == ',' || one == ']')) {
                if (inRecord) {
                    endRecord();
                }
                arrayEnded = one == ']';
            } else {
                write(one);
                inText = one == '"';
            }
        }

        private void write(byte one) throws IOException {
            out.write(one);
            written++;
            inRecord = true;
        }

        void endRecord() throws IOException {
            write((byte) '\n');
            inRecord = false;
            count++;
            end = written;
        }
    }
}
