package dev.wharf.flows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Suggestion;
import dev.wharf.kernel.problem.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The body that gives a flow or a recipe another name or description, merged into what there is (RFC 7396: what is missing
 * stays, null removes). What clients send back of what they have read is taken where it changes nothing.
 */
public final class Renaming implements RequestBody {
    private static final List<String> NAMING = List.of("name", "description");

    /** What may have changed since it was read. */
    private static final Set<String> STAMPS = Set.of("creator", "updater", "workspace", "createdAt", "updatedAt");

    private final ObjectNode fields;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Renaming(ObjectNode fields) {
        this.fields = fields;
    }

    /** What something is called. */
    record Naming(String name, String description) {}

    /**
     * @param present as it is shown
     * @throws ProblemException 400 naming the fields that are malformed, unknown, or not changed here
     */
    Naming of(Map<String, Object> present) {
        JsonNode shown = Json.tree(present);
        var faults = new Faults();
        fields.properties().stream()
                .filter(field -> !NAMING.contains(field.getKey()) && !STAMPS.contains(field.getKey()))
                .forEach(field -> faults.check(() -> requireUnchanged(field.getKey(), field.getValue(), shown)));
        String name = faults.get(() -> Text.name("name", text("name", shown), FlowRequest.MAX_NAME));
        String description = faults.get(
                () -> Text.description("description", text("description", shown), FlowRequest.MAX_DESCRIPTION));
        faults.refuse();
        if (NAMING.stream().noneMatch(fields::has)) {
            throw ProblemException.invalid("The body", "names nothing to be changed: send name, description or both");
        }
        return new Naming(name, description);
    }

    private String text(String field, JsonNode shown) {
        JsonNode value = fields.has(field) ? fields.get(field) : shown.get(field);
        if (!value.isTextual() && !value.isNull()) {
            throw ProblemException.invalid(field, "must be a string");
        }
        return value.textValue();
    }

    private static List<Long> ids(JsonNode many) {
        List<Long> ids = new ArrayList<>();
        many.path("data").forEach(each -> ids.add(each.path("id").asLong()));
        return ids;
    }

    /** Of associations, which may have been embedded, the ids alone are told. */
    private static void requireUnchanged(String field, JsonNode asked, JsonNode shown) {
        JsonNode known = shown.get(field);
        if (known == null) {
            Set<String> names = new TreeSet<>();
            shown.fieldNames().forEachRemaining(names::add);
            throw ProblemException.invalid(field, "is not known here" + Suggestion.instead(field, names));
        }
        boolean same;
        if (known.has("data")) {
            same = asked.has("data") && ids(known).equals(ids(asked));
        } else if (known.hasNonNull("id")) {
            same = known.path("id").asLong() == asked.path("id").asLong();
        } else {
            same = known.toString().equals(asked.toString());
        }
        if (!same) {
            throw ProblemException.invalid(field, "cannot be changed here, where name and description can");
        }
    }
}
