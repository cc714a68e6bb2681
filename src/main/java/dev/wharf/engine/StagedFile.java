package dev.wharf.engine;

import dev.wharf.engine.SourceFormat.Compression;
import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that DuckDB can be trusted with.
 *
 * @param path what DuckDB reads: the staged file, or its copy
 * @param displayName for messages
 * @param format of the file at {@code path}
 */
record StagedFile(Path path, String displayName, SourceFormat format) {
    private static final String COPY = ".copy";
    private static final String ROWS = ".rows";

    /**
     * Checks what DuckDB does not: that the file lies in the folder and is no link, and that a compressed file is
     * whole, since DuckDB takes one that was cut off for a short one and says nothing. What DuckDB reads only in part or
     * not at all, UTF-16, bzip2 and Snappy, is copied as plain UTF-8.
     */
    static StagedFile check(Path folder, EngineInput input, TemporarySpace space) throws IOException {
        var path = input.path();
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || !Files.isSameFile(path.getParent(), folder)) {
            throw refuse(input.displayName(), "is not a file of the run's folder.");
        }
        var staged = new StagedFile(path.toRealPath(), input.displayName(), input.format());
        return staged.format.kind().textual() ? staged.readable(space) : staged;
    }

    /** What DuckDB reads instead of this file, where there is need. */
    Path copy() {
        return isCopy() ? path : path.resolveSibling(path.getFileName() + COPY);
    }

    StagedFile asCopied() {
        return new StagedFile(copy(), displayName, new SourceFormat(format.kind(), Compression.NONE));
    }

    /** The copy of its rows, where there is need for one. */
    StagedFile asRows() {
        return new StagedFile(rows(), displayName, new SourceFormat(format.kind(), Compression.NONE));
    }

    private Path rows() {
        return path.resolveSibling(path.getFileName() + ROWS);
    }

    void deleteCopies() throws IOException {
        Files.deleteIfExists(copy());
        Files.deleteIfExists(rows());
    }

    boolean empty() throws IOException {
        return Files.size(path) == 0;
    }

    ProblemException problem(String reason) {
        return refuse(displayName, reason);
    }

    static ProblemException refuse(String name, String reason) {
        return new ProblemException(Problem.VALIDATION_FAILED, name + " " + reason);
    }

    private boolean isCopy() {
        return path.toString().endsWith(COPY);
    }

    private StagedFile readable(TemporarySpace space) throws IOException {
        try {
            byte[] first;
            try (var content = content()) {
                first = content.readNBytes(Signature.LENGTH);
            }
            if (format.compression() == Compression.NONE) {
                Signature.refuseIn(first, displayName);
            }
            var encoding = TextEncoding.marked(first);
            if (encoding == TextEncoding.UTF_16) {
                return copied(space, encoding);
            }
            switch (format.compression()) {
                case BZIP2, SNAPPY -> {
                    return copied(space, null);
                }
                case GZIP, ZSTD -> {
                    try (var content = content()) {
                        content.transferTo(OutputStream.nullOutputStream());
                    }
                }
                case NONE, DEFLATE -> {}
            }
            return this;
        } catch (CharacterCodingException broken) {
            throw problem("begins as UTF-16 but is not UTF-16 throughout.");
        } catch (IOException failure) {
            throw Unpacked.problem(failure, displayName, format.compression());
        }
    }

    /** @param encoding null where the bytes stay as they are */
    private StagedFile copied(TemporarySpace space, TextEncoding encoding) throws IOException {
        var copy = copy();
        try (var content = content();
                var target = space.create(copy)) {
            if (encoding == null) {
                content.transferTo(target);
            } else {
                encoding.toUtf8(content, target, Long.MAX_VALUE, false);
            }
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(copy);
            throw failure;
        }
        return asCopied();
    }

    private InputStream content() throws IOException {
        return Unpacked.open(path, format.compression());
    }
}
