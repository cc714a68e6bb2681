package dev.wharf.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.api.Test;

/** What designers and readers are told of {@code store:} is what it takes: {@code mvn -Pdescribe process-classes} writes it. */
class StoreDescriptionTest {
    private static JsonNode catalog() throws IOException {
        try (var in = StoreEndpoint.class.getResourceAsStream("/META-INF/dev/wharf/camel/store.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("src/docs/store-component.md"));
    }

    private static List<Field> options() {
        return Stream.of(StoreEndpoint.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(UriParam.class))
                .toList();
    }

    @Test
    void theCatalogKnowsEveryOperation() throws IOException {
        assertThat(catalog().at("/properties/operation/enum"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        Arrays.stream(StoreOperation.values()).map(Enum::name).toArray(String[]::new));
        assertThat(catalog().at("/component/syntax").asText())
                .isEqualTo(StoreEndpoint.class.getAnnotation(UriEndpoint.class).syntax());
        assertThat(StoreEndpoint.class.getDeclaredFields())
                .filteredOn(field -> field.isAnnotationPresent(UriPath.class))
                .extracting(Field::getName)
                .containsExactly("operation");
    }

    @Test
    void theCatalogSaysOfEveryOptionWhatTheCodeSays() throws IOException {
        assertThat(options()).isNotEmpty();
        for (Field option : options()) {
            var described = catalog().path("properties").path(option.getName());
            var said = option.getAnnotation(UriParam.class);
            assertThat(described.path("description").asText())
                    .as(option.getName())
                    .isEqualTo(said.description());
            assertThat(described.path("defaultValue").asText()).isEqualTo(said.defaultValue());
            assertThat(described.path("javaType").asText())
                    .isEqualTo(option.getType().getName());
        }
    }

    @Test
    void thePageHasEveryOptionAsTheCatalogHasIt() throws IOException {
        for (Field option : options()) {
            var described = catalog().path("properties").path(option.getName());
            assertThat(page())
                    .contains("| `" + option.getName() + "` | `"
                            + described.path("defaultValue").asText() + "` | "
                            + described.path("description").asText() + " |");
        }
    }

    @Test
    void thePageHasEveryOperationAndNoOther() throws IOException {
        assertThat(page().lines().filter(line -> line.startsWith("| `store:")))
                .extracting(line -> line.replaceAll("\\| `store:(\\w+)`.*", "$1"))
                .containsExactly(
                        Arrays.stream(StoreOperation.values()).map(Enum::name).toArray(String[]::new));
    }
}
