package dev.wharf.s3.client;

import static dev.wharf.s3.ObjectStoreContract.MIB;
import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static dev.wharf.s3.ObjectStoreContract.random;
import static dev.wharf.s3.ObjectStoreContract.withCredentials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.network.EndpointRules;
import dev.wharf.network.NetworkPolicy;
import dev.wharf.network.Tls;
import dev.wharf.s3.MemoryLedger;
import dev.wharf.s3.ObjectStoreContract;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.store.Credentials;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.ProbeReport;
import dev.wharf.store.ProbeRequest;
import dev.wharf.store.ProbeRow;
import dev.wharf.store.ProbeRow.Outcome;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.faulty.Faults.Request;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.StubSts;
import dev.wharf.testing.stub.StubSts.Asked;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that is used as an IAM role. */
class RoleSessionTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/partners/reader";
    private static final String SESSION = "wharf-connection-7-person-3";
    private static final String EXTERNAL_ID = "external-4711";
    /** Less than what is left of a session when the next one is asked for. */
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final StubS3 s3 = StubS3.start(StubOptions.TESTS.checkingSignatures(), "partner");
    private final StubSts sts = StubSts.of(s3);
    private final SdkObjectStores stores = stores(ObjectStoreContract.LOOPBACK, sts.endpoint());

    @AfterEach
    void close() {
        stores.close();
        sts.close();
        s3.close();
    }

    @Test
    void theRoleIsAssumedOnceAndItsSessionSignsWhatFollows() {
        sts.trust(ROLE, EXTERNAL_ID);
        ObjectStore store = stores.open(access(EXTERNAL_ID));

        store.buckets();
        store.folder("partner", "", 10, null);
        stores.open(access(EXTERNAL_ID)).buckets();

        assertThat(sts.asked()).containsExactly(new Asked(s3.accessKeyId(), ROLE, SESSION, EXTERNAL_ID));
        assertThat(s3.requests("GET", "/"))
                .hasSize(3)
                .allMatch(request -> signer(request).equals(StubSts.session(1)))
                .allMatch(request -> request.headers().containsKey("X-Amz-Security-Token"));
    }

    @Test
    void aSessionIsRenewedBeforeItEndsBesideTheRequestsThatUseIt() {
        sts.trust(ROLE, null);
        sts.nextLasts(SHORT);
        ObjectStore store = stores.open(access(null));

        await().until(() -> {
            store.buckets();
            return signers().contains(StubSts.session(2));
        });

        assertThat(signers()).startsWith(StubSts.session(1));
    }

    @Test
    void aRenewalThatFailsBreaksNoRequestWhileTheOldSessionLasts() {
        sts.trust(ROLE, null);
        sts.nextLasts(SHORT);
        ObjectStore store = stores.open(access(null));
        store.buckets();
        sts.on("POST", "")
                .answerWith(503, Map.of(), StubSts.refusal("ServiceUnavailable", "later"))
                .always();

        await().until(() -> {
            store.buckets();
            return sts.requests("POST", "").size() > 2;
        });

        assertThat(signers()).containsOnly(StubSts.session(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Expiration", "SessionToken", "SecretAccessKey", "AccessKeyId", "Credentials"})
    void aSessionThatLacksSomethingIsUsedOrRefusedInWords(String missing) {
        sts.trust(ROLE, null);
        sts.on("POST", "")
                .rewriteBody(answer -> answer.replaceAll("<" + missing + ">.*</" + missing + ">", ""))
                .always();

        if (missing.equals("Expiration")) { // it lasts as long as every session does
            assertThat(stores.open(access(null)).buckets()).containsExactly("partner");
        } else {
            assertKind(Kind.BROKEN, () -> stores.open(access(null)).buckets())
                    .hasMessageContaining("cannot be assumed")
                    .hasMessageContaining("it is a success without a session");
        }
    }

    @Test
    void aRoleThatMayNotBeAssumedIsNamedWithWhatToDo() {
        sts.trust(ROLE, EXTERNAL_ID);

        assertKind(Kind.DENIED, () -> stores.open(access("guessed")).buckets())
                .hasMessageContaining("sts:AssumeRole on " + ROLE)
                .hasMessageContaining("trust policy")
                .hasMessageContaining("external id")
                .hasMessageNotContaining("guessed")
                .hasMessageNotContaining(s3.secretAccessKey());
        assertKind(Kind.DENIED, () -> stores.open(access(null)).buckets())
                .hasMessageContaining("which this connection does not have");
        assertThat(s3.requests("GET", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidClientTokenId", "SignatureDoesNotMatch", "ExpiredToken"})
    void aKeyPairThatStsDoesNotAcceptIsNotTakenForTheRole(String code) {
        sts.on("POST", "")
                .answerWith(403, Map.of(), StubSts.refusal(code, "no"))
                .always();

        assertKind(Kind.BAD_CREDENTIALS, () -> stores.open(access(null)).buckets())
                .hasMessageContaining("does not accept the key pair that is to assume it");
    }

    @Test
    void clocksThatDifferAreTold() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(30));
        sts.on("POST", "")
                .answerWith(
                        403,
                        Map.of("Date", date),
                        StubSts.refusal("SignatureDoesNotMatch", "Signature not yet current: x is still later than y"))
                .always();

        assertKind(Kind.CLOCK_SKEW, () -> stores.open(access(null)).buckets())
                .hasMessageContaining("clock")
                .hasMessageContaining("30 minutes ahead");
    }

    @Test
    void anStsThatIsDownIsTold() {
        URI gone = sts.endpoint();
        sts.close();

        assertKind(Kind.UNAVAILABLE, () -> stores.open(access(null)).buckets())
                .hasMessageContaining(ROLE)
                .hasMessageContaining(gone + " cannot be reached");
    }

    @Test
    void theStsIsReachedOnlyWhereConnectionsMayLead() {
        try (var closed = stores(new EndpointRules(List.of()), sts.endpoint())) {
            // Base storage's own address is not looked at.
            StoreAccess access = withCredentials(s3.access(), null, role(null, s3.credentials()));

            assertKind(Kind.REFUSED, () -> closed.open(access).buckets())
                    .hasMessageContaining("wharf.connections.private-endpoints");
        }
        assertThat(sts.requests("POST", "")).isEmpty();
    }

    @Test
    void aSessionThatTheStoreNoLongerTakesIsToldApartFromAKeyPair() {
        sts.trust(ROLE, null);
        ObjectStore store = stores.open(access(null));
        store.buckets();
        s3.endSession(StubSts.session(1));

        assertKind(Kind.BAD_CREDENTIALS, store::buckets)
                .hasMessageContaining("the role " + ROLE)
                .hasMessageContaining("its session has ended or was revoked");
    }

    @Test
    void whatIsUnderWayGoesOnWhenTheKeyPairThatAssumesTheRoleIsRotated() throws IOException {
        sts.trust(ROLE, null);
        s3.put("partner", "a", random(MIB));
        try (ObjectStream in = stores.open(access(null)).read("partner", "a", null)) {
            in.readNBytes(1_000);

            StoreAccess rotated =
                    withCredentials(s3.access(), 7L, role(null, new Credentials.KeyPair(s3.accessKeyId(), "rotated")));
            stores.open(rotated).buckets();

            assertThat(in.readAllBytes()).hasSize(MIB - 1_000);
        }
        assertThat(sts.asked()).hasSize(2);
        assertThat(stores.clients())
                .as("the old client went with its last stream")
                .isOne();
    }

    @Test
    void aTestOfTheConnectionBeginsWithTheRole() {
        sts.trust(ROLE, EXTERNAL_ID);

        ProbeReport good = stores.probe(access(EXTERNAL_ID), new ProbeRequest("partner", "", false));
        ProbeReport bad = stores.probe(access(null), new ProbeRequest("partner", "", false));

        assertThat(good.works()).isTrue();
        assertThat(good.rows().get(0).operation()).isEqualTo("assumeRole");
        assertThat(good.rows().get(0).outcome()).isEqualTo(Outcome.ALLOWED);
        ProbeRow row = bad.rows().get(0);
        assertThat(row.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(row.action()).isEqualTo("sts:AssumeRole");
        assertThat(row.resource()).isEqualTo(ROLE);
        assertThat(bad.message()).isEqualTo(row.message());
        assertThat(bad.rows().stream().skip(1)).allMatch(next -> next.outcome() == Outcome.SKIPPED);
    }

    private static SdkObjectStores stores(EndpointRules rules, URI sts) {
        return new SdkObjectStores(
                new MemoryLedger(), ObjectStoreContract.SETTINGS, new NetworkPolicy(rules, sts, false, Tls.NATIVE));
    }

    private StoreAccess access(String externalId) {
        return withCredentials(s3.access(), 7L, role(externalId, s3.credentials()));
    }

    private static Credentials role(String externalId, Credentials by) {
        return new Credentials.Role(ROLE, externalId, SESSION, by);
    }

    private List<String> signers() {
        return s3.requests("GET", "/").stream().map(RoleSessionTest::signer).toList();
    }

    private static String signer(Request request) {
        return request.headers().get("Authorization").replaceAll(".*Credential=([^/]+)/.*", "$1");
    }
}
