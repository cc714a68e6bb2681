package dev.wharf.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Compares values with the schemas of a document, each of which is prepared once. */
final class OpenApiSchemas {
    private final SchemaRegistry registry;
    private final Map<JsonNode, Schema> prepared = Collections.synchronizedMap(new IdentityHashMap<>());

    OpenApiSchemas(OpenApiDocument document) {
        registry = SchemaRegistry.withDialect(Dialects.getOpenApi30(), builder -> builder.schemas(document.schemas())
                .schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .build()));
    }

    /**
     * What is wrong with a value, each with the JSON pointer of where; empty where nothing is.
     *
     * @param whole whether fields that are required have to be there
     */
    List<String> faults(JsonNode schema, JsonNode value, boolean whole) {
        return prepared.computeIfAbsent(schema, registry::getSchema).validate(value).stream()
                .filter(error -> whole || !"required".equals(error.getKeyword()))
                .map(OpenApiSchemas::sentence)
                .limit(10)
                .toList();
    }

    private static String sentence(Error error) {
        String pointer = error.getInstanceLocation().toString();
        return (pointer.isEmpty() ? "" : pointer + ": ") + error.getMessage();
    }
}
