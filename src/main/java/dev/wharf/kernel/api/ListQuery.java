package dev.wharf.kernel.api;

import dev.wharf.kernel.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a list is narrowed to and how it is sorted: {@code filter}, {@code filterFields}, {@code filterType} and
 * {@code sort} ({@code domain.md} §3.1). What comes from the query is a parameter of the statement; the columns come
 * from the table that the list is made of.
 */
public final class ListQuery {
    private static final String BY_ID = "id";

    /** As long as a name. */
    private static final int MOST_FUZZY = 255;

    private final String condition;
    private final String order;
    private final Map<String, Object> params;

    private ListQuery(String condition, String order, Map<String, Object> params) {
        this.condition = condition;
        this.order = order;
        this.params = params;
    }

    /**
     * @param byDefault the field to filter by where the query names none
     * @param filtered the fields that can be filtered by, with their columns of text
     * @param sorted the fields that can be sorted by, with their columns
     * @throws ProblemException 400 for another field, or an unknown {@code filterType}
     */
    public static ListQuery of(
            Query query, String byDefault, Map<String, String> filtered, Map<String, String> sorted) {
        return of(query, byDefault, filtered, sorted, BY_ID);
    }

    /**
     * The same with another order where the query names none.
     *
     * @param sort a field to sort by, behind a minus for the other direction
     */
    public static ListQuery of(
            Query query, String byDefault, Map<String, String> filtered, Map<String, String> sorted, String sort) {
        Map<String, Object> params = new LinkedHashMap<>();
        String text = query.text("filter").orElse("");
        String condition = condition(query, text, byDefault, filtered, params);
        if (text.isEmpty()) { // how to filter is checked all the same
            condition = "TRUE";
            params.clear();
        }
        return new ListQuery(condition, order(query.get("sort").orElse(sort), sorted), params);
    }

    /** The same rows, oldest first. */
    public ListQuery byId() {
        return new ListQuery(condition, BY_ID, params);
    }

    private static String condition(
            Query query, String text, String byDefault, Map<String, String> filtered, Map<String, Object> params) {
        String type = query.get("filterType").orElse("fuzzy");
        boolean caseCounts = type.equals("exact");
        String part = caseCounts ? text : text.toLowerCase(Locale.ROOT);
        // None of them tries more than one way through a text: two wildcards in one LIKE would.
        String matches =
                switch (type) {
                    case "exact", "exactIgnoreCase" -> "%s LIKE :filterPattern ESCAPE '!'";
                    case "contains" -> "POSITION(:filterPattern IN %s) > 0";
                    case "fuzzy" -> "CHAR_LENGTH(REGEXP_REPLACE(%1$s, :filterPattern, '')) < CHAR_LENGTH(%1$s)";
                    default ->
                        throw ProblemException.invalid(
                                "filterType", "must be fuzzy, contains, exact or exactIgnoreCase");
                };
        params.put(
                "filterPattern",
                switch (type) {
                    case "contains" -> part;
                    case "fuzzy" -> fuzzy(part);
                    default -> escaped(part);
                });
        List<String> conditions = new ArrayList<>();
        for (String field : query.get("filterFields").orElse(byDefault).split(",")) {
            String column = known("filterFields", field, filtered);
            conditions.add(matches.formatted(caseCounts ? column : "LOWER(" + column + ")"));
        }
        return "(" + String.join(" OR ", conditions) + ")";
    }

    /**
     * The beginning of a text in which these characters come one after the other. Before each there is none of its kind, so
     * that there is one way to match, and the time is that of reading the text once.
     */
    private static String fuzzy(String characters) {
        if (characters.length() > MOST_FUZZY) {
            throw ProblemException.invalid(
                    "filter", "must have at most " + MOST_FUZZY + " characters, or a filterType other than fuzzy");
        }
        return characters
                .codePoints()
                .mapToObj(c -> c > Character.MAX_VALUE ? Character.toString(c) : "\\u%04x".formatted(c))
                .map(c -> "[^" + c + "]*" + c)
                .collect(Collectors.joining("", "^", ""));
    }

    /** A text that stands for itself in {@code LIKE … ESCAPE '!'}. */
    public static String escaped(String text) {
        return text.replaceAll("[!%_]", "!$0");
    }

    private static String order(String sort, Map<String, String> sorted) {
        boolean descending = sort.startsWith("-");
        String column = known("sort", descending ? sort.substring(1) : sort, sorted);
        String direction = descending ? " DESC" : "";
        return column + direction + (column.equals(BY_ID) ? "" : ", " + BY_ID + direction);
    }

    private static String known(String parameter, String field, Map<String, String> columns) {
        String column = columns.get(field);
        if (column == null) {
            throw ProblemException.invalid(
                    parameter,
                    "must be of " + columns.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return column;
    }

    /** The rows, of {@code :limit} from {@code :offset}. */
    public String rows(String all) {
        return "SELECT * FROM (" + all + ") listed WHERE " + condition + " ORDER BY " + order
                + " LIMIT :limit OFFSET :offset";
    }

    public String count(String all) {
        return "SELECT COUNT(*) FROM (" + all + ") listed WHERE " + condition;
    }

    public Map<String, Object> params() {
        return params;
    }
}
