package dev.wharf.engine.duckdb;

import java.util.Set;

/** What DuckDB does not read of Parquet, and how that is said of a file. */
public final class ParquetReading {
    public static final String ENCRYPTED = "is encrypted, which is not read.";

    private static final Set<String> CODECS = Set.of("UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4_RAW");

    private ParquetReading() {}

    /** @param codec as Parquet's specification names it */
    public static boolean isRead(String codec) {
        return CODECS.contains(codec);
    }

    public static String refusal(String codec) {
        return "uses the codec " + codec + ", which is not read; write it with snappy, zstd or gzip.";
    }
}
