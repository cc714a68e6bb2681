package dev.wharf.jobs;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Outbox;
import dev.wharf.kernel.sql.OutboxMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Tells of what becomes of job groups, in the transaction of the change itself. */
final class JobEvents {
    private static final String TOPIC = "publishing.events";
    private static final Map<String, String> TYPES = Map.of(
            "InProgress", "started",
            "Complete", "completed",
            "Failed", "failed",
            "Canceled", "canceled");

    private final Database database;
    private final Clock clock;
    private final Outbox outbox;

    private final LineageEvents lineage;

    /** @param lineage null where nobody collects it */
    JobEvents(Database database, LineageEvents lineage, Clock clock) {
        this.lineage = lineage;
        this.database = database;
        this.clock = clock;
        this.outbox = new Outbox(database, clock);
    }

    /** Tells how a job group stands now. */
    void changed(long jobGroupId) {
        tell(jobGroupId, null);
        if (lineage != null) {
            lineage.changed(jobGroupId);
        }
    }

    /** @param step that a job has taken on its way */
    void progress(long jobGroupId, String step) {
        tell(jobGroupId, step);
    }

    private void tell(long jobGroupId, String step) {
        String id = UUID.randomUUID().toString();
        Instant now = clock.instant();
        JobEvent event = database.sql("jobs/event")
                .param("jobGroup", jobGroupId)
                .query((row, number) -> new JobEvent(
                        id,
                        step == null ? TYPES.get(row.getString("status")) : "progress",
                        step,
                        now,
                        row.getLong("workspace_id"),
                        jobGroupId,
                        row.getString("name"),
                        row.getString("execution"),
                        row.getString("status"),
                        row.getString("failure"),
                        row.getString("warning"),
                        row.getLong("files"),
                        row.getLong("bytes")))
                .single();
        outbox.put(new OutboxMessage(id, TOPIC, Json.write(event)));
    }
}
