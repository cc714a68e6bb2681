package dev.wharf.imports;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What kind of data a file holds, as its extension says ({@code domain.md} §5.4: format is decided by the extension; no
 * extension means text). What is compressed counts as what is inside.
 */
enum DataFormat {
    CSV("CSV"),
    TSV("tab-separated text"),
    TEXT("plain text"),
    JSON("JSON"),
    PARQUET("Parquet"),
    AVRO("Avro"),
    ORC("ORC"),
    XML("XML"),
    EXCEL("Excel");

    private static final Set<String> COMPRESSIONS = Set.of("gz", "bz2", "snappy", "zst", "deflate");
    private static final Map<String, DataFormat> BY_EXTENSION = Map.ofEntries(
            Map.entry("csv", CSV),
            Map.entry("tsv", TSV),
            Map.entry("tab", TSV),
            Map.entry("json", JSON),
            Map.entry("jsonl", JSON),
            Map.entry("ndjson", JSON),
            Map.entry("parquet", PARQUET),
            Map.entry("pqt", PARQUET),
            Map.entry("avro", AVRO),
            Map.entry("orc", ORC),
            Map.entry("xml", XML),
            Map.entry("xls", EXCEL),
            Map.entry("xlsx", EXCEL));

    private final String words;

    DataFormat(String words) {
        this.words = words;
    }

    /** For messages. */
    String words() {
        return words;
    }

    static DataFormat of(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String extension = extension(name);
        if (COMPRESSIONS.contains(extension)) {
            extension = extension(name.substring(0, name.length() - extension.length() - 1));
        }
        return BY_EXTENSION.getOrDefault(extension, TEXT);
    }

    /** Empty where there is none: {@code csv} is a name, and no extension. */
    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }
}
