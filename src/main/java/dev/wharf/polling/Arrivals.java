package dev.wharf.polling;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.SqlStates;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Outbox;
import dev.wharf.kernel.sql.OutboxMessage;
import dev.wharf.store.ObjectInfo;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * The objects that schedules have seen: each version of each object is recorded exactly once, whoever sees it first and
 * however often, and told of in a message that is written in the same transaction.
 */
public final class Arrivals {
    /** Objects that are recorded in one transaction, and told of in one message. */
    private static final int BATCH = 1000;

    private static final String TOPIC = "imports.arrived";

    /** Whoever finds a version unrecorded may meet another who records it at the same time. */
    private static final int TRIES = 5;

    private final Database database;
    private final ScheduleTable schedules;
    private final Clock clock;
    private final Outbox outbox;
    private final int batch;

    public Arrivals(Database database, ScheduleTable schedules, Clock clock) {
        this(database, schedules, clock, BATCH);
    }

    /** @param batch objects that are recorded in one transaction */
    Arrivals(Database database, ScheduleTable schedules, Clock clock, int batch) {
        this.batch = batch;
        this.database = database;
        this.schedules = schedules;
        this.clock = clock;
        this.outbox = new Outbox(database, clock);
    }

    /**
     * What became of some objects.
     *
     * @param added objects of which no version was known
     * @param changed objects of which another version was known
     * @param again objects that were left out before
     */
    record Recorded(int added, int changed, int again) {}

    /** So many objects are recorded in one transaction. */
    int batch() {
        return batch;
    }

    /**
     * Records one object that was seen, for the next run to take in.
     *
     * @return whether this version of it is new, or was left out before and is to be taken in after all
     */
    public boolean record(long scheduleId, ObjectInfo object) {
        Recorded recorded = undisturbed(() -> record(scheduleId, null, List.of(object)));
        return recorded.added() + recorded.changed() + recorded.again() > 0;
    }

    /** Does what records objects in a transaction, again where somebody else has recorded one of them at the same time. */
    <T> T undisturbed(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.inTransaction(work);
            } catch (DataIntegrityViolationException | ConcurrencyFailureException e) {
                if (attempt == TRIES
                        || e instanceof DataIntegrityViolationException && !SqlStates.isUniqueViolation(e)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Records what is new among some objects, to be called in {@link #undisturbed}. A run takes in what is new, and what was
     * recorded before and taken in by none; for a dataset that is refreshed also what is as it was before another version of it
     * was taken in.
     *
     * @param run which takes them in; null for none yet
     */
    Recorded record(long scheduleId, Long run, List<ObjectInfo> objects) {
        Map<String, Seen> seen = new LinkedHashMap<>();
        objects.forEach(object -> seen.put(ObjectHash.of(object), new Seen(object, ObjectHash.ofKey(object))));
        Set<String> open = new HashSet<>();
        Set<String> taken = new HashSet<>();
        int again = 0;
        for (Known known : known(scheduleId, seen.keySet())) {
            seen.remove(known.objectHash());
            if (known.run() == null) {
                open.add(known.objectHash());
                again += known.leftOut() ? 1 : 0;
            } else if (!known.leftOut()) {
                taken.add(known.objectHash());
            }
        }
        if (!open.isEmpty()) {
            database.sql("polling/take-arrivals")
                    .param("schedule", scheduleId)
                    .param("run", run, Types.BIGINT)
                    .param("hashes", open)
                    .update();
        }
        int returned = takeReturned(scheduleId, run, taken);
        return seen.isEmpty() ? new Recorded(0, returned, again) : insert(scheduleId, run, seen, again, returned);
    }

    /** A dataset that is refreshed has of each object what a run has taken in last, which is not what is there again now. */
    private int takeReturned(long scheduleId, Long run, Set<String> taken) {
        boolean refreshes = !taken.isEmpty()
                && schedules
                        .find(scheduleId)
                        .filter(schedule -> schedule.document().source().isRefresh())
                        .isPresent();
        return refreshes
                ? database.sql("polling/take-returned-arrivals")
                        .param("schedule", scheduleId)
                        .param("run", run, Types.BIGINT)
                        .param("hashes", taken)
                        .update()
                : 0;
    }

    private record Seen(ObjectInfo object, String keyHash) {}

    /** A version that is recorded: which run has taken it in, null for none, and whether it was left out. */
    private record Known(String objectHash, Long run, boolean leftOut) {}

    private List<Known> known(long scheduleId, Set<String> hashes) {
        return hashes.isEmpty()
                ? List.of()
                : database.sql("polling/known-arrivals")
                        .param("schedule", scheduleId)
                        .param("hashes", hashes)
                        .query((row, number) -> new Known(
                                row.getString("object_hash"),
                                row.getObject("run_id", Long.class),
                                row.getBoolean("is_left_out")))
                        .list();
    }

    private Recorded insert(long scheduleId, Long run, Map<String, Seen> seen, int again, int returned) {
        Set<String> keys = new HashSet<>();
        seen.values().forEach(each -> keys.add(each.keyHash()));
        Set<String> knownKeys = new HashSet<>(database.sql("polling/known-keys")
                .param("schedule", scheduleId)
                .param("hashes", keys)
                .query(String.class)
                .list());
        Instant now = clock.instant();
        List<Map<String, Object>> rows = new ArrayList<>();
        List<ArrivalMessage.Arrived> told = new ArrayList<>();
        int changed = 0;
        for (Map.Entry<String, Seen> each : seen.entrySet()) {
            ObjectInfo object = each.getValue().object();
            Map<String, Object> row = new HashMap<>();
            row.put("schedule", scheduleId);
            row.put("keyHash", each.getValue().keyHash());
            row.put("objectHash", each.getKey());
            row.put("key", object.key());
            row.put("size", object.size());
            row.put("etag", object.etag());
            row.put("lastModified", object.lastModified() == null ? null : Timestamp.from(object.lastModified()));
            row.put("run", run);
            row.put("now", Timestamp.from(now));
            rows.add(row);
            told.add(ArrivalMessage.Arrived.of(object));
            changed += knownKeys.contains(each.getValue().keyHash()) ? 1 : 0;
        }
        database.batch("polling/insert-arrival", rows);
        tell(scheduleId, now, told);
        return new Recorded(rows.size() - changed, changed + returned, again);
    }

    private void tell(long scheduleId, Instant now, List<ArrivalMessage.Arrived> objects) {
        Schedule schedule = schedules.find(scheduleId).orElse(null);
        if (schedule == null) {
            return; // deleted meanwhile: nobody is to be told
        }
        String id = UUID.randomUUID().toString();
        var message = new ArrivalMessage(
                id,
                scheduleId,
                schedule.workspaceId(),
                schedule.document().source().source(),
                now,
                objects);
        outbox.put(new OutboxMessage(id, TOPIC, Json.write(message)));
    }

    /** Lets a run take in all that was recorded and taken in by none. */
    Recorded takeAll(long scheduleId, long run) {
        int taken = database.sql("polling/take-all-arrivals")
                .param("schedule", scheduleId)
                .param("run", run)
                .update();
        int changed = database.sql("polling/count-changed-arrivals")
                .param("run", run)
                .query(Integer.class)
                .single();
        return new Recorded(taken - changed, changed, 0);
    }

    /** Leaves what a run has taken in to the next one. */
    void release(long run) {
        database.sql("polling/release-arrivals").param("run", run).update();
    }

    /** Leaves out what a run had taken in: the next one that sees it takes it in. */
    void leaveOut(long run, List<Long> ids) {
        for (int from = 0; from < ids.size(); from += batch) {
            database.sql("polling/leave-out-arrivals")
                    .param("run", run)
                    .param("ids", ids.subList(from, Math.min(ids.size(), from + batch)))
                    .update();
        }
    }

    /** Those of what a run takes in that have one of these keys. */
    List<Long> idsOf(long run, Set<String> keys) {
        List<Long> ids = new ArrayList<>();
        for (List<Arrived> page = ofRun(run, 0);
                !page.isEmpty();
                page = ofRun(run, page.get(page.size() - 1).id())) {
            page.stream()
                    .filter(arrived -> keys.contains(arrived.object().key()))
                    .forEach(arrived -> ids.add(arrived.id()));
        }
        return ids;
    }

    /** Leaves out for good what cannot be in one dataset with the others; another version of it is another object. */
    void setAside(long run, List<Long> ids) {
        database.sql("polling/set-aside-arrivals")
                .param("run", run)
                .param("ids", ids)
                .update();
    }

    /** Those of some records that are results of the schedule's own jobs. */
    List<Arrived> ownResults(long scheduleId, String bucket, List<Arrived> arrived) {
        Map<String, Set<String>> written = new HashMap<>();
        database.sql("polling/own-results")
                .param("schedule", scheduleId)
                .param("bucket", bucket)
                .param("keys", arrived.stream().map(each -> each.object().key()).toList())
                .query(row -> {
                    // Until it is known how the store calls what was written, it may be any.
                    written.computeIfAbsent(row.getString("object_key"), key -> new HashSet<>())
                            .add(Objects.requireNonNullElse(row.getString("etag"), ""));
                });
        return arrived.stream()
                .filter(each -> {
                    Set<String> etags = written.getOrDefault(each.object().key(), Set.of());
                    return etags.contains("") || etags.contains(each.object().etag());
                })
                .toList();
    }

    /** What a run takes in, in the order in which it was recorded. */
    List<Arrived> ofRun(long run, long after) {
        return database.sql("polling/arrivals-of-run")
                .param("run", run)
                .param("after", after)
                .param("limit", batch)
                .query((row, number) -> {
                    Timestamp modified = row.getTimestamp("last_modified");
                    return new Arrived(
                            row.getLong("id"),
                            new ObjectInfo(
                                    row.getString("object_key"),
                                    row.getLong("byte_size"),
                                    row.getString("etag"),
                                    modified == null ? null : modified.toInstant(),
                                    "STANDARD",
                                    false,
                                    null));
                })
                .list();
    }

    /** An object, and the number of its record. */
    record Arrived(long id, ObjectInfo object) {}

    /**
     * Those of some objects that are recorded in this version and not left out, in their order.
     *
     * @param run that has taken them in; null for any
     */
    List<ObjectInfo> recorded(long scheduleId, Long run, List<ObjectInfo> objects) {
        Map<String, ObjectInfo> asked = new LinkedHashMap<>();
        objects.forEach(object -> asked.put(ObjectHash.of(object), object));
        Set<String> known = new HashSet<>();
        known(scheduleId, asked.keySet()).stream()
                .filter(each -> !each.leftOut() && (run == null || run.equals(each.run())))
                .forEach(each -> known.add(each.objectHash()));
        asked.keySet().retainAll(known);
        return List.copyOf(asked.values());
    }
}
