package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.polling.PollingProcesses.Between;
import dev.wharf.polling.PollingProcesses.Killed;
import dev.wharf.store.ObjectInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One random story of a bucket and the processes that poll it: objects are put, overwritten, deleted, with times that are
 * equal or late; requests fail; processes end between any two steps, or are thought dead and go on. In the end each version
 * of each object that was there at a poll is recorded once, told of once, and in the dataset of one job.
 */
final class PollingModel {
    private static final Between UNDISTURBED = () -> {};
    private static final Instant SAME = Instant.parse("2026-01-01T00:00:00Z");

    private final PollingProcesses world;
    private final Random random;
    private final long schedule;
    private final Map<String, ObjectInfo> bucket = new TreeMap<>();
    private final Set<String> everThere = new HashSet<>();
    private int boots;

    PollingModel(PollingProcesses world, long seed) {
        this.world = world;
        this.random = new Random(seed);
        world.empty();
        this.schedule = world.schedule(Map.of());
    }

    void play() {
        int acts = 10 + random.nextInt(15);
        for (int i = 0; i < acts; i++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> put();
                case 4 -> delete();
                case 5, 6 -> poll(UNDISTURBED);
                case 7 -> poll(fault());
                case 8 -> killed();
                default -> poll(zombie());
            }
        }
        world.store.failAfter = -1;
        for (int i = 0; i < 3; i++) {
            poll(UNDISTURBED);
        }
        check();
    }

    private void put() {
        String key = "in/" + (random.nextBoolean() ? "sub/" : "") + "k" + random.nextInt(6) + ".csv";
        Instant time = random.nextBoolean() ? SAME : SAME.minusSeconds(random.nextInt(1_000));
        ObjectInfo object = PollingProcesses.object(key, "e" + random.nextInt(4), time);
        bucket.put(key, object);
        everThere.add(name(object));
        world.store.with(object);
    }

    private void delete() {
        if (!bucket.isEmpty()) {
            bucket.remove(List.copyOf(bucket.keySet()).get(random.nextInt(bucket.size())));
            world.store.clear();
            world.store.with(bucket.values().toArray(ObjectInfo[]::new));
        }
    }

    private static String name(ObjectInfo object) {
        return object.key() + " " + object.etag();
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        bucket.values().forEach(object -> names.add(name(object)));
        return names;
    }

    private Polls process() {
        return world.process("node:" + boots++);
    }

    private void poll(Between between) {
        world.clock.pass(Duration.ofMinutes(1));
        world.run(process(), schedule, between);
    }

    private Between fault() {
        world.store.failAfter = random.nextInt(8);
        return UNDISTURBED;
    }

    /** At one of the steps something happens. */
    private Between at(int step, Runnable what) {
        int[] passed = {0};
        return () -> {
            if (passed[0]++ == step) {
                what.run();
            }
        };
    }

    private void killed() {
        try {
            poll(at(random.nextInt(24), () -> {
                throw new Killed();
            }));
        } catch (Killed e) {
            // its successor goes on
        }
    }

    /** A process that stands still while another one takes over, and the world goes on, until it wakes. */
    private Between zombie() {
        return at(random.nextInt(24), () -> {
            if (random.nextBoolean()) {
                put();
            }
            poll(UNDISTURBED);
        });
    }

    private void check() {
        List<String> recorded = world.recorded(schedule);
        assertThat(recorded)
                .doesNotHaveDuplicates()
                .containsAll(world.thereAtAPoll)
                .isSubsetOf(everThere);
        assertThat(recorded).containsAll(names());
        assertThat(world.told(schedule)).containsExactlyInAnyOrderElementsOf(recorded);

        Map<String, Integer> times = new HashMap<>();
        world.published(schedule).stream()
                .flatMap(Collection::stream)
                .forEach(each -> times.merge(each, 1, Integer::sum));
        assertThat(times.values()).allMatch(count -> count == 1);
        assertThat(recorded).containsAll(times.keySet());
        names().forEach(present -> assertThat(times).containsKey(present));
        world.assertNothingIsLeftOver(schedule);
    }
}
