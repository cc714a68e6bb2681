package dev.wharf.polling;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.identity.people.Associations;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.ListQuery;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.store.S3Uri;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * The schedules of a workspace: a person sees their own, an administrator all, and may stop those of others. What one does
 * is its owner's alone to say, since it is done with the owner's rights.
 */
public final class Schedules {
    private static final Map<String, String> FILTERED = Map.of("name", "name");
    private static final Map<String, String> SORTED =
            Map.of("id", "id", "name", "name", "createdAt", "created_at", "updatedAt", "updated_at");

    private final Database database;
    private final ScheduleTable table;
    private final DueTimes dueTimes;
    private final Executions executions;
    private final AuditTrail trail;
    private final Clock clock;
    private final RunTable runs;

    public Schedules(
            Database database,
            ScheduleTable table,
            DueTimes dueTimes,
            Executions executions,
            AuditTrail trail,
            Clock clock) {
        this.database = database;
        this.table = table;
        this.dueTimes = dueTimes;
        this.executions = executions;
        this.trail = trail;
        this.clock = clock;
        this.runs = new RunTable(database, clock);
    }

    /** What a body asks for, which is checked as far as it is this room's. */
    public ScheduleRequest requested(ScheduleRequest request) {
        return request;
    }

    /**
     * Tells what is wrong with a part that another room has looked at.
     *
     * @throws ProblemException always, naming the part
     */
    public void refuse(String field, Throwable failure) {
        ProblemException problem = Problems.of(failure);
        throw new ProblemException(problem.problem(), field + ": " + problem.detail(), failure);
    }

    /**
     * Refuses results that the next run would take in.
     *
     * @param results where they would go now
     */
    public void refuseOwnResults(ScheduleRequest request, List<S3Uri> results) {
        OwnResults.refuse(
                request.document().source().source(), request.document().job().overrides(), results);
    }

    /**
     * What was looked at and could be saved.
     *
     * @param nextRunAt when it would be due first; null for never
     */
    public record Supposed(Instant nextRunAt) {}

    /**
     * Refuses what {@link #create} or, of a schedule that is named by {@code scheduleId}, {@link #update} would.
     *
     * @throws ProblemException as they
     */
    public Supposed dryRun(Caller caller, ScheduleRequest request, Query query) {
        Long id = query.id("scheduleId").orElse(null);
        if (id != null) {
            requireOwn(caller, id, "change what it does");
        }
        refuseQueueOfOthers(id, request);
        return new Supposed(
                request.enabled() ? request.document().next(clock.instant()).orElse(null) : null);
    }

    /**
     * Begins a schedule whose source and job were looked at.
     *
     * @param executionId {@code x-execution-id}, or null
     * @throws ProblemException 409 if another schedule reads its queue
     */
    public ScheduleView create(Caller caller, ScheduleRequest request, String executionId) {
        return withOwnQueue(
                null,
                request,
                () -> executions.once(caller.workspaceId(), caller.personId(), executionId, Json.write(request), () -> {
                    long id = table.insert(caller, request);
                    setDueTime(table.require(caller, id).schedule());
                    trail.record(caller, AuditedAction.of("createSchedule"), named(id, request.name()));
                    return table.require(caller, id).view();
                }));
    }

    /**
     * Replaces what a schedule does; what it has seen stays seen, but for what was left out for good where the source is said
     * otherwise: it may be read now.
     *
     * @throws ProblemException 403 for anybody but its owner; 404 if there is none that the caller may see, 410 if it was deleted;
     *     409 if another schedule reads its queue; 412 if it is no longer the version that {@code If-Match} names
     */
    public Changed update(Caller caller, long id, ScheduleRequest request, IfMatch believed) {
        return trail.attempt(caller, AuditedAction.of("updateSchedule"), () -> {
            Schedule before = requireOwn(caller, id, "change what it does");
            Timestamp known = believed.require(before.updatedAt());
            return withOwnQueue(
                    id,
                    request,
                    () -> database.inTransaction(() -> {
                        table.update(id, caller, request, known);
                        if (!request.hasSourceOf(before)) {
                            table.offerAgain(id);
                        }
                        Schedule schedule = table.require(caller, id).schedule();
                        setDueTime(schedule);
                        trail.record(caller, AuditedAction.of("updateSchedule"), named(id, request.name()));
                        return changed(schedule);
                    }));
        });
    }

    /**
     * The registry keeps no two schedules that read one queue.
     *
     * @param id of the schedule itself; null for a new one
     */
    private <T> T withOwnQueue(Long id, ScheduleRequest request, Supplier<T> work) {
        try {
            return work.get();
        } catch (DataIntegrityViolationException e) {
            refuseQueueOfOthers(id, request);
            throw e;
        }
    }

    private void refuseQueueOfOthers(Long id, ScheduleRequest request) {
        Optional.ofNullable(request.document().queue())
                .flatMap(table::readerOf)
                .filter(reader -> !reader.equals(id))
                .ifPresent(reader -> refuseQueue(request, reader));
    }

    private static void refuseQueue(ScheduleRequest request, long reader) {
        throw new ProblemException(
                Problem.CONFLICT,
                request.document().notificationsField() + ".queueUrl is the queue that schedule " + reader
                        + " reads, and two readers of one queue take messages from each other: give each a queue of its"
                        + " own, to which S3 tells by SNS or EventBridge");
    }

    /**
     * Of a schedule's own time nothing is said while it runs: then its run's end sets it.
     *
     * @param query those of lists; {@code embed}
     * @throws ProblemException 400 if the query is malformed
     */
    @Operation("listSchedules")
    public Page<ScheduleView> list(Caller caller, Query query) {
        Embedded.of(query, Associations.with());
        var listed = ListQuery.of(query, "name", FILTERED, SORTED);
        return Page.of(
                query,
                (limit, offset) -> table.list(caller, listed, limit, offset).stream()
                        .map(ScheduleTable.Listed::view)
                        .toList(),
                () -> table.count(caller, listed));
    }

    /** How many rows {@link #list} has in all. */
    @Operation("countSchedules")
    public Map<String, Long> count(Caller caller, Query query) {
        return Map.of("count", table.count(caller, ListQuery.of(query, "name", FILTERED, SORTED)));
    }

    /**
     * @throws ProblemException 404 if there is none that the caller may see; 410 if it was deleted
     */
    @Operation("getSchedule")
    public ScheduleView get(Caller caller, long id, Query query) {
        Embedded.of(query, Associations.with());
        return table.require(caller, id).view();
    }

    /** Deletes the schedule; what it has imported stays, and a run that is under way comes to its end. */
    @Operation("deleteSchedule")
    public void delete(Caller caller, long id) {
        trail.attempt(caller, AuditedAction.of("deleteSchedule"), () -> {
            Schedule schedule = table.require(caller, id).schedule();
            database.inTransaction(() -> {
                table.delete(id, caller);
                dueTimes.remove(id);
                trail.record(caller, AuditedAction.of("deleteSchedule"), named(id, schedule.name()));
            });
        });
    }

    /**
     * Lets it run again at its times, whatever has paused it. A run that somebody has asked for stays wanted until it begins.
     *
     * @throws ProblemException 403 for anybody but its owner
     */
    @Operation("enableSchedule")
    public Changed enable(Caller caller, long id) {
        return trail.attempt(caller, AuditedAction.of("enableSchedule"), () -> {
            requireOwn(caller, id, "enable it");
            return turn(caller, id, true, "enableSchedule");
        });
    }

    /** Lets it rest; a run that is under way, or that somebody has asked for, comes to its end. Why the service had paused it stays to be seen. */
    @Operation("disableSchedule")
    public Changed disable(Caller caller, long id) {
        return trail.attempt(
                caller, AuditedAction.of("disableSchedule"), () -> turn(caller, id, false, "disableSchedule"));
    }

    private Changed turn(Caller caller, long id, boolean enabled, String operation) {
        table.require(caller, id);
        return database.inTransaction(() -> {
            table.enable(id, caller, enabled);
            Schedule schedule = table.require(caller, id).schedule();
            setDueTime(schedule);
            trail.record(caller, AuditedAction.of(operation), named(id, schedule.name()));
            return changed(schedule);
        });
    }

    /**
     * Lets it run now, also where it is disabled; where it is running, once more afterwards.
     *
     * @throws ProblemException 403 for anybody but its owner
     */
    @Operation("runScheduleNow")
    public ScheduleView run(Caller caller, long id) {
        return trail.attempt(caller, AuditedAction.of("runScheduleNow"), () -> {
            Schedule schedule = requireOwn(caller, id, "run it");
            return database.inTransaction(() -> {
                runNow(id, Cause.REQUEST);
                trail.record(caller, AuditedAction.of("runScheduleNow"), named(id, schedule.name()));
                return table.require(caller, id).view();
            });
        });
    }

    /**
     * Its runs, newest first.
     *
     * @param query {@code limit}, {@code offset}, {@code includeCount}
     */
    @Operation("listScheduleRuns")
    public Page<ScheduleRunView> runs(Caller caller, long id, Query query) {
        table.require(caller, id);
        return Page.of(query, (limit, offset) -> runs.list(id, limit, offset), () -> runs.count(id));
    }

    /** Makes a schedule due at once; where it is running, once more afterwards. To be called in the transaction of the cause. */
    public void runNow(long id, Cause cause) {
        table.want(id, cause);
        dueTimes.set(id, clock.instant());
    }

    private Schedule requireOwn(Caller caller, long id, String what) {
        Schedule schedule = table.require(caller, id).schedule();
        if (schedule.membershipId() != caller.membershipId()) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "Schedule " + id + " runs with its owner's rights, and only its owner may " + what
                            + "; an administrator may disable or delete it");
        }
        return schedule;
    }

    private void setDueTime(Schedule schedule) {
        Instant now = clock.instant();
        schedule.due(now, now)
                .ifPresentOrElse(at -> dueTimes.set(schedule.id(), at), () -> dueTimes.remove(schedule.id()));
    }

    private static Changed changed(Schedule schedule) {
        return new Changed(
                schedule.id(), new Reference(schedule.updaterId()), schedule.createdAt(), schedule.updatedAt());
    }

    private static String named(long id, String name) {
        return "schedule " + id + " " + name;
    }
}
