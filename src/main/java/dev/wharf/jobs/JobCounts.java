package dev.wharf.jobs;

import dev.wharf.kernel.sql.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * How many jobs an operator should look at, as counted a moment ago: asking for metrics or health never waits for the
 * registry.
 */
public final class JobCounts {
    private final Database database;
    private volatile Counts counts = new Counts(0, 0, 0, 0);

    public JobCounts(Database database) {
        this.database = database;
    }

    /**
     * @param retrying jobs that go on after a failed attempt
     * @param halfPublishedRetrying those of them whose results may be visible in part
     * @param halfPublishedFailed jobs that failed when their results may have been visible in part; they wait for
     *     somebody to go on or to withdraw
     * @param deadLetters messages that no job has, and that nobody has sent again or dismissed
     */
    record Counts(long retrying, long halfPublishedRetrying, long halfPublishedFailed, long deadLetters) {}

    Counts get() {
        return counts;
    }

    void refresh() {
        counts = database.sql("jobs/counts")
                .query((row, number) -> new Counts(
                        row.getLong("retrying"),
                        row.getLong("half_retrying"),
                        row.getLong("half_failed"),
                        row.getLong("dead_letters")))
                .single();
    }

    /** The metrics {@code wharf.jobs.*}. */
    public void bindTo(MeterRegistry metrics) {
        Gauge.builder("wharf.jobs.retrying", () -> counts.retrying())
                .description("Jobs that go on after a failed attempt")
                .register(metrics);
        Gauge.builder("wharf.jobs.half.published.retrying", () -> counts.halfPublishedRetrying())
                .description("Jobs that go on after a failed attempt, with results that may be visible in part")
                .register(metrics);
        Gauge.builder("wharf.jobs.half.published.failed", () -> counts.halfPublishedFailed())
                .description("Failed jobs with results that may be visible in part: PUT /v4/jobGroups/{id}/publish goes"
                        + " on, POST /v4/jobGroups/{id}/withdraw gives up the rest")
                .register(metrics);
        Gauge.builder("wharf.jobs.dead.letters", () -> counts.deadLetters())
                .description("Messages that no job has: GET /v4/deadLetters says why, /replay sends one again, DELETE"
                        + " dismisses it")
                .register(metrics);
    }
}
