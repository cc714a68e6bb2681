package dev.wharf.polling;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.QueueUrl;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a schedule does and when, as the API shows it and the registry keeps it.
 *
 * @param triggers what makes it due
 * @param tasks what to import, then perhaps a job over it
 * @param missed {@value #CATCH_UP} or {@value #SKIP}: what becomes of a time at which no process was there
 * @param pauseAfter so many runs, or jobs, that fail in a row pause it
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
    public record Trigger(TimeBased timeBased, Notifications notifications) {
        /**
         * @param field its name in the request
         * @throws ProblemException 400 naming what is wrong in it
         */
        void check(String field) {
            if ((timeBased == null) == (notifications == null)) {
                throw ProblemException.invalid(field, "must have either timeBased or notifications");
            }
            if (timeBased != null) {
                timeBased.plan(field + ".timeBased");
            } else {
                notifications.check(field + ".notifications");
            }
        }
    }

    /** @param timezone UTC where it is null */
    public record TimeBased(Cron cron, String timezone) {
        Plan plan(String field) {
            return new Plan(cron == null ? null : cron.expression(), timezone, field);
        }
    }

    public record Cron(String expression) {}

    /**
     * A queue to which the store of the source tells of its objects.
     *
     * @param connectionId with whose key pair it is read
     */
    public record Notifications(String queueUrl, Long connectionId) {
        private static final Duration HOUR = Duration.ofHours(1);

        void check(String field) {
            QueueUrl.parse(field + ".queueUrl", queueUrl);
            if (connectionId == null) {
                throw ProblemException.invalid(
                        field + ".connectionId", "is missing: the connection with whose key pair the queue is read");
            }
        }

        /** Events can be lost, so the source is listed from time to time as well: each schedule at a minute of its own. */
        Instant nextListing(Instant after) {
            Duration offset = Duration.ofSeconds(Math.floorMod(queueUrl.hashCode(), HOUR.toSeconds()));
            Instant thisHour = after.truncatedTo(ChronoUnit.HOURS).plus(offset);
            return thisHour.isAfter(after) ? thisHour : thisHour.plus(HOUR);
        }
    }

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
        private static final List<String> READING =
                List.of("header", "delimiter", "encoding", "quote", "columns", "columnTypes");

        /** What it says of how files are read, by the names of its fields. */
        List<String> saidOfReading() {
            return READING.stream().filter(source::hasNonNull).toList();
        }

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

    /** Null where no trigger is of that kind. */
    @JsonIgnore
    Notifications notifications() {
        return triggers.stream()
                .map(Trigger::notifications)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What the trigger with the queue is called in a request. */
    String notificationsField() {
        for (int index = 0; index < triggers.size(); index++) {
            if (triggers.get(index).notifications() != null) {
                return "triggers[" + index + "].notifications";
            }
        }
        return "triggers";
    }

    /** The queue that is read, the same for all ways to spell its address; null for none. */
    String queue() {
        return notifications() == null
                ? null
                : QueueUrl.parse("queueUrl", notifications().queueUrl()).canonical();
    }

    /** The next time that cron says, or that a source is listed of which notifications tell and no cron. */
    Optional<Instant> next(Instant after) {
        List<Instant> times = new ArrayList<>();
        for (Trigger trigger : triggers) {
            if (trigger.timeBased() != null) {
                trigger.timeBased().plan("triggers").next(after).ifPresent(times::add);
            }
        }
        if (times.isEmpty() && notifications() != null) {
            times.add(notifications().nextListing(after));
        }
        return times.stream().min(Instant::compareTo);
    }
}
