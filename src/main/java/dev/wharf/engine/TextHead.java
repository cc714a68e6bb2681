package dev.wharf.engine;

import dev.wharf.engine.SourceFormat.Compression;
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
record TextHead(Path path, TextEncoding encoding, boolean whole) {
    /** A bound against files that unpack to many times their size, in bytes. */
    private static final long MOST_BYTES = 64 << 20;
    /** Where a byte is looked for that no text holds; Git does the same. */
    private static final int LOOKED_AT = 8_000;

    /**
     * Writes what was fetched of a file.
     *
     * @param packed the first bytes of the file
     * @param cut whether there are more
     * @param target is replaced
     * @throws dev.wharf.kernel.ProblemException where it is no text, or not compressed as its name says
     */
    static TextHead write(Path packed, boolean cut, Compression compression, String displayName, Path target)
            throws IOException {
        try {
            var first = first(packed, cut, compression);
            if (compression == Compression.NONE) {
                Signature.refuseIn(first, displayName);
            }
            var encoding = TextEncoding.marked(first);
            if (encoding == TextEncoding.UTF_16) {
                return write(packed, cut, compression, encoding, target);
            }
            for (byte one : first) {
                if (one == 0) {
                    throw StagedFile.refuse(
                            displayName,
                            "is not text: it holds bytes of zero. UTF-16 is read with a byte order mark only.");
                }
            }
            try {
                return write(packed, cut, compression, encoding, target);
            } catch (CharacterCodingException notUtf8) {
                return write(packed, cut, compression, TextEncoding.WINDOWS_1252, target);
            }
        } catch (CharacterCodingException broken) {
            throw StagedFile.refuse(displayName, "begins as UTF-16 but is not UTF-16 throughout.");
        } catch (IOException failure) {
            throw Unpacked.problem(failure, displayName, compression);
        }
    }

    private static byte[] first(Path packed, boolean cut, Compression compression) throws IOException {
        try (var content = Unpacked.open(packed, compression, cut)) {
            return content.readNBytes(LOOKED_AT);
        }
    }

    private static TextHead write(Path packed, boolean cut, Compression compression, TextEncoding encoding, Path target)
            throws IOException {
        try (var content = Unpacked.open(packed, compression, cut);
                var out = Files.newOutputStream(target)) {
            boolean ended = encoding.toUtf8(content, out, MOST_BYTES, cut);
            return new TextHead(target, encoding, ended && !cut);
        }
    }
}
