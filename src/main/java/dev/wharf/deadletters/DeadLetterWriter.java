package dev.wharf.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.jobs.FailedAttempt;
import dev.wharf.jobs.FailedAttempt.DeadLetter;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Decides which messages are dead letters, and keeps them: one row each, whatever happens on the way. */
public final class DeadLetterWriter {
    private static final Logger LOG = LoggerFactory.getLogger("dev.wharf.jobs");

    private static final int MOST_REASON = 500;
    private static final int MOST_ID = 255;
    private static final long NONE = -1;

    private final Database database;
    private final int attempts;
    private final Clock clock;

    /** @param attempts deliveries of a message that may succeed later */
    public DeadLetterWriter(Database database, int attempts, Clock clock) {
        this.database = database;
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * Whether a message is given up.
     *
     * @param node the only node that could do what it asks for, or null: the row of such a message's job sends it again, and
     *     where everybody may take it the results would be looked for on the wrong disk
     */
    public boolean isDead(FailedAttempt failed, Integer delivery, String node) {
        return failed.deadLetter() == DeadLetter.AT_ONCE
                || failed.deadLetter() == DeadLetter.AT_LAST
                        && node == null
                        && delivery != null
                        && delivery >= attempts;
    }

    /**
     * Keeps a dead letter. The row comes before the message is sent on, which the broker does in one transaction with its
     * acknowledgement: a process that dies in between gets the message again, and finds the row. The other way round there
     * would be dead letters that nobody sees.
     */
    public void write(Delivery delivery, FailedAttempt failed) {
        boolean told = database.inTransaction(() -> fails(delivery, failed) || inserts(delivery, failed));
        if (told) {
            LOG.warn(
                    "A message of {} is a dead letter, see /v4/deadLetters: {}",
                    delivery.queue(),
                    line(failed.reason()));
        }
    }

    private boolean fails(Delivery delivery, FailedAttempt failed) {
        return delivery.replayId() != null
                && bind(database.sql("deadletters/fail-again"), delivery, failed)
                                .param("replay", delivery.replayId())
                                .update()
                        > 0;
    }

    private boolean inserts(Delivery delivery, FailedAttempt failed) {
        long known = database.sql("deadletters/count-known")
                .param("key", delivery.key())
                .param("replay", delivery.replayId(), Types.VARCHAR)
                .query(Long.class)
                .single();
        return known == 0
                && bind(database.sql("deadletters/insert"), delivery, failed)
                                .param("uuid", UUID.randomUUID().toString())
                                .update()
                        > 0;
    }

    private StatementSpec bind(StatementSpec statement, Delivery delivery, FailedAttempt failed) {
        Content content = Content.of(delivery);
        return statement
                .param("key", delivery.key())
                .param("queue", delivery.queue())
                .param("messageId", shortened(delivery.messageId()), Types.VARCHAR)
                .param("type", delivery.type())
                .param("text", delivery.kept(), Types.VARCHAR)
                .param("length", delivery.length())
                .param("whole", delivery.whole())
                .param("reason", line(failed.reason()))
                .param("deliveries", delivery.count())
                .param("workspace", workspace(content), Types.BIGINT)
                .param("announcedAs", shortened(content.announcedAs()), Types.VARCHAR)
                .param("jobGroup", content.jobGroup(), Types.BIGINT)
                .param("now", Timestamp.from(clock.instant()));
    }

    private Long workspace(Content content) {
        return database
                .sql("deadletters/workspace-of")
                .param("jobGroup", content.jobGroup() == null ? NONE : content.jobGroup())
                .param("membership", content.membership() == null ? NONE : content.membership())
                .query(Long.class)
                .list()
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static String shortened(String text) {
        return text == null ? null : Text.cut(Delivery.storable(text), MOST_ID);
    }

    /** A reason in one line that every log, registry and header can hold. */
    static String line(String reason) {
        return Text.cut(
                Delivery.storable(reason).replaceAll("[\\p{Cntrl}\\p{Z}]+", " ").strip(), MOST_REASON);
    }

    /** What can be read of a message that may be anything. */
    private record Content(Long jobGroup, String announcedAs, Long membership) {
        private static final Content NOTHING = new Content(null, null, null);

        static Content of(Delivery delivery) {
            if (!delivery.whole()) {
                return NOTHING;
            }
            try {
                JsonNode document = Json.read(delivery.text(), JsonNode.class);
                Long jobGroup = number(document.path("jobGroupId"));
                JsonNode announcedAs = document.path("announcedAs");
                return new Content(
                        jobGroup,
                        announcedAs.isTextual() ? announcedAs.textValue() : null,
                        jobGroup == null ? number(document.path("personWorkspaceId")) : null);
            } catch (ProblemException e) {
                return NOTHING; // no JSON: that is its reason
            }
        }

        private static Long number(JsonNode value) {
            return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
        }
    }
}
