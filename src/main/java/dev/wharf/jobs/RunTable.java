package dev.wharf.jobs;

import dev.wharf.kernel.sql.Database;
import java.sql.Types;
import java.util.Optional;

/** The state of runs and their job groups. */
public final class RunTable {
    private final Database database;
    private final RunInputs inputs;
    private final Claims claims;
    private final JobRows rows;

    public RunTable(Database database, Claims claims) {
        this.database = database;
        this.inputs = new RunInputs(database);
        this.claims = claims;
        this.rows = new JobRows(database, claims);
    }

    /**
     * @param manifestId the files that the job was started over, or that were found for it; 0 where they are still to be
     *     found
     * @param runParameters with what the run resolves the paths of what it reads and writes, as JSON; null where none varies
     * @param attempts how often the run was claimed
     */
    public record State(
            long jobId,
            long jobGroupId,
            long membershipId,
            long datasetId,
            long manifestId,
            String runParameters,
            String status,
            int attempts) {
        public boolean isComplete() {
            return status.equals("Complete");
        }

        public boolean isCanceled() {
            return status.equals("Canceled");
        }

        public boolean isOver() {
            return isComplete() || isCanceled() || status.equals("Failed");
        }

        /** The same once it is claimed. */
        public State begun() {
            return new State(
                    jobId, jobGroupId, membershipId, datasetId, manifestId, runParameters, "InProgress", attempts + 1);
        }
    }

    public Optional<State> state(long jobGroupId) {
        return database.sql("jobs/run-state")
                .param("jobGroup", jobGroupId)
                .query((row, number) -> new State(
                        row.getLong("job_id"),
                        row.getLong("job_group_id"),
                        row.getLong("membership_id"),
                        row.getLong("dataset_id"),
                        row.getLong("manifest_id"),
                        row.getString("run_parameters"),
                        row.getString("status"),
                        row.getInt("attempts")))
                .optional();
    }

    /** Notes the files that were found for a run, in a transaction; whether none had been found before. */
    public boolean matched(State run, long manifestId) {
        boolean first = database.sql("jobs/matched")
                        .param("jobGroup", run.jobGroupId())
                        .param("manifest", manifestId)
                        .update()
                > 0;
        if (first) {
            inputs.keep(run.jobGroupId());
        }
        return first;
    }

    /** Shows how much of its files a run has read. */
    public void fetched(State run, long files, long bytes) {
        database.sql("jobs/fetched")
                .param("files", files)
                .param("bytes", bytes)
                .param("job", run.jobId())
                .param("process", claims.process().toString())
                .update();
    }

    /** Lets the message that announces a run's results be sent within seconds, whether it was before or not. */
    public void announceAgain(State run) {
        database.sql("jobs/hurry")
                .param("jobGroup", run.jobGroupId())
                .param("now", claims.now())
                .update();
    }

    /** Gives a run back, to be begun again when its message comes again. */
    public boolean release(State run, String reason) {
        return rows.release(run.jobId(), reason);
    }

    /**
     * Ends a run. What publishing is told is kept with it, so that it can be told again; only this node can read the
     * results.
     *
     * @return the message that announces them; empty if the run is another process's by now
     */
    public Optional<DueMessage> complete(State run, String document) {
        var announcement = DueMessage.ofPublication(
                run.jobGroupId(), document, claims.process().node());
        boolean complete = rows.end(run.jobId(), "Complete", null, () -> {
            database.sql("jobs/keep-announcement")
                    .param("jobGroup", run.jobGroupId())
                    .param("document", announcement.document())
                    .param("node", announcement.nodeId())
                    .param("due", claims.after(JobTimes.GRACE))
                    .param("now", claims.now())
                    .update();
            claims.events().progress(run.jobGroupId(), "written");
        });
        return complete ? Optional.of(announcement) : Optional.empty();
    }

    /** Notes that the profile of a run is being made; whether there is to be one. */
    public boolean beginProfile(State run) {
        return database.sql("jobs/begin-profile")
                        .param("jobGroup", run.jobGroupId())
                        .param("now", claims.now())
                        .update()
                == 1;
    }

    /**
     * Notes what has come of it: to be called in the transaction of {@link #complete}.
     *
     * @param message what there is to say, or why there is none; null for nothing
     */
    public void endProfile(State run, boolean made, String message) {
        database.sql("jobs/end-profile")
                .param("status", made ? "Complete" : "Failed")
                .param("message", JobRows.warning(message), Types.VARCHAR)
                .param("jobGroup", run.jobGroupId())
                .param("now", claims.now())
                .update();
    }

    /** Whether the run has failed now, and its publication is off; false if it is another process's. */
    public boolean fail(State run, String reason) {
        return rows.end(run.jobId(), "Failed", reason, () -> {
            database.sql("jobs/cancel-publication")
                    .param("jobGroup", run.jobGroupId())
                    .param("now", claims.now())
                    .update();
            database.sql("jobs/cancel-profile")
                    .param("jobGroup", run.jobGroupId())
                    .param("now", claims.now())
                    .update();
            rows.group(run.jobGroupId(), "Failed", reason, null);
        });
    }
}
