package dev.wharf.connections;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a workspace shows of a kind of connection in place of what there is: part of the metadata, in its own form. It is
 * what forms show and begin with, and changes nothing of what is allowed.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectorOverrideRequest(Shown connectionMetadata) implements RequestBody {
    private static final int MAX_NAME = 255;
    private static final int MAX_TEXT = 1000;

    /** What forms show of the kind as such, and of parameters by their names. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shown(String displayName, List<Parameter> connectionParameters) {
        public Shown {
            if (displayName == null && (connectionParameters == null || connectionParameters.isEmpty())) {
                throw ProblemException.invalid(
                        "connectionMetadata", "must have a displayName, or connectionParameters to show otherwise");
            }
            if (displayName != null) {
                Text.name("connectionMetadata.displayName", displayName, MAX_NAME);
            }
            connectionParameters = connectionParameters == null ? List.of() : List.copyOf(connectionParameters);
            Set<String> names = new HashSet<>();
            connectionParameters.forEach(parameter -> {
                if (!names.add(parameter.name())) {
                    throw ProblemException.invalid(
                            "connectionMetadata.connectionParameters", "must name " + parameter.name() + " once");
                }
            });
        }
    }

    /**
     * @param name of a parameter that there is
     * @param value what a form begins with: a text or a boolean
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Parameter(
            String name,
            String displayName,
            String description,
            @JsonProperty("default") JsonNode value) {
        public Parameter {
            Text.name("name", name, MAX_NAME);
            if (displayName != null) {
                Text.name("displayName", displayName, MAX_NAME);
            }
            Text.description("description", description, MAX_TEXT);
            if (value != null && value.isNull()) {
                value = null;
            }
            if (displayName == null && description == null && value == null) {
                throw ProblemException.invalid(name, "must have a displayName, a description or a default");
            }
        }
    }

    public ConnectorOverrideRequest {
        if (connectionMetadata == null) {
            throw ProblemException.invalid(
                    "connectionMetadata",
                    "is missing: only what forms show can be overridden, its displayName and connectionParameters");
        }
    }
}
