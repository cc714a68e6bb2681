package dev.wharf.s3;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static dev.wharf.s3.ObjectStoreContract.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.store.CopySource;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.faulty.Faults;
import dev.wharf.testing.stub.StubHabit;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store copies itself, and what passes through the service because nothing proves what the store has copied. */
class CopyProofTest {
    private static final String BUCKET = "wharf-copies";
    private static final long LARGE = 300L << 20;
    private static final String ETAG = "0123456789abcdef0123456789abcdef";

    private final MemoryLedger ledger = new MemoryLedger();
    private final SdkObjectStores stores = new SdkObjectStores(ledger, ObjectStoreContract.SETTINGS);
    private StubS3 server;
    private ObjectStore store;

    private void open(StubOptions options) {
        server = StubS3.start(options.recordingRequests(), BUCKET);
        store = stores.open(server.access());
    }

    @AfterEach
    void close() {
        assertThat(server.uploads(BUCKET)).isEmpty();
        assertThat(ledger.orphans()).isEmpty();
        stores.close();
        server.close();
    }

    @Test
    void whatTheEtagProvesIsCopiedByTheStore() {
        open(StubOptions.TESTS.with(StubHabit.CEPH));
        server.put(BUCKET, "source", random(10));

        copy("source");

        assertThat(server.get(BUCKET, "copy")).isEqualTo(random(10));
        assertThat(read("source")).isZero();
    }

    @Test
    void aSourceThatIsReplacedAtTheLastMomentIsNotCopied() {
        open(StubOptions.TESTS.with(StubHabit.CEPH));
        server.put(BUCKET, "source", new byte[] {1});
        server.when(request -> {
                    if (isCopy(request)) {
                        server.put(BUCKET, "source", new byte[] {2});
                    }
                    return false;
                })
                .answer(500, "never");

        assertKind(Kind.CHANGED, () -> copy("source")).hasMessageContaining("source");

        assertThat(server.keys(BUCKET)).containsExactly("source");
    }

    @Test
    void aStoreThatDecodesTwiceIsAskedOnceAndNeverForWhatWouldEndIt() {
        open(StubOptions.TESTS.with(StubHabit.CEPH));
        for (String key : new String[] {"100%", "a%zz", "x%2Fy"}) {
            server.put(BUCKET, key, key.getBytes());

            copy(key);

            assertThat(server.get(BUCKET, "copy")).isEqualTo(key.getBytes());
            server.remove(BUCKET, "copy");
        }
        assertThat(parts().stream().filter(CopyProofTest::isCopy))
                .singleElement()
                .satisfies(request ->
                        assertThat(request.headers().get("x-amz-copy-source")).endsWith("%2531%2530%2530%2525"));
    }

    @Test
    void aStoreThatDecodesOnceCopiesAnyKey() {
        open(StubOptions.TESTS);
        server.put(BUCKET, "100%", random(3));
        server.put(BUCKET, "200%", random(3));

        copy("100%");
        server.remove(BUCKET, "copy");
        copy("200%");

        assertThat(server.get(BUCKET, "copy")).isEqualTo(random(3));
        assertThat(read("00%25")).isZero();
        assertThat(parts()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<ETag>[^<]*</ETag>", "(?s)<CopyPartResult.*"})
    void anAnswerWithoutAnEtagProvesNothing(String missing) {
        open(StubOptions.TESTS);
        server.put(BUCKET, "source", random(10));
        server.when(CopyProofTest::isCopy)
                .rewriteBody(body -> body.replaceAll(missing, ""))
                .always();

        copy("source");

        assertThat(server.get(BUCKET, "copy")).isEqualTo(random(10));
        assertThat(read("source")).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 501})
    void aStoreThatCannotCopyIsNotNeeded(int status) {
        open(StubOptions.TESTS);
        server.put(BUCKET, "source", random(10));
        server.when(CopyProofTest::isCopy)
                .answer(status, status == 403 ? "AccessDenied" : "Strange")
                .always();

        copy("source");

        assertThat(server.get(BUCKET, "copy")).isEqualTo(random(10));
    }

    @Test
    void whatIsUnderAKmsKeyPassesThrough() {
        open(StubOptions.TESTS);
        store = stores.open(ObjectStoreContract.withEncryption(server.access(), StoreAccess.Encryption.KMS, "any-key"));
        server.put(BUCKET, "source", random(10));

        ObjectStoreContract.assertChecksum(copy("source"), random(10));

        assertThat(read("source")).isOne();
    }

    @Test
    void largeObjectsAreCopiedInManyPartsWhereTheStoreKeepsConditions() {
        open(StubOptions.BENCHMARKS);
        server.generated(BUCKET, "source", LARGE, ETAG);

        copy("source");

        assertThat(store.stat(BUCKET, "copy").size()).isEqualTo(LARGE);
        assertThat(read("source")).isZero();
        // One of them only tells whether the store keeps conditions, which is not asked again.
        assertThat(server.requests("PUT", "partNumber=")).hasSize(3);
        server.remove(BUCKET, "copy");
        copy("source");
        assertThat(server.requests("PUT", "partNumber=")).hasSize(5);
    }

    @Test
    void largeObjectsAreCopiedAsOnePartWhereTheStoreIgnoresConditions() {
        open(StubOptions.BENCHMARKS.with(StubHabit.CEPH));
        server.generated(BUCKET, "source", LARGE, ETAG);
        server.when(CopyProofTest::isCopy)
                .rewriteBody(body -> body.replaceAll("<ETag>[^<]*</ETag>", "<ETag>" + ETAG + "</ETag>"))
                .always();

        StagedObject staged = store.stageCopy(CopySource.of(BUCKET, store.stat(BUCKET, "source")), BUCKET, "copy");

        assertThat(staged.md5()).isEqualTo(ETAG);
        store.abort(staged);
        assertThat(read("source")).isZero();
        assertThat(server.requests("PUT", "partNumber=")).hasSize(2).last().satisfies(whole -> assertThat(
                        whole.headers())
                .doesNotContainKey("x-amz-copy-source-range"));
    }

    private StagedObject copy(String key) {
        ObjectInfo source = store.stat(BUCKET, key);
        StagedObject staged = store.stageCopy(CopySource.of(BUCKET, source), BUCKET, "copy");
        assertThat(staged.md5() == null).isNotEqualTo(staged.crc32c() == null);
        store.commit(staged);
        return staged;
    }

    private static boolean isCopy(Faults.Request request) {
        return request.headers().containsKey("x-amz-copy-source");
    }

    /** All but those that ask whether the store keeps conditions of completions, which are copied from the target. */
    private List<Faults.Request> parts() {
        return server.requests("PUT", "partNumber=").stream()
                .filter(request -> !isCopy(request)
                        || !request.headers().get("x-amz-copy-source").endsWith("/copy"))
                .toList();
    }

    private int read(String key) {
        return server.requests("GET", "/" + BUCKET + "/" + key).size();
    }
}
