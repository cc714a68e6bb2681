package dev.wharf.engine.file;

import com.github.luben.zstd.ZstdInputStream;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;

/**
 * The content of a file without the compression around it; several compressed pieces one behind the other are one
 * content. Reading fails with an {@link EOFException} where the compressed data is cut off, after everything before the
 * cut, and with a {@link ZipException} where it is not sound.
 */
public final class Unpacked extends InputStream {
    private static final int BUFFER = 1 << 16;

    /** Sees whether a failed decompressor had all there is: then the data is cut off rather than broken. */
    private static final class Packed extends FilterInputStream {
        private boolean ended;

        Packed(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            ended |= one < 0;
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            ended |= count < 0;
            return count;
        }
    }

    private final Packed packed;
    private final boolean cut;
    private InputStream content = nullInputStream();
    private Throwable failed;

    private Unpacked(Packed packed, boolean cut) {
        this.packed = packed;
        this.cut = cut;
    }

    /** The whole content; see {@link #open(Path, Compression, boolean)}. */
    public static InputStream open(Path file, Compression compression) throws IOException {
        return open(file, compression, false);
    }

    /**
     * Opens a file; nothing at all is the content of a file of 0 bytes, whatever its name says.
     *
     * @param cut whether the file is the beginning of a longer one: the content ends where it is cut off
     */
    public static InputStream open(Path file, Compression compression, boolean cut) throws IOException {
        if (Files.size(file) == 0) {
            return InputStream.nullInputStream();
        }
        // Some decompressors ask for single bytes.
        var bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        if (compression == Compression.NONE) {
            return bytes;
        }
        var unpacked = new Unpacked(new Packed(bytes), cut);
        try {
            unpacked.begin(compression);
            return unpacked;
        } catch (IOException failure) {
            bytes.close();
            throw failure;
        }
    }

    private void begin(Compression compression) throws IOException {
        try {
            content = decompressor(packed, compression);
        } catch (IOException | RuntimeException | StackOverflowError failure) {
            end(failure);
        }
    }

    private static InputStream decompressor(InputStream packed, Compression compression) throws IOException {
        return switch (compression) {
            // Java's own calls itself for each piece without content.
            case GZIP ->
                GzipCompressorInputStream.builder()
                        .setInputStream(packed)
                        .setDecompressConcatenated(true)
                        .get();
            case BZIP2 -> new BZip2CompressorInputStream(packed, true);
            case SNAPPY -> new FramedSnappyCompressorInputStream(packed);
            case ZSTD -> new ZstdInputStream(packed);
            case NONE, DEFLATE -> throw new IllegalArgumentException("Not unpacked: " + compression);
        };
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (failed != null) {
            return end(failed);
        }
        long before = unpacked();
        try {
            return content.read(target, offset, length);
        } catch (IOException
                | RuntimeException
                | StackOverflowError failure) { // Snappy's calls itself for empty pieces
            failed = failure;
            int count = (int) (unpacked() - before);
            return count > 0 ? count : end(failure);
        }
    }

    /** How many bytes there have been, also in a read that failed: that of gzip throws what it had unpacked away. */
    private long unpacked() {
        return content instanceof GzipCompressorInputStream gzip ? gzip.getBytesRead() : 0;
    }

    @Override
    public void close() throws IOException {
        try (packed) {
            content.close();
        }
    }

    /** What a failure means to who has the file. */
    public static ProblemException problem(IOException failure, String displayName, Compression compression)
            throws IOException {
        String name = compression.title();
        if (failure instanceof EOFException) {
            return new ProblemException(
                    Problem.VALIDATION_FAILED,
                    displayName + " ends in the middle of its " + name + " data: it is not complete.");
        }
        if (failure instanceof ZipException) {
            return new ProblemException(
                    Problem.VALIDATION_FAILED,
                    displayName + " ends in " + compression.extension() + " but is not sound " + name + " data"
                            + (compression == Compression.SNAPPY ? " of the framed format." : "."));
        }
        throw failure;
    }

    private int end(Throwable failure) throws IOException {
        // What fills up the last block behind gzip data, as on a tape, is nobody's content.
        boolean whole = String.valueOf(failure.getMessage()).startsWith("Garbage after a valid .gz stream");
        if (whole || cut && packed.ended) {
            content = nullInputStream();
            return -1;
        }
        var meaning = packed.ended
                ? new EOFException("The compressed data ends early")
                : new ZipException("The compressed data is not sound");
        meaning.initCause(failure);
        throw meaning;
    }
}
