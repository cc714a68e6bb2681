package dev.wharf.jobs;

import dev.wharf.kernel.sql.Database;
import java.sql.Types;
import java.util.function.Supplier;

/**
 * What the process that has claimed a job does to its row, run or publication. Each change names the claimant and says
 * whether it was made: it was not if the job is another process's by now.
 */
final class JobRows {
    private static final int LONGEST_TEXT = 4000;
    private static final int LONGEST_FAILURE = 400_000;

    private final Database database;
    private final Claims claims;

    JobRows(Database database, Claims claims) {
        this.database = database;
        this.claims = claims;
    }

    /** Gives a job back for its next attempt. Should its message not come again by itself, it is sent again. */
    boolean release(long jobId, String reason) {
        return database.sql("jobs/release")
                        .param("reason", shortened(reason, LONGEST_TEXT))
                        .param("due", claims.after(JobTimes.LOST))
                        .param("now", claims.now())
                        .param("job", jobId)
                        .param("process", claims.process().toString())
                        .update()
                == 1;
    }

    /**
     * Ends a job.
     *
     * @param reason null unless it has failed
     * @param andMore done in the same transaction, if the job was this process's
     */
    boolean end(long jobId, String status, String reason, Runnable andMore) {
        Supplier<Boolean> end = () -> {
            boolean ended = database.sql("jobs/end")
                            .param("status", status)
                            .param("reason", shortened(reason, LONGEST_TEXT), Types.VARCHAR)
                            .param("now", claims.now())
                            .param("job", jobId)
                            .param("process", claims.process().toString())
                            .update()
                    == 1;
            if (ended) {
                andMore.run();
            }
            return ended;
        };
        return database.inTransaction(end);
    }

    /** Sets how a job group stands, and tells of it: to be called in the transaction of what has led to it. */
    void group(long jobGroupId, String status, String failure, String warning) {
        database.sql("jobs/end-group")
                .param("status", status)
                .param("failure", shortened(failure, LONGEST_FAILURE), Types.VARCHAR)
                .param("warning", shortened(warning, LONGEST_TEXT), Types.VARCHAR)
                .param("now", claims.now())
                .param("jobGroup", jobGroupId)
                .update();
        if (status.equals("Complete")) {
            ResultDatasetTable.complete(database, jobGroupId, claims.now());
        }
        claims.events().changed(jobGroupId);
    }

    static String warning(String text) {
        return shortened(text, LONGEST_TEXT);
    }

    private static String shortened(String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
