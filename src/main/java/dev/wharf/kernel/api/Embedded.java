package dev.wharf.kernel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.kernel.problem.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The associations of which a query's {@code embed} asks for more than the id, each with its options, as in
 * {@code embed=creator,jobs(fields=id;status,limit=1,sort=-id)} ({@code domain.md} §3.1). {@code flowNodes.recipe} asks for
 * {@code flowNodes}, each with its recipe.
 */
public final class Embedded {
    private static final String PARAMETER = "embed";
    private static final Pattern ASSOCIATION =
            Pattern.compile("\\s*([A-Za-z]+(?:\\.[A-Za-z]+)*)\\s*(?:\\(([^()]*)\\))?\\s*(?:,|$)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final Map<String, Map<String, String>> associations = new LinkedHashMap<>();

    private Embedded() {}

    /** Of what asks for no association. */
    public static Embedded nothing() {
        return new Embedded();
    }

    /**
     * @throws ProblemException 400 if it cannot be read, or for an option that there is not
     */
    public static Embedded of(Query query) {
        var embedded = new Embedded();
        String text = query.get(PARAMETER).orElse("");
        Matcher next = ASSOCIATION.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!next.find(end) || next.start() != end) {
                throw invalid("must be associations with commas, each with its options in parentheses, such as"
                        + " creator,jobs(fields=id,limit=1)");
            }
            embedded.associations.put(next.group(1), options(next.group(2)));
            end = next.end();
        }
        return embedded;
    }

    /**
     * The same, of these associations, in any case.
     *
     * @throws ProblemException 400 for another one, naming the valid ones
     */
    public static Embedded of(Query query, List<String> valid) {
        var embedded = of(query);
        List<String> unknown = new ArrayList<>();
        Map<String, Map<String, String>> asked = Map.copyOf(embedded.associations);
        List<String> names = List.copyOf(embedded.associations.keySet());
        embedded.associations.clear();
        for (String name : names) {
            valid.stream()
                    .filter(name::equalsIgnoreCase)
                    .findFirst()
                    .ifPresentOrElse(
                            known -> embedded.associations.put(known, asked.get(name)), () -> unknown.add(name));
        }
        if (!unknown.isEmpty()) {
            throw invalid("names \"" + String.join("\", \"", unknown) + "\"; valid associations are "
                    + String.join(", ", valid));
        }
        return embedded;
    }

    private static Map<String, String> options(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        String last = null;
        for (String option : text == null || text.isBlank() ? new String[0] : text.split(",")) {
            int equals = option.indexOf('=');
            if (equals < 0 && "fields".equals(last)) {
                options.merge("fields", option.strip(), (known, more) -> known + ";" + more);
                continue;
            }
            last = (equals < 0 ? option : option.substring(0, equals)).strip();
            if (equals < 0 || !Set.of("fields", "limit", "sort").contains(last)) {
                throw invalid("has the option \"" + last + "\"; there are fields=…, limit=… and sort=…");
            }
            options.put(last, option.substring(equals + 1).strip());
        }
        return options;
    }

    /** Those that are asked for, in their order. */
    public Set<String> names() {
        return associations.keySet();
    }

    public boolean has(String association) {
        return associations.containsKey(association);
    }

    /** Whether it, or something in it, is asked for. */
    public boolean reaches(String association) {
        return has(association) || names().stream().anyMatch(name -> name.startsWith(association + "."));
    }

    /**
     * What an association is shown as, by its options.
     *
     * @param value one object, or an array of them
     * @throws ProblemException 400 for a field that the objects do not have, or {@code limit} and {@code sort} of one
     */
    public JsonNode show(String association, Object value) {
        Map<String, String> options = associations.getOrDefault(association, Map.of());
        JsonNode shown = Json.tree(value);
        if (!(shown instanceof ArrayNode all)) {
            if (options.containsKey("limit") || options.containsKey("sort")) {
                throw invalid("has limit or sort for " + association + ", which is one object");
            }
            select(shown, options);
            return shown;
        }
        List<JsonNode> rows = new ArrayList<>();
        all.forEach(rows::add);
        if (options.containsKey("sort")) {
            sort(rows, options.get("sort"));
        }
        ArrayNode page = all.arrayNode();
        rows.stream().limit(limit(options)).forEach(page::add);
        page.forEach(row -> select(row, options));
        return page;
    }

    private static void select(JsonNode object, Map<String, String> options) {
        if (options.containsKey("fields")) {
            Fields.retain(
                    PARAMETER,
                    (ObjectNode) object,
                    List.of(options.get("fields").split(";")));
        }
    }

    private static long limit(Map<String, String> options) {
        String limit = options.getOrDefault("limit", "1000");
        if (!NUMBER.matcher(limit).matches()) {
            throw invalid("has a limit that is no whole number: " + limit);
        }
        return Long.parseLong(limit);
    }

    private static void sort(List<JsonNode> rows, String sort) {
        boolean descending = sort.startsWith("-");
        String field = descending ? sort.substring(1) : sort;
        for (JsonNode row : rows) {
            Fields.require(PARAMETER, (ObjectNode) row, List.of(field));
        }
        Comparator<JsonNode> order = Comparator.<JsonNode>comparingLong(
                        row -> row.path(field).asLong())
                .thenComparing(row -> row.path(field).asText());
        rows.sort(descending ? order.reversed() : order);
    }

    private static ProblemException invalid(String rule) {
        return ProblemException.invalid(PARAMETER, rule);
    }
}
