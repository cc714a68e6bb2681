package dev.wharf.engine.file;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a file holds, decided by its name alone ({@code domain.md} §5.4: by the extension; no extension means text).
 *
 * @param kind what the rows look like
 * @param compression around the whole file
 */
public record SourceFormat(Kind kind, Compression compression) {
    /** What the rows of a file look like. Files of one dataset share it; their compression may differ. */
    public enum Kind {
        CSV("CSV", true),
        TSV("tab-separated text", true),
        /** Columns where a delimiter splits every sampled row alike, otherwise one column called {@code line}. */
        TEXT("plain text", true),
        /** JSON Lines, one array of objects, or objects one after the other. */
        JSON("JSON", true),
        PARQUET("Parquet", true),
        AVRO("Avro", true),
        ORC("ORC", false),
        XML("XML", false),
        EXCEL("Excel", false),
        /** An archive, or a compression that is not read. */
        PACKED("packed", false),
        /** The extension tells nothing. */
        OTHER("of an unknown format", false);

        private final String title;
        private final boolean read;

        Kind(String title, boolean read) {
            this.title = title;
            this.read = read;
        }

        /** For messages. */
        public String title() {
            return title;
        }

        /** Whether rows are lines, split into columns by a delimiter. */
        public boolean delimited() {
            return this == CSV || this == TSV || this == TEXT;
        }

        /** Whether the bytes are characters. */
        public boolean textual() {
            return delimited() || this == JSON;
        }

        /** Whether blocks within the file are compressed, and no compression is around it. */
        public boolean compressesInside() {
            return this == PARQUET || this == AVRO || this == ORC;
        }
    }

    /** Compression around a whole file. */
    public enum Compression {
        NONE(""),
        GZIP(".gz"),
        BZIP2(".bz2"),
        /** The framed format of Snappy; not the blocks that Hadoop writes under the same extension. */
        SNAPPY(".snappy"),
        ZSTD(".zst"),
        /** Known, and not read. */
        DEFLATE(".deflate");

        private final String extension;

        Compression(String extension) {
            this.extension = extension;
        }

        public String extension() {
            return extension;
        }

        /** As the API spells it. */
        public String title() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one that the API spells so. */
        public static Optional<Compression> titled(String title) {
            return Arrays.stream(values())
                    .filter(compression -> compression.title().equals(title))
                    .findFirst();
        }

        private static Compression of(String name) {
            return Arrays.stream(values())
                    .filter(compression -> compression != NONE && name.endsWith(compression.extension))
                    .findFirst()
                    .orElse(NONE);
        }
    }

    private static final String READ =
            "Wharf reads CSV (.csv), tab-separated text (.tsv, .tab), plain text (.txt, .log, no extension), "
                    + "JSON (.json, .jsonl, .ndjson), Parquet (.parquet, .pqt) and Avro (.avro); text and JSON also "
                    + "compressed, as .gz, .bz2, .zst or .snappy.";

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
            Map.entry("pqt", Kind.PARQUET),
            Map.entry("avro", Kind.AVRO),
            Map.entry("orc", Kind.ORC),
            Map.entry("xml", Kind.XML),
            Map.entry("xls", Kind.EXCEL),
            Map.entry("xlsx", Kind.EXCEL),
            Map.entry("7z", Kind.PACKED),
            Map.entry("br", Kind.PACKED),
            Map.entry("lz4", Kind.PACKED),
            Map.entry("lzo", Kind.PACKED),
            Map.entry("rar", Kind.PACKED),
            Map.entry("tar", Kind.PACKED),
            Map.entry("tgz", Kind.PACKED),
            Map.entry("xz", Kind.PACKED),
            Map.entry("zip", Kind.PACKED));

    /**
     * What the name says, whether it can be read or not.
     *
     * @param fileName a name or a key; only its last segment counts
     */
    public static SourceFormat named(String fileName) {
        var compression = Compression.of(fileName.toLowerCase(Locale.ROOT));
        return new SourceFormat(KINDS.getOrDefault(extension(fileName, compression), Kind.OTHER), compression);
    }

    /**
     * The same for a file that is to be read.
     *
     * @throws ProblemException {@code VALIDATION_FAILED} where the format is not read; says which are
     */
    public static SourceFormat of(String fileName) {
        var format = named(fileName);
        if (format.compression == Compression.DEFLATE) {
            throw refused(fileName, "files compressed as .deflate are not read.");
        }
        if (!format.kind.read) {
            throw refused(
                    fileName, "." + extension(fileName, format.compression) + " is not a format that can be read.");
        }
        if (format.kind.compressesInside() && format.compression != Compression.NONE) {
            throw refused(
                    fileName, format.kind.title + " compresses inside and is not read with a compression around it.");
        }
        return format;
    }

    /** What a name ends in before its compression. Empty where there is none: {@code csv} is a name. */
    public String extension(String fileName) {
        return extension(fileName, compression);
    }

    private static String extension(String fileName, Compression compression) {
        var name = fileName.substring(fileName.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        var plain = name.substring(0, name.length() - compression.extension().length());
        return plain.contains(".") ? plain.substring(plain.lastIndexOf('.') + 1) : "";
    }

    private static ProblemException refused(String fileName, String reason) {
        return new ProblemException(Problem.VALIDATION_FAILED, fileName + ": " + reason + " " + READ);
    }
}
