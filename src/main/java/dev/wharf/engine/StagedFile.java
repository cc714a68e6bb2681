package dev.wharf.engine;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file that DuckDB can be trusted with.
 *
 * @param path what DuckDB reads: the staged file, or its UTF-8 copy
 * @param displayName for messages
 * @param format of the file at {@code path}
 */
record StagedFile(Path path, String displayName, SourceFormat format) {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final String COPY = ".utf8";

    /**
     * Checks what DuckDB does not: that the file lies in the folder and is no link, and that a compressed file is
     * whole. DuckDB takes a gzip or zstd file that was cut off for a short one and says nothing.
     */
    static StagedFile check(Path folder, EngineInput input) throws IOException {
        var path = input.path();
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || !Files.isSameFile(path.getParent(), folder)) {
            throw refuse(input.displayName(), "is not a file of the run's folder.");
        }
        var format = input.format();
        var staged = new StagedFile(path.toRealPath(), input.displayName(), format);
        switch (format.compression()) {
            case GZIP -> staged.checkGzip();
            case ZSTD -> ZstdFrames.check(path, input.displayName());
            case NONE -> {
                if (staged.magic() == GZIP_MAGIC) {
                    throw refuse(input.displayName(), "is compressed with gzip, but its name does not end in .gz.");
                }
            }
        }
        return format.kind().delimited() ? staged.inUtf8() : staged;
    }

    boolean copied() {
        return path.toString().endsWith(COPY);
    }

    boolean empty() throws IOException {
        return Files.size(path) == 0;
    }

    ProblemException problem(String reason) {
        return refuse(displayName, reason);
    }

    private static ProblemException refuse(String name, String reason) {
        return new ProblemException(Problem.VALIDATION_FAILED, name + " " + reason);
    }

    private void checkGzip() throws IOException {
        try (var content = open()) {
            content.transferTo(OutputStream.nullOutputStream());
        } catch (EOFException cutOff) {
            if (!empty()) {
                throw problem("ends in the middle of its gzip data: it is not complete.");
            }
        } catch (ZipException broken) {
            throw problem("ends in .gz but is not sound gzip data.");
        }
    }

    /** DuckDB reads UTF-16 only in part, so a file that begins with its byte order mark is rewritten first. */
    private StagedFile inUtf8() throws IOException {
        if (format.compression() == SourceFormat.Compression.ZSTD || empty()) {
            return this;
        }
        int mark = magic();
        if (mark != 0xfffe && mark != 0xfeff) {
            return this;
        }
        var copy = path.resolveSibling(path.getFileName() + COPY);
        try (var reader = new InputStreamReader(open(), StandardCharsets.UTF_16.newDecoder());
                var writer = Files.newBufferedWriter(copy)) {
            reader.transferTo(writer);
        } catch (CharacterCodingException broken) {
            Files.delete(copy);
            throw problem("begins as UTF-16 but is not UTF-16 throughout.");
        }
        return new StagedFile(copy, displayName, new SourceFormat(format.kind(), SourceFormat.Compression.NONE));
    }

    /** The first two bytes of the content, 0 where there are fewer. */
    private int magic() throws IOException {
        try (var content = open()) {
            int first = content.read();
            int second = content.read();
            return second < 0 ? 0 : first << 8 | second;
        } catch (EOFException empty) {
            return 0;
        }
    }

    private InputStream open() throws IOException {
        var bytes = Files.newInputStream(path);
        if (format.compression() != SourceFormat.Compression.GZIP) {
            return bytes;
        }
        try {
            return new GZIPInputStream(bytes, 1 << 16);
        } catch (IOException | RuntimeException failure) {
            bytes.close();
            throw failure;
        }
    }
}
