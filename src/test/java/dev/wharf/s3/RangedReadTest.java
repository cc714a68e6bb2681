package dev.wharf.s3;

import static dev.wharf.s3.ObjectStoreContract.MIB;
import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.ByteRange;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.faulty.Fault;
import dev.wharf.testing.faulty.Faults;
import dev.wharf.testing.stub.StubS3;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of objects that are larger than a range, which here is 2 MiB. */
class RangedReadTest {
    private static final String BUCKET = "ranges";
    private static final int RANGE = 2 * MIB;
    private static final int SIZE = 12 * MIB + 17;
    private static final long MEMORY = 8L * MIB;
    private static StubS3 server;

    private final MemoryLedger ledger = new MemoryLedger();
    private final SdkObjectStores stores = stores(50);
    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        server = StubS3.start(BUCKET);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void everythingIsGivenBack() {
        server.reset();
        assertThat(stores.freeReadBuffers()).isEqualTo(MEMORY);
        await().until(() -> stores.bodies() == 0);
        stores.close();
    }

    private SdkObjectStores stores(int connections) {
        var settings = ObjectStoreContract.SETTINGS;
        return new SdkObjectStores(
                ledger,
                new StoreSettings(
                        settings.connectTimeout(),
                        settings.socketTimeout(),
                        settings.attemptTimeout(),
                        settings.attempts(),
                        settings.retryDelay(),
                        connections,
                        2 * MEMORY,
                        settings.bufferWait()),
                range -> new EagerPace());
    }

    private ObjectStore store() {
        return stores.open(server.access());
    }

    private byte[] generated(long size) {
        server.generated(BUCKET, key, size);
        return server.get(BUCKET, key);
    }

    private ObjectStream open() {
        return store().read(BUCKET, key, null);
    }

    private byte[] read() throws IOException {
        try (ObjectStream in = open()) {
            return in.readAllBytes();
        }
    }

    private List<Faults.Request> ranges() {
        return server.requests("GET", key).stream()
                .filter(request -> request.headers().containsKey("Range"))
                .toList();
    }

    private Fault onRange() {
        return server.when(
                request -> request.uri().contains(key) && request.headers().containsKey("Range"));
    }

    private Fault onRange(long first) {
        return server.when(request -> request.uri().contains(key)
                && request.headers().getOrDefault("Range", "").startsWith("bytes=" + first + "-"));
    }

    /** Holds the plain answer back a little, so that ranges have come when the reader is there. */
    private void slowPlainAnswer() {
        server.on("GET", key).drip(64 << 10, java.time.Duration.ofMillis(1));
    }

    @Test
    void largeReadIsRangesOfTheVersionThatItBeganWith() throws IOException {
        byte[] content = generated(SIZE);
        slowPlainAnswer();

        assertThat(read()).isEqualTo(content);

        var requests = server.requests("GET", key);
        assertThat(requests.get(0).headers()).doesNotContainKeys("Range", "If-Match");
        assertThat(ranges())
                .extracting(request -> request.headers().get("Range"))
                .contains("bytes=2097152-4194303", "bytes=4194304-6291455", "bytes=12582912-");
        assertThat(ranges()).allSatisfy(request -> assertThat(request.headers()).containsKey("If-Match"));
    }

    @Test
    void smallReadIsOnePlainRequest() throws IOException {
        byte[] content = generated(RANGE);

        assertThat(read()).isEqualTo(content);

        assertThat(server.requests("GET", key)).hasSize(1);
    }

    @Test
    void partOfAnObjectIsReadInRangesAsWell() throws IOException {
        byte[] content = generated(SIZE);
        slowPlainAnswer();

        try (ObjectStream in = store().read(BUCKET, key, null, new ByteRange(MIB + 1, 8L * MIB))) {
            assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(content, MIB + 1, 9 * MIB + 1));
        }

        assertThat(ranges())
                .extracting(request -> request.headers().get("Range"))
                .contains("bytes=1048577-9437184", "bytes=4194304-6291455");
    }

    @Test
    void bytesAreTransferredAsTheyAreRead() throws IOException {
        byte[] content = generated(SIZE);
        slowPlainAnswer();
        var out = new ByteArrayOutputStream();

        try (ObjectStream in = open()) {
            assertThat(in.read()).isEqualTo(content[0] & 0xff);
            assertThat(in.skip(99)).isEqualTo(99);
            assertThat(in.transferTo(out)).isEqualTo(SIZE - 100);
            assertThat(in.read()).isEqualTo(-1);
        }

        assertThat(out.toByteArray()).isEqualTo(java.util.Arrays.copyOfRange(content, 100, SIZE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rangeResumesWhereItsConnectionBroke(boolean abruptly) throws IOException {
        byte[] content = generated(SIZE);
        slowPlainAnswer();
        Fault broken = onRange(2 * RANGE).breakBodyAfter(MIB);
        if (abruptly) {
            broken.abruptly();
        }

        assertThat(read()).isEqualTo(content);

        assertThat(ranges()).anySatisfy(request -> assertThat(request.headers().get("Range"))
                .endsWith("-" + (3 * RANGE - 1))
                .doesNotStartWith("bytes=" + 2 * RANGE + "-"));
    }

    @Test
    void overloadedStoreIsAskedAgain() throws IOException {
        byte[] content = generated(SIZE);
        slowPlainAnswer();
        onRange().after(1).answer(503, "SlowDown").times(3);

        assertThat(read()).isEqualTo(content);
    }

    @Test
    void rangeThatBreaksForGoodIsAskedForAgainInItsPlace() throws IOException {
        byte[] content = generated(SIZE);
        slowPlainAnswer();
        server.when(request -> request.headers().getOrDefault("Range", "").matches("bytes=41943\\d\\d-6291455"))
                .breakBodyAfter(1)
                .times(ObjectStoreContract.SETTINGS.attempts());

        assertThat(read()).isEqualTo(content);
    }

    @Test
    void rangeThatCannotBeHadAtAllIsAFailure() throws IOException {
        generated(SIZE);
        slowPlainAnswer();
        server.when(request -> request.headers().getOrDefault("Range", "").matches("bytes=41943\\d\\d-.*"))
                .breakBodyAfter(1)
                .always();

        try (ObjectStream in = open()) {
            assertKind(Kind.BROKEN, in::readAllBytes).hasMessageContaining(" of " + SIZE + " bytes");
        }
    }

    @Test
    void objectThatIsReplacedBetweenRangesIsAFailure() throws IOException {
        byte[] content = generated(24L * MIB);
        slowPlainAnswer();

        try (ObjectStream in = open()) {
            assertThat(in.readNBytes(RANGE + 1)).isEqualTo(java.util.Arrays.copyOf(content, RANGE + 1));
            server.put(BUCKET, key, new byte[24 * MIB]);

            assertKind(Kind.CHANGED, in::readAllBytes).hasMessageContaining(key);
        }
    }

    @Test
    void storeThatIgnoresConditionsDoesNotMixVersions() throws IOException {
        generated(24L * MIB);
        slowPlainAnswer();
        onRange(8L * RANGE).replaceHeader("ETag", "\"another\"").always();

        try (ObjectStream in = open()) {
            assertKind(Kind.CHANGED, in::readAllBytes).hasMessageContaining(key);
        }
    }

    @Test
    void versionIsReadToItsEndWhereItsFirstAnswerIs() throws IOException {
        byte[] content = generated(SIZE);
        onRange().answer(412, "PreconditionFailed").always();

        assertThat(read()).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({"403,AccessDenied", "501,NotImplemented", "400,InvalidRequest"})
    void withoutPermissionForRangesThePlainAnswerIsReadOn(int status, String code) throws IOException {
        byte[] content = generated(SIZE);
        slowPlainAnswer();
        onRange().answer(status, code).always();

        assertThat(read()).isEqualTo(content);

        assertThat(server.requests("GET", key)).hasSize(1 + ranges().size());
    }

    @Test
    void storeThatIgnoresRangesIsReadPlainly() throws IOException {
        String content = "0123456789abcde\n".repeat(SIZE / 16);
        server.put(BUCKET, key, content.getBytes());
        slowPlainAnswer();
        onRange()
                .answerWith(200, Map.of("ETag", store().stat(BUCKET, key).etag()), content)
                .always();

        assertThat(read()).isEqualTo(content.getBytes());
        try (ObjectStream in = store().read(BUCKET, key, null, new ByteRange(15, 3))) {
            assertThat(in.readAllBytes()).isEqualTo("\n01".getBytes());
        }
        assertKind(Kind.OUT_OF_RANGE, () -> store().read(BUCKET, key, null, new ByteRange(SIZE + 1L, 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 0-2097151/12582929", "bytes 2097152-4194303/99999999", "bytes */12582929", "x"})
    void wrongPartIsNeverTakenForTheRightOne(String contentRange) throws IOException {
        byte[] content = generated(SIZE);
        slowPlainAnswer();
        onRange().replaceHeader("Content-Range", contentRange).always();

        assertThat(read()).isEqualTo(content);
        assertKind(Kind.BROKEN, () -> store().read(BUCKET, key, null, new ByteRange(RANGE + 1, 10)));
    }

    @Test
    void truncatedRangeIsNeverTakenForAWholeOne() throws IOException {
        byte[] content = generated(SIZE);
        slowPlainAnswer();
        onRange().shortenBody(MIB).always();

        assertThat(read()).isEqualTo(content);
        assertKind(Kind.BROKEN, () -> store().read(BUCKET, key, null, new ByteRange(RANGE, RANGE)));
    }

    @Test
    void withoutAnEtagNothingIsFetchedAhead() throws IOException {
        byte[] content = generated(SIZE);
        server.on("GET", key).replaceHeader("ETag", "").always();

        assertThat(read()).isEqualTo(content);

        assertThat(server.requests("GET", key)).hasSize(1);
    }

    @Test
    void rangeThatStandsStillDoesNotHoldThePlainAnswerUp() throws IOException {
        byte[] content = generated(SIZE);
        onRange().neverAnswer().always();

        assertThat(read()).isEqualTo(content);
        stores.close();
    }

    @Test
    void closingFreesTheMemoryAtOnceThoughRangesAreUnderWay() throws IOException {
        generated(SIZE);
        onRange().neverAnswer().always();

        ObjectStream in = open();
        in.read();
        assertThat(stores.freeReadBuffers()).isLessThan(MEMORY);
        in.close();

        assertThat(stores.freeReadBuffers()).isEqualTo(MEMORY);
        assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("closed");
        server.reset();
        stores.close();
    }

    @Test
    void manyReadersShareTheMemoryAndSomeDoWithout() throws Exception {
        byte[] content = generated(SIZE);
        server.on("GET", key).drip(256 << 10, java.time.Duration.ofMillis(1)).times(6);
        var threads = java.util.concurrent.Executors.newFixedThreadPool(6);

        for (var one : threads.invokeAll(java.util.Collections.nCopies(6, this::read))) {
            assertThat(one.get()).isEqualTo(content);
        }

        threads.shutdown();
    }

    @Test
    void otherThreadsCloseAReaderThatWaits() throws Exception {
        generated(SIZE);
        slowPlainAnswer();
        onRange(2 * RANGE).neverAnswer();
        ObjectStream in = open();
        in.readNBytes(2 * RANGE);
        var failure = new AtomicReference<Throwable>();
        var reader = new Thread(() -> {
            try {
                in.read();
            } catch (IOException | RuntimeException e) {
                failure.set(e);
            }
        });
        reader.start();
        await().until(() -> reader.getState() == Thread.State.WAITING);

        in.close();

        reader.join(10_000);
        assertThat(failure.get()).isInstanceOf(IOException.class).hasMessageContaining("closed");
        stores.close();
    }

    @Test
    void interruptedReaderSaysSo() throws Exception {
        generated(SIZE);
        slowPlainAnswer();
        onRange(2 * RANGE).neverAnswer();
        var failure = new AtomicReference<Throwable>();
        var come = new CountDownLatch(1);
        var reader = new Thread(() -> {
            try (ObjectStream in = open()) {
                in.readNBytes(2 * RANGE);
                come.countDown();
                in.read();
            } catch (IOException | RuntimeException e) {
                failure.set(e);
            }
        });
        reader.start();
        come.await();

        reader.interrupt();

        reader.join(10_000);
        assertThat(failure.get()).isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind())
                .isEqualTo(Kind.UNAVAILABLE));
        stores.close();
    }

    @Test
    void poolIsWholeAfterAThousandAbandonedFailedAndCompletedReads() throws IOException {
        try (var few = stores(5)) {
            ObjectStore limited = few.open(server.access());
            byte[] content = generated(3L * MIB);
            server.generated(BUCKET, "breaks", 3L * MIB);
            server.on("GET", "breaks").breakBodyAfter(1 << 20).abruptly().always();
            var random = new Random(1);
            for (int round = 0; round < 250; round++) {
                try (ObjectStream in = limited.read(BUCKET, key, null)) {
                    in.readNBytes(random.nextInt(3 * MIB));
                }
                try (ObjectStream in = limited.read(BUCKET, key, null)) {
                    in.read();
                }
                try (ObjectStream in = limited.read(BUCKET, "breaks", null)) {
                    in.readNBytes(MIB + 1);
                }
                try (ObjectStream in = limited.read(BUCKET, key, null)) {
                    assertThat(in.readAllBytes()).isEqualTo(content);
                }
            }

            await().until(() -> few.bodies() == 0);
            assertThat(few.freeReadBuffers()).isEqualTo(MEMORY);
            ObjectStream[] open = new ObjectStream[5];
            for (int index = 0; index < open.length; index++) {
                open[index] = limited.read(BUCKET, key, null);
            }
            for (ObjectStream in : open) {
                in.close();
            }
        }
    }
}
