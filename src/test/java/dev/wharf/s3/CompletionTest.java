package dev.wharf.s3;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static dev.wharf.s3.ObjectStoreContract.bytes;
import static dev.wharf.s3.ObjectStoreContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.api.Json;
import dev.wharf.store.CopySource;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.stub.StubHabit;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of uploads whose completion is answered late, never, or in a store's own words. */
class CompletionTest {
    private static final String BUCKET = "wharf-completions";

    private final MemoryLedger ledger = new MemoryLedger();
    private final SdkObjectStores stores = new SdkObjectStores(ledger, ObjectStoreContract.SETTINGS);
    private StubS3 server;
    private ObjectStore store;

    static Stream<Set<StubHabit>> everyStore() {
        return Stream.of(Set.of(), StubHabit.CEPH, StubHabit.SWIFT);
    }

    private void open(Set<StubHabit> habits) {
        server = StubS3.start(StubOptions.TESTS.with(habits), BUCKET);
        store = stores.open(server.access());
    }

    @AfterEach
    void close() {
        stores.close();
        server.close();
    }

    @ParameterizedTest
    @MethodSource("everyStore")
    void anObjectIsKnownForOursThoughItsUploadIsOverAndItsAnswerWasLost(Set<StubHabit> habits) throws IOException {
        open(habits);
        StagedObject staged = stage("key");
        server.on("POST", "uploadId=").loseAnswer().always();
        server.on("HEAD", "key").after(1).answerWith(503, Map.of(), "").always();
        assertKind(Kind.UNAVAILABLE, () -> store.commit(staged));
        server.reset();

        // As another process finds it.
        StagedObject found = Json.read(Json.write(staged), StagedObject.class);

        assertThat(store.commit(found).size()).isEqualTo(10);
        assertThat(server.requests("GET", "uploadId=")).isEmpty();
        assertThat(ledger.orphans()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyStore")
    void anAnswerThatIsLostEachTimeIsNotNeeded(Set<StubHabit> habits) throws IOException {
        open(habits);
        StagedObject staged = stage("key");
        server.on("POST", "uploadId=").loseAnswer().always();

        assertThat(store.commit(staged).size()).isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("everyStore")
    void anUploadThatIsGoneIsToldAtOnce(Set<StubHabit> habits) throws IOException {
        open(habits);
        StagedObject staged = stage("key");
        server.on("DELETE", "uploadId=").answer(204, "");
        stores.open(server.access()).abortAll(BUCKET, "key");
        server.reset();
        stores.open(server.access()).abort(staged);

        assertKind(Kind.NO_SUCH_UPLOAD, () -> store.commit(staged)).hasMessageContaining("the upload is gone");

        assertThat(server.requests("POST", "uploadId=")).hasSizeLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("everyStore")
    void anObjectWithAnothersMarkIsNeverOurs(Set<StubHabit> habits) throws IOException {
        open(habits);
        StagedObject staged = stage("key");
        StagedObject other = stage("key");
        store.commit(other);
        store.abort(staged);

        assertKind(Kind.EXISTS, () -> store.commit(staged));
    }

    @ParameterizedTest
    @MethodSource("everyStore")
    void anUploadOfAnOlderVersionIsKnownByItsContent(Set<StubHabit> habits) throws IOException {
        open(habits);
        StagedObject staged =
                Json.read(Json.write(stage("key")).replaceAll(",\"mark\":\"[^\"]*\"", ""), StagedObject.class);
        assertThat(staged.mark()).isNull();

        assertThat(store.commit(staged).size()).isEqualTo(10);
    }

    @Test
    void aStoreThatStaysOverloadedHasNotLostTheUpload() throws IOException {
        open(Set.of());
        StagedObject staged = stage("key");
        server.on("POST", "uploadId=").answer(500, "InternalError").always();

        assertKind(Kind.UNAVAILABLE, () -> store.commit(staged));

        server.reset();
        assertThat(store.commit(staged).size()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSES_PUT_CONDITIONS", "REFUSES_COMPLETION_CONDITIONS"})
    void aStoreThatKnowsNoConditionsIsWrittenToAfterALook(StubHabit habit) throws IOException {
        open(Set.of(habit));

        for (String key : new String[] {"one", "two"}) {
            store.write(BUCKET, key, bytes(random(10)), OptionalLong.of(10), null);
            store.commit(stage("staged " + key));
        }

        assertKind(Kind.EXISTS, () -> store.write(BUCKET, "one", bytes(random(10)), OptionalLong.of(10), null));
        StagedObject late = stage("staged one");
        assertKind(Kind.EXISTS, () -> store.commit(late));
        // Learned by the first of each.
        String method = habit == StubHabit.REFUSES_PUT_CONDITIONS ? "PUT" : "POST";
        assertThat(server.requests(method, "two").stream()
                        .filter(request -> request.headers().containsKey("If-None-Match"))
                        .filter(request -> method.equals("PUT") || request.uri().contains("uploadId=")))
                .isEmpty();
    }

    @Test
    void aStoreWithoutEtagsTakesPartsByTheirMd5() throws IOException {
        open(Set.of());
        server.when(request -> true).replaceHeader("ETag", "").always();

        StagedObject staged = stage("key");

        assertThat(store.commit(staged).size()).isEqualTo(10);
        assertThat(store.write(BUCKET, "small", bytes(random(3)), OptionalLong.of(3), null)
                        .etag())
                .isEmpty();
        assertThat(server.get(BUCKET, "key")).isEqualTo(random(10));
    }

    @Test
    void aReaderIsNotGivenAnotherVersionByAStoreThatKnowsNoConditions() throws IOException {
        open(Set.of());
        server.put(BUCKET, "key", random(10));
        String etag = store.stat(BUCKET, "key").etag();
        server.when(request ->
                        request.method().equals("GET") && request.headers().containsKey("If-Match"))
                .answer(501, "NotImplemented")
                .always();

        try (ObjectStream in = store.read(BUCKET, "key", etag)) {
            assertThat(in.readAllBytes()).isEqualTo(random(10));
        }
        assertKind(Kind.CHANGED, () -> store.read(BUCKET, "key", "0".repeat(32)));
    }

    @Test
    void aStoreThatKeepsConditionsDecidesByItself() {
        open(Set.of());
        store.commit(copy("first"));
        assertThat(server.uploads(BUCKET)).isEmpty();
        assertThat(ledger.orphans()).isEmpty();
        StagedObject second = copy("second");
        server.reset();

        store.commit(second);

        assertThat(server.requests("HEAD", "second")).hasSize(1); // the proof
        StagedObject late = copy("second");
        server.reset();
        assertKind(Kind.EXISTS, () -> store.commit(late));
        assertThat(server.requests("POST", "second")).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("storesThatIgnoreConditions")
    void aStoreThatIgnoresConditionsIsAlwaysLookedInto(Set<StubHabit> habits) {
        open(habits);
        StagedObject first = copy("first");

        ObjectInfo visible = store.commit(first);

        assertThat(server.get(BUCKET, "first")).isEqualTo(random(10));
        assertThat(store.stat(BUCKET, "first").etag()).isEqualTo(visible.etag());
        assertThat(store.committed(first)).isPresent();
        assertThat(server.uploads(BUCKET)).isEmpty();
        StagedObject late = copy("first");
        server.reset();
        assertKind(Kind.EXISTS, () -> store.commit(late));
        assertThat(server.requests("POST", "first")).isEmpty();
    }

    static Stream<Set<StubHabit>> storesThatIgnoreConditions() {
        return Stream.of(Set.of(StubHabit.IGNORES_COMPLETION_CONDITIONS), StubHabit.CEPH, StubHabit.SWIFT);
    }

    @Test
    void aStoreThatDoesNotSayWhetherItKeepsConditionsIsAskedOnce() {
        open(Set.of());
        StagedObject first = copy("first");
        server.on("PUT", "first").answer(400, "InvalidRequest").always();

        store.commit(first);
        server.reset();
        StagedObject second = copy("second");
        server.reset();
        store.commit(second);

        assertThat(server.uploads(BUCKET)).isEmpty();
        assertThat(server.requests("POST", "second")).hasSize(1);
        assertThat(server.requests("HEAD", "second")).hasSize(2); // before, and the proof
    }

    private StagedObject copy(String key) {
        server.put(BUCKET, "source", random(10));
        return store.stageCopy(CopySource.of(BUCKET, store.stat(BUCKET, "source")), BUCKET, key);
    }

    private StagedObject stage(String key) throws IOException {
        return store.stage(BUCKET, key, bytes(random(10)), OptionalLong.of(10), null);
    }
}
