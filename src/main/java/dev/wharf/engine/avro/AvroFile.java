package dev.wharf.engine.avro;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;

/**
 * An Avro file, block by block (Avro specification, <i>Object container files</i>). Avro's own reader takes a file that
 * was cut off for a short one, and gives a block as much memory as it claims to need.
 */
final class AvroFile {
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int SYNC = 16;
    /** Of one block, packed or not. Avro writes blocks of 64 KB unless it is told otherwise, Spark as well. */
    private static final int MOST_BYTES = 64 << 20;

    /** @param content of so many records, one after the other */
    record Block(long records, byte[] content) {}

    private final PushbackInputStream in;
    private final BinaryDecoder decoder;
    private final String displayName;
    private final Schema schema;
    private final AvroCodec codec;
    private final byte[] sync = new byte[SYNC];

    /**
     * Reads the header.
     *
     * @throws EOFException where the file ends within it
     * @throws ProblemException where it is no Avro file, or compressed in a way that is not read
     */
    AvroFile(InputStream stream, String displayName) throws IOException {
        this.in = new PushbackInputStream(stream);
        this.decoder = DecoderFactory.get().directBinaryDecoder(in, null);
        this.displayName = displayName;
        try {
            byte[] magic = new byte[MAGIC.length];
            decoder.readFixed(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw unsound(null);
            }
            var metadata = metadata();
            decoder.readFixed(sync);
            schema = new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(metadata.getOrDefault("avro.schema", ""));
            String name = metadata.getOrDefault("avro.codec", "null");
            codec = AvroCodec.of(name)
                    .orElseThrow(
                            () -> problem(
                                    "is compressed inside with " + name
                                            + ", which is not read. Write it with deflate, snappy, bzip2, zstandard or no compression."));
        } catch (ProblemException | EOFException known) {
            throw known;
        } catch (IOException | RuntimeException broken) {
            throw unsound(broken);
        }
    }

    Schema schema() {
        return schema;
    }

    /**
     * @return null at the end of the file
     * @throws EOFException where the file ends within the block
     * @throws ProblemException where it is not sound
     */
    Block next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        in.unread(first);
        try {
            long records = decoder.readLong();
            byte[] packed = bytes(decoder, MOST_BYTES);
            byte[] end = new byte[SYNC];
            decoder.readFixed(end);
            if (records < 0 || !Arrays.equals(end, sync)) {
                throw unsound(null);
            }
            return new Block(records, codec.unpack(packed, MOST_BYTES));
        } catch (ProblemException | EOFException known) {
            throw known;
        } catch (IOException | RuntimeException broken) {
            throw unsound(broken);
        }
    }

    /** Instead of {@link Decoder#readBytes}, which reserves whatever length the file claims. */
    static byte[] bytes(Decoder decoder, long most) throws IOException {
        long length = decoder.readLong();
        if (length < 0 || length > most) {
            throw new AvroRuntimeException("has a value of " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        decoder.readFixed(bytes);
        return bytes;
    }

    ProblemException unsound(Exception cause) {
        return new ProblemException(Problem.VALIDATION_FAILED, displayName + " is not a sound Avro file.", cause);
    }

    /** @param record from 1 */
    ProblemException unsound(long record, String reason, Exception cause) {
        return new ProblemException(
                Problem.VALIDATION_FAILED,
                displayName + " is not a sound Avro file: record " + record + " " + reason + ".",
                cause);
    }

    private ProblemException problem(String reason) {
        return new ProblemException(Problem.VALIDATION_FAILED, displayName + " " + reason);
    }

    private Map<String, String> metadata() throws IOException {
        var metadata = new HashMap<String, String>();
        for (long count = decoder.readMapStart(); count > 0; count = decoder.mapNext()) {
            for (long i = 0; i < count; i++) {
                String key = new String(bytes(decoder, MOST_BYTES), StandardCharsets.UTF_8);
                metadata.put(key, new String(bytes(decoder, MOST_BYTES), StandardCharsets.UTF_8));
            }
        }
        return metadata;
    }
}
