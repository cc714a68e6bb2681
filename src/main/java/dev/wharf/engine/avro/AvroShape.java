package dev.wharf.engine.avro;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/**
 * How the values of a column become Avro.
 *
 * @param schema of a value that is there
 * @param sql what is asked of DuckDB for an expression, so that JDBC gives a plain number, text or list of them
 * @param writer of what JDBC gives
 */
record AvroShape(Schema schema, UnaryOperator<String> sql, Writer writer) {
    interface Writer {
        void write(Object value, Encoder target) throws IOException, SQLException;
    }

    static AvroShape bool() {
        return new AvroShape(
                Schema.create(Schema.Type.BOOLEAN),
                UnaryOperator.identity(),
                (value, target) -> target.writeBoolean((Boolean) value));
    }

    static AvroShape integer(Schema schema, UnaryOperator<String> sql) {
        return new AvroShape(
                schema,
                value -> "CAST(" + sql.apply(value) + " AS INTEGER)",
                (value, target) -> target.writeInt((Integer) value));
    }

    static AvroShape number(Schema schema, UnaryOperator<String> sql) {
        return new AvroShape(
                schema,
                value -> "CAST(" + sql.apply(value) + " AS BIGINT)",
                (value, target) -> target.writeLong((Long) value));
    }

    static AvroShape single() {
        return new AvroShape(
                Schema.create(Schema.Type.FLOAT),
                UnaryOperator.identity(),
                (value, target) -> target.writeFloat((Float) value));
    }

    static AvroShape fraction() {
        return new AvroShape(
                Schema.create(Schema.Type.DOUBLE),
                UnaryOperator.identity(),
                (value, target) -> target.writeDouble((Double) value));
    }

    /** @param type of a decimal in DuckDB, of the scale that the schema says */
    static AvroShape decimal(Schema schema, String type) {
        return new AvroShape(
                schema,
                value -> "CAST(" + value + " AS " + type + ")",
                (value, target) ->
                        target.writeBytes(((BigDecimal) value).unscaledValue().toByteArray()));
    }

    static AvroShape text(Schema schema, UnaryOperator<String> sql) {
        return new AvroShape(schema, sql, (value, target) -> target.writeString((String) value));
    }

    static AvroShape bytes() {
        return new AvroShape(Schema.create(Schema.Type.BYTES), UnaryOperator.identity(), (value, target) -> {
            var bytes = (Blob) value;
            target.writeBytes(bytes.getBytes(1, (int) bytes.length()));
        });
    }

    /** @param one what a lambda calls an element */
    static AvroShape list(AvroShape element, String one) {
        return new AvroShape(
                Schema.createArray(element.nullable()),
                value -> "list_transform(" + value + ", lambda " + one + ": "
                        + element.sql().apply(one) + ")",
                (value, target) -> {
                    var elements = elements(value);
                    target.writeArrayStart();
                    target.setItemCount(elements.length);
                    for (var item : elements) {
                        target.startItem();
                        element.writeNullable(item, target);
                    }
                    target.writeArrayEnd();
                });
    }

    /** Keys as text, in the order in which DuckDB has them. */
    static AvroShape map(UnaryOperator<String> key, AvroShape element, String one) {
        return new AvroShape(
                Schema.createMap(element.nullable()),
                value -> "CASE WHEN " + value + " IS NOT NULL THEN list_transform(map_entries(" + value + "), lambda "
                        + one + ": row(" + key.apply(one + ".key") + ", "
                        + element.sql().apply(one + ".value") + ")) END",
                (value, target) -> {
                    var entries = elements(value);
                    target.writeMapStart();
                    target.setItemCount(entries.length);
                    for (var entry : entries) {
                        var pair = ((Struct) entry).getAttributes();
                        target.startItem();
                        target.writeString((String) pair[0]);
                        element.writeNullable(pair[1], target);
                    }
                    target.writeMapEnd();
                });
    }

    static AvroShape record(Schema schema, List<AvroShape> fields) {
        return new AvroShape(
                schema,
                value -> {
                    var sql = new StringBuilder("CASE WHEN " + value + " IS NOT NULL THEN row(");
                    for (int at = 0; at < fields.size(); at++) {
                        var field = "struct_extract_at(" + value + ", " + (at + 1) + ")";
                        sql.append(at == 0 ? "" : ", ")
                                .append(fields.get(at).sql().apply(field));
                    }
                    return sql.append(") END").toString();
                },
                (value, target) -> {
                    var values = ((Struct) value).getAttributes();
                    for (int at = 0; at < values.length; at++) {
                        fields.get(at).writeNullable(values[at], target);
                    }
                });
    }

    private static Object[] elements(Object list) throws SQLException {
        return (Object[]) ((Array) list).getArray();
    }

    /** Null first, so that null can be the default of a field. */
    Schema nullable() {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
    }

    void writeNullable(Object value, Encoder target) throws IOException, SQLException {
        target.writeIndex(value == null ? 0 : 1);
        if (value == null) {
            target.writeNull();
        } else {
            writer.write(value, target);
        }
    }
}
