package dev.wharf.imports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetView;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Suggestion;
import dev.wharf.kernel.problem.Text;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The body that changes a dataset, merged into what there is (RFC 7396: what is missing stays, null removes). As a PATCH it
 * gives another name or description alone; what clients send back of what they have read is taken where it changes nothing.
 */
public final class DatasetChange implements RequestBody {
    /** What only answers have, and what is told there of other things, which may have changed since. */
    private static final Set<String> SHOWN = Set.of(
            "isConverted",
            "isDynamicOrConverted",
            "isSchematized",
            "hasStructuring",
            "storageLocation",
            "creator",
            "updater",
            "workspace",
            "fileCount",
            "size",
            "ignoredCount",
            "createdAt",
            "updatedAt",
            "deletedAt");

    private static final List<String> NAMING = List.of("name", "description");

    private final ObjectNode fields;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    DatasetChange(ObjectNode fields) {
        this.fields = fields;
    }

    /**
     * @throws ProblemException 400 naming the fields that are malformed, unknown, or changed by a PUT only
     */
    Naming naming(Dataset dataset) {
        JsonNode present = Json.tree(DatasetView.of(dataset, Embedded.nothing()));
        var faults = new Faults();
        fields.properties().stream()
                .filter(field -> !NAMING.contains(field.getKey()) && !SHOWN.contains(field.getKey()))
                .forEach(field -> faults.check(() -> requireUnchanged(field.getKey(), field.getValue(), present)));
        String name = faults.get(
                () -> fields.has("name") ? Text.name("name", text("name"), ImportRequest.MAX_NAME) : dataset.name());
        String description = faults.get(() -> fields.has("description")
                ? Text.description("description", text("description"), ImportRequest.MAX_DESCRIPTION)
                : dataset.description());
        faults.refuse();
        if (NAMING.stream().noneMatch(fields::has)) {
            throw ProblemException.invalid("The body", "names nothing to be changed: send name, description or both");
        }
        return new Naming(name, description);
    }

    /** What a dataset is called. */
    record Naming(String name, String description) {}

    /** Of associations, which may have been embedded, the id alone is told. */
    private static void requireUnchanged(String field, JsonNode asked, JsonNode present) {
        JsonNode known = present.get(field);
        if (known == null) {
            Set<String> names = new TreeSet<>(NAMING);
            present.fieldNames().forEachRemaining(names::add);
            throw ProblemException.invalid(field, "is not known here" + Suggestion.instead(field, names));
        }
        boolean same = known.hasNonNull("id")
                ? known.path("id").asLong() == asked.path("id").asLong()
                : known.toString().equals(asked.toString());
        if (!same) {
            throw ProblemException.invalid(
                    field,
                    field.equals("id") || field.equals("uuid")
                            ? "cannot be changed"
                            : "is not changed by PATCH, which takes name and description: send it with PUT");
        }
    }

    private String text(String field) {
        JsonNode value = fields.get(field);
        if (!value.isTextual() && !value.isNull()) {
            throw ProblemException.invalid(field, "must be a string");
        }
        return value.textValue();
    }
}
