package dev.wharf.s3;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static dev.wharf.s3.ObjectStoreContract.bytes;
import static dev.wharf.s3.ObjectStoreContract.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.api.Json;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess.Checksums;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.faulty.Faults.Request;
import dev.wharf.testing.stub.StubHabit;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With what bodies are sent so that a store checks them: CRC-32C where it proves to look, MD5 everywhere else. */
class ChecksumsTest {
    private static final String BUCKET = "wharf-checksums";
    private static final String CRC32C = "x-amz-checksum-crc32c";
    private static final String OTHER = "AAAAAA==";
    private static final int MIB = 1 << 20;
    private static final byte[] LARGE = random(17 * MIB);

    private final MemoryLedger ledger = new MemoryLedger();
    private final SdkObjectStores stores = new SdkObjectStores(ledger, ObjectStoreContract.SETTINGS);
    private StubS3 server;
    private ObjectStore store;

    static Stream<Set<StubHabit>> everyStore() {
        return Stream.of(
                Set.of(),
                Set.of(StubHabit.COMPOSES_CHECKSUMS),
                Set.of(StubHabit.TAKES_ANY_CHECKSUM),
                Set.of(StubHabit.IGNORES_CHECKSUMS),
                Set.of(StubHabit.REFUSES_CHECKSUMS),
                StubHabit.CEPH,
                StubHabit.SWIFT);
    }

    static Stream<Set<StubHabit>> storesThatCheck() {
        return Stream.of(Set.of(), Set.of(StubHabit.COMPOSES_CHECKSUMS));
    }

    static Stream<Set<StubHabit>> storesThatDoNot() {
        return everyStore().filter(habits -> storesThatCheck().noneMatch(habits::equals));
    }

    private void open(Set<StubHabit> habits) {
        server = StubS3.start(StubOptions.TESTS.checkingSignatures().with(habits), BUCKET);
        store = stores.open(server.access());
    }

    @AfterEach
    void close() {
        assertThat(server.uploads(BUCKET)).isEmpty();
        assertThat(ledger.orphans()).isEmpty();
        stores.close();
        server.close();
    }

    @ParameterizedTest
    @MethodSource("everyStore")
    void whatIsWrittenIsThere(Set<StubHabit> habits) throws IOException {
        open(habits);
        for (int time = 1; time <= 2; time++) {
            write("small" + time, random(10));
            write("large" + time, LARGE);
            StagedObject staged = store.stage(BUCKET, "staged" + time, bytes(LARGE), OptionalLong.empty(), null);
            store.commit(Json.read(Json.write(staged), StagedObject.class));

            assertThat(server.get(BUCKET, "small" + time)).isEqualTo(random(10));
            assertThat(server.get(BUCKET, "large" + time)).isEqualTo(LARGE);
            assertThat(server.get(BUCKET, "staged" + time)).isEqualTo(LARGE);
        }
    }

    @ParameterizedTest
    @MethodSource("storesThatCheck")
    void storeThatHasRefusedOneWrongPartIsSentNoMd5(Set<StubHabit> habits) throws IOException {
        open(habits);

        write("first", LARGE);
        assertThat(server.requests("PUT", "first")).hasSize(4).allSatisfy(ChecksumsTest::hasNoMd5);

        write("second", LARGE);
        write("small", random(10));
        write("small2", random(10));
        assertThat(server.requests("PUT", "second")).hasSize(3).allSatisfy(ChecksumsTest::hasNoMd5);
        assertThat(server.requests("PUT", "small2")).hasSize(1).allSatisfy(ChecksumsTest::hasNoMd5);
        assertThat(server.requests("HEAD", "small2"))
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("x-amz-checksum-mode", "ENABLED"));
    }

    @ParameterizedTest
    @MethodSource("storesThatDoNot")
    void storeThatDoesNotCheckIsSentMd5s(Set<StubHabit> habits) throws IOException {
        open(habits);
        write("first", LARGE);
        server.reset();

        write("second", LARGE);
        write("small", random(10));

        assertThat(server.requests("PUT", "")).hasSizeGreaterThanOrEqualTo(4).allSatisfy(ChecksumsTest::hasMd5Only);
        assertThat(server.requests("POST", "?uploads")).hasSize(1);
    }

    @Test
    void whatAStoreChecksInOneBucketSaysNothingOfAnother() throws IOException {
        open(Set.of());
        server.createBucket("another");
        write("first", LARGE);

        store.write("another", "key", bytes(random(1)), OptionalLong.of(1), null);

        assertThat(server.requests("PUT", "/another/")).allSatisfy(ChecksumsTest::hasMd5Only);
    }

    @Test
    void smallObjectsAreNoReasonToAsk() throws IOException {
        open(Set.of());

        write("small", random(10));
        write("small2", random(10));

        assertThat(server.requests("POST", "")).isEmpty();
        assertThat(server.requests("PUT", "")).allSatisfy(ChecksumsTest::hasMd5Only);
    }

    /** A header can be what a store objects to, rather than what it says. */
    @ParameterizedTest
    @CsvSource({"400, InvalidRequest", "501, NotImplemented", "403, SignatureDoesNotMatch"})
    void storeThatTakesNoPartWithAChecksumIsSentMd5s(int status, String code) throws IOException {
        open(Set.of());
        server.when(request ->
                        request.method().equals("PUT") && request.headers().containsKey(CRC32C))
                .answer(status, code)
                .always();

        write("first", LARGE);
        write("small", random(10));

        assertThat(server.get(BUCKET, "first")).isEqualTo(LARGE);
        assertThat(server.requests("PUT", "small")).allSatisfy(ChecksumsTest::hasMd5Only);
    }

    @ParameterizedTest
    @CsvSource({"400, InvalidArgument", "501, NotImplemented", "403, SignatureDoesNotMatch"})
    void storeThatBeginsNoUploadWithChecksumsBeginsOneWithout(int status, String code) throws IOException {
        open(Set.of());
        server.when(request -> request.headers().containsKey("x-amz-checksum-algorithm"))
                .answer(status, code)
                .always();

        write("first", LARGE);
        write("second", LARGE);

        assertThat(server.requests("POST", "second?uploads")).hasSize(1);
        assertThat(server.get(BUCKET, "second")).isEqualTo(LARGE);
    }

    @Test
    void whatARefusalIsAboutIsToldThoughItWasAskedTwice() {
        open(Set.of());
        server.on("POST", "uploads")
                .answer(400, "InvalidArgument", "no such thing", Map.of())
                .always();

        assertThatThrownBy(() -> write("key", LARGE))
                .hasMessageContaining("s3://" + BUCKET + "/key")
                .hasMessageContaining("no such thing");
        server.reset();
        server.on("PUT", "").answer(400, "EntityTooLarge", "too much", Map.of()).always();

        assertThatThrownBy(() -> write("key", LARGE))
                .hasMessageContaining("s3://" + BUCKET + "/key")
                .hasMessageContaining("too much");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storeThatTellsAnotherChecksumAfterManyPartsIsSentThatPartAgainWithItsMd5(boolean missing) throws IOException {
        open(Set.of());
        write("first", LARGE);
        var lie = server.on("PUT", "second?partNumber=2");
        if (missing) {
            lie.leaveOut(CRC32C, "none");
        } else {
            lie.replaceHeader(CRC32C, OTHER);
        }

        write("second", LARGE);
        write("third", LARGE);

        assertThat(server.requests("PUT", "second?partNumber=2").get(1).headers())
                .containsKey("Content-MD5");
        assertThat(server.get(BUCKET, "second")).isEqualTo(LARGE);
        assertThat(server.requests("PUT", "third")).hasSize(3).allSatisfy(ChecksumsTest::hasMd5Only);
    }

    @Test
    void partThatArrivesDamagedIsSentAgain() throws IOException {
        open(Set.of());
        write("first", LARGE);
        server.on("PUT", "second?partNumber=2").answer(400, "BadDigest");

        write("second", LARGE);

        assertThat(server.get(BUCKET, "second")).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void smallObjectWhoseChecksumIsNotToldAgainIsComparedByItsMd5(boolean missing) throws IOException {
        open(Set.of());
        write("first", LARGE);
        write("probe", random(1));
        var lie = server.on("PUT", "small");
        if (missing) {
            lie.leaveOut(CRC32C, "none");
        } else {
            lie.replaceHeader(CRC32C, OTHER);
        }
        server.on("HEAD", "small").after(0).replaceHeader("ETag", "\"" + "0".repeat(32) + "\"");

        assertThatThrownBy(() -> write("small", random(10)))
                .hasMessageContaining("s3://" + BUCKET + "/small")
                .hasMessageContaining("ETag");
        write("small2", random(10));

        assertThat(server.requests("PUT", "small2")).allSatisfy(ChecksumsTest::hasMd5Only);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 17 * MIB})
    void objectThatHasAnotherChecksumThanItWasSentIsReported(int size) throws IOException {
        open(Set.of());
        write("first", LARGE);
        write("probe", random(1));
        server.on("HEAD", "key").always().replaceHeader(CRC32C, OTHER);

        assertKind(Kind.BROKEN, () -> write("key", random(size)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 17 * MIB})
    void objectWhoseChecksumIsNotToldIsComparedByItsEtag(int size) throws IOException {
        open(Set.of());
        write("first", LARGE);
        write("probe", random(1));
        server.on("HEAD", "key").always().leaveOut(CRC32C, "none");
        write("key", random(size));
        server.on("HEAD", "other").always().replaceHeader("ETag", "\"" + "0".repeat(32) + "\"");

        assertKind(Kind.BROKEN, () -> write("other", random(10)));
        assertThat(server.get(BUCKET, "key")).isEqualTo(random(size));
    }

    /** Under a KMS key checksums take leave to decrypt. */
    @Test
    void objectWhoseChecksumMayNotBeSeenIsLookedAtWithout() throws IOException {
        open(Set.of());
        write("first", LARGE);
        server.when(request -> request.headers().containsKey("x-amz-checksum-mode"))
                .answerWith(403, Map.of(), "")
                .always();

        write("second", LARGE);

        assertThat(server.requests("HEAD", "second"))
                .anySatisfy(request -> assertThat(request.headers()).doesNotContainKey("x-amz-checksum-mode"));
    }

    @Test
    void whoMayOnlyWriteWrites() throws IOException {
        open(Set.of());
        server.on("HEAD", "").answerWith(403, Map.of(), "").always();

        write("first", LARGE);
        write("second", LARGE);
        write("small", random(10));

        assertThat(server.get(BUCKET, "second")).isEqualTo(LARGE);
        assertThat(server.get(BUCKET, "small")).isEqualTo(random(10));
    }

    @ParameterizedTest
    @CsvSource({"503, SlowDown", "403, AccessDenied"})
    void uploadDoesNotFailForTheQuestion(int status, String code) throws IOException {
        open(Set.of());
        server.when(request ->
                        request.method().equals("PUT") && !request.headers().containsKey("Content-MD5"))
                .answer(status, code)
                .always();

        write("first", LARGE);
        server.reset();
        write("second", LARGE);

        assertThat(server.get(BUCKET, "first")).isEqualTo(LARGE);
        assertThat(server.requests("PUT", "second")).hasSize(4).allSatisfy(ChecksumsTest::hasNoMd5);
    }

    @Test
    void answersThatAreLostAreNotMissed() throws IOException {
        open(Set.of());
        write("first", LARGE);
        write("probe", random(1));
        server.on("PUT", "second?partNumber=2").loseAnswer();
        server.on("POST", "second?uploadId").loseAnswer();
        server.on("PUT", "small").loseAnswer();

        write("second", LARGE);
        write("small", random(10));

        assertThat(server.get(BUCKET, "second")).isEqualTo(LARGE);
        assertThat(server.requests("PUT", "second")).allSatisfy(ChecksumsTest::hasNoMd5);
        assertThat(server.requests("PUT", "small")).hasSize(2).allSatisfy(ChecksumsTest::hasNoMd5);
    }

    @ParameterizedTest
    @MethodSource("storesThatCheck")
    void whoReadsLaterCanCheckToo(Set<StubHabit> habits) throws IOException {
        open(habits);
        write("large", LARGE);
        write("small", random(10));
        ObjectStore checking = stores.open(server.access().withChecksums(Checksums.WHEN_SUPPORTED));

        for (String key : List.of("large", "small")) {
            try (var in = checking.read(BUCKET, key, null)) {
                assertThat(in.readAllBytes()).isEqualTo(server.get(BUCKET, key));
            }
        }
    }

    private void write(String key, byte[] content) throws IOException {
        store.write(BUCKET, key, bytes(content), OptionalLong.of(content.length), null);
    }

    private static void hasNoMd5(Request request) {
        assertThat(request.headers())
                .containsKey(CRC32C)
                .doesNotContainKeys("Content-MD5", "x-amz-trailer", "x-amz-sdk-checksum-algorithm")
                .containsEntry("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        assertThat(request.headers().get("Authorization")).contains(CRC32C);
    }

    private static void hasMd5Only(Request request) {
        assertThat(request.headers()).containsKey("Content-MD5").doesNotContainKey(CRC32C);
    }
}
