package dev.wharf.identity.people;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One thing that is set for a workspace: requests are checked by it, and clients draw a form of it.
 *
 * @param type {@code boolean} or {@code enum}
 * @param defaultValue of a workspace for which nothing was set
 * @param values those that are allowed
 * @param setBy the operator's setting that decides; null where administrators set it
 * @param description what it means
 */
public record ConfigurationKey(
        String key,
        String displayName,
        String type,
        @JsonProperty("default") String defaultValue,
        List<String> values,
        boolean readOnly,
        String setBy,
        String description) {

    /** What is on or off, and set by administrators. */
    static ConfigurationKey flag(String key, String displayName, boolean usual, String description) {
        return new ConfigurationKey(
                key, displayName, "boolean", String.valueOf(usual), List.of("true", "false"), false, null, description);
    }

    /** What an operator chooses for all workspaces, which are told it. */
    static ConfigurationKey chosen(
            String key, String displayName, String value, List<String> values, String setBy, String description) {
        return new ConfigurationKey(key, displayName, "enum", value, values, true, setBy, description);
    }
}
