package dev.wharf.engine.duckdb;

import dev.wharf.engine.file.TextEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows in the first bytes of a file, made ready for DuckDB: {@link #stage} whenever more was fetched, then {@link
 * #open}.
 */
public interface HeadRows {
    /** What rows are made ready for, for messages. */
    String WORK = "preview";

    /** So many columns are shown, at most. */
    int MOST_COLUMNS = 1_000;

    /**
     * Takes what was fetched of the file.
     *
     * @param cut whether there is more, so that it may end anywhere
     * @return about how many rows are whole; rather too few
     */
    long stage(Path fetched, boolean cut) throws IOException;

    /** How the file writes its characters; null where it does not. */
    TextEncoding encoding();

    /**
     * Opens rows that are surely whole.
     *
     * @param most how many, the names counted where they are in the first one; may be called again with fewer
     */
    Opened open(long most) throws IOException;

    /**
     * Rows that can be selected.
     *
     * @param table null where there is no row
     * @param delimiter null where values are not split by one
     * @param header whether the first row holds the names; null where the format tells them
     * @param all whether these are all rows of the file
     * @param problem what is wrong behind these rows, for which a job refuses the file; else null
     * @param warnings what is in doubt
     */
    record Opened(
            Table table, Character delimiter, Boolean header, boolean all, String problem, List<String> warnings) {
        /** Rows without a doubt. */
        public Opened(Table table, Character delimiter, Boolean header, boolean all) {
            this(table, delimiter, header, all, null, List.of());
        }
    }
}
