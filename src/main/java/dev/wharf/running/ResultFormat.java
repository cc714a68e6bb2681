package dev.wharf.running;

/** The formats that the engine writes, by the names of the v4 API. */
public enum ResultFormat {
    CSV("csv"),
    /** JSON Lines: one object a row, a missing value as {@code null}. */
    JSON("json"),
    /** One Parquet file, compressed with zstd inside. */
    PQT("pqt");

    private final String extension;

    ResultFormat(String extension) {
        this.extension = extension;
    }

    /** Extension of a result file, without a dot. */
    public String extension() {
        return extension;
    }
}
