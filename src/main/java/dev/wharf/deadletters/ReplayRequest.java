package dev.wharf.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.ProblemException;

/**
 * As what a dead letter is sent again; as it is where both are absent.
 *
 * @param document the corrected message, as JSON
 * @param text the same as text
 */
public record ReplayRequest(JsonNode document, String text) implements RequestBody {
    public ReplayRequest {
        document = document == null || document.isNull() ? null : document;
        if (document != null && text != null) {
            throw ProblemException.invalid("text", "is not possible beside document: give one of them");
        }
    }

    /** Null for none. */
    String corrected() {
        return document == null ? text : document.toString();
    }
}
