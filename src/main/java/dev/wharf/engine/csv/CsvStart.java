package dev.wharf.engine.csv;

import dev.wharf.engine.file.StagedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where the rows of a text file begin: behind the byte order mark, and behind a first line {@code sep=;}, by which Excel
 * is told the delimiter.
 *
 * @param bytes to skip
 * @param line number of the first row's
 * @param delimiter what that line says; null where there is none
 */
record CsvStart(int bytes, long line, Character delimiter) {
    private static final byte[] MARK = "\ufeff".getBytes(StandardCharsets.UTF_8);
    private static final Pattern TOLD =
            Pattern.compile("(?i)(\"?)sep=(\\\\t|[\\x01-\\x7f&&[^\r\n\"]])\\1(\r\n|\r|\n|$)");
    /** Longer than any such line. */
    private static final int LOOKED_AT = 32;

    static CsvStart of(StagedFile file) throws IOException {
        byte[] first;
        try (var content = file.content()) {
            first = content.readNBytes(LOOKED_AT);
        }
        int mark = first.length >= MARK.length && first[0] == MARK[0] && first[1] == MARK[1] && first[2] == MARK[2]
                ? MARK.length
                : 0;
        var told = TOLD.matcher(new String(first, mark, first.length - mark, StandardCharsets.ISO_8859_1));
        if (!told.lookingAt()) {
            return new CsvStart(mark, 1, null);
        }
        char delimiter = told.group(2).equals("\\t") ? '\t' : told.group(2).charAt(0);
        return new CsvStart(mark + told.end(), 2, delimiter);
    }

    /** Whether the first line was no row. */
    boolean told() {
        return delimiter != null;
    }
}
