package dev.wharf.kernel.sql;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Messages that are written in the transaction of what they tell of: none is lost, and none tells of what never was.
 * {@code outbox.camel.yaml} sends them, at least once.
 */
public final class Outbox {
    /** How long who sends a message has before another node sends it. */
    private static final Duration HANDED_OUT = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;

    public Outbox(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Writes a message; to be called in that transaction. */
    public void put(OutboxMessage message) {
        database.sql("kernel/insert-outbox-message")
                .param("id", message.id())
                .param("topic", message.topic())
                .param("document", message.document())
                .param("due", times().now())
                .update();
    }

    /** Lets a message that was handed out be due again in a while, rather than when its sender would have died. */
    public void putOff(OutboxMessage message, Duration pause) {
        database.sql("kernel/put-off-outbox-message")
                .param("due", Timestamp.from(clock.instant().plus(pause)))
                .param("id", message.id())
                .update();
    }

    /** The moment, and until when what is handed out now is not handed out again. */
    public Times times() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as the database keeps it
        return new Times(
                Timestamp.from(now),
                Timestamp.from(now.plus(HANDED_OUT)),
                UUID.randomUUID().toString());
    }

    /**
     * For statements in routes.
     *
     * @param soon when what is handed out now is due again, unless it was sent
     * @param batch a name for what is handed out now
     */
    public record Times(Timestamp now, Timestamp soon, String batch) {}
}
