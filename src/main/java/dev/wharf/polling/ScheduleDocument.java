package dev.wharf.polling;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a schedule does and when, as the API shows it and the registry keeps it.
 *
 * @param triggers what makes it due
 * @param tasks what to import, then perhaps a job over it
 * @param missed {@value #CATCH_UP} or {@value #SKIP}: what becomes of a time at which no process was there
 * @param pauseAfter so many failures in a row pause it
 */
public record ScheduleDocument(List<Trigger> triggers, List<Task> tasks, String missed, int pauseAfter) {
    static final String CATCH_UP = "catchUp";
    static final String SKIP = "skip";
    static final String NEW_OBJECTS = "newObjects";
    static final String SNAPSHOT = "snapshot";
    static final String NEW = "new";
    static final String REFRESH = "refresh";

    /** What makes a schedule due; one of its fields is there. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Trigger(TimeBased timeBased) {
        /**
         * @param field its name in the request
         * @throws ProblemException 400 naming what is wrong in it
         */
        void check(String field) {
            if (timeBased == null) {
                throw ProblemException.invalid(field, "must have timeBased");
            }
            timeBased.plan(field + ".timeBased");
        }
    }

    /** @param timezone UTC where it is null */
    public record TimeBased(Cron cron, String timezone) {
        Plan plan(String field) {
            return new Plan(cron == null ? null : cron.expression(), timezone, field);
        }
    }

    public record Cron(String expression) {}

    /** One thing to do. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Task(ImportSource importSource, RunJob runJob) {}

    /**
     * An import.
     *
     * @param source a body of {@code POST /v4/importedDatasets}
     * @param content {@value #NEW_OBJECTS} (the default) or {@value #SNAPSHOT}
     * @param dataset {@value #NEW} (the default) or {@value #REFRESH}
     * @param quietSeconds folders with a younger object wait; null for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ImportSource(JsonNode source, String content, String dataset, Long quietSeconds) {
        @JsonIgnore
        boolean isSnapshot() {
            return SNAPSHOT.equals(content);
        }

        @JsonIgnore
        boolean isRefresh() {
            return REFRESH.equals(dataset);
        }
    }

    /** @param overrides those of a body of {@code POST /v4/jobGroups}; may be null */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RunJob(JsonNode overrides) {
        /** A body of {@code POST /v4/jobGroups} over a dataset. */
        String body(long datasetId) {
            var body = Json.object();
            body.putObject("wrangledDataset").put("id", datasetId);
            if (overrides != null) {
                body.set("overrides", overrides);
            }
            return Json.write(body);
        }
    }

    @JsonIgnore
    ImportSource source() {
        return tasks.get(0).importSource();
    }

    /** The job over what was imported; null where there is to be none. */
    @JsonIgnore
    RunJob job() {
        return tasks.size() > 1 ? tasks.get(1).runJob() : null;
    }

    /** The next time that cron says; empty where no trigger is of that kind. */
    Optional<Instant> next(Instant after) {
        List<Instant> times = new ArrayList<>();
        for (Trigger trigger : triggers) {
            if (trigger.timeBased() != null) {
                trigger.timeBased().plan("triggers").next(after).ifPresent(times::add);
            }
        }
        return times.stream().min(Instant::compareTo);
    }
}
