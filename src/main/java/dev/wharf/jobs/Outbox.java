package dev.wharf.jobs;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The messages of jobs, as their rows say them: what was not sent, or was lost, is sent (again) from here, until the job
 * has ended. A message that comes twice does nothing twice.
 */
public final class Outbox {
    /** How long whoever makes a job due has to send its message itself. */
    public static final Duration GRACE = Duration.ofSeconds(5);
    /** A message that is out and was not taken up: longer than the longest pause between two deliveries. */
    static final Duration LOST = Duration.ofMinutes(10);

    private final Database database;
    private final Claims claims;

    public Outbox(Database database, Claims claims) {
        this.database = database;
        this.claims = claims;
    }

    private record Candidate(long jobId, DueMessage message) {}

    /** Messages to be sent now; of many nodes that find the same job, one sends. */
    List<DueMessage> due() {
        return database
                .sql("jobs/due")
                .param("now", claims.now())
                .param("dead", claims.dead())
                .query((row, number) -> new Candidate(row.getLong("id"), message(row, number)))
                .list()
                .stream()
                .filter(this::handedOut)
                .map(Candidate::message)
                .toList();
    }

    /** A dead process loses its claim here. Should the sender die as well, the message is due again. */
    private boolean handedOut(Candidate candidate) {
        return database.sql("jobs/hand-out")
                        .param("job", candidate.jobId())
                        .param("now", claims.now())
                        .param("dead", claims.dead())
                        .param("again", claims.after(GRACE))
                        .update()
                == 1;
    }

    /** To be called when a message is out. */
    public void sent(long jobGroupId, String jobType) {
        database.sql("jobs/sent")
                .param("jobGroup", jobGroupId)
                .param("type", jobType)
                .param("due", claims.after(LOST))
                .update();
    }

    /** Lets the message of a publication that nobody works on be sent within seconds, whether it was before or not. */
    public void hurry(long jobGroupId) {
        database.sql("jobs/hurry")
                .param("jobGroup", jobGroupId)
                .param("now", claims.now())
                .update();
    }

    /** When a message is due that its maker sends at once. */
    Timestamp soon() {
        return claims.after(GRACE);
    }

    private static DueMessage message(ResultSet row, int number) throws SQLException {
        long jobGroupId = row.getLong("job_group_id");
        String type = row.getString("job_type");
        return new DueMessage(
                jobGroupId,
                type,
                type.equals(DueMessage.RUN) ? Json.write(Map.of("jobGroupId", jobGroupId)) : row.getString("document"),
                row.getString("node_id"));
    }
}
