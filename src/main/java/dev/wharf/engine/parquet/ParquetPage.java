package dev.wharf.engine.parquet;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The header of a page in a Parquet file (parquet-format, {@code PageHeader}), in Thrift's compact protocol.
 *
 * @param headerBytes of the header itself
 * @param contentBytes of what follows it
 * @param values in a page of data, missing ones included; 0 in a dictionary
 * @param rows that begin in it; null where the header does not say, as in a page of the first version
 */
record ParquetPage(int headerBytes, long contentBytes, long values, Long rows) {
    private static final int COMPRESSED_SIZE = 3;
    private static final int DATA = 5;
    private static final int DATA_V2 = 8;
    private static final int VALUES = 1;
    private static final int ROWS_V2 = 3;
    private static final int DEEPEST = 8;

    /**
     * Reads the header at the buffer's position.
     *
     * @return null where there is none, or not all of it
     */
    static ParquetPage read(ByteBuffer in) {
        int start = in.position();
        try {
            var header = struct(in, 0);
            long contentBytes = number(header, COMPRESSED_SIZE);
            int headerBytes = in.position() - start;
            if (contentBytes < 0) {
                return null;
            }
            if (header.get(DATA_V2) instanceof Map<?, ?> page) {
                return new ParquetPage(headerBytes, contentBytes, number(page, VALUES), number(page, ROWS_V2));
            }
            return header.get(DATA) instanceof Map<?, ?> page
                    ? new ParquetPage(headerBytes, contentBytes, number(page, VALUES), null)
                    : new ParquetPage(headerBytes, contentBytes, 0, 0L);
        } catch (BufferUnderflowException | IllegalArgumentException noHeader) {
            return null;
        }
    }

    private static long number(Map<?, ?> struct, int id) {
        return struct.get(id) instanceof Long number ? number : -1;
    }

    /** Fields by their ids: numbers as Long, structs as Map, others as null. */
    private static Map<Integer, Object> struct(ByteBuffer in, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException();
        }
        var fields = new HashMap<Integer, Object>();
        int id = 0;
        for (int head = in.get(); head != 0; head = in.get()) {
            int step = (head & 0xf0) >> 4;
            id = step == 0 ? (int) zigzag(in) : id + step;
            fields.put(id, value(in, head & 0x0f, depth));
        }
        return fields;
    }

    private static Object value(ByteBuffer in, int type, int depth) {
        return switch (type) {
            case 1, 2 -> null; // true and false have no bytes of their own
            case 3 -> (long) in.get();
            case 4, 5, 6 -> zigzag(in);
            case 7 -> skip(in, Double.BYTES);
            case 8 -> skip(in, varint(in));
            case 12 -> struct(in, depth + 1);
            default -> throw new IllegalArgumentException(); // page headers hold no lists, sets and maps
        };
    }

    private static Object skip(ByteBuffer in, long bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + (int) bytes);
        return null;
    }

    private static long zigzag(ByteBuffer in) {
        long number = varint(in);
        return number >>> 1 ^ -(number & 1);
    }

    private static long varint(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte one = in.get();
            number |= (one & 0x7fL) << shift;
            if (one >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException();
    }
}
