package dev.wharf.datasets;

import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.parameters.ParameterisedPath;
import dev.wharf.store.S3Uri;
import java.time.Instant;

/**
 * An imported dataset.
 *
 * @param source a folder ends in a slash
 * @param updaterId who changed it last; its owner where nobody has
 * @param parameters what of the path varies, so that {@code source} is the first file that was found; null where it does not
 * @param said how delimited text is to be read
 * @param options what else was said of the files
 * @param manifestId the files that count now
 * @param bytes the sizes of all files
 * @param ignored objects of the folder that are no data
 * @param found how the files that count now are structured
 * @param deletedAt null while it lives
 * @param connection what is shown of it; null in base storage
 */
public record Dataset(
        long id,
        String uuid,
        long workspaceId,
        long ownerId,
        long updaterId,
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
        Instant deletedAt,
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

    /**
     * Says whose dataset it is whose connection somebody may not use.
     *
     * @param refused what came of opening its place
     * @return the same where it says something else
     */
    public ProblemException unreadable(ProblemException refused) {
        return refused.problem() == Problem.NOT_FOUND && source.connectionId() != null
                ? new ProblemException(
                        refused.problem(),
                        "Dataset " + id + " is read through connection " + source.connectionId()
                                + ", which you may not use, or no longer: ask its owner to share it with you, or change"
                                + " the dataset's connection (PUT /v4/importedDatasets/" + id + ")")
                : refused;
    }
}
