package dev.wharf.engine.duckdb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words how the columns of a file differ from those of the first file: for jobs and for imports alike. */
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
    private static final String UNION = ", which columns=union reads together";

    private Differences() {}

    /** Whether the one is the other with columns added at its end: a schema that has evolved. */
    public static boolean isEvolution(List<Column> one, List<Column> other) {
        int common = Math.min(one.size(), other.size());
        return one.subList(0, common).equals(other.subList(0, common));
    }

    /** The columns that are of another type, missing, additional or, where all are there, in another place. */
    public static String between(List<Column> expected, List<Column> found) {
        if (isEvolution(expected, found)) {
            return evolution(expected, found);
        }
        var types = otherTypes(expected, found);
        var missing = without(without(expected, found), types.keySet());
        var additional = without(without(found, expected), types.values());
        var words = new ArrayList<String>();
        if (!types.isEmpty()) {
            words.add(types(types));
        }
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
            words.add("its columns are in another order: column " + (place + 1) + " is "
                    + found.get(place).words() + " instead of "
                    + expected.get(place).words());
        }
        return String.join(" and ", words);
    }

    /** Only where types are stated is it known that nothing but the schema has changed. */
    private static String evolution(List<Column> expected, List<Column> found) {
        boolean more = found.size() > expected.size();
        var columns =
                more ? found.subList(expected.size(), found.size()) : expected.subList(found.size(), expected.size());
        boolean stated = columns.stream().noneMatch(column -> column.type().isEmpty());
        var words =
                more ? "it has " + list(columns) + " added at its end" : "it lacks " + list(columns) + " at its end";
        return stated ? words + " (schema evolution" + UNION + ")" : words;
    }

    /** Columns that are there once in both, by what is expected. */
    private static Map<Column, Column> otherTypes(List<Column> expected, List<Column> found) {
        var byName = once(found);
        var types = new LinkedHashMap<Column, Column>();
        once(expected).forEach((name, column) -> {
            var other = byName.get(name);
            if (other != null && !other.type().equals(column.type())) {
                types.put(column, other);
            }
        });
        return types;
    }

    private static Map<String, Column> once(List<Column> columns) {
        var counts = columns.stream().collect(Collectors.groupingBy(Column::name, Collectors.counting()));
        var once = new LinkedHashMap<String, Column>();
        for (var column : columns) {
            if (counts.get(column.name()) == 1) {
                once.put(column.name(), column);
            }
        }
        return once;
    }

    private static String types(Map<Column, Column> types) {
        var more = types.size() > NAMED ? " and " + (types.size() - NAMED) + " more of another type" : "";
        return types.entrySet().stream()
                        .limit(NAMED)
                        .map(type -> "\"" + type.getKey().name() + "\" is "
                                + type.getValue().type() + " instead of "
                                + type.getKey().type())
                        .collect(Collectors.joining(", "))
                + more;
    }

    /** One by one, so that a name which repeats counts as often as it is there. */
    private static List<Column> without(List<Column> columns, Iterable<Column> others) {
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
