package dev.wharf.testing.api;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Holds every conversation of the tests against {@code openapi.yaml}: each answer has to be one that the document
 * declares, and each request that was accepted one that it allows. What tests send to be refused is free, as is what is no
 * part of the API: the page, sessions, health.
 */
final class ContractCheck {
    private static final ContractCheck SERVICE = new ContractCheck(OpenApiDocument.read());

    private final List<OpenApiOperation> operations;
    private final RequestCheck requests;
    private final AnswerCheck answers;

    ContractCheck(OpenApiDocument document) {
        var schemas = new OpenApiSchemas(document);
        operations = OpenApiOperation.all(document);
        requests = new RequestCheck(document, schemas);
        answers = new AnswerCheck(document, schemas);
    }

    /** Of the service itself. */
    static ContractCheck service() {
        return SERVICE;
    }

    /**
     * @param tolerated whether the request is meant to be accepted beyond what the document allows
     * @throws AssertionError naming the operation, the status, and where and how they differ from the document
     */
    void check(HttpRequest request, Api.Answer answer, boolean tolerated) {
        String path = request.uri().getRawPath();
        boolean accepted = answer.status() >= 200 && answer.status() < 300;
        var found = OpenApiOperation.find(operations, request.method(), path);
        if (found.isEmpty()) {
            if (accepted
                    && path.matches("/(v[0-9]+/|vfs).*")
                    && !request.method().equals("OPTIONS")) {
                throw new AssertionError(request.method() + " " + path + " is answered and not in openapi.yaml");
            }
            return;
        }
        String query = String.valueOf(request.uri().getRawQuery());
        List<String> faults = new ArrayList<>(
                answers.faults(found.get(), answer, !request.method().equals("HEAD"), !query.contains("fields=")));
        if (accepted && !tolerated) {
            faults.addAll(requests.faults(found.get(), request));
        }
        if (!faults.isEmpty()) {
            throw new AssertionError(found.get() + " answered " + answer.status()
                    + ", which openapi.yaml does not allow:\n  " + String.join("\n  ", faults) + "\n"
                    + answer.text().lines().limit(20).collect(Collectors.joining("\n")));
        }
    }
}
