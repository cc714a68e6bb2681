package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.api.Operation;
import dev.wharf.testing.WharfTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code openapi.yaml} is what the service answers to: no operation is missing, none is there twice. */
class ContractTest extends WharfTest {
    private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");

    @Test
    void everyOperationIsOneMethodOrOneRouteAndEveryOtherRouteIsAPartOfOne() throws IOException {
        var operations = operations().values();
        List<String> carriedOut = new ArrayList<>(methods());
        for (String route : directRoutes()) {
            if (operations.contains(route) || !isCalled(route)) {
                carriedOut.add(route);
            }
        }

        assertThat(carriedOut).containsExactlyInAnyOrderElementsOf(operations);
    }

    /** Whether its name stands in the files not only where it begins. */
    private static boolean isCalled(String route) throws IOException {
        var name = Pattern.compile("\\bdirect:" + route + "\\b");
        long found = 0;
        for (Path file : RouteFilesTest.files()) {
            found += name.matcher(Files.readString(file)).results().count();
        }
        return found > 1;
    }

    @Test
    void everyOperationIsAnAddress() {
        Set<String> addresses = context().getRoutes().stream()
                .filter(route -> route.getEndpoint().getEndpointBaseUri().startsWith("platform-http:"))
                .map(route -> route.getDescription())
                .collect(Collectors.toSet());

        assertThat(addresses).containsExactlyInAnyOrderElementsOf(operations().keySet());
    }

    @Test
    void theContractIsServed() {
        var answer = API.get("/v4/open-api-spec");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).startsWith("openapi: 3.0.3").contains("operationId: getOpenApiSpec");
    }

    /** {@code GET /v4/connections} to {@code listConnections}. */
    private static Map<String, String> operations() {
        Map<String, String> operations = new java.util.TreeMap<>();
        var document = map(yaml(API.get("/v4/open-api-spec").text()));
        map(document.get("paths")).forEach((path, item) -> map(item).forEach((verb, operation) -> {
            if (VERBS.contains(verb)) {
                operations.put(
                        verb.toUpperCase() + " " + path, (String) map(operation).get("operationId"));
            }
        }));
        return operations;
    }

    private static List<String> methods() {
        return context().getRegistry().findByType(Object.class).stream()
                .filter(bean -> bean.getClass().getName().startsWith("dev.wharf."))
                .flatMap(bean -> Stream.of(bean.getClass().getMethods()))
                .filter(method -> method.isAnnotationPresent(Operation.class))
                .flatMap(method ->
                        Stream.of(method.getAnnotation(Operation.class).value()))
                .toList();
    }

    /** Those that are operations: what several routes share is none. */
    private static List<String> directRoutes() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : RouteFilesTest.files()) {
            for (Object element : (List<?>) yaml(Files.readString(file))) {
                if (map(element).get("route") instanceof Map<?, ?> route) {
                    String uri = (String) map(route.get("from")).get("uri");
                    if (uri.startsWith("direct:") && !"shared".equals(route.get("routeConfigurationId"))) {
                        names.add(uri.substring("direct:".length()));
                    }
                }
            }
        }
        return names;
    }

    private static CamelContext context() {
        return WHARF.camel().getCamelContext();
    }

    private static Object yaml(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
