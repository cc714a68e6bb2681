package dev.wharf.kernel.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever of whatever type is sent, what is said of it names the fields, in our words. */
class WrongTypesTest extends ChangedThings {
    private static final int DEEPEST = 4;
    private static final List<String> THINGS = List.of(
            "connections",
            "schedules",
            "importedDatasets",
            "people",
            "flows",
            "wrangledDatasets",
            "outputObjects",
            "writeSettings",
            "environmentParameters",
            "webhookFlowTasks");
    private static final List<String> VALUES =
            List.of("null", "7", "1e400", "\"x\"", "[null]", "[[]]", "{}", "{\"x\":7}", "{\"data\":[7]}");

    /** What only a library, the JVM or the registry would say. */
    private static final Pattern FOREIGN =
            Pattern.compile("\\b(java|com|org)\\.|dev\\.wharf|Cannot |Unexpected|Unrecognized"
                    + "|reference chain|deserial|\\[Source|Exception|Stream|_TOKEN|_VALUE|\\bSQL\\b");

    private final JsonNode contract = Json.read(
            API.send(API.request("/v4/open-api-spec")
                            .header("accept", "application/json")
                            .GET())
                    .text(),
            JsonNode.class);

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : resolved(contract.at(reference.substring(1)));
    }

    /** The schemas of the fields of an object, also of one that is all or one of several. */
    private ObjectNode fields(JsonNode schema) {
        JsonNode whole = resolved(schema);
        ObjectNode fields = Json.object();
        for (String several : List.of("allOf", "oneOf", "anyOf")) {
            whole.path(several).forEach(each -> fields.setAll(fields(each)));
        }
        if (whole.path("properties") instanceof ObjectNode own) {
            fields.setAll(own);
        }
        return fields;
    }

    /** A body in which everything so deep is one value. */
    private String body(JsonNode schema, String value, int depth) {
        JsonNode whole = resolved(schema);
        if (depth > 0 && whole.path("type").asText().equals("array")) {
            return "[" + body(whole.path("items"), value, depth - 1) + "]";
        }
        ObjectNode fields = fields(schema);
        if (depth == 0 || fields.isEmpty()) {
            return value;
        }
        List<String> all = new ArrayList<>();
        fields.properties()
                .forEach(field -> all.add("\"" + field.getKey() + "\":" + body(field.getValue(), value, depth - 1)));
        return "{" + String.join(",", all) + "}";
    }

    /** All bodies that a schema's are wrong by. */
    private Set<String> bodies(JsonNode schema) {
        Set<String> bodies = new LinkedHashSet<>();
        for (String value : VALUES) {
            for (int depth = 0; depth < DEEPEST; depth++) {
                bodies.add(body(schema, value, depth));
            }
        }
        return bodies;
    }

    @Test
    void everyRefusalIsInOurWords() {
        Map<String, String> ids = new TreeMap<>();
        THINGS.forEach(what -> ids.put(what, made(what).read().replaceFirst(".*/", "")));
        List<String> foreign = new ArrayList<>();
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode schema = operation.getValue().at("/requestBody/content/application~1json/schema");
                    if (!schema.isMissingNode()) {
                        String method = operation.getKey().toUpperCase(Locale.ROOT);
                        bodies(schema).forEach(body -> require(method, address(path.getKey(), ids), body, foreign));
                    }
                }));
        List.of(
                        "{",
                        "{\"a\"",
                        "{\"a\":}",
                        "nul",
                        "{'a':1}",
                        "{\"name\":1,\"name\":2}",
                        "[1,",
                        "\u0001",
                        "[".repeat(2_000))
                .forEach(body -> require("POST", "/v4/flows", body, foreign));

        assertThat(foreign).isEmpty();
    }

    private static void require(String method, String address, String body, List<String> foreign) {
        var answer = API.tolerated()
                .send(API.request(address)
                        .header("content-type", "application/json")
                        .method(method, BodyPublishers.ofString(body)));
        if (answer.status() >= 500
                || answer.status() == 400 && FOREIGN.matcher(answer.text()).find()) {
            foreign.add(method + " " + address + " " + body + ": " + answer.text());
        }
    }

    private static String address(String path, Map<String, String> ids) {
        String id = ids.getOrDefault(path.replaceFirst("^(/v4/workspaces/[^/]*|/v4)/(\\w+).*", "$2"), "99999999");
        return path.replace("{workspaceId}", "current").replace("{id}", id).replaceAll("\\{[^}]*}", "99999999");
    }
}
