package dev.wharf.identity;

import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers when tokens, or sessions, were used until somebody writes it down, so that no request waits for that. What a
 * row says is at most a minute old; what was not written when a process dies is lost.
 */
public final class Uses {
    public static final Duration PRECISION = Duration.ofMinutes(1);

    private final Database database;
    private final String statement;
    /** By id; only valid ones come here, each once until it is written. */
    private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();

    /** @param statement of {@code sql/}, which takes {@code id}, {@code at} and {@code before} */
    public Uses(Database database, String statement) {
        this.database = database;
        this.statement = statement;
    }

    /**
     * Takes note of a use.
     *
     * @param written what the row says, or null
     */
    public void note(String id, Instant written, Instant now) {
        if (written == null || written.plus(PRECISION).isBefore(now)) {
            unwritten.putIfAbsent(id, now);
        }
    }

    /** Writes down what was noted. What cannot be written now is noted again by the next request. */
    public void write() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String id : List.copyOf(unwritten.keySet())) {
            rows.add(row(id, unwritten.remove(id)));
        }
        if (!rows.isEmpty()) {
            database.batch(statement, rows);
        }
    }

    private static Map<String, Object> row(String id, Instant at) {
        return Map.of("id", id, "at", Timestamp.from(at), "before", Timestamp.from(at.minus(PRECISION)));
    }
}
