package dev.wharf.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What stands in headers and parameters, as the values that schemas speak of. */
final class Values {
    private Values() {}

    /** The text as a number or a boolean where the schema wants one and it is one. */
    static JsonNode of(JsonNode schema, String text) {
        JsonNodeFactory values = JsonNodeFactory.instance;
        String type = schema.path("type").asText();
        if (type.equals("integer") && text.matches("-?[0-9]{1,18}")) {
            return values.numberNode(Long.parseLong(text));
        }
        if (type.equals("array")) { // one of what a query may say several times
            return values.arrayNode().add(of(schema.path("items"), text));
        }
        if (type.equals("boolean") && List.of("true", "false").contains(text)) {
            return values.booleanNode(Boolean.parseBoolean(text));
        }
        return values.textNode(text);
    }

    /** The content type without its parameters; empty where there is none. */
    static String mediaType(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase("content-type"))
                .map(each -> each.getValue().get(0).split(";")[0].strip().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }
}
