package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.ProcessId;
import dev.wharf.kernel.sql.Database;
import dev.wharf.testing.Databases;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When schedules are due, as it is set right while they run. */
class DueTimesTest {
    private final Database database = Databases.inMemory();
    private final PollingProcesses world = new PollingProcesses(database);
    private long schedule;
    private Instant soon;

    @BeforeEach
    void aSchedule() {
        schedule = world.schedule(Map.of());
        soon = world.clock.instant().plusSeconds(2);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private JdbcClient.StatementSpec sql(String statement) {
        return JdbcClient.create(database.dataSource()).sql(statement);
    }

    private void isDue(Instant at, boolean running) {
        sql("DELETE FROM scheduled_tasks").update();
        sql("INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                        + " VALUES ('runSchedule', :id, :at, :running, 1)")
                .param("id", String.valueOf(schedule))
                .param("at", Timestamp.from(at))
                .param("running", running)
                .update();
    }

    /** @param meanwhile happens after what is due was looked at, and before anything is changed */
    private Polls polls(Runnable meanwhile) {
        var dueTimes = new DueTimes(database) {
            @Override
            void add(long scheduleId, Instant at) {
                meanwhile.run();
                super.add(scheduleId, at);
            }
        };
        return new Polls(
                database, world.schedules, world.arrivals, dueTimes, null, ProcessId.of("node:1"), world.clock);
    }

    private List<Instant> due() {
        return sql("SELECT execution_time FROM scheduled_tasks")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .list();
    }

    @Test
    void aScheduleWhoseRunEndsMeanwhileIsDueWhenItsRunHasSaid() {
        isDue(world.clock.instant(), true);

        polls(() -> isDue(soon, false)).setDueTimesRight();

        assertThat(due()).containsExactly(soon);
    }

    @Test
    void oneThatIsDueTooLateIsBroughtForward() {
        isDue(world.clock.instant().plus(Duration.ofDays(365)), false);

        polls(() -> {}).setDueTimesRight();

        assertThat(due()).singleElement().satisfies(at -> assertThat(at)
                .isBetween(world.clock.instant(), world.clock.instant().plusSeconds(120)));
    }

    @Test
    void whoeverSaysAtTheSameTimeWhenItIsDueIsRefusedByNobody() throws Exception {
        Instant now = world.clock.instant();
        var threads = Executors.newFixedThreadPool(8);
        try {
            var said = threads.invokeAll(IntStream.range(0, 400)
                    .mapToObj(number -> Executors.callable(() -> database.inTransaction(() -> {
                        world.schedules.want(schedule, Cause.REQUEST);
                        if (number % 5 == 0) {
                            world.dueTimes.remove(schedule);
                        } else {
                            world.dueTimes.set(schedule, now);
                        }
                    })))
                    .toList());
            for (var each : said) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        world.dueTimes.set(schedule, now);

        assertThat(due()).containsExactly(now);
    }

    @Test
    void nobodyChangesWhenOneIsDueThatRuns() {
        isDue(soon, true);

        world.dueTimes.set(schedule, world.clock.instant());
        world.dueTimes.add(schedule, world.clock.instant());
        world.dueTimes.remove(schedule);

        assertThat(due()).containsExactly(soon);
    }

    @Test
    void oneThatIsMissingComesDueAtItsNextTime() {
        polls(() -> {}).setDueTimesRight();

        assertThat(due()).singleElement().satisfies(at -> assertThat(at)
                .isBetween(world.clock.instant(), world.clock.instant().plusSeconds(60)));
    }
}
