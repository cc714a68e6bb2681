package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files in {@code routes/} are written alike: in the one dialect that designers read and write back. */
class RouteFilesTest {
    private static final Pattern LEAVES_THE_PROCESS = Pattern.compile("(store|sql|jms|aws2-s3)\\b");
    private static final Set<String> EXPRESSIONS = Set.of("simple", "constant", "variable", "method");
    private static final Set<String> STEPS_WITH_ID = Set.of("bean", "process", "to", "split", "filter", "doTry", "log");

    /** What the last step of every operation does, once for all. */
    private static final Set<String> OF_THE_ANSWER = Set.of("marshal", "unmarshal");

    /** A step, a route or an expression, with the word before it. */
    private record Part(Path file, String word, Object value) {
        Map<?, ?> map() {
            assertThat(value).as("%s in %s is an object", word, file).isInstanceOf(Map.class);
            return (Map<?, ?>) value;
        }
    }

    static List<Path> files() {
        try (var files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Part> parts(String... words) {
        List<Part> found = new ArrayList<>();
        for (Path file : files()) {
            try {
                Object document = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                collect(file, document, Set.of(words), found);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static void collect(Path file, Object value, Set<String> words, List<Part> found) {
        if (value instanceof List<?> list) {
            list.forEach(each -> collect(file, each, words, found));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((word, inner) -> {
                // The method of a bean is a text; that of an expression is an object beside no ref.
                if (words.contains(word) && !(word.equals("method") && map.containsKey("ref"))) {
                    found.add(new Part(file, (String) word, inner));
                }
                if (!word.equals("parameters")) { // of an endpoint: whatever the component calls them
                    collect(file, inner, words, found);
                }
            });
        }
    }

    @Test
    void everyRouteHasAnIdADescriptionAndANamedConfiguration() {
        assertThat(parts("route")).isNotEmpty().allSatisfy(route -> assertThat(
                        route.map().keySet().stream().map(String::valueOf))
                .as("%s", route)
                .contains("id", "description", "routeConfigurationId"));
    }

    @Test
    void everyRouteBeginsAndGoesOnWithAnEndpointAndItsParameters() {
        assertThat(parts("from", "to")).isNotEmpty().allSatisfy(end -> {
            assertThat((String) end.map().get("uri")).as("%s", end).isNotNull().doesNotContain("?");
        });
    }

    @Test
    void everyExpressionIsWrittenInFull() {
        assertThat(parts(EXPRESSIONS.toArray(String[]::new))).isNotEmpty().allSatisfy(expression -> assertThat(
                        expression.map().get(expression.word().equals("method") ? "ref" : "expression"))
                .as("%s", expression)
                .isNotNull());
    }

    @Test
    void everyStepThatDoesSomethingHasAnIdOfItsOwn() {
        Set<Object> seen = new HashSet<>();
        Stream.of(parts("route"), parts(STEPS_WITH_ID.toArray(String[]::new)))
                .flatMap(List::stream)
                .forEach(step -> {
                    Object id = step.map().get("id");
                    assertThat(id).as("id of %s", step).isNotNull();
                    assertThat(seen.add(id)).as("%s is the id of one step", id).isTrue();
                });
    }

    @Test
    void everyStepThatLeavesTheProcessSaysWhatFor() {
        assertThat(parts("to"))
                .filteredOn(step -> LEAVES_THE_PROCESS
                        .matcher((String) step.map().get("uri"))
                        .lookingAt())
                .isNotEmpty()
                .allSatisfy(step ->
                        assertThat(step.map().get("description")).as("%s", step).isNotNull());
    }

    @Test
    void noRouteDoesWhatIsDoneForAll() {
        assertThat(parts(OF_THE_ANSWER.toArray(String[]::new))).isEmpty();
        assertThat(parts("convertBodyTo"))
                .as("only requests of aws2-s3: are made in routes")
                .allSatisfy(step -> assertThat((String) step.map().get("type")).startsWith("software.amazon.awssdk."));
        assertThat(parts("removeHeaders"))
                .noneMatch(step -> "*".equals(step.map().get("pattern")));
        assertThat(parts("setHeader"))
                .noneMatch(step -> "CamelHttpResponseCode".equals(step.map().get("name")));
    }

    @Test
    void camelHasNothingAgainstTheWayTheyAreWritten() throws Exception {
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        var log = (Logger) LoggerFactory.getLogger("org.apache.camel");
        log.addAppender(said);
        try (var context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(files().stream()
                            .map(file -> PluginHelper.getResourceLoader(context).resolveResource("file:" + file))
                            .toList());
        } finally {
            log.detachAppender(said);
        }

        assertThat(said.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }
}
