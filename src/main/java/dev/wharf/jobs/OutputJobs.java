package dev.wharf.jobs;

import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;

/** The rows by which each output of a job has an id among jobs. The first output's is that of the publication. */
final class OutputJobs {
    private final Database database;

    OutputJobs(Database database) {
        this.database = database;
    }

    /**
     * Gives ids to all outputs but the first; to be called in the transaction that inserts the publication.
     *
     * @param outputs how many there are
     */
    List<Long> insert(long jobGroupId, int outputs, Timestamp now) {
        List<Long> ids = new ArrayList<>();
        for (int number = 2; number <= outputs; number++) {
            ids.add(database.insert(database.sql("jobs/insert-output-job")
                    .param("jobGroup", jobGroupId)
                    .param("outputNo", number)
                    .param("now", now)));
        }
        return ids;
    }
}
