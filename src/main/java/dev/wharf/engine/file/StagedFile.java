package dev.wharf.engine.file;

import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file in the folder of a run.
 *
 * @param path what DuckDB reads: the staged file, or its copy
 * @param displayName for messages
 * @param format of the file at {@code path}
 */
public record StagedFile(Path path, String displayName, SourceFormat format) {
    /** What a file without a row is, also where it is not of 0 bytes: nothing tells its columns. */
    public static final String NOTHING = "is empty: there are no columns to write.";

    private static final String COPY = ".copy";
    private static final String ROWS = ".rows";

    /**
     * A file as it was staged.
     *
     * @throws ProblemException if it does not lie in the folder, or is a link
     */
    public static StagedFile of(Path folder, EngineInput input) throws IOException {
        var path = input.path();
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || !Files.isSameFile(path.getParent(), folder)) {
            throw refuse(input.displayName(), "is not a file of the run's folder.");
        }
        return new StagedFile(path.toRealPath(), input.displayName(), input.format());
    }

    /** What DuckDB reads instead of this file, where there is need. */
    public Path copy() {
        return isCopy() ? path : path.resolveSibling(path.getFileName() + COPY);
    }

    public StagedFile asCopied() {
        return new StagedFile(copy(), displayName, new SourceFormat(format.kind(), Compression.NONE));
    }

    /** The copy of its rows, where there is need for one. */
    public StagedFile asRows() {
        return new StagedFile(rows(), displayName, new SourceFormat(format.kind(), Compression.NONE));
    }

    private Path rows() {
        return path.resolveSibling(path.getFileName() + ROWS);
    }

    public void deleteCopies() throws IOException {
        Files.deleteIfExists(copy());
        Files.deleteIfExists(rows());
    }

    public boolean empty() throws IOException {
        return Files.size(path) == 0;
    }

    /** Of a format that never is without a beginning and an end. */
    public ProblemException notSound() {
        return problem("is not a sound " + format.kind().title() + " file: it is empty.");
    }

    public ProblemException problem(String reason) {
        return refuse(displayName, reason);
    }

    public ProblemException problem(LineFault fault) {
        return problem(", line " + fault.line() + ", " + fault.reason());
    }

    public static ProblemException refuse(String name, String reason) {
        return new ProblemException(Problem.VALIDATION_FAILED, name + (reason.startsWith(",") ? "" : " ") + reason);
    }

    private boolean isCopy() {
        return path.toString().endsWith(COPY);
    }

    /**
     * Checks what DuckDB does not: that a compressed file is whole, since DuckDB takes one that was cut off for a short one
     * and says nothing; and that text is text throughout. What DuckDB reads only in part or not at all, encodings other than
     * UTF-8, bzip2 and Snappy, is copied as plain UTF-8.
     *
     * @param said how delimited text is written
     * @return what DuckDB can be trusted with
     */
    public StagedFile readable(TextDialect said, TemporarySpace space) throws IOException {
        if (!format.kind().textual()) {
            return this;
        }
        try {
            byte[] first;
            try (var content = content()) {
                first = content.readNBytes(Signature.LENGTH);
            }
            Signature.refuseIn(first, format.compression(), displayName);
            var encoding = TextEncoding.of(first, said, displayName);
            try {
                return encoding.isUtf8() && isUnpackedByDuckDb() && hasOneMark(encoding)
                        ? this
                        : copied(space, encoding);
            } catch (CharacterCodingException noText) {
                throw encoding.problem(noText, displayName, format.kind());
            }
        } catch (IOException failure) {
            throw Unpacked.problem(failure, displayName, format.compression());
        }
    }

    /** It tells a compression by the end of the name, in lower case, and takes any other file for a plain one. */
    private boolean isUnpackedByDuckDb() {
        return switch (format.compression()) {
            case NONE -> true;
            case GZIP, ZSTD -> path.toString().endsWith(format.compression().extension());
            case BZIP2, SNAPPY, DEFLATE -> false;
        };
    }

    /** At most, which DuckDB knows; the whole file is looked at. */
    private boolean hasOneMark(TextEncoding encoding) throws IOException {
        try (var content = content()) {
            return encoding.toUtf8(content, null, Long.MAX_VALUE, false).marks() < 2;
        }
    }

    private StagedFile copied(TemporarySpace space, TextEncoding encoding) throws IOException {
        var copy = copy();
        try (var content = content();
                var target = space.create(copy)) {
            encoding.toUtf8(content, target, Long.MAX_VALUE, false);
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(copy);
            throw failure;
        }
        return asCopied();
    }

    /** Its bytes, without the compression around them. */
    public InputStream content() throws IOException {
        return Unpacked.open(path, format.compression());
    }
}
