package dev.wharf.identity.audit;

import dev.wharf.identity.Caller;
import dev.wharf.identity.Origin;
import dev.wharf.identity.audit.AuditEvent.Outcome;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records who did what, in rows that nothing changes or deletes.
 *
 * <p>A change has its row in the change's own transaction: there is no change without a row, and no row without a change.
 * Uses of a store are noted, and written soon afterwards, many in one transaction: a process that is killed may lose the
 * notes of its last moment, but for those that were {@linkplain #write written} at once.
 */
public final class AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    /** Notes that one transaction writes. */
    private static final int BATCH = 1_000;

    /** So many may wait, where the registry does not take them; further ones are in the log only. */
    private static final int MAX_WAITING = 100_000;

    private static final int MAX_BUCKET = 255;
    private static final int MAX_KEY = 1024;
    private static final int MAX_DETAIL = 1000;

    private final Database database;
    private final Clock clock;
    private final Deque<Map<String, Object>> waiting = new ArrayDeque<>();
    /** GrantedConnection while rows are written: whoever comes meanwhile finds its own among them. */
    private final Object writing = new Object();
    /** Whether the registry has not taken the last ones: said once, as this may last for hours. */
    private boolean behind;

    public AuditTrail(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Records a change; to be called in its transaction.
     *
     * @param detail what was changed, without secrets; or null
     */
    public void record(Caller caller, AuditedAction action, String detail) {
        database.sql("identity/insert-audit-event")
                .params(row(caller, action, Outcome.SUCCESS, detail))
                .update();
    }

    /** Does what somebody asks for, and notes it where they are refused. */
    public <T> T attempt(Caller caller, AuditedAction action, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            if (e.problem() == Problem.FORBIDDEN || e.problem() == Problem.NOT_FOUND) {
                note(caller, action, Outcome.DENIED, e.getMessage());
            }
            throw e;
        }
    }

    /** The same for what has no result. */
    public void attempt(Caller caller, AuditedAction action, Runnable work) {
        attempt(caller, action, () -> {
            work.run();
            return null;
        });
    }

    /** Takes note of a use. */
    public void note(Caller caller, AuditedAction action, Outcome outcome, String detail) {
        var row = row(caller, action, outcome, detail);
        boolean full;
        boolean many;
        synchronized (waiting) {
            full = waiting.size() >= MAX_WAITING;
            if (!full) {
                waiting.add(row);
            }
            many = waiting.size() >= BATCH;
        }
        if (full) {
            LOG.error("The registry does not take audit events; not recorded: {}", row);
        } else if (many) {
            write(); // whoever makes that many notes waits for them
        }
    }

    /**
     * Writes what was noted by now. What cannot be written stays, and is tried again the next time; the log tells once that
     * it waits, and that it waits no more.
     */
    public void write() {
        synchronized (writing) {
            for (List<Map<String, Object>> rows = first(); !rows.isEmpty(); rows = first()) {
                try {
                    write(rows);
                } catch (RuntimeException e) {
                    putBack(rows);
                    if (!behind) {
                        LOG.warn(
                                "Audit events wait for the registry: {}",
                                Problems.of(e).detail());
                    }
                    behind = true;
                    return;
                }
                if (behind) {
                    LOG.warn("Audit events are written again");
                }
                behind = false;
            }
        }
    }

    /** With what others write at this moment: each commit is waited for by all. */
    private void write(List<Map<String, Object>> rows) {
        database.shared().write(() -> {
            database.batch("identity/insert-audit-event", rows);
            return rows;
        });
    }

    private List<Map<String, Object>> first() {
        synchronized (waiting) {
            List<Map<String, Object>> rows = new ArrayList<>();
            while (rows.size() < BATCH && !waiting.isEmpty()) {
                rows.add(waiting.poll());
            }
            return rows;
        }
    }

    private void putBack(List<Map<String, Object>> rows) {
        synchronized (waiting) {
            for (int index = rows.size() - 1; index >= 0; index--) {
                waiting.addFirst(rows.get(index));
            }
        }
    }

    private Map<String, Object> row(Caller caller, AuditedAction action, Outcome outcome, String detail) {
        Origin origin = caller.origin();
        Map<String, Object> row = new HashMap<>();
        row.put("workspace", caller.workspaceId());
        row.put("now", Timestamp.from(clock.instant()));
        row.put("actor", origin.way().isPersonal() ? caller.personId() : null);
        row.put("person", caller.personId());
        row.put("via", origin.way().value());
        row.put("connection", action.connectionId());
        row.put("operation", action.operation());
        row.put("bucket", storable(action.bucket(), MAX_BUCKET));
        row.put("key", storable(action.key(), MAX_KEY));
        row.put("outcome", outcome.value());
        row.put("detail", storable(detail, MAX_DETAIL));
        row.put("request", origin.requestId());
        return row;
    }

    /** What was asked for may be no bucket or key at all: too long for one, or of characters that a database refuses. */
    private static String storable(String text, int max) {
        if (text == null) {
            return null;
        }
        String whole = text.replace('\0', '\u2400');
        if (whole.length() <= max) {
            return whole;
        }
        int end = Character.isHighSurrogate(whole.charAt(max - 2)) ? max - 2 : max - 1;
        return whole.substring(0, end) + "\u2026";
    }
}
