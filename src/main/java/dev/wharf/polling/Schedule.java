package dev.wharf.polling;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule.
 *
 * @param membershipId whose it is, and with whose rights it runs
 * @param ownerId the same as a person
 * @param pausedReason why the service has disabled it; null where it has not
 * @param queueFailure what keeps its queue from being read; null for nothing
 * @param sourceFormat the format of what it imports, null until it has imported something
 * @param datasetId the dataset that it refreshes, null while there is none
 * @param wanted why a run is wanted that has not begun, as {@link Cause} spells it; null where none is
 * @param failures runs in a row that have failed
 */
public record Schedule(
        long id,
        String uuid,
        long workspaceId,
        long membershipId,
        long ownerId,
        String name,
        boolean enabled,
        String pausedReason,
        QueueFailure queueFailure,
        ScheduleDocument document,
        String sourceFormat,
        Long datasetId,
        String wanted,
        int failures,
        long updaterId,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * When it is due: at once where a run is wanted, also of one that is disabled.
     *
     * @param after of its own times, the first one after this
     * @return empty where it is not
     */
    Optional<Instant> due(Instant now, Instant after) {
        if (wanted != null) {
            return Optional.of(now);
        }
        return enabled ? document.next(after) : Optional.empty();
    }

    /**
     * What keeps a queue from being read.
     *
     * @param since when it could not be read first
     */
    public record QueueFailure(String reason, Instant since) {}
}
