package dev.wharf.jobs;

import dev.wharf.kernel.sql.Database;
import dev.wharf.store.S3Uri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What jobs have written, file by file, profiles aside. */
public final class WrittenFiles {
    private final Database database;

    public WrittenFiles(Database database) {
        this.database = database;
    }

    /**
     * The files of one output of a job, in their order.
     *
     * @param output from 1
     * @return empty if it has no such output, or its files are not visible
     */
    public List<WrittenFile> of(long jobGroupId, long output) {
        return database.sql("jobs/output-files")
                .param("jobGroup", jobGroupId)
                .param("output", output)
                .query(WrittenFiles::row)
                .list();
    }

    /**
     * What a publication takes to another place: the file of the job whose results it publishes.
     *
     * @param source as its message names it
     * @return empty where the job publishes no other one's results, or that is none of them
     */
    public Optional<WrittenFile> published(long jobGroupId, String source) {
        if (!source.startsWith("s3://")) {
            return Optional.empty();
        }
        S3Uri place = S3Uri.parse(source);
        return database.sql("jobs/published-file")
                .param("jobGroup", jobGroupId)
                .param("bucket", place.bucket())
                .param("key", place.key())
                .query(WrittenFiles::row)
                .optional();
    }

    private static WrittenFile row(ResultSet row, int number) throws SQLException {
        return new WrittenFile(
                row.getLong("job_group_id"),
                row.getLong("output_no"),
                JobList.uri(row),
                row.getString("etag"),
                row.getString("source_uri"));
    }
}
