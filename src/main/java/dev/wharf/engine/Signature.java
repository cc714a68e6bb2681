package dev.wharf.engine;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.util.Arrays;
import java.util.HexFormat;

/** The first bytes by which files of some formats can be told, whatever their names say. */
enum Signature {
    GZIP(0, "1f8b", "is compressed with gzip", ".gz"),
    /** Behind three letters and a digit that text may begin with as well. */
    BZIP2(4, "314159265359", "is compressed with bzip2", ".bz2"),
    ZSTD(0, "28b52ffd", "is compressed with zstd", ".zst"),
    SNAPPY(0, "ff060000734e61507059", "is compressed with Snappy", ".snappy"),
    /** PAR1 and the first byte of a page's header. */
    PARQUET(0, "5041523115", "is a Parquet file", ".parquet"),
    AVRO(0, "4f626a01", "is an Avro file", ".avro"),
    ZIP(0, "504b0304", "is a ZIP file, as Excel's are", ".zip or .xlsx"),
    PDF(0, "255044462d", "is a PDF file", ".pdf");

    /** As many bytes as the longest has. */
    static final int LENGTH = 10;

    private final int at;
    private final byte[] magic;
    private final String words;
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
     * @param first {@link #LENGTH} bytes, or all there are
     * @throws ProblemException {@code VALIDATION_FAILED}, saying what it is
     */
    static void refuseIn(byte[] first, String displayName) {
        for (var signature : values()) {
            if (signature.begins(first)) {
                throw new ProblemException(
                        Problem.VALIDATION_FAILED,
                        displayName + " " + signature.words + ", but its name does not end in " + signature.extension
                                + ".");
            }
        }
    }

    private boolean begins(byte[] first) {
        return first.length >= at + magic.length && Arrays.equals(magic, 0, magic.length, first, at, at + magic.length);
    }
}
