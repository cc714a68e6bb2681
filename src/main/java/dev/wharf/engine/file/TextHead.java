package dev.wharf.engine.file;

import dev.wharf.engine.file.SourceFormat.Compression;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The characters of a text file's beginning, without the compression around it, as UTF-8.
 *
 * @param encoding how the file itself writes them
 * @param whole whether that is all of the file; else it may end anywhere, also in the middle of a row
 */
public record TextHead(Path path, TextEncoding encoding, boolean whole) {
    /** A bound against files that unpack to many times their size, in bytes. */
    private static final long MOST_BYTES = 64 << 20;

    /**
     * Writes what was fetched of a file.
     *
     * @param packed the first bytes of the file
     * @param cut whether there are more
     * @param said how it is written; where nobody says and it is not UTF-8, it is shown as windows-1252
     * @param staged the file where they are to be written, which is replaced; of the format of what is written
     * @throws dev.wharf.kernel.problem.ProblemException where it is no text, or not compressed as its name says
     */
    public static TextHead write(Path packed, boolean cut, Compression compression, TextDialect said, StagedFile staged)
            throws IOException {
        try {
            byte[] first;
            try (var content = Unpacked.open(packed, compression, cut)) {
                first = content.readNBytes(Signature.LENGTH);
            }
            Signature.refuseIn(first, compression, staged.displayName());
            var encoding = TextEncoding.of(first, said, staged.displayName());
            try {
                return write(packed, cut, compression, encoding, staged.path());
            } catch (CharacterCodingException noText) {
                if (!encoding.mayBeGuessed(noText)) {
                    throw encoding.problem(
                            noText, staged.displayName(), staged.format().kind());
                }
            }
            try {
                return write(packed, cut, compression, TextEncoding.GUESSED, staged.path());
            } catch (CharacterCodingException noText) {
                throw encoding.problem(
                        noText, staged.displayName(), staged.format().kind());
            }
        } catch (IOException failure) {
            throw Unpacked.problem(failure, staged.displayName(), compression);
        }
    }

    /** The same for JSON, which is UTF-8 or has a byte order mark. */
    public static TextHead write(Path packed, boolean cut, Compression compression, String displayName, Path target)
            throws IOException {
        var json = new SourceFormat(SourceFormat.Kind.JSON, Compression.NONE);
        return write(packed, cut, compression, TextDialect.UNSAID, new StagedFile(target, displayName, json));
    }

    private static TextHead write(Path packed, boolean cut, Compression compression, TextEncoding encoding, Path target)
            throws IOException {
        try (var content = Unpacked.open(packed, compression, cut);
                var out = Files.newOutputStream(target)) {
            boolean ended = encoding.toUtf8(content, out, MOST_BYTES, cut).ended();
            return new TextHead(target, encoding, ended && !cut);
        }
    }
}
