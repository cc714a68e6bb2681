package dev.wharf.identity.people;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is set for a workspace, as it is asked for and answered ({@code domain.md} §3.9): values are text. */
public record ConfigurationRequest(List<Item> configuration) implements RequestBody {
    static final Set<String> FLAG = Set.of("true", "false");

    public record Item(String key, String value) {
        /** A flag is taken as JSON has it, and as Python writes it. */
        @JsonCreator
        static Item of(@JsonProperty("key") String key, @JsonProperty("value") JsonNode value) {
            if (value == null || value.isNull()) {
                return new Item(key, null);
            }
            if (!value.isTextual() && !value.isBoolean()) {
                throw ProblemException.invalid("value", "must be a string, true or false");
            }
            String lower = value.asText().toLowerCase(Locale.ROOT);
            return new Item(key, FLAG.contains(lower) ? lower : value.asText());
        }
    }
}
