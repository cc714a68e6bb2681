package dev.wharf.jobs;

import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.S3Uri;
import java.util.regex.Pattern;

/**
 * The folders that jobs have for their results, each of which is a dataset as it is. What lay in one besides would be read as
 * rows of it, so nothing else is written there.
 */
public final class JobFolders {
    /** {@code orders_52/}: a job's folder ends in its number; eighteen digits are a number in every registry. */
    private static final Pattern NUMBERED = Pattern.compile("_([0-9]{1,18})/");

    private final Database database;

    public JobFolders(Database database) {
        this.database = database;
    }

    /** @throws ProblemException 400 for a path in a folder to which a job has written, whichever connection leads there */
    public void refuseWithin(S3Uri path) {
        var numbers = NUMBERED.matcher(path.key());
        while (numbers.find()) {
            long jobGroupId = Long.parseLong(numbers.group(1));
            String folder = path.key().substring(0, numbers.end());
            if (isWritten(jobGroupId, path.bucket(), folder)) {
                throw ProblemException.invalid(
                        "path",
                        "is " + path.location() + ", in the folder of job group " + jobGroupId + ", s3://"
                                + path.bucket() + "/" + folder
                                + ": whoever reads its results as one folder would read these as well. Choose a path beside it");
            }
        }
    }

    private boolean isWritten(long jobGroupId, String bucket, String folder) {
        return database.sql("jobs/count-files-below")
                        .param("jobGroup", jobGroupId)
                        .param("bucket", bucket)
                        .param("folder", folder)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
