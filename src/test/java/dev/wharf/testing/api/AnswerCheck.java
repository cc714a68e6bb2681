package dev.wharf.testing.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether an answer is one that the document declares: its status, its headers, its content type, its body. */
final class AnswerCheck {
    /** Of HTTP itself and of what guards every answer alike. */
    private static final Set<String> UNDECLARED = Set.of(
            ":status",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-security-policy",
            "content-type",
            "date",
            "referrer-policy",
            "transfer-encoding",
            "vary",
            "x-content-type-options",
            "x-frame-options",
            "x-trifacta-request-id");

    /** Files of whatever type. */
    private static final String ANY = "*/*";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final OpenApiDocument document;
    private final OpenApiSchemas schemas;

    AnswerCheck(OpenApiDocument document, OpenApiSchemas schemas) {
        this.document = document;
        this.schemas = schemas;
    }

    /**
     * What is wrong with an answer; empty where nothing is.
     *
     * @param body whether one is to be looked at: not after HEAD
     * @param whole whether the request has not asked for some of the fields only
     */
    List<String> faults(OpenApiOperation operation, Api.Answer answer, boolean body, boolean whole) {
        JsonNode declared = declared(operation, answer.status());
        if (declared == null) {
            return List.of("the status is not declared");
        }
        List<String> faults = new ArrayList<>();
        headers(operation, declared, answer.headers(), faults);
        body(declared.path("content"), answer, body, whole, faults);
        return faults;
    }

    /** What {@code default} answers is declared in it, so that it does not stand for every status there is. */
    private JsonNode declared(OpenApiOperation operation, int status) {
        JsonNode responses = operation.node().path("responses");
        if (responses.has(String.valueOf(status))) {
            return document.resolved(responses.get(String.valueOf(status)));
        }
        JsonNode otherwise = document.resolved(responses.path("default"));
        for (JsonNode each : otherwise.path("x-statuses")) {
            if (each.asInt() == status) {
                return otherwise;
            }
        }
        return null;
    }

    /** A header that one answer of an operation declares may stand on its others as well. */
    private void headers(
            OpenApiOperation operation, JsonNode declared, Map<String, List<String>> headers, List<String> faults) {
        if (!headers.containsKey("x-trifacta-request-id")) {
            faults.add("the header x-trifacta-request-id is missing");
        }
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(UNDECLARED);
        operation.node().path("responses").forEach(each -> document.resolved(each)
                .path("headers")
                .fieldNames()
                .forEachRemaining(known::add));
        declared.path("headers").properties().forEach(each -> {
            String name = each.getKey().toLowerCase(Locale.ROOT);
            JsonNode header = document.resolved(each.getValue());
            List<String> values = headers.getOrDefault(name, List.of());
            if (values.isEmpty() && header.path("required").asBoolean()) {
                faults.add("the header " + name + " is missing");
            }
            for (String value : values) {
                JsonNode schema = document.resolved(header.path("schema"));
                schemas.faults(schema, Values.of(schema, value), true)
                        .forEach(fault -> faults.add("the header " + name + ": " + fault));
            }
        });
        headers.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add("the header " + name + " is not declared"));
    }

    private void body(JsonNode content, Api.Answer answer, boolean body, boolean whole, List<String> faults) {
        String type = Values.mediaType(answer.headers());
        if (content.isEmpty()) {
            if (!answer.text().isEmpty()) {
                faults.add("a body is not declared");
            }
            return;
        }
        if (!content.has(type)) {
            if (!content.has(ANY)) {
                faults.add("the content type " + type + " is not declared");
            }
            return;
        }
        boolean lines = type.equals("application/x-ndjson");
        if (body && (lines || type.endsWith("json")) && !answer.headers().containsKey("content-encoding")) {
            Stream<String> texts = lines ? answer.text().lines() : Stream.of(answer.text());
            texts.forEach(text -> json(content.get(type).path("schema"), text, whole, faults));
        }
    }

    private void json(JsonNode schema, String text, boolean whole, List<String> faults) {
        try {
            faults.addAll(schemas.faults(schema, MAPPER.readTree(text), whole));
        } catch (JsonProcessingException e) {
            faults.add("the body is not JSON: " + e.getOriginalMessage());
        }
    }
}
