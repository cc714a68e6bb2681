package dev.wharf.flows;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.kernel.api.RequestBody;

/** The body that asks for what there is not, whatever it holds. */
public final class Unsupported implements RequestBody {
    private final ObjectNode fields;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Unsupported(ObjectNode fields) {
        this.fields = fields;
    }

    /** One of its fields, for a message; empty where it is no text. */
    String text(String field) {
        return fields.path(field).asText("");
    }
}
