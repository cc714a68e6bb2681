package dev.wharf.polling;

import dev.wharf.kernel.api.Made;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.api.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * A schedule as the API shows it.
 *
 * @param pausedReason why the service has disabled it; null where it has not
 * @param queueFailure what keeps its queue from being read; null for nothing
 * @param nextRunAt null where it is disabled, or waits for something other than a time
 * @param importedDataset the one that it refreshes
 */
public record ScheduleView(
        long id,
        String uuid,
        String name,
        boolean enabled,
        String pausedReason,
        Schedule.QueueFailure queueFailure,
        List<ScheduleDocument.Trigger> triggers,
        List<ScheduleDocument.Task> tasks,
        String missed,
        int pauseAfter,
        Instant nextRunAt,
        Reference importedDataset,
        Reference creator,
        Reference updater,
        Reference workspace,
        Instant createdAt,
        Instant updatedAt)
        implements Made, Versioned {

    @Override
    public String location() {
        return "/v4/schedules/" + id;
    }

    static ScheduleView of(Schedule schedule, Instant nextRunAt) {
        var document = schedule.document();
        return new ScheduleView(
                schedule.id(),
                schedule.uuid(),
                schedule.name(),
                schedule.enabled(),
                schedule.pausedReason(),
                schedule.queueFailure(),
                document.triggers(),
                document.tasks(),
                document.missed(),
                document.pauseAfter(),
                nextRunAt,
                schedule.datasetId() == null ? null : new Reference(schedule.datasetId()),
                new Reference(schedule.ownerId()),
                new Reference(schedule.updaterId()),
                new Reference(schedule.workspaceId()),
                schedule.createdAt(),
                schedule.updatedAt());
    }
}
