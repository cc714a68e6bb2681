package dev.wharf.engine;

import com.github.luben.zstd.ZstdOutputStream;
import dev.wharf.engine.file.SourceFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;

/** Files as other programs compress them. */
public enum Packed {
    GZIP(SourceFormat.Compression.GZIP, GZIPOutputStream::new),
    /** In the smallest blocks that there are. */
    BZIP2(SourceFormat.Compression.BZIP2, out -> new BZip2CompressorOutputStream(out, 1)),
    SNAPPY(SourceFormat.Compression.SNAPPY, FramedSnappyCompressorOutputStream::new),
    ZSTD(SourceFormat.Compression.ZSTD, out -> new ZstdOutputStream(out).setChecksum(true));

    private interface Packing {
        OutputStream over(OutputStream out) throws IOException;
    }

    private final SourceFormat.Compression compression;
    private final Packing packing;

    Packed(SourceFormat.Compression compression, Packing packing) {
        this.compression = compression;
        this.packing = packing;
    }

    public SourceFormat.Compression compression() {
        return compression;
    }

    public byte[] pack(String content) {
        return pack(content, StandardCharsets.UTF_8);
    }

    public byte[] pack(String content, Charset charset) {
        var bytes = new ByteArrayOutputStream();
        try (var out = packing.over(bytes)) {
            out.write(content.getBytes(charset));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }
}
