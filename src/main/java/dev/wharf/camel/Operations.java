package dev.wharf.camel;

import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.http.contract.HttpOperation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who carries out each operation of the contract: a method, or a route {@code direct:<operationId>}. Exactly one of them. */
public final class Operations {
    private static final String OURS = Operations.class.getPackageName().replaceFirst("\\.[^.]*$", ".");

    private final Map<String, HttpOperation> promised;
    private final Map<String, OperationMethod> methods = new TreeMap<>();

    /**
     * Finds the methods.
     *
     * @throws IllegalStateException naming class and method, if two claim one operation, one claims an operation that is not in
     *     the contract, or one has a parameter that its operation does not have
     */
    public Operations(List<HttpOperation> promised, Collection<?> beans) {
        this.promised = promised.stream().collect(Collectors.toMap(HttpOperation::id, Function.identity()));
        beans.stream()
                .filter(bean -> bean.getClass().getName().startsWith(OURS))
                .forEach(this::add);
    }

    private void add(Object bean) {
        for (Method method : bean.getClass().getMethods()) {
            if (method.isAnnotationPresent(Operation.class)) {
                for (String id : method.getAnnotation(Operation.class).value()) {
                    add(bean, method, id);
                }
            }
        }
    }

    private void add(Object bean, Method method, String id) {
        HttpOperation operation = promised.get(id);
        if (operation == null) {
            throw new IllegalStateException(method + ": there is no operation " + id + " in openapi.yaml");
        }
        var added = new OperationMethod(bean, method, operation);
        OperationMethod other = methods.put(id, added);
        if (other != null) {
            throw new IllegalStateException("Both " + other + " and " + added + " are to be the operation " + id);
        }
    }

    /** The method of an operation; null where a route carries it out. */
    OperationMethod method(String id) {
        return methods.get(id);
    }

    /**
     * Makes sure that nothing of the contract is missing.
     *
     * @param uris of the endpoints that routes begin with
     * @throws IllegalStateException naming the operations that have neither a method nor a route, or both
     */
    void requireRoutes(Set<String> uris) {
        promised.keySet().forEach(id -> {
            boolean route = uris.contains("direct:" + id);
            OperationMethod method = methods.get(id);
            if (route && method != null) {
                throw new IllegalStateException("The operation " + id + " is " + method + ", and the route direct:" + id
                        + " as well: remove one");
            }
            if (!route && method == null) {
                throw new IllegalStateException("The operation " + id + " of openapi.yaml has neither a route direct:"
                        + id + " in routes/ nor a method");
            }
        });
    }
}
