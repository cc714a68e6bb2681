package dev.wharf.engine.csv;

import java.nio.charset.StandardCharsets;

/** What ends a line. */
enum LineEnd {
    LF("\n"),
    CR_LF("\r\n"),
    CR("\r");

    private final byte[] bytes;

    LineEnd(String characters) {
        bytes = characters.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] bytes() {
        return bytes;
    }

    /** The one that DuckDB takes a text to have, which is the first, however many CR are in front of an LF; null where there is none. */
    static LineEnd first(byte[] text, int length) {
        boolean returned = false;
        for (int at = 0; at < length; at++) {
            if (text[at] == '\n') {
                return returned ? CR_LF : LF;
            }
            if (text[at] != '\r' && returned) {
                return CR;
            }
            returned = text[at] == '\r';
        }
        return returned ? CR : null;
    }
}
