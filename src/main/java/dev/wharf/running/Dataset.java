package dev.wharf.running;

import dev.wharf.engine.csv.TextDialect;
import dev.wharf.store.S3Uri;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a run has to know of an imported dataset.
 *
 * @param connectionId where its files are; null for base storage
 * @param bytes of all files
 * @param said how delimited text is to be read
 */
record Dataset(
        long id,
        String name,
        long ownerId,
        String bucket,
        Long connectionId,
        boolean disableTypeInference,
        long bytes,
        TextDialect said) {
    /** Where its files are, as far as that decides who may read them. */
    S3Uri place() {
        return new S3Uri(bucket, "", connectionId);
    }

    /** From a row with these columns. */
    static Dataset of(ResultSet row, int number) throws SQLException {
        return new Dataset(
                row.getLong("id"),
                row.getString("name"),
                row.getLong("owner_id"),
                row.getString("bucket"),
                row.getObject("connection_id", Long.class),
                row.getBoolean("disable_type_inference"),
                row.getLong("byte_count"),
                new TextDialect(
                        row.getObject("text_header", Boolean.class),
                        row.getString("text_delimiter"),
                        row.getString("text_encoding"),
                        row.getString("text_quote")));
    }
}
