package dev.wharf.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code openapi.yaml} as the tests read it: an object has the fields that are declared and no others, although OpenAPI
 * itself lets it have any. {@code allOf} is merged for that, as each of its parts would refuse the fields of the others.
 */
final class OpenApiDocument {
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String ADDRESS = "https://wharf.invalid/";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> DATA = Set.of("example", "examples", "default", "enum");

    private final JsonNode open;
    private final JsonNode closed;

    private OpenApiDocument(JsonNode open) {
        this.open = open;
        this.closed = closed(open);
    }

    /** The service's own. */
    static OpenApiDocument read() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi.yaml")) {
            return of(new Load(LoadSettings.builder().build()).loadFromInputStream(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of what a YAML or JSON reader has made of a document. */
    static OpenApiDocument of(Object document) {
        return new OpenApiDocument(MAPPER.valueToTree(document));
    }

    JsonNode root() {
        return closed;
    }

    /** What a node says, itself or where its reference leads. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? target(closed, node) : node;
    }

    /** The text of each shared schema under the address that references to it have here. */
    Map<String, String> schemas() {
        Map<String, String> schemas = new HashMap<>();
        closed.at("/components/schemas")
                .properties()
                .forEach(each ->
                        schemas.put(ADDRESS + each.getKey(), each.getValue().toString()));
        return schemas;
    }

    private JsonNode closed(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode all = MAPPER.createArrayNode();
            array.forEach(each -> all.add(closed(each)));
            return all;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode result = MAPPER.createObjectNode();
        merged(object).properties().forEach(each -> result.set(each.getKey(), closed(each.getKey(), each.getValue())));
        if (result.path("properties").isObject() && !result.has("additionalProperties")) {
            result.put("additionalProperties", false);
        }
        return result;
    }

    private JsonNode closed(String name, JsonNode value) {
        if (name.equals("$ref") && value.isTextual()) {
            return MAPPER.getNodeFactory().textNode(value.asText().replace(SCHEMAS, ADDRESS));
        }
        return DATA.contains(name) && !value.has("type") ? value : closed(value);
    }

    private ObjectNode merged(ObjectNode schema) {
        if (!(schema.get("allOf") instanceof ArrayNode parts)) {
            return schema;
        }
        ObjectNode result = schema.deepCopy();
        result.remove("allOf");
        for (JsonNode part : parts) {
            ObjectNode other = merged((ObjectNode) (part.has("$ref") ? target(open, part) : part));
            other.properties().forEach(each -> {
                switch (each.getKey()) {
                    case "properties" -> result.withObjectProperty("properties").setAll((ObjectNode) each.getValue());
                    case "required" -> result.withArrayProperty("required").addAll((ArrayNode) each.getValue());
                    default -> result.putIfAbsent(each.getKey(), each.getValue());
                }
            });
        }
        return result;
    }

    private static JsonNode target(JsonNode root, JsonNode reference) {
        String pointer = reference.path("$ref").asText().replace(ADDRESS, SCHEMAS);
        JsonNode found = root.at(pointer.substring(1));
        if (found.isMissingNode()) {
            throw new IllegalArgumentException("openapi.yaml has no " + pointer);
        }
        return found;
    }
}
