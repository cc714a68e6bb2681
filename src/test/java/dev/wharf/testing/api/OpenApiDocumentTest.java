package dev.wharf.testing.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code openapi.yaml} is whole, and says of everything what a client has to know. */
class OpenApiDocumentTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Pattern OPEN = Pattern.compile("\\{([^/}]*)}");
    private static final Map<String, Object> DOCUMENT =
            map(new Load(LoadSettings.builder().build())
                    .loadFromInputStream(OpenApiDocumentTest.class.getResourceAsStream("/openapi.yaml")));

    /** What comes by the queue is of no operation. */
    private static final Set<String> MESSAGES = Set.of(
            "#/components/schemas/PublishJob",
            "#/components/schemas/FileMessage",
            "#/components/schemas/ArrivalMessage",
            "#/components/schemas/JobEvent");

    @Test
    void everyOperationHasAnIdOfItsOwnATagThatIsExplainedAndASummary() {
        Set<Object> ids = new HashSet<>();
        Set<Object> tags = new HashSet<>();
        list(DOCUMENT.get("tags")).forEach(tag -> tags.add(map(tag).get("name")));

        eachOperation((operation, node) -> {
            assertThat(ids.add(node.get("operationId"))).as(operation).isTrue();
            assertThat((String) node.get("summary")).as(operation).isNotBlank();
            assertThat(list(node.get("tags"))).as(operation).isNotEmpty().isSubsetOf(tags);
        });
    }

    /** A comma ends a text that stands without quotes between braces, and begins a field of nothing. */
    @Test
    void noTextIsCutInTwo() {
        assertNoFieldOfNothing("", DOCUMENT);
    }

    private static void assertNoFieldOfNothing(String place, Object node) {
        if (node instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> {
                if (!name.equals("example")) {
                    assertThat(value).as(place + "/" + name).isNotNull();
                    assertNoFieldOfNothing(place + "/" + name, value);
                }
            });
        } else if (node instanceof List<?> several) {
            several.forEach(each -> assertNoFieldOfNothing(place + "/" + several.indexOf(each), each));
        }
    }

    @Test
    void everyPartOfAPathThatIsOpenIsAParameterAndNoOtherIs() {
        map(DOCUMENT.get("paths")).forEach((path, item) -> {
            Set<Object> parts = new TreeSet<>();
            list(map(item).getOrDefault("parameters", List.of()))
                    .forEach(each -> parts.add(resolved(map(each)).get("name")));

            assertThat(OPEN.matcher(path).results().map(part -> part.group(1)).toList())
                    .as(path)
                    .hasSameElementsAs(parts.stream().map(String::valueOf).toList());
        });
    }

    @Test
    void everyOperationSaysWhatAnyRequestMayBeAnswered() {
        eachOperation((operation, node) -> {
            var responses = map(node.get("responses"));
            assertThat(responses).as(operation).containsKeys("400", "401", "403", "default");
            if (node.containsKey("requestBody")) {
                assertThat(responses).as(operation).containsKeys("413", "415");
            }
        });
    }

    @Test
    void whateverIsAnsweredAsChangedIsChangedInTheVersionThatWasSeen() {
        eachOperation((operation, node) -> {
            var answer = map(map(node.get("responses")).getOrDefault("200", Map.of()));
            if (node.containsKey("requestBody") && answer.toString().contains("schemas/Changed")) {
                assertThat(list(node.getOrDefault("parameters", List.of())).toString())
                        .as(operation)
                        .contains("parameters/ifMatch");
                assertThat(answer).as(operation).containsKey("headers");
                assertThat(map(node.get("responses"))).as(operation).containsKey("412");
            }
        });
    }

    @Test
    void everyReferenceLeadsSomewhereAndEverythingSharedIsUsed() {
        Set<String> shared = new TreeSet<>();
        map(DOCUMENT.get("components")).forEach((kind, all) -> map(all).keySet()
                .forEach(name -> shared.add("#/components/" + kind + "/" + name)));
        shared.removeIf(name -> name.startsWith("#/components/securitySchemes/"));
        Set<String> used = new TreeSet<>(MESSAGES);
        eachMap(DOCUMENT, node -> {
            if (node.get("$ref") instanceof String reference) {
                used.add(reference);
            }
        });

        assertThat(used).isEqualTo(shared);
    }

    @Test
    void everyObjectOfAnAnswerSaysWhichFieldsItAlwaysHas() {
        Set<String> seen = new HashSet<>();
        eachOperation((operation, node) -> requireRequired(operation, node.get("responses"), seen));
    }

    private static void requireRequired(String where, Object within, Set<String> seen) {
        eachMap(within, node -> {
            if (node.get("$ref") instanceof String reference) {
                if (seen.add(reference)) {
                    requireRequired(reference, resolved(node), seen);
                }
            } else if (node.get("properties") instanceof Map && "object".equals(node.get("type"))) {
                assertThat(node)
                        .as(where)
                        .satisfiesAnyOf(has -> assertThat(has).containsKey("required"), has -> assertThat(has)
                                .containsKey("minProperties"));
            }
        });
    }

    private static Map<String, Object> resolved(Map<String, Object> node) {
        if (!(node.get("$ref") instanceof String reference)) {
            return node;
        }
        Map<String, Object> found = DOCUMENT;
        for (String part : reference.substring("#/".length()).split("/")) {
            found = map(found.get(part));
        }
        return found;
    }

    private static void eachOperation(BiConsumer<String, Map<String, Object>> action) {
        map(DOCUMENT.get("paths")).forEach((path, item) -> map(item).forEach((method, operation) -> {
            if (METHODS.contains(method)) {
                action.accept(method.toUpperCase(Locale.ROOT) + " " + path, map(operation));
            }
        }));
    }

    private static void eachMap(Object within, Consumer<Map<String, Object>> action) {
        if (within instanceof Map<?, ?>) {
            action.accept(map(within));
            map(within).values().forEach(value -> eachMap(value, action));
        } else if (within instanceof List<?> values) {
            values.forEach(value -> eachMap(value, action));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }
}
