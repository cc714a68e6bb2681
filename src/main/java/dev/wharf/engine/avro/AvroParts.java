package dev.wharf.engine.avro;

import dev.wharf.engine.file.SourceFormat.Compression;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;

/** Avro files that are written one after the other: the next one is begun when one has reached its size. */
final class AvroParts<T> implements AutoCloseable {
    private final Supplier<DataFileWriter<T>> writers;
    private final Schema schema;
    private final Compression compression;
    private final IntFunction<Path> parts;
    private final long partBytes;
    private int number;
    private Counted written;
    private DataFileWriter<T> file;

    /** @param partBytes 0 for one file */
    AvroParts(
            Supplier<DataFileWriter<T>> writers,
            Schema schema,
            Compression compression,
            IntFunction<Path> parts,
            long partBytes)
            throws IOException {
        this.writers = writers;
        this.schema = schema;
        this.compression = compression;
        this.parts = parts;
        this.partBytes = partBytes;
        open();
    }

    private void open() throws IOException {
        written = new Counted(Files.newOutputStream(parts.apply(number++)));
        file = writers.get().setCodec(AvroPacking.codec(compression));
        file.create(schema, written);
    }

    /** What is not in a full block yet does not count. */
    void append(T values) throws IOException {
        if (partBytes > 0 && written.bytes >= partBytes) {
            file.close();
            open();
        }
        file.append(values);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static final class Counted extends FilterOutputStream {
        private long bytes;

        Counted(OutputStream target) {
            super(new BufferedOutputStream(target));
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            bytes++;
        }

        @Override
        public void write(byte[] more, int offset, int length) throws IOException {
            out.write(more, offset, length);
            bytes += length;
        }
    }
}
