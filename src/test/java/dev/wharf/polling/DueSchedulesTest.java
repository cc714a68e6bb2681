package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.sql.Database;
import dev.wharf.store.ObjectInfo;
import dev.wharf.testing.Databases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When schedules run, by a clock that stands still, jumps, or is changed for the summer. */
class DueSchedulesTest {
    private static Database database;

    private PollingProcesses world;
    private Polls polls;
    private long schedule;

    @BeforeAll
    static void open() {
        database = Databases.inMemory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void newWorld() {
        world = new PollingProcesses(database);
        world.empty();
        polls = world.process("node:1");
    }

    @AfterEach
    void rest() {
        world.schedules.pause(schedule, "Its test is over");
        world.dueTimes.remove(schedule);
    }

    private static Map<String, Object> at(String cron) {
        return Map.of(
                "triggers",
                List.of(Map.of("timeBased", Map.of("cron", Map.of("expression", cron), "timezone", "Europe/Berlin"))));
    }

    /** One that is due for the first time when its triggers say so. */
    private void begin(Map<String, Object> more) {
        schedule = world.schedule(Map.of(), more);
        Instant now = world.clock.instant();
        world.schedules
                .find(schedule)
                .orElseThrow()
                .document()
                .next(now)
                .ifPresent(at -> world.dueTimes.set(schedule, at));
    }

    private Instant due() {
        return world.schedules.enabled(schedule - 1, 1).get(0).nextRunAt();
    }

    private void setClock(String time) {
        world.clock.pass(Duration.between(world.clock.instant(), Instant.parse(time)));
    }

    /** Time passes; then due times are set right, and the schedule runs if it is due, as db-scheduler would have it. */
    private void pass(Duration time) {
        world.clock.pass(time);
        polls.setDueTimesRight();
        Instant due = due();
        if (due != null && !due.isAfter(world.clock.instant())) {
            world.run(polls, schedule, due, () -> {});
            polls.next(schedule, due)
                    .ifPresentOrElse(at -> world.dueTimes.set(schedule, at), () -> world.dueTimes.remove(schedule));
        }
    }

    private void pass(Duration step, int times) {
        for (int i = 0; i < times; i++) {
            pass(step);
        }
    }

    /** Its runs, oldest first. */
    private List<ScheduleRunView> runs() {
        List<ScheduleRunView> runs = new ArrayList<>(new RunTable(database, world.clock).list(schedule, 1_000, 0));
        Collections.reverse(runs);
        return runs;
    }

    private List<String> dueTimes() {
        return runs().stream().map(run -> run.dueAt().toString()).toList();
    }

    private static ObjectInfo object(String key) {
        return PollingProcesses.object("in/" + key, "e", Instant.EPOCH);
    }

    private List<String> published() {
        return world.published(schedule).stream().flatMap(Collection::stream).toList();
    }

    @Test
    void whatWasMissedWhileNoProcessWasThereIsCaughtUpOnce() {
        begin(at("0 * * * *"));
        world.store.with(object("a.csv"));

        pass(Duration.ofMinutes(330));

        assertThat(dueTimes()).containsExactly("2026-01-02T13:00:00Z");
        assertThat(runs().get(0).status()).isEqualTo("Complete");
        assertThat(published()).containsExactly("in/a.csv e");
        assertThat(due()).isEqualTo("2026-01-02T18:00:00Z");
    }

    @Test
    void whatWasMissedAndIsToBeSkippedIsToldAndTheNextTimeTakesItIn() {
        var more = new HashMap<>(at("0 * * * *"));
        more.put("missed", "skip");
        begin(more);
        world.store.with(object("a.csv"));

        pass(Duration.ofMinutes(330));

        ScheduleRunView skipped = runs().get(0);
        assertThat(skipped.status()).isEqualTo("Skipped");
        assertThat(skipped.dueAt()).isEqualTo("2026-01-02T13:00:00Z");
        assertThat(skipped.endedAt()).isEqualTo(world.clock.instant());
        assertThat(skipped.reason()).startsWith("No process was there at the time");
        assertThat(world.recorded(schedule)).isEmpty();
        assertThat(due()).isEqualTo("2026-01-02T18:00:00Z");

        pass(Duration.ofMinutes(30).plusSeconds(59));

        assertThat(runs()).hasSize(2).last().extracting("status").isEqualTo("Complete");
        assertThat(published()).as("less than a minute late is in time").containsExactly("in/a.csv e");
    }

    @Test
    void aClockThatJumpsAYearAheadAndIsSetBackLeavesNoScheduleWaitingForThatYear() {
        begin(at("0 * * * *"));
        world.store.with(object("a.csv"));

        pass(Duration.ofDays(365));
        world.store.with(object("b.csv"));
        assertThat(due()).isEqualTo("2027-01-02T13:00:00Z");
        pass(Duration.ofDays(-365));
        assertThat(due()).isEqualTo("2026-01-02T13:00:00Z");
        pass(Duration.ofHours(1));

        assertThat(runs()).hasSize(2);
        assertThat(published()).containsExactly("in/a.csv e", "in/b.csv e");
    }

    @Test
    void aClockThatIsSetBackRunsTheHourOnceMoreAndTakesNothingInTwice() {
        begin(at("0 * * * *"));
        world.store.with(object("a.csv"));
        pass(Duration.ofHours(1));

        world.store.with(object("b.csv"));
        pass(Duration.ofMinutes(-30));
        pass(Duration.ofMinutes(10), 12);

        assertThat(dueTimes()).containsExactly("2026-01-02T13:00:00Z", "2026-01-02T13:00:00Z", "2026-01-02T14:00:00Z");
        assertThat(published()).containsExactly("in/a.csv e", "in/b.csv e");
        assertThat(runs()).extracting("newCount").containsExactly(1L, 1L, 0L);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
        "2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z"
    })
    void aTimeInTheHourThatANightLeavesOutOrHasTwiceComesOnce(String from, String first, String second) {
        setClock(from);
        begin(at("30 2 * * *"));

        pass(Duration.ofMinutes(15), 4 * 38);

        assertThat(dueTimes()).containsExactly(first, second);
        assertThat(runs()).allSatisfy(run -> assertThat(run.startedAt()).isEqualTo(run.dueAt()));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-28T23:00:00Z", "2026-10-24T22:00:00Z"})
    void everyHourOfSuchANightComesOnce(String from) {
        setClock(from);
        begin(at("0 * * * *"));

        pass(Duration.ofMinutes(15), 4 * 6);

        assertThat(runs()).hasSize(6);
        assertThat(dueTimes()).doesNotHaveDuplicates();
    }

    @Test
    void notificationsThatNeverEndPutOffNoListing() {
        begin(Map.of(
                "triggers",
                List.of(Map.of("notifications", Map.of("queueUrl", "http://localhost:9324/1/q", "connectionId", 1L)))));
        world.store.with(object("lost.csv")); // nobody ever tells of it

        for (int i = 0; i < 18; i++) {
            ObjectInfo told = object("told" + i + ".csv");
            world.store.with(told);
            world.arrivals.record(schedule, told);
            world.schedules.wantForNotified(schedule);
            world.dueTimes.set(schedule, world.clock.instant());
            pass(Duration.ofMinutes(10));
        }

        assertThat(runs()).extracting("cause").contains("notification");
        assertThat(runs().stream().filter(run -> run.listedCount() > 0))
                .as("one an hour")
                .hasSize(3)
                .allMatch(run -> run.cause().equals("schedule"));
        assertThat(published()).hasSize(19).doesNotHaveDuplicates().contains("in/lost.csv e");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunThatSomebodyAskedForStaysWantedThoughTheScheduleIsSwitched(boolean enabled) {
        begin(at("0 0 1 1 *"));
        world.store.with(object("a.csv"));
        world.service().runNow(schedule, Cause.REQUEST);

        world.turn(schedule, enabled);

        assertThat(world.schedules.find(schedule).orElseThrow().due(world.clock.instant(), world.clock.instant()))
                .contains(world.clock.instant());
        world.run(polls, schedule, () -> {});
        assertThat(runs()).singleElement().extracting("cause").isEqualTo("request");
        assertThat(polls.next(schedule, world.clock.instant()).isPresent()).isEqualTo(enabled);
    }

    @Test
    void whatIsOfAnotherFormatIsLeftOutAndSaysOfWhich() {
        schedule = world.schedule(Map.of());
        world.store.with(object("a.csv"));
        world.run(polls, schedule, () -> {});

        world.store.with(object("b.csv"), object("c.xyz"));
        world.run(polls, schedule, () -> {});

        assertThat(runs().get(1).leftOut())
                .containsExactly(new ScheduleRunView.LeftOut(
                        "in/c.xyz",
                        "It is of an unknown format, and the schedule imports CSV: a dataset is of one format"));
    }

    @Test
    void whatGoesOrIsReplacedBetweenListingAndReadingIsLeftOutAndTheRestIsDone() {
        schedule = world.schedule(Map.of());
        ObjectInfo other = PollingProcesses.object("in/replaced.csv", "other", Instant.EPOCH);
        world.store.with(object("a.csv"), object("gone.csv"), object("replaced.csv"));

        world.run(polls, schedule, () -> {
            if (!world.thereAtAPoll.isEmpty()) { // listed to its end
                world.store.clear();
                world.store.with(object("a.csv"), other);
            }
        });

        assertThat(published()).containsExactly("in/a.csv e");
        assertThat(runs().get(0).leftOut())
                .containsExactly(
                        new ScheduleRunView.LeftOut("in/gone.csv", "It has gone since it was listed"),
                        new ScheduleRunView.LeftOut(
                                "in/replaced.csv",
                                "It was replaced since it was listed; the next run sees what is there now"));
        world.store.with(object("gone.csv"));
        world.run(polls, schedule, () -> {});
        assertThat(published()).containsExactly("in/a.csv e", "in/gone.csv e", "in/replaced.csv other");
    }
}
