package dev.wharf.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Rows that DuckDB can select.
 *
 * @param from what follows FROM; its columns are called {@code c1}, {@code c2} and so on
 * @param names the columns' names as the files have them; may repeat or be blank
 * @param content what the columns hold
 */
record Table(String from, List<String> names, Content content) {
    enum Content {
        TEXT,
        /** DuckDB's JSON, from the top-level keys of records. */
        JSON,
        /** Types that the files state. */
        TYPED
    }

    /** Column {@code number} as text: what CSV gets. */
    String text(int number) {
        return switch (content) {
            case TEXT -> "c" + number;
            case JSON -> "c" + number + "->>'$'";
            case TYPED -> "CAST(c" + number + " AS VARCHAR)";
        };
    }

    /**
     * Names that differ, whatever their case, and are not blank, as JSON and Parquet need them: {@code id}, {@code
     * id_2}, {@code column3}.
     */
    List<String> distinctNames() {
        var taken = new HashSet<String>();
        var distinct = new ArrayList<String>();
        for (var name : names) {
            var base = name.isBlank() ? "column" + (distinct.size() + 1) : name;
            var candidate = base;
            for (int number = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); number++) {
                candidate = base + "_" + number;
            }
            distinct.add(candidate);
        }
        return distinct;
    }
}
