package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.ObjectInfo;
import dev.wharf.testing.Databases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is promised of schedules, whatever the store, the processes and the times of objects do. */
class PollingModelTest {
    private static final int SEEDS = Integer.getInteger("polling.seeds", 300);
    private static final int SEEDS_ON_POSTGRES = SEEDS / 10;

    private static void play(Database database, int seeds) {
        var world = new PollingProcesses(database);
        for (long seed = 0; seed < seeds; seed++) {
            try {
                new PollingModel(world, seed).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void everyVersionOfEveryObjectIsRecordedAndPublishedOnce() {
        try (var database = Databases.inMemory()) {
            play(database, SEEDS);
        }
    }

    @Test
    void theSameHoldsOnPostgresAndForTwoNodesThatSeeTheSameAtOneTime() throws Exception {
        try (var postgres = EmbeddedPostgres.start();
                var database = Databases.open(
                        new Settings.Registry(postgres.getJdbcUrl("postgres", "postgres"), "postgres", Secret.NONE),
                        null)) {
            play(database, SEEDS_ON_POSTGRES);
            twoNodesRecordTheSame(database);
        }
    }

    @Test
    void twoThreadsThatSeeTheSameRecordItOnceOnHsqldb() throws Exception {
        try (var database = Databases.inMemory()) {
            twoNodesRecordTheSame(database);
        }
    }

    private static void twoNodesRecordTheSame(Database database) throws Exception {
        var world = new PollingProcesses(database);
        world.empty();
        long schedule = world.schedule(Map.of());
        List<ObjectInfo> objects = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            objects.add(PollingProcesses.object(("in/" + "\u65e5\u672c".repeat(150) + i), "e" + i, Instant.EPOCH));
        }
        Callable<Long> node = () -> objects.stream()
                .filter(object -> world.arrivals.record(schedule, object))
                .count();
        var nodes = Executors.newFixedThreadPool(2);
        try {
            long recorded = 0;
            for (Future<Long> each : nodes.invokeAll(List.of(node, node))) {
                recorded += each.get();
            }
            assertThat(recorded).isEqualTo(100);
        } finally {
            nodes.shutdownNow();
        }
        assertThat(world.recorded(schedule)).hasSize(100).doesNotHaveDuplicates();
        assertThat(world.told(schedule)).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void whatWasRecordedFromElsewhereIsTakenInWithoutAListing() {
        try (var database = Databases.inMemory()) {
            var world = new PollingProcesses(database);
            long schedule = world.schedule(Map.of());
            ObjectInfo told = PollingProcesses.object("in/a.csv", "e", Instant.EPOCH);
            world.store.with(told, PollingProcesses.object("in/b.csv", "e", Instant.EPOCH));

            assertThat(world.arrivals.record(schedule, told)).isTrue();
            assertThat(world.arrivals.record(schedule, told)).isFalse();
            world.schedules.want(schedule, Cause.NOTIFICATION);
            world.run(world.process("node:1"), schedule, () -> {});
            assertThat(world.published(schedule)).containsExactly(List.of("in/a.csv e"));

            world.run(world.process("node:1"), schedule, () -> {});
            assertThat(world.published(schedule)).containsExactly(List.of("in/a.csv e"), List.of("in/b.csv e"));
        }
    }
}
