package dev.wharf.polling;

import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;

/**
 * Jobs of a schedule that have failed in a row: they end long after the runs that started them, which were complete. A run
 * without anything new changes nothing about them, so that a schedule whose job fails each night is found out.
 */
final class FailedJobs {
    private final Database database;

    FailedJobs(Database database) {
        this.database = database;
    }

    /** A job that is over. */
    private record Ended(long id, boolean failed, String reason) {}

    /** Why a schedule is to be paused; empty where its last jobs have not failed as often as it allows since it was enabled. */
    Optional<String> tooMany(Schedule schedule) {
        int most = schedule.document().pauseAfter();
        List<Ended> last = database.sql("polling/jobs-ended")
                .param("schedule", schedule.id())
                .param("since", Timestamp.from(schedule.updatedAt()))
                .param("limit", most)
                .query((row, number) -> new Ended(
                        row.getLong("id"), row.getString("status").equals("Failed"), row.getString("failure")))
                .list();
        return last.size() < most || !last.stream().allMatch(Ended::failed)
                ? Optional.empty()
                : Optional.of(most + (most == 1 ? " job has failed" : " jobs in a row have failed")
                        + ", the last one (job group " + last.get(0).id() + "): "
                        + last.get(0).reason());
    }
}
