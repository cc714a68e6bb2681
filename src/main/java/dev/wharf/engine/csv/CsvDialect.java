package dev.wharf.engine.csv;

import dev.wharf.engine.duckdb.SqlText;

/**
 * What splits text into values.
 *
 * @param delimiter an ASCII character; {@link #NONE} where every line is one value
 * @param quote an ASCII character, doubled within quotes; {@link #NONE} where quotes have no meaning
 */
record CsvDialect(char delimiter, char quote) {
    static final char NONE = 0;
    /** Every line is a value, whatever is in it. */
    static final CsvDialect LINES = new CsvDialect(NONE, NONE);

    boolean splits() {
        return delimiter != NONE;
    }

    /** As options of DuckDB's {@code read_csv}. */
    String sql() {
        return "delim=" + option(delimiter) + ", quote=" + option(quote) + ", escape=" + option(quote);
    }

    private static String option(char character) {
        return character == NONE ? "''" : SqlText.text(String.valueOf(character));
    }
}
