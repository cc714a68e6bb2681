package dev.wharf.engine.file;

import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Arrays;
import java.util.HexFormat;

/** The first bytes by which files of some formats can be told, whatever their names say. */
public enum Signature {
    GZIP(0, "1f8b", "is compressed with gzip", ".gz"),
    /** Behind three letters and a digit that text may begin with as well. */
    BZIP2(4, "314159265359", "is compressed with bzip2", ".bz2"),
    ZSTD(0, "28b52ffd", "is compressed with zstd", ".zst"),
    SNAPPY(0, "ff060000734e61507059", "is compressed with Snappy", ".snappy"),
    /** PAR1 and the first byte of a page's header. */
    PARQUET(0, "5041523115", "is a Parquet file", ".parquet"),
    AVRO(0, "4f626a01", "is an Avro file", ".avro"),
    ZIP(0, "504b0304", "is a ZIP file, as Excel's are", null),
    PDF(0, "255044462d", "is a PDF file", null);

    /** As many bytes as the longest has. */
    static final int LENGTH = 10;

    private final int at;
    private final byte[] magic;
    private final String words;
    /** What names of such files end in; null where they are not read under any name. */
    private final String extension;

    Signature(int at, String magic, String words, String extension) {
        this.at = at;
        this.magic = HexFormat.of().parseHex(magic);
        this.words = words;
        this.extension = extension;
    }

    /**
     * Refuses content that is of another format than text.
     *
     * @param first {@link #LENGTH} bytes of what is within the compression, or all there are
     * @param compression around them
     * @throws ProblemException {@code VALIDATION_FAILED}, saying what it is
     */
    static void refuseIn(byte[] first, Compression compression, String displayName) {
        for (var signature : values()) {
            if (signature.begins(first)) {
                throw new ProblemException(Problem.VALIDATION_FAILED, displayName + signature.reason(compression));
            }
        }
    }

    private String reason(Compression compression) {
        if (compression == Compression.NONE) {
            return " " + words
                    + (extension == null
                            ? ", which is not read: " + (this == ZIP ? "unpack it, or save" : "save") + " it as CSV."
                            : ", but its name does not end in " + extension + ".");
        }
        boolean twice = Arrays.stream(Compression.values())
                .anyMatch(known -> known.extension().equals(extension));
        return ": what it unpacks to " + words
                + (twice
                        ? ": it is compressed twice. Unpack it once."
                        : ", which is not read within a compression. Unpack it.");
    }

    private boolean begins(byte[] first) {
        return first.length >= at + magic.length && Arrays.equals(magic, 0, magic.length, first, at, at + magic.length);
    }
}
