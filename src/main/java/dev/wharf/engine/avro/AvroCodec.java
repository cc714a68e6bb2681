package dev.wharf.engine.avro;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;

/** Compression of the blocks within an Avro file (Avro specification, <i>Required and optional codecs</i>). */
enum AvroCodec {
    NULL("null") {
        @Override
        InputStream open(byte[] block) {
            return new ByteArrayInputStream(block);
        }
    },
    DEFLATE("deflate") {
        @Override
        InputStream open(byte[] block) {
            var inflater = new Inflater(true);
            return new InflaterInputStream(new ByteArrayInputStream(block), inflater) {
                @Override
                public void close() throws IOException {
                    inflater.end();
                    super.close();
                }
            };
        }
    },
    /** Followed by a checksum of what it unpacks to. */
    SNAPPY("snappy") {
        @Override
        InputStream open(byte[] block) throws IOException {
            return new SnappyCompressorInputStream(new ByteArrayInputStream(block, 0, block.length - CHECKSUM));
        }

        @Override
        boolean sound(byte[] block, byte[] content) {
            var checksum = new CRC32();
            checksum.update(content);
            return ByteBuffer.wrap(block).getInt(block.length - CHECKSUM) == (int) checksum.getValue();
        }
    },
    BZIP2("bzip2") {
        @Override
        InputStream open(byte[] block) throws IOException {
            return new BZip2CompressorInputStream(new ByteArrayInputStream(block));
        }
    },
    ZSTANDARD("zstandard") {
        @Override
        InputStream open(byte[] block) throws IOException {
            return new ZstdInputStream(new ByteArrayInputStream(block));
        }
    };

    private static final int CHECKSUM = 4;

    private final String title;

    AvroCodec(String title) {
        this.title = title;
    }

    static Optional<AvroCodec> of(String title) {
        return Arrays.stream(values())
                .filter(codec -> codec.title.equals(title))
                .findFirst();
    }

    /**
     * @param most bytes that the block may unpack to
     * @throws IOException where it is not sound, or unpacks to more
     */
    byte[] unpack(byte[] block, int most) throws IOException {
        try (var in = open(block)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most || !sound(block, content)) {
                throw new IOException("The block is not sound");
            }
            return content;
        } catch (RuntimeException broken) {
            throw new IOException(broken);
        }
    }

    abstract InputStream open(byte[] block) throws IOException;

    boolean sound(byte[] block, byte[] content) {
        return true;
    }
}
