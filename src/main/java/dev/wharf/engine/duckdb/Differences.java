package dev.wharf.engine.duckdb;

import java.util.ArrayList;
import java.util.List;

/** Says in words how the columns of a file differ from those of the first file. */
public final class Differences {
    /**
     * A column of a file.
     *
     * @param type as DuckDB calls it; empty where the format states none
     */
    public record Column(String name, String type) {
        private String words() {
            return type.isEmpty() ? "\"" + name + "\"" : "\"" + name + "\" (" + type + ")";
        }
    }

    private static final int NAMED = 5;

    private Differences() {}

    /** The columns that are missing, additional or, where all are there, in another place. */
    public static String between(List<Column> expected, List<Column> found) {
        var missing = without(expected, found);
        var additional = without(found, expected);
        var words = new ArrayList<String>();
        if (!missing.isEmpty()) {
            words.add("it lacks " + list(missing));
        }
        if (!additional.isEmpty()) {
            words.add("it has " + list(additional) + " in addition");
        }
        if (words.isEmpty()) {
            int place = 0;
            while (expected.get(place).equals(found.get(place))) {
                place++;
            }
            words.add("column " + (place + 1) + " is " + found.get(place).words() + " instead of "
                    + expected.get(place).words());
        }
        return String.join(" and ", words);
    }

    /** One by one, so that a name which repeats counts as often as it is there. */
    private static List<Column> without(List<Column> columns, List<Column> others) {
        var rest = new ArrayList<>(columns);
        others.forEach(rest::remove);
        return rest;
    }

    private static String list(List<Column> columns) {
        var named = columns.stream().limit(NAMED).map(Column::words).toList();
        var more = columns.size() > NAMED ? " and " + (columns.size() - NAMED) + " more" : "";
        return String.join(", ", named) + more;
    }
}
