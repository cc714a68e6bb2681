package dev.wharf.testing.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Whether a request that was accepted is one that the document allows: its path, its query, its headers, its body. */
final class RequestCheck {
    /** What clients of the original send to every read, where it asks for nothing; the document says so of all of them. */
    private static final Set<String> HARMLESS = Set.of("includeDeleted", "noLimit");

    /** What is of no type that counts: bytes, perhaps none, may be said to be of any. */
    private static final String BYTES = "application/octet-stream";

    private static final Pattern OPEN = Pattern.compile("\\{([^/}]*)}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final OpenApiDocument document;
    private final OpenApiSchemas schemas;

    RequestCheck(OpenApiDocument document, OpenApiSchemas schemas) {
        this.document = document;
        this.schemas = schemas;
    }

    /** What is wrong with a request; empty where nothing is. */
    List<String> faults(OpenApiOperation operation, HttpRequest request) {
        List<String> faults = new ArrayList<>();
        values(operation, "path", path(operation, request.uri()), faults);
        Map<String, String> query = query(request.uri());
        query.keySet().removeAll(HARMLESS);
        values(operation, "query", query, faults);
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        values(operation, "header", headers, faults);
        body(operation, request, faults);
        return faults;
    }

    private void values(OpenApiOperation operation, String in, Map<String, String> values, List<String> faults) {
        Map<String, String> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        others.putAll(values);
        for (JsonNode parameter : operation.parameters(document, in)) {
            String name = parameter.path("name").asText();
            String value = others.remove(name);
            if (value != null) {
                JsonNode schema = document.resolved(parameter.path("schema"));
                schemas.faults(schema, Values.of(schema, value), true)
                        .forEach(fault -> faults.add("the request's " + name + "=" + value + ": " + fault));
            } else if (parameter.path("required").asBoolean()) {
                faults.add("the request has no " + name + " (" + in + ")");
            }
        }
        if (in.equals("query")) {
            others.keySet().forEach(name -> faults.add("the query parameter " + name + " is not declared"));
        }
    }

    private static Map<String, String> path(OpenApiOperation operation, URI uri) {
        var open = OPEN.matcher(operation.path());
        var given = operation.pattern().matcher(OpenApiOperation.plain(uri.getRawPath()));
        Map<String, String> values = new LinkedHashMap<>();
        for (int group = 1; given.matches() && open.find(); group++) {
            values.put(open.group(1), decoded(given.group(group)));
        }
        return values;
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                values.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private void body(OpenApiOperation operation, HttpRequest request, List<String> faults) {
        JsonNode wanted = document.resolved(operation.node().path("requestBody"));
        String named = Values.mediaType(request.headers().map());
        String type = named.isEmpty() ? BYTES : named;
        boolean sent =
                request.bodyPublisher().map(body -> body.contentLength() != 0).orElse(false);
        if (!sent || wanted.isMissingNode() && SentBody.of(request).equals("{}")) {
            if (wanted.path("required").asBoolean() && !wanted.path("content").has(BYTES)) {
                faults.add("the request has no body");
            }
            return;
        }
        JsonNode content = wanted.path("content");
        if (!content.has(type) && !content.has(BYTES)) {
            faults.add("the request's content type " + type + " is not declared");
        } else if (content.has(type) && type.endsWith("json")) {
            try {
                JsonNode body = MAPPER.readTree(SentBody.of(request));
                schemas.faults(content.get(type).path("schema"), body, true)
                        .forEach(fault -> faults.add("the request's body: " + fault));
            } catch (JsonProcessingException e) {
                faults.add("the request's body is not JSON: " + e.getOriginalMessage());
            }
        }
    }
}
