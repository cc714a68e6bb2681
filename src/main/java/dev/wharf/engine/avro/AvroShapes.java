package dev.wharf.engine.avro;

import dev.wharf.engine.duckdb.ColumnType;
import dev.wharf.engine.duckdb.ValueSql;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Avro's types for DuckDB's: those of which {@link AvroTypes} makes DuckDB's types again, so that a result read here is what
 * it was. What Avro has no type for is text, as it is in CSV.
 */
final class AvroShapes {
    /** The message of DuckDB where a day or time is infinite, which Avro cannot say. */
    static final String INFINITE = "wharf: no finite time in column ";

    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+), ?(\\d+)\\)");

    private final int column;

    private AvroShapes(int column) {
        this.column = column;
    }

    /** @param namespace of the records that are within it */
    static AvroShape of(int column, ValueSql value, String name, String namespace) {
        return new AvroShapes(column).shape(value, name, namespace, 1);
    }

    /** A record of fields whose names Avro allows; what one was called before is its {@code doc}. */
    static Schema record(String name, String namespace, List<String> titles, List<AvroShape> shapes) {
        var names = AvroNames.of(titles);
        var fields = new ArrayList<Schema.Field>();
        for (int at = 0; at < names.size(); at++) {
            var title = titles.get(at);
            fields.add(new Schema.Field(
                    names.get(at),
                    shapes.get(at).nullable(),
                    names.get(at).equals(title) ? null : title,
                    Schema.Field.NULL_DEFAULT_VALUE));
        }
        return Schema.createRecord(name, null, namespace, false, fields);
    }

    private AvroShape shape(ValueSql value, String name, String namespace, int depth) {
        var type = value.type();
        var one = "e" + depth;
        return switch (type.name()) {
            case ColumnType.LIST -> AvroShape.list(shape(value.part(0), name, namespace, depth + 1), one);
            case ColumnType.MAP ->
                AvroShape.map(value.part(0)::text, shape(value.part(1), name, namespace, depth + 1), one);
            case ColumnType.STRUCT -> record(value, name, namespace, depth);
            case "BOOLEAN" -> AvroShape.bool();
            case "TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT" ->
                AvroShape.integer(Schema.create(Schema.Type.INT), UnaryOperator.identity());
            case "BIGINT", "UINTEGER" -> AvroShape.number(Schema.create(Schema.Type.LONG), UnaryOperator.identity());
            case "UBIGINT" -> decimal(20, 0);
            case "FLOAT" -> AvroShape.single();
            case "DOUBLE" -> AvroShape.fraction();
            case "BLOB" -> AvroShape.bytes();
            case "UUID" ->
                AvroShape.text(LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING)), value::text);
            case "DATE" ->
                AvroShape.integer(
                        LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)),
                        day -> finite(day, "date_diff('day', DATE '1970-01-01', " + day + ")"));
            case "TIME" -> time(LogicalTypes.timeMicros(), moment -> "epoch_us(" + moment + ")");
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS" ->
                time(LogicalTypes.localTimestampMicros(), moment -> micros("CAST(" + moment + " AS TIMESTAMP)"));
            case "TIMESTAMP WITH TIME ZONE" -> time(LogicalTypes.timestampMicros(), this::micros);
            case "TIMESTAMP_NS" ->
                time(LogicalTypes.localTimestampNanos(), moment -> finite(moment, "epoch_ns(" + moment + ")"));
            default -> other(value);
        };
    }

    private static AvroShape other(ValueSql value) {
        var decimal = DECIMAL.matcher(value.type().name());
        return decimal.matches()
                ? decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)))
                : AvroShape.text(Schema.create(Schema.Type.STRING), value::text);
    }

    private AvroShape record(ValueSql value, String name, String namespace, int depth) {
        var titles = value.type().parts().stream().map(ColumnType.Part::name).toList();
        var names = AvroNames.of(titles);
        var within = namespace + "." + name;
        var shapes = new ArrayList<AvroShape>();
        for (int at = 0; at < names.size(); at++) {
            shapes.add(shape(value.part(at), names.get(at), within, depth));
        }
        return AvroShape.record(record(name, namespace, titles, shapes), shapes);
    }

    private static AvroShape decimal(int digits, int scale) {
        return AvroShape.decimal(
                LogicalTypes.decimal(digits, scale).addToSchema(Schema.create(Schema.Type.BYTES)),
                "DECIMAL(" + digits + ", " + scale + ")");
    }

    private static AvroShape time(LogicalType type, UnaryOperator<String> sql) {
        return AvroShape.number(type.addToSchema(Schema.create(Schema.Type.LONG)), sql);
    }

    private String micros(String moment) {
        return finite(moment, "epoch_us(" + moment + ")");
    }

    /** DuckDB makes null of them. */
    private String finite(String moment, String number) {
        return "CASE WHEN isfinite(" + moment + ") THEN " + number + " WHEN " + moment + " IS NOT NULL THEN error('"
                + INFINITE + column + "') END";
    }
}
