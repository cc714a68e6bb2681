package dev.wharf.identity.tokens;

import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers when tokens were used until somebody writes it down, so that no request waits for that. What a token's row
 * says is at most a minute old; what was not written when a process dies is lost.
 */
public final class TokenUses {
    private static final Duration PRECISION = Duration.ofMinutes(1);

    private final Database database;
    /** By token; only valid tokens come here, each once until it is written. */
    private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();

    public TokenUses(Database database) {
        this.database = database;
    }

    /**
     * Takes note of a use.
     *
     * @param written what the token's row says, or null
     */
    public void note(String tokenId, Instant written, Instant now) {
        if (written == null || written.plus(PRECISION).isBefore(now)) {
            unwritten.putIfAbsent(tokenId, now);
        }
    }

    /** Writes down what was noted. What cannot be written now is noted again by the next request. */
    public void write() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String tokenId : List.copyOf(unwritten.keySet())) {
            rows.add(row(tokenId, unwritten.remove(tokenId)));
        }
        if (!rows.isEmpty()) {
            database.batch("identity/use-token", rows);
        }
    }

    private static Map<String, Object> row(String tokenId, Instant at) {
        return Map.of("id", tokenId, "at", Timestamp.from(at), "before", Timestamp.from(at.minus(PRECISION)));
    }
}
