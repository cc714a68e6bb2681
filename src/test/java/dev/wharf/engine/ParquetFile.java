package dev.wharf.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Parquet file with many pages in a chunk, as Spark writes them; DuckDB writes but one. Its columns {@code a}, {@code
 * b} … hold the number of the row, plus a thousand million for each column before; nothing is compressed, so that bytes
 * that are missing would be taken for numbers.
 */
final class ParquetFile {
    private static final int INT64 = 2;

    private record Text(String value) {}

    private record Long64(long value) {}

    private record Elements(Object... values) {}

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ParquetFile() {}

    static byte[] numbers(int columns, int rows, int rowsInPage) {
        return new ParquetFile().write(columns, rows, rowsInPage);
    }

    /** What is in a column and a row. */
    static long value(int column, int row) {
        return column * 1_000_000_000L + row;
    }

    private byte[] write(int columns, int rows, int rowsInPage) {
        out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        var schema = new Object[columns + 1];
        schema[0] = struct(4, new Text("root"), 5, columns);
        var chunks = new Object[columns];
        for (int column = 0; column < columns; column++) {
            var name = String.valueOf((char) ('a' + column));
            schema[column + 1] = struct(1, INT64, 3, 0, 4, new Text(name));
            long offset = out.size();
            for (int first = 0; first < rows; first += rowsInPage) {
                page(column, first, Math.min(rows, first + rowsInPage));
            }
            long size = out.size() - offset;
            var metadata = struct(1, INT64, 2, new Elements(0), 3, new Elements(new Text(name)), 4, 0);
            metadata.putAll(struct(5, new Long64(rows), 6, new Long64(size), 7, new Long64(size)));
            metadata.put(9, new Long64(offset));
            chunks[column] = struct(2, new Long64(offset), 3, metadata);
        }
        int footer = out.size();
        var group = struct(1, new Elements(chunks), 2, new Long64(footer), 3, new Long64(rows));
        write(struct(1, 1, 2, new Elements(schema), 3, new Long64(rows), 4, new Elements(group)));
        out.writeBytes(little(Integer.BYTES).putInt(out.size() - footer).array());
        out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
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
        } else if (value instanceof Long64 number) {
            varint(number.value() << 1);
        } else if (value instanceof Text text) {
            varint(text.value().length());
            out.writeBytes(text.value().getBytes(StandardCharsets.US_ASCII));
        } else if (value instanceof Elements elements) {
            out.write(0xf0 | type(elements.values()[0]));
            varint(elements.values().length);
            for (var element : elements.values()) {
                write(element);
            }
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
        return value instanceof Integer
                ? 5
                : value instanceof Long64 ? 6 : value instanceof Text ? 8 : value instanceof Elements ? 9 : 12;
    }

    private void varint(long number) {
        for (; number > 0x7f; number >>>= 7) {
            out.write((int) (number & 0x7f | 0x80));
        }
        out.write((int) number);
    }
}
