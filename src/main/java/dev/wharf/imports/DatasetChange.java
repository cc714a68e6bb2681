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
import dev.wharf.store.S3Uri;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The body that changes a dataset, merged into what there is (RFC 7396: what is missing stays, null removes). As a PATCH it
 * gives another name or description alone; as a PUT it says anew what an import is told. What clients send back of what they have read is taken where it changes nothing.
 */
public final class DatasetChange implements RequestBody {
    /** What only answers have, and what is told there of other things, which may have changed since. */
    private static final Set<String> SHOWN = Set.of(
            "isConverted",
            "isDynamicOrConverted",
            "isSchematized",
            "hasStructuring",
            "structure",
            "leftOut",
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

    private static final List<String> KEPT = List.of(
            "name",
            "description",
            "isDynamic",
            "dynamicPath",
            "dynamicBucket",
            "runParameters",
            "disableTypeInference",
            "header",
            "delimiter",
            "encoding",
            "quote",
            "columnTypes",
            "structureCheck",
            "columns",
            "archived");
    private static final Set<String> VARYING = Set.of("dynamicPath", "dynamicBucket", "runParameters");
    private static final Set<String> PLACE = Set.of("uri", "bucket", "path", "connectionId");

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

    /**
     * What the dataset is to be imported from and how, checked as a new import is.
     *
     * @throws ProblemException 400 naming the fields that are malformed, unknown, or contradict each other
     */
    ImportRequest applyTo(Dataset dataset) {
        JsonNode present = Json.tree(DatasetView.of(dataset, Embedded.nothing()));
        var faults = new Faults();
        for (String field : List.of("id", "uuid")) {
            if (fields.has(field)) {
                faults.check(() -> requireUnchanged(field, fields.get(field), present));
            }
        }
        faults.refuse();
        if (dataset.parameters() != null && PLACE.stream().anyMatch(fields::has) && !namesWhatVaries(present)) {
            throw ProblemException.invalid(
                    PLACE.stream().filter(fields::has).findFirst().orElseThrow(),
                    "is given to a dataset with a dynamicPath, which says where its files are: send dynamicPath and"
                            + " runParameters, or null for both to have no part of the path vary");
        }
        ObjectNode changed = Json.object();
        KEPT.forEach(field -> changed.set(field, present.get(field)));
        fields.properties().stream()
                .filter(field -> !SHOWN.contains(field.getKey()) && !PLACE.contains(field.getKey()))
                .forEach(field -> changed.set(field.getKey(), field.getValue()));
        changed.remove(List.of("id", "uuid", "connection"));
        if (!fields.has("isDynamic") || fields.get("isDynamic").equals(present.get("isDynamic"))) {
            changed.remove("isDynamic"); // whether it is follows from what varies
        }
        place(changed, dataset, present);
        ImportRequest request = Json.body(changed, ImportRequest.class);
        requireConnection(dataset.source(), request.source());
        return request;
    }

    /** Or sends back the place as it was read. */
    private boolean namesWhatVaries(JsonNode present) {
        return VARYING.stream().anyMatch(fields::has)
                || PLACE.stream().filter(fields::has).allMatch(part -> fields.get(part)
                        .equals(present.get(part)));
    }

    /** Sent back as it was read, or as it becomes. */
    private void requireConnection(S3Uri before, S3Uri after) {
        Long asked = fields.path("connection").hasNonNull("id")
                ? Long.valueOf(fields.path("connection").path("id").asLong())
                : null;
        if (fields.has("connection")
                && !Objects.equals(asked, before.connectionId())
                && !Objects.equals(asked, after.connectionId())) {
            throw ProblemException.invalid("connection", "is not changed by itself: send connectionId or uri");
        }
    }

    /** By uri, or by bucket, path and connectionId; what is sent back as it was read counts for nothing. */
    private void place(ObjectNode changed, Dataset dataset, JsonNode present) {
        if (!fields.has("uri") || fields.get("uri").equals(present.get("uri"))) {
            changed.set("bucket", fields.has("bucket") ? fields.get("bucket") : present.get("bucket"));
            if (!changed.path("dynamicPath").isTextual() || !isShown("path", present)) {
                changed.set("path", fields.has("path") ? fields.get("path") : present.get("path"));
            }
            changed.put("connectionId", dataset.source().connectionId());
        } else {
            S3Uri uri = S3Uri.parse(fields.get("uri").asText());
            requireSame("bucket", uri.bucket(), present);
            requireSame("path", "/" + uri.key(), present);
            changed.set("uri", fields.get("uri"));
        }
        if (fields.has("connectionId")) {
            changed.set("connectionId", fields.get("connectionId"));
        }
    }

    /** Where the path is to vary, what was matched before is no example of it. */
    private boolean isShown(String field, JsonNode present) {
        return !fields.has(field) || fields.get(field).equals(present.get(field));
    }

    /** A part of the place beside uri is as it was read, or says the same. */
    private void requireSame(String part, String byUri, JsonNode present) {
        JsonNode asked = fields.get(part);
        if (asked != null && !asked.equals(present.get(part)) && !asked.asText().equals(byUri)) {
            throw ProblemException.invalid(part, "contradicts uri: send uri, or bucket, path and connectionId");
        }
    }

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
