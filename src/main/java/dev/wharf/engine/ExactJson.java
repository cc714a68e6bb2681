package dev.wharf.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;

/**
 * JSON whose numbers survive programs that know doubles only, as JavaScript's do: a number that a double does not print
 * again becomes text.
 */
final class ExactJson {
    private static final ObjectReader READER = JsonMapper.builder()
            // DuckDB writes NaN and Infinity.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    private ExactJson() {}

    /** @param json what DuckDB has written; null is null */
    static JsonNode read(String json) {
        try {
            return json == null ? NullNode.instance : exact(READER.readValue(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode exact(JsonNode node) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, exact(array.get(i)));
            }
        } else if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(exact(field.getValue())));
        } else if (node.isNumber()) {
            return number(node);
        }
        return node;
    }

    private static JsonNode number(JsonNode node) {
        double nearest = node.doubleValue();
        if (!Double.isFinite(nearest)) {
            return TextNode.valueOf(node.asText());
        }
        if (node.isIntegralNumber()) {
            boolean same = new BigDecimal(nearest).compareTo(node.decimalValue()) == 0;
            return same ? node : TextNode.valueOf(node.asText());
        }
        boolean same = BigDecimal.valueOf(nearest).compareTo(node.decimalValue()) == 0;
        return same ? DoubleNode.valueOf(nearest) : TextNode.valueOf(node.asText());
    }
}
