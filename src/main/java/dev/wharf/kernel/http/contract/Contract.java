package dev.wharf.kernel.http.contract;

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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code openapi.yaml} promises of each address: to which methods it answers, and which query parameters each of them
 * takes. Other parameters are refused by their names, so that none is ignored in silence. Of the addresses that a path
 * matches, the one that names the most is meant: {@code dryRun} is no connection's id.
 */
public final class Contract {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** What clients of the original send to every read ({@code domain.md} §3.1), where it asks for nothing. */
    private static final Set<String> HARMLESS = Set.of("includeDeleted", "noLimit");

    private final YamlDocument document;
    /** Those that name the most come first. */
    private final List<Address> addresses;

    private Contract(YamlDocument document, List<Address> addresses) {
        this.document = document;
        this.addresses = addresses.stream()
                .sorted(Comparator.comparingLong(Address::openParts))
                .toList();
    }

    /** An address, with its methods; a part of it in braces stands for any text. */
    private record Address(List<String> parts, Map<String, HttpOperation> methods) {
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
            YamlDocument document = YamlDocument.read(in);
            List<Address> addresses = new ArrayList<>();
            document.map(document.root().get("paths"))
                    .forEach((path, item) -> addresses.add(address(document, path, document.map(item))));
            return new Contract(document, addresses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of what is no part of the API. */
    public static Contract nothing() {
        return new Contract(new YamlDocument(Map.of()), List.of());
    }

    private static Address address(YamlDocument document, String path, Map<String, Object> item) {
        Map<String, HttpOperation> methods = new LinkedHashMap<>();
        item.forEach((method, operation) -> {
            if (METHODS.contains(method)) {
                var read = HttpOperation.of(document, method, path, item, document.map(operation));
                methods.put(read.method(), read);
            }
        });
        return new Address(parts(path), methods);
    }

    /** The same with an address that is not part of the API. */
    public Contract and(String path, String... methods) {
        Map<String, HttpOperation> taken = new HashMap<>();
        List.of(methods).forEach(method -> taken.put(method, HttpOperation.unknown(method, path)));
        List<Address> more = new ArrayList<>(addresses);
        more.add(new Address(parts(path), taken));
        return new Contract(document, more);
    }

    /** All there are, in the order in which they are meant: the first one that an address matches. */
    public List<HttpOperation> operations() {
        return addresses.stream()
                .flatMap(address -> address.methods().values().stream())
                .toList();
    }

    /** What was read of {@code openapi.yaml}. */
    public Map<String, Object> document() {
        return document.root();
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
    public void check(RoutingContext context) {
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
                .ifPresent(operation -> check(method, Query.parse(request.query()), operation));
        context.next();
    }

    /** Whether a request is for an operation that has a body to be sent with it; also where there is no such operation. */
    public boolean takesBody(String method, String path) {
        return operation(method, path)
                .map(operation -> operation.body() != HttpOperation.Body.NONE)
                .orElse(true);
    }

    private Optional<HttpOperation> operation(String method, String path) {
        return address(path).map(address -> address.methods().get(method.equals("HEAD") ? "GET" : method));
    }

    private Optional<Address> address(String path) {
        List<String> parts = parts(path);
        return addresses.stream().filter(address -> address.matches(parts)).findFirst();
    }

    private static void check(String method, Query query, HttpOperation operation) {
        query.names().stream()
                .filter(name -> !operation.repeated().contains(name))
                .forEach(query::get); // not twice
        Set<String> known = operation.query();
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
}
