package dev.wharf.s3.list;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.s3.MemoryLedger;
import dev.wharf.s3.ObjectStoreContract;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.Credentials;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStore.Order;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.faulty.Faults;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.Tree;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That a walk finds everything once, fetches no more ahead than it says, and ends when it is told. */
class WalkTest {
    private static final String BUCKET = "wharf-walks";
    private static final String PAGES = "list-type=2";
    private static final String TRIES = "start-after=";
    private static final Tree FLAT = Tree.flat("flat/", 60_000);
    private static final Tree NESTED = Tree.nested("nested/", 20, 10, 200);
    private static final Tree ODD = Tree.nested("odd/", 20, 1_000);
    private static final Tree SMALL = Tree.nested("small/", 5, 500);
    private static final Tree FOLDERS = Tree.nested("folders/", 20_000, 2);
    private static final Tree CHAIN = Tree.chain("chain/", 30, 1_500);
    private static StubS3 server;

    private SdkObjectStores stores =
            new SdkObjectStores(new MemoryLedger(), ObjectStoreContract.SETTINGS, ObjectStoreContract.LOOPBACK);
    /** Each test's own: a request of the one before may still arrive. */
    private final String accessKeyId = "AK" + UUID.randomUUID();

    private ObjectStore store;

    @BeforeAll
    static void start() {
        server = StubS3.start(BUCKET);
        Stream.of(FLAT, NESTED, ODD, SMALL, FOLDERS, CHAIN).forEach(tree -> server.tree(BUCKET, tree));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        StoreAccess access = server.access(7L);
        store = stores.open(new StoreAccess(
                7L,
                access.region(),
                access.endpoint(),
                access.pathStyle(),
                access.checksums(),
                new Credentials.KeyPair(accessKeyId, server.secretAccessKey()),
                access.encryption(),
                access.kmsKeyId()));
    }

    @AfterEach
    void everythingIsGivenBack() {
        server.reset();
        server.listing().reset();
        stores.forget(7);
        await().untilAsserted(() -> assertThat(stores.clients()).isZero());
        stores.close();
    }

    static Stream<Tree> trees() {
        return Stream.of(FLAT, NESTED, FOLDERS, CHAIN);
    }

    @ParameterizedTest
    @MethodSource("trees")
    void everyObjectComesOnceInAnyOrder(Tree tree) {
        assertThat(ranks(tree, Order.ANY).cardinality()).isEqualTo((int) tree.count());

        assertThat(asked(TRIES)).isPositive();
        assertThat(asked(PAGES)).isLessThan((int) tree.count() / 1_000 * 2);
    }

    @ParameterizedTest
    @MethodSource("trees")
    void everyObjectComesOnceInTheOrderOfKeys(Tree tree) {
        long rank = 0;
        try (var objects = store.walk(BUCKET, prefix(tree), Order.BY_KEY)) {
            for (Iterator<ObjectInfo> each = objects.iterator(); each.hasNext(); rank++) {
                assertThat(each.next().key()).isEqualTo(tree.key(rank));
            }
        }

        assertThat(rank).isEqualTo(tree.count());
        assertThat(asked(PAGES)).isEqualTo((int) ((tree.count() + 999) / 1_000));
        assertThat(asked(TRIES)).isZero();
    }

    @ParameterizedTest
    @MethodSource("trees")
    void everyObjectComesOnceInTheOrderOfKeysAlsoWhereManyPartsAreListedAtOneTime(Tree tree) {
        long rank = 0;
        try (var objects = store.walk(BUCKET, prefix(tree), Order.BY_KEY_IN_PARTS)) {
            for (Iterator<ObjectInfo> each = objects.iterator(); each.hasNext(); rank++) {
                assertThat(each.next().key()).isEqualTo(tree.key(rank));
            }
        }

        assertThat(rank).isEqualTo(tree.count());
        assertThat(asked(TRIES)).isPositive();
        assertThat(asked(PAGES)).isLessThan((int) tree.count() / 1_000 * 2);
    }

    @Test
    void readerThatStopsStallsAWalkInPartsAsWell() {
        try (var objects = store.walk(BUCKET, "flat/", Order.BY_KEY_IN_PARTS)) {
            var each = objects.iterator();
            IntStream.range(0, 10).forEach(index -> each.next());

            await().until(() -> listers() == 0 && asked(PAGES) > 10);
            // 36 pages that wait, and the one for the reader. Tries that find nothing take no room.
            assertThat(asked(PAGES)).isLessThan(60);
        }
    }

    @Test
    void allOfAWalkAsksForItsOwnPrefix() {
        ranks(NESTED, Order.ANY);

        assertThat(requests(PAGES))
                .extracting(Faults.Request::uri)
                .allSatisfy(uri -> assertThat(uri).contains("prefix=nested%2F").doesNotContain("delimiter"));
    }

    @ParameterizedTest
    @EnumSource
    void firstObjectCostsOnePage(Order order) {
        try (var objects = store.walk(BUCKET, "flat/", order)) {
            assertThat(objects.findFirst()).isPresent();
        }

        assertThat(asked(PAGES)).isEqualTo(1);
    }

    @Test
    void walkInOrderFetchesOnePageAheadAndNoMore() {
        try (var objects = store.walk(BUCKET, "flat/", Order.BY_KEY)) {
            var each = objects.iterator();
            each.next();
            assertThat(each.hasNext()).isTrue();
            await().until(() -> asked(PAGES) == 2);
            for (int index = 1; index < 1_001; index++) {
                each.next();
            }

            await().until(() -> asked(PAGES) == 3);
            for (int index = 1_001; index < 1_999; index++) {
                each.next();
            }
            assertThat(asked(PAGES)).isEqualTo(3);
        }
    }

    @Test
    void readerThatStopsStallsTheWalkAndKeepsNoThread() {
        try (var objects = store.walk(BUCKET, "flat/", Order.ANY)) {
            var each = objects.iterator();
            IntStream.range(0, 10).forEach(index -> each.next());

            await().until(() -> listers() == 0 && asked(PAGES) > 10);
            // 16 workers, a page for the reader, and a few for it to go on with. Tries that find nothing take no room.
            assertThat(asked(PAGES)).isLessThan(40);

            BitSet found = new BitSet();
            each.forEachRemaining(object -> found.set((int) FLAT.rank(object.key())));
            assertThat(found.cardinality()).isEqualTo(60_000 - 10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingEndsWhatIsUnderWay(Order order) {
        server.on("GET", PAGES).after(3).delay(Duration.ofMillis(200)).always();
        try (var objects = store.walk(BUCKET, "flat/", order)) {
            var each = objects.iterator();
            IntStream.range(0, 1_001).forEach(index -> each.next());
        }

        await().until(() -> listers() == 0);
        int asked = asked(PAGES);
        assertThat(store.folder(BUCKET, "flat/", 1, null).entries()).hasSize(1);
        assertThat(asked(PAGES)).isEqualTo(asked + 1);
    }

    @ParameterizedTest
    @EnumSource
    void walkThatWasClosedDoesNotLookComplete(Order order) {
        var objects = store.walk(BUCKET, "flat/", order);
        var each = objects.iterator();
        each.next();

        objects.close();
        objects.close();

        assertKind(Kind.UNAVAILABLE, each::hasNext).hasMessageContaining("closed before its end");
    }

    @ParameterizedTest
    @EnumSource
    void walkThatIsCompleteStaysSo(Order order) {
        try (var objects = store.walk(BUCKET, "small/", order)) {
            var each = objects.spliterator();
            each.forEachRemaining(object -> {});

            assertThat(each.tryAdvance(object -> {})).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void failureOfAnyPageReachesTheReaderOnceAndEndsTheWalk(Order order) {
        server.on("GET", PAGES).after(9).answer(403, "AccessDenied").always();

        try (var objects = store.walk(BUCKET, "flat/", order)) {
            var each = objects.spliterator();
            assertKind(Kind.DENIED, () -> each.forEachRemaining(object -> {}))
                    .hasMessageContaining("s3:ListBucket on arn:aws:s3:::" + BUCKET);

            assertKind(Kind.UNAVAILABLE, () -> each.tryAdvance(object -> {})).hasMessageContaining("closed");
        }
        await().until(() -> listers() == 0);
    }

    @Test
    void interruptedReaderIsToldSo() throws Exception {
        server.on("GET", PAGES).after(1).neverAnswer().always();
        var thread = Executors.newSingleThreadExecutor();
        try (var objects = store.walk(BUCKET, "flat/", Order.ANY)) {
            var outcome = thread.submit(() -> assertKind(Kind.UNAVAILABLE, objects::count)
                    .hasMessageContaining("interrupted")
                    .satisfies(failure ->
                            assertThat(Thread.currentThread().isInterrupted()).isTrue()));
            await().until(() -> asked(PAGES) > 1);

            thread.shutdownNow();

            outcome.get();
        }
        stores.close();
    }

    @Test
    void serviceThatShutsDownEndsItsWalks() {
        try (var objects = store.walk(BUCKET, "flat/", Order.ANY)) {
            stores.close();

            assertKind(Kind.UNAVAILABLE, objects::count).hasMessageContaining("shutting down");
        }
    }

    @Test
    void storeThatIgnoresStartAfterIsWalkedInOrderAndRemembered() {
        server.listing().ignoreStartAfter();

        assertThat(ranks(FLAT, Order.ANY).cardinality()).isEqualTo(60_000);
        int tries = asked(TRIES);
        assertThat(tries).isBetween(1, 16);
        assertThat(ranks(FLAT, Order.ANY).cardinality()).isEqualTo(60_000);
        assertThat(asked(TRIES)).isEqualTo(tries);
    }

    @Test
    void walkCannotGoOnAfterAKeyWhereTheStoreIgnoresIt() {
        server.listing().ignoreStartAfter();

        assertKind(Kind.BROKEN, () -> store.walkAfter(BUCKET, "small/", SMALL.key(1_000)))
                .hasMessageContaining("keys after \"" + SMALL.key(1_000) + "\" and lists \"" + SMALL.key(0) + '"');
    }

    @Test
    void storeThatRefusesStartAfterIsWalkedInOrderAndRemembered() {
        server.on("GET", TRIES).answer(501, "NotImplemented").always();

        assertThat(ranks(FLAT, Order.ANY).cardinality()).isEqualTo(60_000);
        int tries = asked(TRIES);
        assertThat(ranks(FLAT, Order.ANY).cardinality()).isEqualTo(60_000);
        assertThat(asked(TRIES)).isEqualTo(tries);
    }

    /** Its last folder is in reverse, and it is a matter of luck whether the walk has come to rely on the order by then. */
    @Test
    void storeThatListsInAnotherOrderIsRefusedAtMostOnceAndThenWalkedInOrder() {
        server.listing()
                .order((left, right) -> left.startsWith("odd/d19/") && right.startsWith("odd/d19/")
                        ? right.compareTo(left)
                        : left.compareTo(right));

        try {
            assertThat(ranks(ODD, Order.ANY).cardinality()).isEqualTo(20_000);
        } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            assertThat(e).hasMessageContaining("Try again");
        }
        int tries = asked(TRIES);
        assertThat(ranks(ODD, Order.ANY).cardinality()).isEqualTo(20_000);
        assertThat(asked(TRIES)).isEqualTo(tries);
    }

    @Test
    void overloadedStoreIsWalkedToTheEnd() {
        var requests = new AtomicInteger();
        server.when(request -> request.headers().get("amz-sdk-request").startsWith("attempt=1;")
                        && requests.incrementAndGet() % 3 == 0)
                .answer(503, "SlowDown")
                .always();

        assertThat(ranks(FLAT, Order.ANY).cardinality()).isEqualTo(60_000);
    }

    @Test
    void manyWalksAtOneTimeAllComeToTheirEnd() throws Exception {
        var threads = Executors.newFixedThreadPool(12);
        try (var few = new SdkObjectStores(new MemoryLedger(), settings(5), ObjectStoreContract.LOOPBACK)) {
            ObjectStore limited = few.open(server.access(7L));
            List<java.util.concurrent.Callable<Long>> walks = new ArrayList<>();
            for (int index = 0; index < 12; index++) {
                Order order = Order.values()[index % 2];
                walks.add(() -> {
                    try (var objects = limited.walk(BUCKET, "nested/d1", order)) {
                        return objects.count();
                    }
                });
            }
            for (var walk : threads.invokeAll(walks)) {
                assertThat(walk.get()).isPositive();
            }
        }
        threads.shutdown();
    }

    @Test
    void poolIsWholeAfterAThousandAbandonedFailedAndCompletedWalks() throws IOException {
        server.on("GET", "broken").breakBodyAfter(100).always();
        server.on("GET", "malformed")
                .answerWith(200, Map.of(), "<ListBucketResult>")
                .always();
        server.on("GET", "refused").answer(403, "AccessDenied").always();
        server.on("GET", "hidden").answer(200, "AccessDenied").always();
        try (var few = new SdkObjectStores(new MemoryLedger(), settings(5), ObjectStoreContract.LOOPBACK)) {
            ObjectStore limited = few.open(server.access(7L));
            for (int round = 0; round < 100; round++) {
                Order order = Order.values()[round % 2];
                try (var objects = limited.walk(BUCKET, "small/", order)) {
                    objects.findFirst();
                }
                try (var objects = limited.walk(BUCKET, "small/", order)) {
                    objects.limit(2).forEach(object -> {});
                }
                try (var objects = limited.walk(BUCKET, "small/", order)) {
                    objects.limit(1_500).forEach(object -> {});
                }
                try (var objects = limited.walk(BUCKET, "small/", order)) {
                    assertThat(objects.count()).isEqualTo(2_500);
                }
                limited.folder(BUCKET, "small/", 1_000, null);
                limited.folder(BUCKET, "nested/", 2, null);
                assertKind(Kind.UNAVAILABLE, () -> limited.folder(BUCKET, "broken/", 10, null));
                assertKind(Kind.BROKEN, () -> limited.walk(BUCKET, "malformed/", order));
                assertKind(Kind.DENIED, () -> limited.walk(BUCKET, "refused/", order));
                assertKind(Kind.DENIED, () -> limited.walk(BUCKET, "hidden/", order));
            }

            server.generated(BUCKET, "large", 100_000_000);
            List<ObjectStream> open = new ArrayList<>();
            await().untilAsserted(() -> assertThat(listers()).isZero());
            for (int index = 0; index < 5; index++) {
                open.add(limited.read(BUCKET, "large", null));
            }
            for (ObjectStream in : open) {
                in.close();
            }
            few.forget(7);
            assertThat(few.clients()).isZero();
        }
    }

    /** Threads that list. */
    private static long listers() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("s3-list"))
                .filter(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(WalkPages.class.getName())))
                .count();
    }

    private int asked(String uriPart) {
        return requests(uriPart).size();
    }

    private List<Faults.Request> requests(String uriPart) {
        return server.requests("GET", uriPart).stream()
                .filter(request ->
                        request.headers().getOrDefault("authorization", "").contains(accessKeyId))
                .toList();
    }

    private BitSet ranks(Tree tree, Order order) {
        BitSet ranks = new BitSet();
        try (var objects = store.walk(BUCKET, prefix(tree), order)) {
            objects.forEach(object -> {
                int rank = (int) tree.rank(object.key());
                assertThat(ranks.get(rank)).as(object.key()).isFalse();
                ranks.set(rank);
            });
        }
        return ranks;
    }

    private static String prefix(Tree tree) {
        String key = tree.key(0);
        return key.substring(0, key.indexOf('/') + 1);
    }

    private static StoreSettings settings(int maxConnections) {
        var settings = ObjectStoreContract.SETTINGS;
        return new StoreSettings(
                settings.connectTimeout(),
                settings.socketTimeout(),
                settings.attemptTimeout(),
                2,
                settings.retryDelay(),
                maxConnections,
                settings.bufferBytes(),
                settings.bufferWait());
    }
}
