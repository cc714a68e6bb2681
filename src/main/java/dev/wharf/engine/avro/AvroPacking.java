package dev.wharf.engine.avro;

import dev.wharf.engine.file.SourceFormat.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.avro.file.Codec;
import org.apache.avro.file.CodecFactory;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;

/** What compresses the blocks of an Avro file that is written; {@link AvroCodec} unpacks them. */
final class AvroPacking {
    private AvroPacking() {}

    static CodecFactory codec(Compression compression) {
        return switch (compression) {
            case NONE, DEFLATE -> CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL);
            case BZIP2 -> CodecFactory.bzip2Codec();
            case ZSTD -> CodecFactory.zstandardCodec(CodecFactory.DEFAULT_ZSTANDARD_LEVEL);
            case SNAPPY -> new SnappyFactory();
            case GZIP -> throw new IllegalArgumentException("Not within Avro: " + compression);
        };
    }

    /** Avro's own needs a native library of its own for Snappy. */
    private static final class SnappyFactory extends CodecFactory {
        @Override
        protected Codec createInstance() {
            return new Snappy();
        }
    }

    private static final class Snappy extends Codec {
        @Override
        public String getName() {
            return "snappy";
        }

        /** Followed by a checksum of what was packed. */
        @Override
        public ByteBuffer compress(ByteBuffer block) throws IOException {
            int offset = block.arrayOffset() + block.position();
            var out = new ByteArrayOutputStream();
            try (var snappy = new SnappyCompressorOutputStream(out, block.remaining())) {
                snappy.write(block.array(), offset, block.remaining());
            }
            var checksum = new CRC32();
            checksum.update(block.array(), offset, block.remaining());
            out.write(ByteBuffer.allocate(Integer.BYTES)
                    .putInt((int) checksum.getValue())
                    .array());
            return ByteBuffer.wrap(out.toByteArray());
        }

        @Override
        public ByteBuffer decompress(ByteBuffer packed) {
            throw new UnsupportedOperationException("Blocks are unpacked by AvroCodec");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Snappy;
        }

        @Override
        public int hashCode() {
            return getName().hashCode();
        }
    }
}
