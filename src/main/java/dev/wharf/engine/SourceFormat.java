package dev.wharf.engine;

import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.util.Locale;
import java.util.Map;

/**
 * How a file is read, decided by its name alone.
 *
 * @param kind what the rows look like
 * @param compression around the whole file; always {@code NONE} for Parquet, which compresses inside
 */
public record SourceFormat(Kind kind, Compression compression) {
    /** What the rows of a file look like. Files of one dataset share it; their compression may differ. */
    public enum Kind {
        CSV("CSV"),
        TSV("tab-separated text"),
        /** Columns where a delimiter splits every sampled row alike, otherwise one column called {@code line}. */
        TEXT("plain text"),
        /** JSON Lines, one array of objects, or objects one after the other. */
        JSON("JSON"),
        PARQUET("Parquet");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** For messages. */
        public String title() {
            return title;
        }

        /** Whether rows are lines, split into columns by a delimiter. */
        public boolean delimited() {
            return this == CSV || this == TSV || this == TEXT;
        }
    }

    /** Compression around a whole file. */
    public enum Compression {
        NONE,
        GZIP,
        ZSTD
    }

    private static final String READ =
            "Wharf reads CSV (.csv), tab-separated text (.tsv, .tab), plain text (.txt, .log, no extension), "
                    + "JSON (.json, .jsonl, .ndjson) and Parquet (.parquet, .pqt); all but Parquet also as .gz or .zst.";

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("csv", Kind.CSV),
            Map.entry("tsv", Kind.TSV),
            Map.entry("tab", Kind.TSV),
            Map.entry("txt", Kind.TEXT),
            Map.entry("text", Kind.TEXT),
            Map.entry("log", Kind.TEXT),
            Map.entry("", Kind.TEXT),
            Map.entry("json", Kind.JSON),
            Map.entry("jsonl", Kind.JSON),
            Map.entry("ndjson", Kind.JSON),
            Map.entry("parquet", Kind.PARQUET),
            Map.entry("pqt", Kind.PARQUET));

    /**
     * @param fileName a name or a key; only its last segment counts
     * @throws ProblemException {@code VALIDATION_FAILED} where the format is not read; says which are
     */
    public static SourceFormat of(String fileName) {
        var name = fileName.substring(fileName.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        var compression = Compression.NONE;
        if (name.endsWith(".gz")) {
            compression = Compression.GZIP;
        } else if (name.endsWith(".zst")) {
            compression = Compression.ZSTD;
        }
        var plain = compression == Compression.NONE ? name : name.substring(0, name.lastIndexOf('.'));
        var extension = plain.substring(plain.lastIndexOf('.') + 1);
        var kind = KINDS.get(plain.contains(".") ? extension : "");
        if (kind == null) {
            throw refused(fileName, "." + extension + " is not a format that can be read.");
        }
        if (kind == Kind.PARQUET && compression != Compression.NONE) {
            throw refused(fileName, "Parquet compresses inside and is not read with a compression around it.");
        }
        return new SourceFormat(kind, compression);
    }

    private static ProblemException refused(String fileName, String reason) {
        return new ProblemException(Problem.VALIDATION_FAILED, fileName + ": " + reason + " " + READ);
    }
}
