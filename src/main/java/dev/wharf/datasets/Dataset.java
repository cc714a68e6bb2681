package dev.wharf.datasets;

import dev.wharf.engine.file.TextDialect;
import dev.wharf.store.S3Uri;
import java.time.Instant;

/**
 * An imported dataset.
 *
 * @param source a folder ends in a slash
 * @param said how delimited text is to be read
 * @param manifestId the files that count now
 * @param bytes the sizes of all files
 * @param ignored objects of the folder that are no data
 * @param connection what is shown of it; null in base storage
 */
public record Dataset(
        long id,
        String uuid,
        long workspaceId,
        long ownerId,
        String name,
        String description,
        S3Uri source,
        boolean disableTypeInference,
        TextDialect said,
        long manifestId,
        long files,
        long bytes,
        long ignored,
        Instant createdAt,
        Instant updatedAt,
        boolean deleted,
        DatasetView.Connection connection) {
    /** Where its files are, as far as that decides who may read them. */
    public S3Uri place() {
        return source.withKey("");
    }
}
