package dev.wharf.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.avro.Schema;
import org.apache.avro.file.Codec;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;

/** Avro files as Avro's own library writes them. */
public final class AvroFiles {
    private AvroFiles() {}

    public static Schema schema(String json) {
        return new Schema.Parser().parse(json);
    }

    /** A record of a schema, with the values of its fields in their order. */
    public static GenericData.Record record(Schema schema, Object... values) {
        var record = new GenericData.Record(schema);
        for (int i = 0; i < values.length; i++) {
            record.put(i, values[i]);
        }
        return record;
    }

    /** Records {@code {"id": …, "name": "name …"}} with ids from 0, ten of them in a block. */
    public static byte[] numbered(int count, CodecFactory codec) {
        var schema = schema(
                "{'type':'record','name':'r','fields':[{'name':'id','type':'long'},{'name':'name','type':'string'}]}"
                        .replace('\'', '"'));
        var out = new ByteArrayOutputStream();
        try (var writer = new DataFileWriter<>(new GenericDatumWriter<>(schema)).setCodec(codec)) {
            writer.create(schema, out);
            for (long id = 0; id < count; id++) {
                writer.append(record(schema, id, "name " + id));
                if (id % 10 == 9) {
                    writer.sync();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static byte[] of(Schema schema, List<?> values) {
        var out = new ByteArrayOutputStream();
        try (var writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, out);
            for (var value : values) {
                writer.append(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** As Spark compresses by default; Avro's own needs a native library. */
    public static CodecFactory snappy() {
        return new CodecFactory() {
            @Override
            protected Codec createInstance() {
                return new Snappy();
            }
        };
    }

    private static final class Snappy extends Codec {
        @Override
        public String getName() {
            return "snappy";
        }

        @Override
        public ByteBuffer compress(ByteBuffer plain) throws IOException {
            var checksum = new CRC32();
            checksum.update(plain.array(), plain.arrayOffset() + plain.position(), plain.remaining());
            var out = new ByteArrayOutputStream();
            try (var snappy = new SnappyCompressorOutputStream(out, plain.remaining())) {
                snappy.write(plain.array(), plain.arrayOffset() + plain.position(), plain.remaining());
            }
            out.write(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
            return ByteBuffer.wrap(out.toByteArray());
        }

        @Override
        public ByteBuffer decompress(ByteBuffer packed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Snappy;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
