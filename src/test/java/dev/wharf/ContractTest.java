package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.WharfTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code openapi.yaml} and the routes say the same. */
class ContractTest extends WharfTest {
    private static final Pattern STREAMED =
            Pattern.compile("platform-http:([^?]+)\\?.*\\bhttpMethodRestrict=([A-Z]+)\\b.*");
    private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");

    @Test
    void everyOperationHasItsRouteAndEveryVerbItsOperation() throws IOException {
        assertThat(routed()).containsExactlyInAnyOrderElementsOf(promised());
    }

    @Test
    void everyOperationIdIsARoute() {
        Set<String> routes = WHARF.camel().getCamelContext().getRoutes().stream()
                .map(route -> route.getRouteId())
                .collect(Collectors.toSet());

        operations().forEach((operation, id) -> assertThat(routes).as(operation).contains(id));
    }

    @Test
    void everyRouteHasAnIdADescriptionAndANamedConfiguration() throws IOException {
        for (Path file : files()) {
            for (Object element : list(yaml(Files.readString(file)))) {
                if (map(element).get("route") instanceof Map<?, ?> route) {
                    assertThat(route.get("id")).as("id in %s", file).isNotNull();
                    assertThat(route.get("description"))
                            .as("description of %s", route.get("id"))
                            .isNotNull();
                    assertThat(route.get("routeConfigurationId"))
                            .as("routeConfigurationId of %s", route.get("id"))
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void theContractIsServed() {
        var answer = API.get("/v4/open-api-spec");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).startsWith("openapi: 3.0.3").contains("operationId: getOpenApiSpec");
    }

    private static Set<String> promised() {
        return operations().keySet();
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

    private static Set<String> routed() throws IOException {
        Set<String> routed = new TreeSet<>();
        for (Object element : list(yaml(Files.readString(Path.of("routes/api.camel.yaml"))))) {
            if (map(element).get("rest") instanceof Map<?, ?> rest) {
                String base = (String) rest.get("path");
                for (String verb : VERBS) {
                    if (rest.get(verb) != null) {
                        list(rest.get(verb))
                                .forEach(one -> routed.add(
                                        verb.toUpperCase() + " " + (base + map(one).get("path")).replace("//", "/")));
                    }
                }
            }
        }
        for (Path file : files()) {
            for (Object element : list(yaml(Files.readString(file)))) {
                if (map(element).get("route") instanceof Map<?, ?> route) {
                    streamed(map(map(route).get("from"))).ifPresent(routed::add);
                }
            }
        }
        return routed;
    }

    /** Bodies that are streams come in beside the REST verbs. */
    private static Optional<String> streamed(Map<String, Object> from) {
        var matcher = STREAMED.matcher((String) from.get("uri"));
        return matcher.matches() ? Optional.of(matcher.group(2) + " " + matcher.group(1)) : Optional.empty();
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }

    private static Object yaml(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }
}
