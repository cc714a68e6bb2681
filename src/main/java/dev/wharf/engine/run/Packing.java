package dev.wharf.engine.run;

import com.github.luben.zstd.ZstdOutputStream;
import dev.wharf.engine.file.SourceFormat.Compression;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;

/** Puts a compression around a file that is written; {@link dev.wharf.engine.file.Unpacked} takes it off. */
final class Packing {
    private static final int BUFFER = 1 << 16;

    private Packing() {}

    /**
     * Copies a file.
     *
     * @throws CancellationException if the thread is interrupted meanwhile
     */
    static void pack(Path plain, Compression compression, Path target) throws IOException {
        try (var in = Files.newInputStream(plain);
                var out = open(target, compression)) {
            var buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException();
                }
                out.write(buffer, 0, count);
            }
        }
    }

    /** Opens a file to be written with a compression around it. */
    static OutputStream open(Path target, Compression compression) throws IOException {
        return packed(new BufferedOutputStream(Files.newOutputStream(target), BUFFER), compression);
    }

    private static OutputStream packed(OutputStream target, Compression compression) throws IOException {
        return switch (compression) {
            case GZIP -> new GZIPOutputStream(target, BUFFER);
            case BZIP2 -> new BZip2CompressorOutputStream(target);
            case SNAPPY -> new FramedSnappyCompressorOutputStream(target);
            case ZSTD -> new ZstdOutputStream(target);
            case NONE -> target;
            case DEFLATE -> throw new IllegalArgumentException("Not around a file: " + compression);
        };
    }
}
