package dev.wharf.s3.list;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static dev.wharf.s3.list.SimulatedListing.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.store.KeyOrder;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That every key comes once, whatever the keys, the pages, the store's habits, and the order in which answers come in. */
class KeyRangesTest {
    /** Orders that stores have, and some that none should have. */
    private static final List<Comparator<String>> OTHER_ORDERS = List.of(
            Comparator.naturalOrder(),
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder()),
            Comparator.comparing(key -> key.replace('/', '\u0000')),
            Comparator.comparing(
                    (String key) -> new StringBuilder(key).reverse().toString()),
            Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()),
            Comparator.comparing(String::hashCode).thenComparing(Comparator.naturalOrder()),
            Comparator.reverseOrder());

    private static final String[] ODD_PIECES = {
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

    static Stream<Long> seeds() {
        return IntStream.range(0, 60).mapToObj(seed -> 7_919L * seed + 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyKeyComesOnce(long seed) {
        var random = new Random(seed);
        Set<String> keys = keys(random);
        var listing = new SimulatedListing(KeyOrder.KEYS, keys, 1 + random.nextInt(60), seed);

        listing.walk(1 + random.nextInt(16));

        assertThat(listing.isOdd()).isFalse();
        assertExact(listing, keys);
    }

    /** Those that are listed ahead of their turn wait, few enough to be held. */
    @ParameterizedTest
    @MethodSource("seeds")
    void everyKeyComesInItsOrderWhereThatIsAskedFor(long seed) {
        var random = new Random(seed);
        Set<String> keys = keys(random);
        var listing =
                new SimulatedListing(KeyOrder.KEYS, keys, 1 + random.nextInt(60), seed).inOrder(1 + random.nextInt(40));
        if (random.nextBoolean()) {
            listing.sendingEmptyPages();
        }

        (random.nextInt(4) == 0 ? listing.failingProbes() : listing).walk(1 + random.nextInt(16));

        assertThat(listing.found())
                .containsExactlyElementsOf(keys.stream().sorted(KeyOrder.KEYS).toList());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyKeyComesOnceWithEmptyPagesAndFailedTries(long seed) {
        var random = new Random(seed);
        Set<String> keys = keys(random);
        var listing = new SimulatedListing(KeyOrder.KEYS, keys, 1 + random.nextInt(60), seed).sendingEmptyPages();

        (random.nextBoolean() ? listing.failingProbes() : listing).walk(1 + random.nextInt(16));

        assertExact(listing, keys);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void storeThatIgnoresStartAfterIsFoundOutBeforeItDoesHarm(long seed) {
        var random = new Random(seed);
        Set<String> keys = keys(random);
        var listing = new SimulatedListing(KeyOrder.KEYS, keys, 1 + random.nextInt(60), seed).ignoringStartAfter();

        listing.walk(1 + random.nextInt(16));

        assertThat(listing.splits()).isZero();
        assertExact(listing, keys);
    }

    /** Whether the order of a store is ours or not: what comes is whole, or it is a failure that says so. */
    @ParameterizedTest
    @MethodSource("seeds")
    void otherOrderIsListedWholeOrRefused(long seed) {
        for (Comparator<String> order : OTHER_ORDERS) {
            var random = new Random(seed);
            Set<String> keys = keys(random);
            var listing = new SimulatedListing(order, keys, 1 + random.nextInt(60), seed);
            try {
                listing.walk(1 + random.nextInt(16));
                assertExact(listing, listing.keys());
            } catch (StoreException e) {
                assertThat(e.kind()).isEqualTo(Kind.BROKEN);
                assertThat(e).hasMessageContaining("s3://b/p/").hasMessageContaining("Try again");
                assertThat(listing.isOdd()).isTrue();
            }
        }
    }

    /** Each range on its own looks well: what gives the store away is that a key where a range was to end never comes. */
    @Test
    void keysThatAnotherOrderWouldHideAreMissed() {
        Set<String> keys = Stream.of("A", "b", "C")
                .flatMap(first ->
                        IntStream.range(0, 1_000).mapToObj(index -> PREFIX + first + "%04x".formatted(65 * index)))
                .collect(Collectors.toSet());
        var listing = new SimulatedListing(OTHER_ORDERS.get(1), keys, 100, 1);

        assertKind(Kind.BROKEN, () -> listing.walkInStep(4)).hasMessageContaining("Try again");
    }

    /** What is there all the time comes once; what comes or goes meanwhile comes at most once. */
    @ParameterizedTest
    @MethodSource("seeds")
    void keysThatComeAndGoMeanwhileDisturbNoOthers(long seed) {
        var random = new Random(seed);
        Set<String> before = keys(random);
        Set<String> changed = new HashSet<>();
        List<String> others = List.copyOf(keys(random));
        var listing = new SimulatedListing(KeyOrder.KEYS, before, 1 + random.nextInt(60), seed);
        List<String> all = List.copyOf(before);
        listing.meanwhile(() -> {
            String gone = all.get(random.nextInt(all.size()));
            String come = others.get(random.nextInt(others.size()));
            listing.keys().remove(gone);
            listing.keys().add(come);
            changed.addAll(List.of(gone, come));
        });

        listing.walk(1 + random.nextInt(16));

        assertThat(listing.found()).doesNotHaveDuplicates();
        Set<String> missing = new HashSet<>(before);
        missing.removeAll(changed);
        missing.removeAll(listing.found());
        assertThat(missing).isEmpty();
    }

    static Stream<IntFunction<String>> shapes() {
        return Stream.of(
                index -> "file-%08d.csv".formatted(index),
                index -> "file-" + index,
                index -> "d%d/d%d/d%d/f%06d".formatted(index / 20_000, index / 2_000 % 10, index / 200 % 10, index),
                index -> "year=%d/month=%02d/part-%05d".formatted(2016 + index / 24_000, index / 2_000 % 12 + 1, index),
                index -> UUID.nameUUIDFromBytes(new byte[] {(byte) index, (byte) (index >> 8), (byte) (index >> 16)})
                        + "/data.csv",
                index -> (index < 3_000 ? "a/" : "b/deep/down/") + index,
                index -> (index < 3_000 ? "b/" : "a/deep/down/") + index);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void largeListingIsSpreadOverAllWorkersForFewMoreRequests(IntFunction<String> shape) {
        Set<String> keys = IntStream.range(0, 200_000)
                .mapToObj(index -> PREFIX + shape.apply(index))
                .collect(Collectors.toSet());
        var listing = new SimulatedListing(KeyOrder.KEYS, keys, 200, 1);

        listing.walkInStep(16);

        assertExact(listing, keys);
        assertThat(listing.requests()).isLessThan(1_300);
        assertThat(listing.rounds()).as("of 1,000 with one worker").isLessThan(150);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void largeListingInOrderIsSpreadAsWellAlthoughLittleIsHeld(IntFunction<String> shape) {
        Set<String> keys = IntStream.range(0, 200_000)
                .mapToObj(index -> PREFIX + shape.apply(index))
                .collect(Collectors.toSet());
        var listing = new SimulatedListing(KeyOrder.KEYS, keys, 200, 1).inOrder(36);

        listing.walkInStep(16);

        assertThat(listing.found()).hasSize(keys.size()).isSortedAccordingTo(KeyOrder.KEYS);
        assertThat(listing.requests()).isLessThan(1_600);
        assertThat(listing.rounds()).as("of 1,000 with one worker").isLessThan(750);
    }

    @Test
    void smallListingCostsNoMoreRequests() {
        Set<String> keys =
                IntStream.range(0, 400).mapToObj(index -> PREFIX + index).collect(Collectors.toSet());

        assertThat(new SimulatedListing(KeyOrder.KEYS, keys, 200, 1)
                        .walkInStep(16)
                        .requests())
                .isEqualTo(2);
    }

    @Test
    void orderIsThatOfTheBytes() {
        List<String> keys = Stream.of(
                        "", "a", "a/", "aa", "b", "\u00e9", "\u65e5", "\uffee", "\ud800\udc00", "\udbff\udfff")
                .toList();
        for (String left : keys) {
            for (String right : keys) {
                assertThat(Integer.signum(KeyOrder.KEYS.compare(left, right)))
                        .isEqualTo(Integer.signum(Integer.compare(keys.indexOf(left), keys.indexOf(right))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void splitPointsLieBetween(long seed) {
        var random = new Random(seed);
        List<String> keys =
                new TreeSet<>(keys(random)).stream().sorted(KeyOrder.KEYS).toList();
        for (int round = 0; round < 50 && keys.size() > 3; round++) {
            int middle = 1 + random.nextInt(keys.size() - 2);
            String ceiling =
                    random.nextBoolean() ? null : keys.get(middle + 1 + random.nextInt(keys.size() - middle - 1));

            String guess = SplitPoint.between(
                    keys.get(random.nextInt(middle)), keys.get(middle), ceiling, PREFIX.length(), random.nextBoolean());

            if (guess != null) {
                assertThat(guess).startsWith(PREFIX).isGreaterThan("").satisfies(key -> assertThat(new String(
                                key.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo(key));
                assertThat(KeyOrder.KEYS.compare(keys.get(middle), guess)).isNegative();
                assertThat(ceiling == null || KeyOrder.KEYS.compare(guess, ceiling) < 0)
                        .isTrue();
            }
        }
    }

    private static void assertExact(SimulatedListing listing, Set<String> keys) {
        assertThat(listing.found()).hasSize(keys.size());
        assertThat(new HashSet<>(listing.found())).isEqualTo(new HashSet<>(keys));
    }

    private static Set<String> keys(Random random) {
        List<Function<Integer, String>> shapes = List.of(
                index -> "file-%08d.csv".formatted(index),
                index -> "year=%d/month=%02d/part-%d".formatted(2015 + index % 9, index % 12, index),
                index -> Long.toHexString(random.nextLong()) + "/data/" + random.nextInt(3),
                index -> "a/".repeat(index % 40) + index,
                index -> (index % 3 == 0 ? "Key" : "kEY") + random.nextInt(1_000) + (index % 2 == 0 ? "A" : "b-/"),
                index -> random.ints(1 + random.nextInt(6), 0, ODD_PIECES.length)
                        .mapToObj(at -> ODD_PIECES[at])
                        .collect(Collectors.joining()));
        var shape = shapes.get(random.nextInt(shapes.size()));
        return IntStream.range(0, 1 + random.nextInt(1_500))
                .mapToObj(index -> PREFIX + shape.apply(index))
                .collect(Collectors.toSet());
    }
}
