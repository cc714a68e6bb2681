package dev.wharf.engine.run;

import dev.wharf.kernel.problem.ProblemException;

/**
 * How a CSV result looks: UTF-8 without a byte order mark, lines end in LF, quotes are doubled inside quotes.
 *
 * @param header whether the first row holds the column names
 * @param delimiter one ASCII character, neither a quote nor a line end
 * @param quoteEveryField whether every value is quoted; a missing value never is, which keeps it apart from an empty one
 */
public record CsvOptions(boolean header, char delimiter, boolean quoteEveryField) {
    public CsvOptions {
        if (delimiter == '"' || delimiter > 126 || (delimiter < 32 && delimiter != '\t')) {
            throw ProblemException.invalid(
                    "delim", "must be a tab or one printable ASCII character other than a quote");
        }
    }

    public static CsvOptions withHeader() {
        return new CsvOptions(true, ',', false);
    }
}
