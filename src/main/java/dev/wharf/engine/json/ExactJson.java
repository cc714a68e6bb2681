package dev.wharf.engine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * JSON whose numbers survive programs that know doubles only, as JavaScript's do: a number that a double does not print
 * again becomes text, with the digits that it has.
 */
public final class ExactJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ExactJson() {}

    /** @param json one value, sound; null is null */
    public static JsonNode read(String json) {
        if (json == null) {
            return NullNode.instance;
        }
        try (var parser = JSON.createParser(json)) {
            return value(parser, parser.nextToken());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                var object = NODES.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    object.set(name, value(parser, parser.nextToken()));
                }
                yield object;
            }
            case START_ARRAY -> {
                var array = NODES.arrayNode();
                for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    array.add(value(parser, next));
                }
                yield array;
            }
            case VALUE_NUMBER_INT -> integer(parser.getText());
            case VALUE_NUMBER_FLOAT -> fraction(parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> BooleanNode.valueOf(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> NullNode.instance;
            default -> TextNode.valueOf(parser.getText());
        };
    }

    private static JsonNode integer(String text) {
        double nearest = Double.parseDouble(text);
        if (!Double.isFinite(nearest) || new BigDecimal(nearest).compareTo(new BigDecimal(text)) != 0) {
            return TextNode.valueOf(text);
        }
        return text.length() < 18 ? NODES.numberNode(Long.parseLong(text)) : NODES.numberNode(new BigInteger(text));
    }

    private static JsonNode fraction(String text) {
        double nearest = Double.parseDouble(text);
        try {
            boolean same =
                    Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(new BigDecimal(text)) == 0;
            return same ? DoubleNode.valueOf(nearest) : TextNode.valueOf(text);
        } catch (NumberFormatException beyond) {
            return TextNode.valueOf(text);
        }
    }
}
