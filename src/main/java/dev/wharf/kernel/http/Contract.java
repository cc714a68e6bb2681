package dev.wharf.kernel.http;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Suggestion;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What {@code openapi.yaml} promises of each address: to which methods it answers, and which query parameters each of them
 * takes. Other parameters are refused by their names, so that none is ignored in silence. Of the addresses that a path
 * matches, the one that names the most is meant: {@code dryRun} is no connection's id.
 */
public final class Contract {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** What clients of the original send to every read ({@code domain.md} §3.1), where it asks for nothing. */
    private static final Set<String> HARMLESS = Set.of("includeDeleted", "noLimit");

    private final Map<String, Object> document;
    private final List<Address> addresses;

    private Contract(Map<String, Object> document, List<Address> addresses) {
        this.document = document;
        this.addresses = addresses;
    }

    /** What one method of an address takes. */
    private record Operation(Set<String> parameters, boolean body) {}

    /** An address, with what each of its methods takes; a part of it in braces stands for any text. */
    private record Address(List<String> parts, Map<String, Operation> methods) {
        boolean matches(List<String> path) {
            if (path.size() != parts.size()) {
                return false;
            }
            for (int index = 0; index < parts.size(); index++) {
                if (!isOpen(parts.get(index)) && !parts.get(index).equals(path.get(index))) {
                    return false;
                }
            }
            return true;
        }

        long openParts() {
            return parts.stream().filter(Address::isOpen).count();
        }

        private static boolean isOpen(String part) {
            return part.startsWith("{");
        }
    }

    /** The service's own. */
    public static Contract load() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
            Map<String, Object> document = map(new Load(LoadSettings.builder().build()).loadFromInputStream(in));
            List<Address> addresses = new ArrayList<>();
            map(document.get("paths")).forEach((path, item) -> addresses.add(address(document, path, map(item))));
            return new Contract(document, addresses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of what is no part of the API. */
    static Contract nothing() {
        return new Contract(Map.of(), List.of());
    }

    private static Address address(Map<String, Object> document, String path, Map<String, Object> item) {
        Map<String, Operation> methods = new HashMap<>();
        item.forEach((method, operation) -> {
            if (METHODS.contains(method)) {
                Set<String> parameters = new TreeSet<>(parameters(document, item));
                parameters.addAll(parameters(document, map(operation)));
                boolean body = map(operation).containsKey("requestBody");
                methods.put(method.toUpperCase(Locale.ROOT), new Operation(parameters, body));
            }
        });
        return new Address(parts(path), methods);
    }

    private static List<String> parameters(Map<String, Object> document, Map<String, Object> holder) {
        List<String> names = new ArrayList<>();
        for (Object each : (List<?>) holder.getOrDefault("parameters", List.of())) {
            Map<String, Object> parameter = resolved(document, map(each));
            if ("query".equals(parameter.get("in"))) {
                names.add((String) parameter.get("name"));
            }
        }
        return names;
    }

    private static Map<String, Object> resolved(Map<String, Object> document, Map<String, Object> parameter) {
        if (!(parameter.get("$ref") instanceof String reference)) {
            return parameter;
        }
        Map<String, Object> found = document;
        for (String part : reference.substring("#/".length()).split("/")) {
            found = map(found.get(part));
        }
        return found;
    }

    /** The same with an address that is not part of the API. */
    public Contract and(String path, String... methods) {
        Map<String, Operation> taken = new HashMap<>();
        List.of(methods).forEach(method -> taken.put(method, new Operation(Set.of(), true)));
        List<Address> more = new ArrayList<>(addresses);
        more.add(new Address(parts(path), taken));
        return new Contract(document, more);
    }

    /** The document as JSON. */
    public String json() {
        return Json.write(document);
    }

    /**
     * To which methods an address answers, for the header {@code Allow}; empty where there is no such address.
     *
     * @param path without a query
     */
    public Set<String> methods(String path) {
        Set<String> methods = new TreeSet<>();
        address(path).ifPresent(address -> methods.addAll(address.methods().keySet()));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }

    /** Answers {@code OPTIONS}, and refuses other methods and query parameters that the address does not take. */
    void check(RoutingContext context) {
        var request = context.request();
        String method = request.method().name();
        Set<String> methods = methods(context.normalizedPath());
        if (!methods.isEmpty() && !methods.contains(method)) {
            context.fail(405);
            return;
        }
        if (!methods.isEmpty() && method.equals("OPTIONS")) {
            context.response()
                    .setStatusCode(204)
                    .putHeader("allow", String.join(", ", methods))
                    .end();
            return;
        }
        operation(method, context.normalizedPath())
                .ifPresent(operation -> check(method, Query.parse(request.query()), operation.parameters()));
        context.next();
    }

    /** Whether a request is for an operation that has a body to be sent with it; also where there is no such operation. */
    public boolean takesBody(String method, String path) {
        return operation(method, path).map(Operation::body).orElse(true);
    }

    private Optional<Operation> operation(String method, String path) {
        return address(path).map(address -> address.methods().get(method.equals("HEAD") ? "GET" : method));
    }

    private Optional<Address> address(String path) {
        List<String> parts = parts(path);
        return addresses.stream()
                .filter(address -> address.matches(parts))
                .min(Comparator.comparingLong(Address::openParts));
    }

    private static void check(String method, Query query, Set<String> known) {
        Set<String> unknown = new LinkedHashSet<>(query.names());
        unknown.removeAll(known);
        boolean read = method.equals("GET") || method.equals("HEAD");
        unknown.removeIf(name -> read && HARMLESS.contains(name) && !query.flag(name));
        var faults = new Faults();
        unknown.forEach(name -> faults.check(() -> {
            throw ProblemException.invalid(
                    name,
                    "is no query parameter of this address"
                            + (known.isEmpty() ? ", which takes none" : Suggestion.instead(name, known)));
        }));
        faults.refuse();
    }

    private static List<String> parts(String path) {
        return List.of(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
