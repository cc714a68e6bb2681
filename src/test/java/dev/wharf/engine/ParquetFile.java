package dev.wharf.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Parquet file with many pages in a chunk, as Spark writes them; DuckDB writes but one. Its columns {@code a}, {@code
 * b} … hold the number of the row, plus a thousand million for each column before; nothing is compressed, so that bytes
 * that are missing would be taken for numbers.
 */
public final class ParquetFile {
    private static final int INT64 = 2;

    private record Text(String value) {}

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ParquetFile() {}

    public static byte[] numbers(int columns, int rows, int rowsInGroup, int rowsInPage) {
        return new ParquetFile().write(columns, rows, rowsInGroup, rowsInPage);
    }

    /** What is in a column and a row. */
    public static long value(int column, int row) {
        return column * 1_000_000_000L + row;
    }

    private byte[] write(int columns, int rows, int rowsInGroup, int rowsInPage) {
        out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        var schema = new ArrayList<>(List.<Object>of(struct(4, new Text("root"), 5, columns)));
        for (int column = 0; column < columns; column++) {
            schema.add(struct(1, INT64, 3, 0, 4, name(column)));
        }
        var groups = new ArrayList<Object>();
        for (int first = 0; first < rows; first += rowsInGroup) {
            groups.add(group(columns, first, Math.min(rows, first + rowsInGroup), rowsInPage));
        }
        int footer = out.size();
        write(struct(1, 1, 2, schema, 3, (long) rows, 4, groups));
        out.writeBytes(little(Integer.BYTES).putInt(out.size() - footer).array());
        out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private Object group(int columns, int first, int end, int rowsInPage) {
        var chunks = new ArrayList<Object>();
        long start = out.size();
        for (int column = 0; column < columns; column++) {
            long offset = out.size();
            for (int row = first; row < end; row += rowsInPage) {
                page(column, row, Math.min(end, row + rowsInPage));
            }
            long size = out.size() - offset;
            var metadata = struct(1, INT64, 2, List.of(0), 3, List.of(name(column)), 4, 0);
            metadata.putAll(struct(5, (long) end - first, 6, size, 7, size, 9, offset));
            chunks.add(struct(2, offset, 3, metadata));
        }
        return struct(1, chunks, 2, out.size() - start, 3, (long) end - first);
    }

    private static Text name(int column) {
        return new Text(String.valueOf((char) ('a' + column)));
    }

    private void page(int column, int first, int end) {
        var values = little((end - first) * Long.BYTES);
        for (int row = first; row < end; row++) {
            values.putLong(value(column, row));
        }
        int size = values.capacity();
        write(struct(1, 0, 2, size, 3, size, 5, struct(1, end - first, 2, 0, 3, 3, 4, 3)));
        out.writeBytes(values.array());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Map<Integer, Object> struct(Object... idsAndValues) {
        var fields = new TreeMap<Integer, Object>();
        for (int i = 0; i < idsAndValues.length; i += 2) {
            fields.put((Integer) idsAndValues[i], idsAndValues[i + 1]);
        }
        return fields;
    }

    /** Thrift's compact protocol. */
    private void write(Object value) {
        if (value instanceof Integer number) {
            varint((long) number << 1);
        } else if (value instanceof Long number) {
            varint(number << 1);
        } else if (value instanceof Text text) {
            varint(text.value().length());
            out.writeBytes(text.value().getBytes(StandardCharsets.US_ASCII));
        } else if (value instanceof List<?> elements) {
            out.write(0xf0 | type(elements.get(0)));
            varint(elements.size());
            elements.forEach(this::write);
        } else {
            int last = 0;
            for (var field : ((Map<?, ?>) value).entrySet()) {
                int id = (Integer) field.getKey();
                out.write((id - last) << 4 | type(field.getValue()));
                write(field.getValue());
                last = id;
            }
            out.write(0);
        }
    }

    private static int type(Object value) {
        if (value instanceof Integer) {
            return 5;
        }
        if (value instanceof Long) {
            return 6;
        }
        return value instanceof Text ? 8 : value instanceof List ? 9 : 12;
    }

    private void varint(long number) {
        for (; number > 0x7f; number >>>= 7) {
            out.write((int) (number & 0x7f | 0x80));
        }
        out.write((int) number);
    }
}
