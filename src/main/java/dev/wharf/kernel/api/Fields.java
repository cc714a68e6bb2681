package dev.wharf.kernel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.kernel.problem.ProblemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Leaves of an answer's objects what {@code fields} asks for, with semicolons ({@code domain.md} §3.1). */
public final class Fields {
    /**
     * @param answer one object, or a list of them under {@code data}
     * @return the same answer where the query does not ask
     * @throws ProblemException 400 for a field that the objects do not have, naming those that they have
     */
    public Object select(Query query, Object answer) {
        List<String> asked =
                query.get("fields").map(text -> List.of(text.split("[;,]", -1))).orElse(List.of());
        if (asked.isEmpty()) {
            return answer;
        }
        Set<String> embedded = Embedded.of(query).names();
        JsonNode document = Json.tree(answer);
        Iterable<JsonNode> objects = document.path("data").isArray() ? document.path("data") : List.of(document);
        for (JsonNode object : objects) {
            retain("fields", (ObjectNode) object, wanted(asked, embedded, object));
        }
        return document;
    }

    /** Whoever embeds something, or something in it, asks for it as well. */
    private static List<String> wanted(List<String> asked, Set<String> embedded, JsonNode object) {
        return Stream.concat(
                        asked.stream(),
                        embedded.stream()
                                .map(name -> name.split("\\.", 2)[0])
                                .flatMap(name ->
                                        names((ObjectNode) object).stream().filter(name::equalsIgnoreCase)))
                .toList();
    }

    /** @param parameter of the query that asks, for the message */
    static void retain(String parameter, ObjectNode object, List<String> asked) {
        require(parameter, object, asked);
        object.retain(asked);
    }

    static void require(String parameter, ObjectNode object, List<String> asked) {
        List<String> unknown =
                asked.stream().filter(field -> !object.has(field)).distinct().toList();
        if (!unknown.isEmpty()) {
            throw ProblemException.invalid(
                    parameter,
                    "names \"" + String.join("\", \"", unknown) + "\"; there are " + String.join(", ", names(object)));
        }
    }

    private static Set<String> names(ObjectNode object) {
        Set<String> names = new LinkedHashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
