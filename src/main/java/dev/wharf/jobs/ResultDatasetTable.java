package dev.wharf.jobs;

import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;

/**
 * Datasets that are wanted of the results of jobs. A wish is due from the moment at which the results are complete, in the same
 * transaction; a node that takes one up has a while for it, and the row lets only one of several end well.
 */
public final class ResultDatasetTable {
    /** Whoever has taken one up and was not heard of since then has died. */
    private static final Duration HANDED_OUT = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final int LONGEST_FAILURE = 4000;

    private final Database database;
    private final Clock clock;

    public ResultDatasetTable(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Moments for statements in routes: now, and when what is handed out now is due again. */
    public record Times(Timestamp now, Timestamp dead) {}

    public Times times() {
        return new Times(after(Duration.ZERO), after(HANDED_OUT));
    }

    /** Notes that a dataset is wanted; to be called in the transaction that starts the job. */
    public void want(long jobGroupId, int output, String name) {
        database.sql("jobs/insert-result-dataset")
                .param("jobGroup", jobGroupId)
                .param("output", output)
                .param("name", name)
                .update();
    }

    /** Makes it due; to be called in the transaction that makes the results complete. */
    static void complete(Database database, long jobGroupId, Timestamp now) {
        database.sql("jobs/want-result-dataset")
                .param("jobGroup", jobGroupId)
                .param("now", now)
                .update();
    }

    /** Whether none had been made before; to be called in the transaction that shows the dataset. */
    public boolean made(WantedDataset wanted, long datasetId) {
        return database.sql("jobs/result-dataset-made")
                        .param("dataset", datasetId)
                        .param("jobGroup", wanted.jobGroupId())
                        .update()
                == 1;
    }

    /** Ends a wish that cannot be fulfilled. */
    public void fail(WantedDataset wanted, String reason) {
        database.sql("jobs/result-dataset-failed")
                .param("failure", reason.substring(0, Math.min(reason.length(), LONGEST_FAILURE)))
                .param("jobGroup", wanted.jobGroupId())
                .update();
    }

    /** Lets another attempt be made in a while. */
    public void again(WantedDataset wanted) {
        database.sql("jobs/result-dataset-again")
                .param("due", after(PAUSE.multipliedBy(wanted.attempt())))
                .param("jobGroup", wanted.jobGroupId())
                .update();
    }

    private Timestamp after(Duration pause) {
        return Timestamp.from(clock.instant().plus(pause));
    }
}
