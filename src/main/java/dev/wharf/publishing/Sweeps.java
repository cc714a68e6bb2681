package dev.wharf.publishing;

import dev.wharf.kernel.Database;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Finds the jobs that nothing else would bring to an end. */
final class Sweeps {
    /** A due job whose sender has not said by then that its message is out. */
    private static final Duration UNSENT = Duration.ofMinutes(1);
    /** A message that is out and was not delivered: longer than the longest pause between two deliveries. */
    private static final Duration LOST = Duration.ofMinutes(10);
    /** How long unlisted files are looked for; an object may also have been deleted since. */
    private static final Duration RECHECKED = Duration.ofDays(1);

    private final Database database;
    private final Clock clock;

    Sweeps(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Candidate(long jobId, DueMessage message, Timestamp seen) {}

    List<DueMessage> due() {
        Instant now = clock.instant();
        List<Candidate> candidates = database.sql("publishing/due")
                .param("unsent", Timestamp.from(now.minus(UNSENT)))
                .param("lost", Timestamp.from(now.minus(LOST)))
                .param("dead", Timestamp.from(now.minus(Claims.DEAD)))
                .query((row, number) -> new Candidate(
                        row.getLong("id"),
                        new DueMessage(row.getString("document"), row.getString("node_id")),
                        row.getTimestamp("updated_at")))
                .list();
        return candidates.stream()
                .filter(candidate -> resend(candidate, now))
                .map(Candidate::message)
                .toList();
    }

    /** Of many nodes that found the same job, one sends. */
    private boolean resend(Candidate candidate, Instant now) {
        return database.sql("publishing/resend")
                        .param("now", Timestamp.from(now))
                        .param("job", candidate.jobId())
                        .param("seen", candidate.seen())
                        .update()
                == 1;
    }

    List<Long> unlisted() {
        return database.sql("publishing/unlisted-jobs")
                .param("since", Timestamp.from(clock.instant().minus(RECHECKED)))
                .query(Long.class)
                .list();
    }

    void clearWarning(long jobGroupId) {
        database.sql("publishing/clear-warning").param("jobGroup", jobGroupId).update();
    }

    List<Long> undone() {
        return database.sql("publishing/undone-jobs").query(Long.class).list();
    }
}
