package dev.wharf.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One operation of the document, and which requests are for it.
 *
 * @param pattern of its path; its groups are what stands for the parts that are open, in their order
 */
record OpenApiOperation(String method, String path, Pattern pattern, JsonNode item, JsonNode node) {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Pattern OPEN = Pattern.compile("\\{[^/}]*}");

    static List<OpenApiOperation> all(OpenApiDocument document) {
        List<OpenApiOperation> all = new ArrayList<>();
        document.root().path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(each -> METHODS.contains(each.getKey()))
                .forEach(each -> all.add(new OpenApiOperation(
                        each.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        pattern(path.getKey()),
                        path.getValue(),
                        each.getValue()))));
        return all;
    }

    /** The operation that a request is for: of several addresses, the one that names the most. */
    static Optional<OpenApiOperation> find(List<OpenApiOperation> all, String method, String path) {
        String plain = plain(path);
        String asked = method.equals("HEAD") ? "GET" : method;
        return all.stream()
                .filter(each -> each.pattern().matcher(plain).matches())
                .min(Comparator.comparingLong(
                        each -> OPEN.matcher(each.path()).results().count()))
                .flatMap(best -> all.stream()
                        .filter(each ->
                                each.path().equals(best.path()) && each.method().equals(asked))
                        .findFirst());
    }

    /** As the service takes it: without a slash at the end, and jobgroups in lower case. */
    static String plain(String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return plain.replaceFirst("^/v4/jobgroups(?=/|$)", "/v4/jobGroups");
    }

    private static Pattern pattern(String path) {
        StringBuilder pattern = new StringBuilder();
        for (String part : path.substring(1).split("/")) {
            pattern.append('/').append(OPEN.matcher(part).matches() ? "([^/]+)" : Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString());
    }

    /** The operation's parameters of one kind: query, path or header. */
    List<JsonNode> parameters(OpenApiDocument document, String in) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode holder : List.of(item, node)) {
            holder.path("parameters").forEach(each -> all.add(document.resolved(each)));
        }
        return all.stream().filter(each -> in.equals(each.path("in").asText())).toList();
    }

    @Override
    public String toString() {
        return method + " " + path + " (" + node.path("operationId").asText() + ")";
    }
}
