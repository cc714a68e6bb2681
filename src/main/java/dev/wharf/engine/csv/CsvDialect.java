package dev.wharf.engine.csv;

import dev.wharf.engine.duckdb.SqlText;
import dev.wharf.engine.file.TextDialect;

/**
 * What splits text into values.
 *
 * @param delimiter an ASCII character; {@link TextDialect#NONE} where every line is one value
 * @param quote an ASCII character, doubled within quotes; {@link TextDialect#NONE} where quotes have no meaning
 */
record CsvDialect(char delimiter, char quote) {
    /** Every line is a value, whatever is in it. */
    static final CsvDialect LINES = new CsvDialect(TextDialect.NONE, TextDialect.NONE);

    boolean splits() {
        return delimiter != TextDialect.NONE;
    }

    /** As options of DuckDB's {@code read_csv}. */
    String sql() {
        return "delim=" + option(delimiter) + ", quote=" + option(quote) + ", escape=" + option(quote);
    }

    private static String option(char character) {
        return character == TextDialect.NONE ? "''" : SqlText.text(String.valueOf(character));
    }
}
