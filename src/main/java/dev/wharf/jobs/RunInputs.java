package dev.wharf.jobs;

import dev.wharf.kernel.sql.Database;
import dev.wharf.store.S3Uri;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What runs read, kept with each. Where the path of a dataset varies that is not the example that its dataset shows: it is what
 * was matched for the run and, before that, the path with the run's values.
 */
final class RunInputs {
    private final Database database;

    RunInputs(Database database) {
        this.database = database;
    }

    /**
     * @param name the dataset's
     * @param places the file or the folder; where the path varies the first hundred files that were matched or, before that, the
     *     path with {@code *} for what varies; empty where that is not known
     * @param isPattern whether nothing is matched yet
     * @param files how many are read; null before they are known
     */
    record Read(String name, List<S3Uri> places, boolean isPattern, Long files) {}

    /** Binds where a job reads. */
    static JdbcClient.StatementSpec told(JdbcClient.StatementSpec statement, ReadPlace place) {
        return statement
                .param("readConnection", place.uri().connectionId(), Types.BIGINT)
                .param("readBucket", place.uri().bucket())
                .param("readKey", place.uri().key())
                .param("readVaries", place.varies());
    }

    /** Keeps which files were matched for a job whose path varies; in the transaction in which they are known. */
    void keep(long jobGroupId) {
        database.sql("jobs/keep-read-files").param("jobGroup", jobGroupId).update();
    }

    /** @return empty where the job runs no dataset */
    Optional<Read> of(long jobGroupId) {
        return database.sql("jobs/read")
                .param("jobGroup", jobGroupId)
                .query((row, number) -> read(row, jobGroupId))
                .optional();
    }

    private Read read(ResultSet row, long jobGroupId) throws SQLException {
        String name = row.getString("name");
        Long files = row.getObject("read_count", Long.class);
        if (row.getString("read_bucket") == null) {
            return new Read(name, List.of(), false, files);
        }
        var place = new S3Uri(
                row.getString("read_bucket"),
                row.getString("read_key"),
                row.getObject("read_connection_id", Long.class));
        boolean matched = row.getBoolean("read_varies") && files != null;
        return new Read(
                name,
                matched ? keys(jobGroupId).stream().map(place::withKey).toList() : List.of(place),
                row.getBoolean("read_varies") && !matched,
                files);
    }

    private List<String> keys(long jobGroupId) {
        return database.sql("jobs/read-files")
                .param("jobGroup", jobGroupId)
                .query(String.class)
                .list();
    }
}
