package dev.wharf.datasets;

import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.parameters.ParameterisedPath;
import dev.wharf.store.S3Uri;
import java.time.Instant;

/**
 * An imported dataset.
 *
 * @param source a folder ends in a slash
 * @param parameters what of the path varies, so that {@code source} is the first file that was found; null where it does not
 * @param said how delimited text is to be read
 * @param options what else was said of the files
 * @param manifestId the files that count now
 * @param bytes the sizes of all files
 * @param ignored objects of the folder that are no data
 * @param found how the files that count now are structured
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
        ParameterisedPath parameters,
        boolean disableTypeInference,
        TextDialect said,
        ImportOptions options,
        long manifestId,
        long files,
        long bytes,
        long ignored,
        Found found,
        Instant createdAt,
        Instant updatedAt,
        boolean deleted,
        DatasetView.Connection connection) {
    /**
     * How files of it are read: as it was said and, where it was not, as it was found.
     *
     * @param then what was found when these files were looked at
     */
    public Reading reading(Found then) {
        return then.structure() == null
                ? options.reading(said)
                : then.structure().reading(options.reading(said));
    }

    /** Where its files are, as far as that decides who may read them. */
    public S3Uri place() {
        return source.withKey("");
    }
}
