package dev.wharf.polling;

import dev.wharf.kernel.api.Reference;
import java.time.Instant;
import java.util.List;

/**
 * A run of a schedule as the API shows it.
 *
 * @param listedCount objects that were looked at
 * @param newCount those that had never been seen
 * @param changedCount those of which another version had been seen
 * @param waitingCount those that wait for their folder to be quiet
 * @param ignoredCount those that are no data
 * @param leftOut the first hundred that were left out
 * @param reason what there is to say of it; null for nothing
 */
public record ScheduleRunView(
        long id,
        String cause,
        String status,
        Instant dueAt,
        Instant startedAt,
        Instant endedAt,
        long listedCount,
        long newCount,
        long changedCount,
        long waitingCount,
        long ignoredCount,
        long leftOutCount,
        List<LeftOut> leftOut,
        String reason,
        Reference importedDataset,
        Job jobGroup) {

    /**
     * The job over the dataset.
     *
     * @param status of its group, as it is now
     * @param errorMessage null where it has not failed
     */
    public record Job(long id, String status, String errorMessage) {}

    /** An object that was not taken in, and why. */
    public record LeftOut(String key, String reason) {}
}
