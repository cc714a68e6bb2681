package dev.wharf.identity.audit;

import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ProblemException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which events are asked for: {@code connectionId} (0 for what concerns none), {@code personId} (for whom, or who),
 * {@code operation}, {@code outcome}, {@code requestId}, {@code bucket}, {@code key} (the beginning of one), {@code from}
 * and {@code to} (ISO 8601; the second excluded), {@code after} (an event's id).
 */
record AuditFilter(
        long workspaceId,
        long connectionId,
        long personId,
        String operation,
        String outcome,
        String requestId,
        String bucket,
        String key,
        Instant from,
        Instant to,
        long after,
        ListQuery list) {
    private static final Map<String, String> FILTERED = Map.of(
            "operation", "operation", "bucket", "bucket", "key", "object_key", "detail", "detail", "email", "email");
    private static final Map<String, String> SORTED = Map.of("id", "id", "createdAt", "occurred_at");

    private static final Set<String> FORMATS = Set.of("json", "ndjson");
    private static final long ANY = -1;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /**
     * @throws ProblemException 400 if a parameter is malformed
     */
    static AuditFilter of(long workspaceId, Query query) {
        String outcome = query.get("outcome").orElse("");
        if (!outcome.isEmpty() && !AuditEvent.Outcome.isOne(outcome)) {
            throw ProblemException.invalid("outcome", "must be success, denied or failed");
        }
        if (!FORMATS.contains(query.get("format").orElse("json"))) {
            throw ProblemException.invalid("format", "must be json or ndjson");
        }
        return new AuditFilter(
                workspaceId,
                number(query, "connectionId", ANY),
                number(query, "personId", ANY),
                query.text("operation").orElse(""),
                outcome,
                query.text("requestId").orElse(""),
                query.text("bucket").orElse(""),
                query.text("key").map(ListQuery::escaped).orElse("") + "%",
                time(query, "from", EARLIEST),
                time(query, "to", LATEST),
                number(query, "after", 0),
                ListQuery.of(query, "operation", FILTERED, SORTED, "-id"));
    }

    private static long number(Query query, String name, long otherwise) {
        return query.get(name)
                .map(text -> {
                    if (!text.matches("\\d{1,18}")) {
                        throw ProblemException.invalid(name, "must be an id");
                    }
                    return Long.parseLong(text);
                })
                .orElse(otherwise);
    }

    private static Instant time(Query query, String name, Instant otherwise) {
        return query.get(name)
                .map(text -> {
                    try {
                        Instant time = Instant.parse(text);
                        return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
                    } catch (DateTimeParseException e) {
                        throw ProblemException.invalid(name, "must be a time in UTC such as 2026-01-31T09:00:00Z");
                    }
                })
                .orElse(otherwise);
    }

    JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, long afterId) {
        return statement
                .param("workspace", workspaceId)
                .param("connection", connectionId)
                .param("person", personId)
                .param("operation", operation)
                .param("outcome", outcome)
                .param("request", requestId)
                .param("bucket", bucket)
                .param("key", key)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("after", afterId);
    }
}
