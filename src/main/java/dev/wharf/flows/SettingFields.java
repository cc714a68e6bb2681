package dev.wharf.flows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** How write settings are sent: by themselves, or nested as an array or, of older releases, as {@code {"data":[…]}}. */
final class SettingFields {
    /** What only answers have, taken when it is sent back. */
    private static final List<String> SHOWN = List.of(
            "id",
            "uuid",
            "outputObjectId",
            "outputObject",
            "creator",
            "updater",
            "workspace",
            "createdAt",
            "updatedAt");

    private static final int MOST = 20;

    private SettingFields() {}

    /**
     * @throws ProblemException 400 for what no job could write
     */
    static WriteSetting setting(ObjectNode fields) {
        ObjectNode said = fields.deepCopy();
        said.remove(SHOWN);
        return Json.body(said, WriteSetting.class);
    }

    /**
     * @param field as which they were sent, for messages
     * @throws ProblemException 400 for what no job could write, or two that would meet
     */
    static List<WriteSetting> settings(String field, JsonNode sent) {
        List<WriteSetting> settings = new ArrayList<>();
        var faults = new Faults();
        for (JsonNode each : many(field, sent)) {
            String place = " (" + field + "[" + settings.size() + "])";
            settings.add(faults.get(() -> {
                try {
                    return setting((ObjectNode) each);
                } catch (ProblemException e) {
                    throw new ProblemException(e.problem(), e.detail() + place);
                }
            }));
        }
        faults.refuse();
        requireApart(field, settings);
        return settings;
    }

    /** The objects of an association of many; none where nothing was sent. */
    static List<JsonNode> many(String field, JsonNode sent) {
        JsonNode all = sent != null && sent.isObject() && sent.has("data") ? sent.get("data") : sent;
        List<JsonNode> objects = new ArrayList<>();
        if (all == null || all.isNull()) {
            return objects;
        }
        all.forEach(objects::add);
        if (!all.isArray() || objects.stream().anyMatch(each -> !each.isObject())) {
            throw ProblemException.invalid(field, "must be an array of objects, or {\"data\":[…]} with one");
        }
        return objects;
    }

    /**
     * @throws ProblemException 400 if two go to one place, or there are too many
     */
    static void requireApart(String field, List<WriteSetting> settings) {
        if (settings.size() > MOST) {
            throw ProblemException.invalid(field, "must be at most " + MOST);
        }
        WriteSetting.requireApart(field, settings);
    }
}
