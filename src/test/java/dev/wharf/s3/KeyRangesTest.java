package dev.wharf.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.s3.KeyRanges.Aim;
import dev.wharf.s3.KeyRanges.Fetch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That every key comes once, whatever the keys, the pages, the store's habits, and the order in which answers come in. */
class KeyRangesTest {
    private static final String PREFIX = "p/";
    private static final ListingFaults FAULTS = new ListingFaults("s3://b/p/");

    /** A store that lists keys in some order, with a worker or several that ask it, driven by a seed. */
    private static final class Simulation {
        private final Random random;
        private final TreeSet<String> keys;
        private final int pageSize;
        private boolean ignoresStartAfter;
        private boolean deletes;
        private int emptyPages;
        private final List<String> found = new ArrayList<>();
        private final KeyRanges ranges = new KeyRanges(PREFIX, true, FAULTS);
        private int pages;
        private int splits;
        private int rounds;

        Simulation(Comparator<String> order, java.util.Collection<String> content, int pageSize, long seed) {
            random = new Random(seed);
            keys = new TreeSet<>(order);
            keys.addAll(content);
            this.pageSize = pageSize;
        }

        /** Workers take what there is to fetch, and their answers come in in any order. */
        void run(int workers) {
            List<Fetch> underWay = new ArrayList<>();
            List<ListingPage> answers = new ArrayList<>();
            while (!ranges.isDone()) {
                Fetch next = underWay.size() < workers ? ranges.next() : null;
                if (next != null) {
                    underWay.add(next);
                    answers.add(answer(next));
                    if (random.nextInt(4) > 0) {
                        continue;
                    }
                }
                int which = random.nextInt(underWay.size());
                accept(underWay.remove(which), answers.remove(which));
            }
        }

        /** As if all answers took equally long. */
        void runInStep(int workers) {
            while (!ranges.isDone()) {
                List<Fetch> step = new ArrayList<>();
                for (Fetch next = ranges.next(); next != null; next = step.size() < workers ? ranges.next() : null) {
                    step.add(next);
                }
                rounds++;
                for (Fetch fetch : step) {
                    accept(fetch, answer(fetch));
                }
            }
        }

        private void accept(Fetch fetch, ListingPage page) {
            ranges.accept(fetch, page, PageOrder.of(page.objects())).forEach(object -> found.add(object.key()));
            splits += fetch.aim() == Aim.SPLIT ? 1 : 0;
            if (deletes && random.nextInt(3) == 0 && !keys.isEmpty()) {
                String victim = keys.ceiling(PREFIX + (char) ('a' + random.nextInt(26)));
                keys.remove(victim == null ? keys.first() : victim);
            }
        }

        private ListingPage answer(Fetch fetch) {
            pages++;
            String after = fetch.token() != null ? fetch.token().substring(1) : fetch.startAfter();
            if (fetch.token() == null && ignoresStartAfter) {
                after = null;
            }
            var rest = after == null ? keys : keys.tailSet(after, false);
            if (emptyPages > 0 && random.nextInt(emptyPages) == 0) {
                return new ListingPage(List.of(), List.of(), "x" + (after == null ? "" : after));
            }
            List<ObjectInfo> objects =
                    rest.stream().limit(pageSize).map(Simulation::object).toList();
            boolean more = rest.size() > objects.size();
            return new ListingPage(
                    objects,
                    List.of(),
                    more ? "x" + objects.get(objects.size() - 1).key() : null);
        }

        private static ObjectInfo object(String key) {
            return new ObjectInfo(key, 1, "", Instant.EPOCH, "STANDARD", false, null);
        }
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 400).mapToObj(seed -> 7_919L * seed + 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyKeyComesOnce(long seed) {
        var random = new Random(seed);
        List<String> keys = keys(random, 1 + random.nextInt(3_000));
        var simulation = new Simulation(KeyOrder.KEYS, keys, 1 + random.nextInt(60), seed);

        simulation.run(1 + random.nextInt(16));

        assertThat(simulation.found)
                .hasSameSizeAs(new TreeSet<>(keys))
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(keys));
    }

    private static List<String> keys(Random random, int count) {
        int shape = random.nextInt(5);
        return IntStream.range(0, count)
                .mapToObj(index -> PREFIX + key(random, shape, index))
                .toList();
    }

    private static String key(Random random, int shape, int index) {
        return switch (shape) {
            case 0 -> "file-%08d.csv".formatted(index);
            case 1 -> "year=%d/month=%02d/part-%d".formatted(2015 + index % 9, index % 12, index);
            case 2 -> Long.toHexString(random.nextLong()) + "/data/" + random.nextInt(3);
            case 3 -> "a/".repeat(index % 40) + index;
            default ->
                random.ints(1 + random.nextInt(6), 0, ODD.length)
                        .mapToObj(at -> ODD[at])
                        .reduce("", String::concat);
        };
    }

    private static final String[] ODD = {
        "/",
        "//",
        "a",
        "b",
        "z",
        "9",
        "0",
        " ",
        "~",
        "\u0001",
        "\u00e9",
        "\u65e5",
        "\uffee",
        "\ud83d\ude00",
        "\ud800\udc00",
        "\udbff\udfff",
        "Z",
        "A",
        "-",
        "%"
    };
}
