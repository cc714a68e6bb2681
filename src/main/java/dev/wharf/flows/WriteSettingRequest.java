package dev.wharf.flows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** The body that saves a write setting, or changes one: then it is merged into what there is. */
public final class WriteSettingRequest implements RequestBody {
    private static final List<String> OF_CSV = List.of("header", "delim", "hasQuotes", "includeMismatches");

    private final ObjectNode fields;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    WriteSettingRequest(ObjectNode fields) {
        this.fields = fields;
    }

    /**
     * The output that it is for.
     *
     * @throws ProblemException 400 if none is named
     */
    long outputId() {
        JsonNode inside = fields.path("outputObject").path("id");
        JsonNode named = fields.hasNonNull("outputObjectId") ? fields.get("outputObjectId") : inside;
        if (!inside.isMissingNode() && !inside.asText().equals(named.asText())) {
            throw ProblemException.invalid("outputObjectId", "contradicts outputObject.id: send one of them");
        }
        if (!named.asText().matches("[1-9]\\d{0,17}")) {
            throw ProblemException.invalid("outputObjectId", "must be the id of an output object");
        }
        return named.asLong();
    }

    /**
     * @throws ProblemException 400 for what no job could write
     */
    WriteSetting setting() {
        return SettingFields.setting(fields);
    }

    /**
     * What it makes of one that was saved.
     *
     * @throws ProblemException 400 for what no job could write, or another output
     */
    WriteSetting over(Map<String, Object> present) {
        ObjectNode merged = (ObjectNode) Json.tree(present);
        boolean moved = fields.has("path") && !fields.path("path").equals(merged.path("path"));
        if (moved && !fields.has("connectionId")) {
            merged.remove("connectionId"); // the path's own says it
        }
        if (moved) {
            merged.remove("runParameters"); // they stand in that path
        }
        boolean reformatted = fields.has("format") && !fields.path("format").equals(merged.path("format"));
        boolean mismatches = fields.path("includeMismatches").equals(merged.path("includeMismatches"));
        if (reformatted) {
            merged.remove(OF_CSV);
        }
        if (fields.has("connectionId") && !fields.has("path")) {
            merged.put("path", merged.path("path").asText().replaceFirst("\\?connectionId=\\d+$", ""));
        }
        fields.properties().stream()
                .filter(field -> !saysNothing(field.getKey(), field.getValue()))
                .forEach(field -> merged.set(field.getKey(), field.getValue()));
        if (reformatted && mismatches) {
            merged.remove("includeMismatches"); // as it was read, of the former format
        }
        for (String fixed : List.of("id", "uuid", "outputObjectId")) {
            if (!merged.path(fixed).asText().equals(String.valueOf(present.get(fixed)))) {
                throw ProblemException.invalid(fixed, "cannot be changed");
            }
        }
        return SettingFields.setting(merged);
    }

    /** Many clients send null for what they do not know; what varies is taken away by an empty array alone. */
    private static boolean saysNothing(String field, JsonNode value) {
        return field.equals("runParameters") && value.isNull();
    }

    /** For the hash of an execution id. */
    @Override
    public String toString() {
        return fields.toString();
    }
}
