package dev.wharf.polling;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.util.List;
import java.util.Set;

/**
 * The body that creates or replaces a schedule, checked as far as that is this room's: what its {@code source} and
 * {@code overrides} may be is known to imports and to running.
 */
@AlsoTaken(
        any = {
            "id",
            "uuid",
            "pausedReason",
            "queueFailure",
            "nextRunAt",
            "importedDataset",
            "creator",
            "updater",
            "workspace",
            "createdAt",
            "updatedAt"
        })
public record ScheduleRequest(String name, boolean enabled, ScheduleDocument document) implements RequestBody {
    private static final int MAX_NAME = 255;
    private static final int MAX_TRIGGERS = 20;
    private static final int MAX_PAUSE_AFTER = 1_000;
    private static final int DEFAULT_PAUSE_AFTER = 5;
    private static final long MAX_QUIET_SECONDS = 7 * 24 * 3600;

    /** What is to be imported: a body of {@code POST /v4/importedDatasets}. */
    public String source() {
        return Json.write(document.source().source());
    }

    /** Whether a schedule imports the same in the same way. */
    boolean hasSourceOf(Schedule schedule) {
        return document.source().source().equals(schedule.document().source().source());
    }

    /** What the job is to be, as a body of {@code POST /v4/jobGroups}; null where there is to be none. */
    public String job() {
        return document.job() == null ? null : document.job().body(0);
    }

    @JsonCreator
    static ScheduleRequest of(
            @JsonProperty("name") String name,
            @JsonProperty("enabled") Boolean enabled,
            @JsonProperty("triggers") List<ScheduleDocument.Trigger> triggers,
            @JsonProperty("tasks") List<ScheduleDocument.Task> tasks,
            @JsonProperty("missed") String missed,
            @JsonProperty("pauseAfter") Integer pauseAfter) {
        var faults = new Faults();
        faults.check(() -> Text.name("name", name, MAX_NAME));
        faults.check(() -> requireTriggers(triggers));
        faults.check(() -> requireTasks(tasks));
        String late = missed == null ? ScheduleDocument.CATCH_UP : missed;
        faults.check(() -> require("missed", late, Set.of(ScheduleDocument.CATCH_UP, ScheduleDocument.SKIP)));
        int most = pauseAfter == null ? DEFAULT_PAUSE_AFTER : pauseAfter;
        faults.check(() -> {
            if (most < 1 || most > MAX_PAUSE_AFTER) {
                throw ProblemException.invalid("pauseAfter", "must be a whole number from 1 to " + MAX_PAUSE_AFTER);
            }
        });
        faults.refuse();
        return new ScheduleRequest(
                name, !Boolean.FALSE.equals(enabled), new ScheduleDocument(triggers, tasks, late, most));
    }

    private static void requireTriggers(List<ScheduleDocument.Trigger> triggers) {
        if (triggers == null || triggers.isEmpty() || triggers.size() > MAX_TRIGGERS) {
            throw ProblemException.invalid(
                    "triggers",
                    "must have 1 to " + MAX_TRIGGERS + " objects, such as {\"timeBased\": {\"cron\":"
                            + " {\"expression\": \"0 6 * * *\"}, \"timezone\": \"Europe/Berlin\"}}");
        }
        boolean told = false;
        for (int index = 0; index < triggers.size(); index++) {
            String field = "triggers[" + index + "]";
            if (triggers.get(index) == null) {
                throw ProblemException.invalid(field, "must be an object");
            }
            triggers.get(index).check(field);
            boolean queue = triggers.get(index).notifications() != null;
            if (queue && told) {
                throw ProblemException.invalid(
                        field + ".notifications", "is a second queue, and a schedule reads one: leave it out");
            }
            told = told || queue;
        }
    }

    private static void requireTasks(List<ScheduleDocument.Task> tasks) {
        if (tasks == null
                || tasks.isEmpty()
                || tasks.get(0) == null
                || tasks.get(0).importSource() == null) {
            throw ProblemException.invalid(
                    "tasks", "must begin with {\"importSource\": {\"source\": {…}}}, what is to be imported");
        }
        boolean second =
                tasks.size() == 2 && tasks.get(1) != null && tasks.get(1).runJob() != null;
        if (tasks.size() > 2 || tasks.size() == 2 && !second) {
            throw ProblemException.invalid("tasks", "may have one thing behind importSource: {\"runJob\": {…}}");
        }
        if (tasks.get(0).runJob() != null || second && tasks.get(1).importSource() != null) {
            throw ProblemException.invalid("tasks", "must have one thing in each object: importSource, then runJob");
        }
        check("tasks[0].importSource.", tasks.get(0).importSource());
        if (second && tasks.get(1).runJob().overrides() != null) {
            requireObject("tasks[1].runJob.overrides", tasks.get(1).runJob().overrides());
        }
    }

    private static void check(String path, ScheduleDocument.ImportSource task) {
        requireObject(path + "source", task.source());
        if (task.content() != null) {
            require(path + "content", task.content(), Set.of(ScheduleDocument.NEW_OBJECTS, ScheduleDocument.SNAPSHOT));
        }
        if (task.dataset() != null) {
            require(path + "dataset", task.dataset(), Set.of(ScheduleDocument.NEW, ScheduleDocument.REFRESH));
        }
        Long quiet = task.quietSeconds();
        if (quiet != null && (quiet < 1 || quiet > MAX_QUIET_SECONDS)) {
            throw ProblemException.invalid(
                    path + "quietSeconds",
                    "must be a whole number of seconds from 1 to " + MAX_QUIET_SECONDS
                            + "; leave it out to take in what is there at once");
        }
    }

    private static void requireObject(String field, JsonNode value) {
        if (value == null || !value.isObject()) {
            throw ProblemException.invalid(field, "must be an object");
        }
    }

    private static void require(String field, String value, Set<String> known) {
        if (!known.contains(value)) {
            throw ProblemException.invalid(
                    field,
                    "must be " + String.join(" or ", known.stream().sorted().toList()));
        }
    }
}
