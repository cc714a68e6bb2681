package dev.wharf.s3;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static dev.wharf.s3.ObjectStoreContract.bytes;
import static dev.wharf.s3.ObjectStoreContract.random;
import static dev.wharf.s3.ObjectStoreContract.withCredentials;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.network.NetworkPolicy;
import dev.wharf.network.Tls;
import dev.wharf.store.Credentials;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.faulty.Faults.Request;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Buckets that are in another region than their connection. */
class AcrossRegionsTest {
    private final StubS3 s3 = StubS3.start(StubOptions.TESTS.checkingSignatures(), "near", "far");
    private final SdkObjectStores stores = stores(true);

    @AfterEach
    void close() {
        stores.close();
        s3.close();
    }

    @ParameterizedTest
    @CsvSource({"301, PermanentRedirect", "307, TemporaryRedirect", "400, AuthorizationHeaderMalformed"})
    void aBucketIsFollowedToItsRegionAndFoundThereFromThenOn(int status, String code) throws IOException {
        farIsElsewhere(status, code);
        ObjectStore store = stores.open(access());

        store.folder("far", "", 10, null);
        assertThat(s3.requests("GET", "/far")).hasSize(2);

        store.folder("far", "", 10, null);
        store.write("far", "a", bytes(random(1_000)), OptionalLong.of(1_000), null);
        try (ObjectStream in = store.read("far", "a", null)) {
            assertThat(in.readAllBytes()).isEqualTo(random(1_000));
        }
        assertThat(s3.requests("GET", "/far?")).hasSize(3);
        assertThat(s3.requests("PUT", "/far/a")).isNotEmpty().allMatch(request -> isSignedFor("eu-west-1", request));
        assertThat(s3.requests("HEAD", "/far?")).isEmpty();
    }

    @Test
    void aWriteThatComesFirstIsFollowedWithItsWholeBody() throws IOException {
        farIsElsewhere(301, "PermanentRedirect");

        stores.open(access()).write("far", "a", bytes(random(9 << 20)), OptionalLong.of(9 << 20), null);

        assertThat(s3.get("far", "a")).isEqualTo(random(9 << 20));
    }

    @Test
    void inItsOwnRegionABucketCostsNoFurtherRequest() throws IOException {
        ObjectStore store = stores.open(access());
        s3.put("near", "a", random(10));

        store.folder("near", "", 10, null);
        store.stat("near", "a");
        store.read("near", "a", null).close();

        assertThat(s3.requests("GET", "")).hasSize(2);
        assertThat(s3.requests("HEAD", "")).hasSize(1);
    }

    @Test
    void withTheLimitInPlaceTheErrorNamesTheRegion() {
        farIsElsewhere(301, "PermanentRedirect");
        try (var limited = stores(false)) {
            assertKind(Kind.WRONG_REGION, () -> limited.open(access()).folder("far", "", 10, null))
                    .hasMessageContaining("set the connection's region to eu-west-1");
        }
    }

    @ParameterizedTest
    @CsvSource({"200", "301", "403"})
    void whereABucketIsIsAskedWithoutSigningAnything(int status) {
        s3.on("HEAD", "/far")
                .answerWith(status, Map.of("x-amz-bucket-region", "eu-west-1"), "")
                .always();

        assertThat(stores.region(withCredentials(s3.access(), 7L, new Credentials.Nobody()), "far"))
                .contains("eu-west-1");
        assertThat(s3.requests("HEAD", "/far")).isNotEmpty().allMatch(request -> !request.headers()
                .containsKey("Authorization"));
    }

    @Test
    void aStoreThatDoesNotSayIsNoFailure() {
        s3.on("HEAD", "/far").answerWith(403, Map.of(), "").always();

        assertThat(stores.region(withCredentials(s3.access(), 7L, new Credentials.Nobody()), "far"))
                .isEmpty();
        s3.close();
        assertThat(stores.region(withCredentials(s3.access(), 7L, new Credentials.Nobody()), "far"))
                .isEmpty();
    }

    private void farIsElsewhere(int status, String code) {
        s3.when(request -> request.uri().startsWith("/far") && !isSignedFor("eu-west-1", request))
                .answer(status, code, "", Map.of("x-amz-bucket-region", "eu-west-1"))
                .always();
    }

    private static boolean isSignedFor(String region, Request request) {
        return request.headers().getOrDefault("Authorization", "").contains("/" + region + "/s3/");
    }

    private StoreAccess access() {
        return s3.access(7L);
    }

    private static SdkObjectStores stores(boolean acrossRegions) {
        return new SdkObjectStores(
                new MemoryLedger(),
                ObjectStoreContract.SETTINGS,
                new NetworkPolicy(ObjectStoreContract.LOOPBACK, null, acrossRegions, Tls.NATIVE));
    }
}
