package dev.wharf.kernel.http.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An operation of {@code openapi.yaml}.
 *
 * @param id its {@code operationId}
 * @param method in capitals
 * @param path with the names of its parts in braces
 * @param pathParameters the names of those parts, and whether each is a whole number
 * @param query the names of its query parameters
 * @param repeated those of them that may be given several times: arrays
 * @param headers the names of the headers that it reads, as written
 * @param status of its answer where all goes well: the first that the contract gives
 * @param accepts whether it may also be answered 202, and go on
 * @param types the media types of that answer
 * @param tellsVersion whether that answer has an ETag
 */
public record HttpOperation(
        String id,
        String method,
        String path,
        Map<String, Boolean> pathParameters,
        Set<String> query,
        Set<String> repeated,
        Set<String> headers,
        Body body,
        int status,
        boolean accepts,
        Set<String> types,
        boolean tellsVersion) {
    /** The media type of JSON. */
    public static final String JSON = "application/json";

    private static final String ACCEPTED = "202";
    private static final int NOTHING_TO_SAY = 204;

    /** What is sent with a request. */
    public enum Body {
        NONE,
        JSON,
        /** The same, or nothing. */
        MAYBE_JSON,
        /** Bytes of any number, which are read while they arrive. */
        STREAM
    }

    /** Reads what one method of an address takes and gives. */
    static HttpOperation of(
            YamlDocument document,
            String method,
            String path,
            Map<String, Object> item,
            Map<String, Object> operation) {
        Map<String, Boolean> parts = new LinkedHashMap<>();
        Set<String> query = new TreeSet<>();
        Set<String> repeated = new TreeSet<>();
        Set<String> headers = new LinkedHashSet<>();
        for (Map<String, Object> parameter : parameters(document, item, operation)) {
            String name = (String) parameter.get("name");
            Object type = document.map(parameter.get("schema")).get("type");
            switch ((String) parameter.get("in")) {
                case "path" -> parts.put(name, "integer".equals(type));
                case "query" -> {
                    query.add(name);
                    if ("array".equals(type)) {
                        repeated.add(name);
                    }
                }
                default -> headers.add(name);
            }
        }
        Map<String, Object> responses = document.map(operation.get("responses"));
        int status = responses.keySet().stream()
                .filter(code -> code.startsWith("2"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(NOTHING_TO_SAY);
        Map<String, Object> answer = document.map(responses.getOrDefault(String.valueOf(status), Map.of()));
        return new HttpOperation(
                (String) operation.get("operationId"),
                method.toUpperCase(Locale.ROOT),
                path,
                parts,
                query,
                repeated,
                headers,
                body(document, operation),
                status,
                responses.containsKey(ACCEPTED),
                types(document, answer),
                document.map(answer.getOrDefault("headers", Map.of())).containsKey("ETag"));
    }

    /** A method of an address that is no part of the API. */
    static HttpOperation unknown(String method, String path) {
        return new HttpOperation(
                null, method, path, Map.of(), Set.of(), Set.of(), Set.of(), Body.STREAM, 200, false, Set.of(), false);
    }

    private static List<Map<String, Object>> parameters(
            YamlDocument document, Map<String, Object> item, Map<String, Object> operation) {
        List<Object> all = new ArrayList<>((List<?>) item.getOrDefault("parameters", List.of()));
        all.addAll((List<?>) operation.getOrDefault("parameters", List.of()));
        return all.stream().map(document::map).toList();
    }

    private static Body body(YamlDocument document, Map<String, Object> operation) {
        if (!operation.containsKey("requestBody")) {
            return Body.NONE;
        }
        Map<String, Object> body = document.map(operation.get("requestBody"));
        if (!types(document, body).contains(JSON)) {
            return Body.STREAM;
        }
        return Boolean.TRUE.equals(body.get("required")) ? Body.JSON : Body.MAYBE_JSON;
    }

    private static Set<String> types(YamlDocument document, Map<String, Object> message) {
        return document.map(message.getOrDefault("content", Map.of())).keySet();
    }
}
