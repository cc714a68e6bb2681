package dev.wharf.engine;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How deep JSON is nested. DuckDB follows every level with a call of its own: a file of a few kilobytes that is nested
 * some thousand levels deep overruns its stack, and the whole process ends.
 */
final class JsonDepth {
    /** Far from where DuckDB fails (objects of 2,000 levels), and beyond all data that was seen. */
    static final int MOST = 500;

    private static final int BUFFER = 1 << 16;

    private int depth;
    private boolean inString;
    private boolean escaped;

    private JsonDepth() {}

    /**
     * Reads a file to its end.
     *
     * @throws dev.wharf.kernel.ProblemException 400 if it is nested too deep
     */
    static void check(StagedFile file) throws IOException {
        if (isTooDeep(file.path(), file.format().compression())) {
            throw file.problem("is nested more than " + MOST + " levels deep; flatten it.");
        }
    }

    private static boolean isTooDeep(Path path, SourceFormat.Compression compression) throws IOException {
        var depth = new JsonDepth();
        byte[] buffer = new byte[BUFFER];
        try (var content = Unpacked.open(path, compression)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                if (depth.exceedsIn(buffer, count)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What is no JSON may close more than it has opened: then it begins anew, as DuckDB does with the next record. */
    private boolean exceedsIn(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            byte b = bytes[i];
            if (escaped) {
                escaped = false;
            } else if (inString) {
                escaped = b == '\\';
                inString = b != '"';
            } else if (b == '"') {
                inString = true;
            } else if (b == '{' || b == '[') {
                if (++depth > MOST) {
                    return true;
                }
            } else if ((b == '}' || b == ']') && depth > 0) {
                depth--;
            }
        }
        return false;
    }
}
