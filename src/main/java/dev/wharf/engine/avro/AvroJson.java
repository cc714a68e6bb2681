package dev.wharf.engine.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wharf.engine.duckdb.ValueSql;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;

/**
 * Writes Avro's values as JSON that DuckDB reads back as the types of {@link AvroTypes}: decimals and times as text,
 * bytes as text of the form {@code \x00\xFF}. No value is ever held whole.
 */
final class AvroJson {
    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_DECIMAL_BYTES = 1 << 10;
    private static final int DEEPEST = 500;
    private static final HexFormat ESCAPED = HexFormat.of().withUpperCase().withPrefix("\\x");

    private final JsonGenerator json;
    private int depth;

    AvroJson(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Copies one value.
     *
     * @throws IOException where the value ends early, or the target fails
     * @throws AvroRuntimeException where the value is not one of this schema
     * @throws java.time.DateTimeException where there is no such day or time
     */
    void write(Schema schema, Decoder value) throws IOException {
        if (++depth > DEEPEST) {
            throw new AvroRuntimeException("is nested too deep");
        }
        switch (schema.getType()) {
            case NULL -> json.writeNull();
            case BOOLEAN -> json.writeBoolean(value.readBoolean());
            case INT -> number(schema, value.readInt());
            case LONG -> number(schema, value.readLong());
            case FLOAT -> json.writeNumber(value.readFloat());
            case DOUBLE -> json.writeNumber(value.readDouble());
            case STRING -> json.writeString(text(value));
            case ENUM ->
                json.writeString(schema.getEnumSymbols().get(index(value.readEnum(), schema.getEnumSymbols())));
            case BYTES -> bytes(schema, AvroFile.bytes(value, MOST_BYTES));
            case FIXED -> bytes(schema, fixed(schema, value));
            case UNION -> write(schema.getTypes().get(index(value.readIndex(), schema.getTypes())), value);
            case ARRAY -> array(schema, value);
            case MAP -> map(schema, value);
            case RECORD -> {
                json.writeStartObject();
                for (var field : schema.getFields()) {
                    json.writeFieldName(field.name());
                    write(field.schema(), value);
                }
                json.writeEndObject();
            }
        }
        depth--;
    }

    private static byte[] fixed(Schema schema, Decoder value) throws IOException {
        if (schema.getFixedSize() > MOST_BYTES) {
            throw new AvroRuntimeException("has a value of " + schema.getFixedSize() + " bytes");
        }
        byte[] bytes = new byte[schema.getFixedSize()];
        value.readFixed(bytes);
        return bytes;
    }

    private void number(Schema schema, long number) throws IOException {
        var time = AvroTime.of(schema);
        if (time.isPresent()) {
            json.writeString(time.get().text(number));
        } else {
            json.writeNumber(number);
        }
    }

    private void bytes(Schema schema, byte[] bytes) throws IOException {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            if (bytes.length == 0 || bytes.length > MOST_DECIMAL_BYTES) {
                throw new AvroRuntimeException("has a decimal of " + bytes.length + " bytes");
            }
            json.writeString(new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString());
        } else {
            json.writeString(ESCAPED.formatHex(bytes));
        }
    }

    private void array(Schema schema, Decoder value) throws IOException {
        json.writeStartArray();
        for (long count = value.readArrayStart(); count > 0; count = value.arrayNext()) {
            for (long i = 0; i < count; i++) {
                write(schema.getElementType(), value);
            }
        }
        json.writeEndArray();
    }

    private void map(Schema schema, Decoder value) throws IOException {
        json.writeStartObject();
        var keys = new HashSet<String>();
        for (long count = value.readMapStart(); count > 0; count = value.mapNext()) {
            for (long i = 0; i < count; i++) {
                var key = text(value);
                if (!keys.add(key)) {
                    throw new AvroRuntimeException("has the key " + ValueSql.quotedName(key) + " twice");
                }
                json.writeFieldName(key);
                write(schema.getValueType(), value);
            }
        }
        json.writeEndObject();
    }

    private static String text(Decoder value) throws IOException {
        byte[] bytes = AvroFile.bytes(value, MOST_BYTES);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw new AvroRuntimeException("has text that is not UTF-8", broken);
        }
    }

    private static int index(int index, List<?> of) {
        if (index < 0 || index >= of.size()) {
            throw new AvroRuntimeException("has choice " + index + " of " + of.size());
        }
        return index;
    }
}
