package dev.wharf.engine.avro;

import dev.wharf.engine.duckdb.SqlText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * DuckDB's types for Avro's. What DuckDB has no type for becomes JSON: unions of several types, records that hold
 * themselves, records without fields or with two whose names differ in case only, and what is too much to be written out.
 */
final class AvroTypes {
    static final String JSON = "JSON";
    private static final int MOST_DIGITS = 38;
    /** A few lines of schema can stand for any number of fields, as records may be used again and again. */
    private static final int MOST_PARTS = 10_000;
    /** DuckDB reads a type with a call of its own for every level. */
    private static final int MOST_LEVELS = 50;

    private final String binary;
    private final Deque<Schema> within = new ArrayDeque<>();
    private int parts;
    private int levels;

    private AvroTypes(String binary) {
        this.binary = binary;
    }

    static String type(Schema schema) {
        return new AvroTypes("BLOB").of(schema);
    }

    /** The same as JSON can hold it: bytes are text, which can be cast to the very type afterwards. */
    static String jsonType(Schema schema) {
        return new AvroTypes("VARCHAR").of(schema);
    }

    private String of(Schema schema) {
        if (++parts > MOST_PARTS || levels == MOST_LEVELS) {
            return JSON;
        }
        levels++;
        try {
            return typeOf(schema);
        } finally {
            levels--;
        }
    }

    private String typeOf(Schema schema) {
        return switch (schema.getType()) {
            case BOOLEAN -> "BOOLEAN";
            case INT -> AvroTime.of(schema).map(AvroTime::type).orElse("INTEGER");
            case LONG -> AvroTime.of(schema).map(AvroTime::type).orElse("BIGINT");
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case STRING -> schema.getLogicalType() instanceof LogicalTypes.Uuid ? "UUID" : "VARCHAR";
            case ENUM, NULL -> "VARCHAR";
            case BYTES, FIXED ->
                schema.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal(decimal) : binary;
            case ARRAY -> of(schema.getElementType()) + "[]";
            case MAP -> "MAP(VARCHAR, " + of(schema.getValueType()) + ")";
            case UNION -> union(schema.getTypes());
            case RECORD -> record(schema);
        };
    }

    private static String decimal(LogicalTypes.Decimal decimal) {
        return decimal.getPrecision() <= MOST_DIGITS
                ? "DECIMAL(" + decimal.getPrecision() + ", " + decimal.getScale() + ")"
                : "VARCHAR";
    }

    private String union(List<Schema> types) {
        var others = types.stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return others.size() == 1 ? of(others.get(0)) : others.isEmpty() ? "VARCHAR" : JSON;
    }

    /** What DuckDB can call a field. */
    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.indexOf(0) < 0;
    }

    private String record(Schema schema) {
        var names = new HashSet<String>();
        boolean distinct = schema.getFields().stream()
                .allMatch(
                        field -> isPlain(field.name()) && names.add(field.name().toLowerCase(Locale.ROOT)));
        if (names.isEmpty() || !distinct || within.stream().anyMatch(outer -> outer == schema)) {
            return JSON;
        }
        within.push(schema);
        var type = schema.getFields().stream()
                .map(field -> SqlText.name(field.name()) + " " + of(field.schema()))
                .collect(Collectors.joining(", ", "STRUCT(", ")"));
        within.pop();
        return type;
    }
}
