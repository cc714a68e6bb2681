package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.Wharf;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Api.Answer;
import dev.wharf.testing.api.Member;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.StubSts;
import dev.wharf.testing.stub.StubSts.Asked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections by an IAM role, as the API has them. */
class RoleConnectionsTest extends WharfTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/partners/reader";
    private static final String OTHER = "arn:aws:iam::111122223333:role/other";
    private static final String EXTERNAL_ID = "external-4711";

    private static StubS3 store;
    private static StubSts sts;
    private static Wharf wharf;
    private static Api api;

    @BeforeAll
    static void startWithRoles() {
        store = StubS3.start(StubOptions.TESTS.checkingSignatures(), "partner");
        sts = StubSts.of(store);
        wharf = start(Map.of(
                "wharf.limits.iam-roles",
                "true",
                "wharf.connections.sts-endpoint",
                sts.endpoint().toString()));
        api = new Api(wharf.api(), token(wharf));
    }

    @AfterAll
    static void stop() {
        wharf.close();
        sts.close();
        store.close();
    }

    @AfterEach
    void reset() {
        sts.reset();
    }

    @Test
    void aRoleIsOffUnlessAnOperatorTurnsItOn() {
        Answer refused = API.post("/v4/connections", body(credential()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText()).contains("credentialType", "wharf.limits.iam-roles=true");
        assertThat(API.post("/v4/connections/dryRun", body(credential())).status())
                .isEqualTo(400);
        assertThat(API.get("/v4/connectorMetadata/aws").text()).doesNotContain("iamRoleArn");
        assertThat(api.get("/v4/connectorMetadata/aws").text()).contains("iamRoleArn", "externalId");
    }

    @Test
    void aSessionOfAwsIsShownToNoOtherStore() {
        try (Wharf withoutSts = start(Map.of("wharf.limits.iam-roles", "true"))) {
            Answer refused = new Api(withoutSts.api(), token(withoutSts)).post("/v4/connections", body(credential()));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("detail").asText())
                    .startsWith("params.endpoint")
                    .contains("wharf.connections.sts-endpoint");
        }
    }

    @Test
    void aConnectionIsUsedAsItsRoleAndTheSessionSaysByWhom() {
        sts.trust(ROLE, EXTERNAL_ID);
        Answer created = api.post("/v4/connections", body(credential()));

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        long id = created.json().path("id").asLong();
        assertThat(listing(id).status()).isEqualTo(200);
        assertThat(sts.asked())
                .containsOnly(
                        new Asked(store.accessKeyId(), ROLE, "wharf-connection-" + id + "-person-1", EXTERNAL_ID));
        Answer read = api.get("/v4/connections/" + id);
        assertThat(read.json().path("credentialType").asText()).isEqualTo("iamRoleArn");
        assertThat(read.json().path("hasCredentials").asBoolean()).isTrue();
        assertThat(created.text() + read.text())
                .doesNotContain(EXTERNAL_ID, store.secretAccessKey(), store.accessKeyId(), ROLE);
    }

    @Test
    void aDryRunTellsWhetherTheRoleCanBeAssumed() {
        Answer denied = api.post("/v4/connections/dryRun", body(credential()));

        assertThat(denied.status()).as(denied.text()).isEqualTo(200);
        assertThat(denied.json().path("result").asText()).isEqualTo("FAILED");
        assertThat(denied.json().at("/rows/0/operation").asText()).isEqualTo("assumeRole");
        assertThat(denied.json().at("/rows/0/outcome").asText()).isEqualTo("denied");
        assertThat(denied.json().at("/rows/0/resource").asText()).isEqualTo(ROLE);
        assertThat(denied.text()).doesNotContain(EXTERNAL_ID);
        sts.trust(ROLE, EXTERNAL_ID);
        assertThat(api.post("/v4/connections/dryRun", body(credential()))
                        .json()
                        .path("result")
                        .asText())
                .isEqualTo("SUCCESS");
    }

    /** As Ceph names them: without an account, or with a tenant in its place. */
    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:iam:::role/reader", "arn:aws:iam::tenant:role/application/reader"})
    void aRoleOfAStoreThatIsNotAwsNeedsNoAccount(String arn) {
        sts.trust(arn, null);
        Map<String, Object> credential = new HashMap<>(credential());
        credential.put("iamRoleArn", arn);
        credential.remove("externalId");

        Answer created = api.post("/v4/connections", body(credential));

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        long id = created.json().path("id").asLong();
        assertThat(listing(id).status()).isEqualTo(200);
        Map<String, Object> onAws = new HashMap<>(body(credential));
        onAws.remove("params");
        assertThat(detail(api.post("/v4/connections", onAws)))
                .contains("credentials[0].iamRoleArn", "<account of 12 digits>");
        Map<String, Object> noEndpoint = new HashMap<>();
        noEndpoint.put("endpoint", null);
        assertThat(detail(api.patch("/v4/connections/" + id, Map.of("params", noEndpoint))))
                .contains("credentials[0].iamRoleArn");
    }

    @Test
    void aKeyOfAStoreThatIsNotAwsMayHaveAnyName() {
        Map<String, Object> credential = new HashMap<>(credential());
        credential.putAll(Map.of("serverSideEncryption", "aws:kms", "serverSideKmsKeyId", "testkey-1"));

        Answer created = api.post("/v4/connections", body(credential));
        assertThat(created.status()).as(created.text()).isEqualTo(201);

        Map<String, Object> onAws = new HashMap<>(body(credential));
        onAws.put("params", Map.of("endpoint", "https://s3.eu-west-1.amazonaws.com"));
        assertThat(detail(api.post("/v4/connections", onAws)))
                .contains("credentials[0].serverSideKmsKeyId", "arn:aws:kms:");
        credential.put("serverSideKmsKeyId", "a\r\nx: y");
        assertThat(detail(api.post("/v4/connections", body(credential)))).contains("serverSideKmsKeyId");
    }

    private static String detail(Answer refused) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        return refused.json().path("detail").asText();
    }

    @Test
    void whatIsMissingOrMaskedStays() {
        sts.trust(ROLE, EXTERNAL_ID);
        long id = created();

        assertThat(patch(id, Map.of("serverSideEncryption", "AES256")).status()).isEqualTo(200);
        assertThat(patch(id, Map.of("iamRoleArn", ROLE, "externalId", "****", "secret", "****"))
                        .status())
                .isEqualTo(200);

        assertThat(listing(id).status()).isEqualTo(200);
    }

    @Test
    void anotherRoleNeedsItsExternalIdAndIsUsedAtOnce() {
        sts.trust(ROLE, EXTERNAL_ID);
        sts.trust(OTHER, null);
        long id = created();

        Answer alone = patch(id, Map.of("iamRoleArn", OTHER));
        assertThat(alone.status()).isEqualTo(400);
        assertThat(alone.json().path("detail").asText()).startsWith("credentials[0].externalId is missing");
        Map<String, Object> none = new HashMap<>(Map.of("iamRoleArn", OTHER));
        none.put("externalId", null);
        assertThat(patch(id, none).status()).isEqualTo(200);

        assertThat(listing(id).status()).isEqualTo(200);
        assertThat(sts.asked())
                .last()
                .extracting(Asked::role, Asked::externalId)
                .containsExactly(OTHER, "");
    }

    @Test
    void theKindOfCredentialCannotChange() {
        Answer answer = api.patch(
                "/v4/connections/" + created(),
                Map.of("credentialType", "keySecret", "credentials", List.of(Map.of("key", "a", "secret", "b"))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("credentialType", "cannot be changed");
    }

    @ParameterizedTest
    @CsvSource({
        "iamRoleArn, ''",
        "iamRoleArn, reader",
        "iamRoleArn, arn:aws:iam::1:role/reader",
        "iamRoleArn, arn:aws:iam::111122223333:user/reader",
        "iamRoleArn, 'arn:aws:iam::111122223333:role/reader x'",
        "iamRoleArn, arn:gcp:iam::111122223333:role/reader",
        "externalId, x",
        "externalId, with blank",
        "secret, ' pasted'"
    })
    void aMalformedRoleIsNamed(String field, String value) {
        Map<String, Object> credential = credential();
        credential.put(field, value);

        Answer answer = api.post("/v4/connections", body(credential));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith("credentials[0]." + field);
    }

    @Test
    void onlyAdministratorsLetTheServiceAssumeARoleAsItself() {
        var member = api.as(Member.join(wharf.folder()).token());
        Map<String, Object> credential = credential();
        credential.keySet().removeAll(List.of("key", "secret"));

        assertThat(member.post("/v4/connections", body(credential())).status()).isEqualTo(201);
        Answer refused = member.post("/v4/connections", body(credential));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("detail").asText()).contains("key", "administrator");
        assertThat(api.post("/v4/connections", body(credential)).status()).isEqualTo(201);
    }

    private static long created() {
        return api.post("/v4/connections", body(credential())).json().path("id").asLong();
    }

    private static Answer patch(long id, Map<String, Object> credential) {
        return api.patch("/v4/connections/" + id, Map.of("credentials", List.of(credential)));
    }

    private static Answer listing(long id) {
        return api.get("/vfsList?uri=s3://partner/?connectionId=" + id);
    }

    private static Map<String, Object> credential() {
        return new HashMap<>(Map.of(
                "iamRoleArn",
                ROLE,
                "externalId",
                EXTERNAL_ID,
                "key",
                store.accessKeyId(),
                "secret",
                store.secretAccessKey()));
    }

    private static Map<String, Object> body(Map<String, Object> credential) {
        return Map.of(
                "vendor",
                "aws",
                "type",
                "remotefile",
                "credentialType",
                "iamRoleArn",
                "name",
                "role " + UUID.randomUUID(),
                "bucket",
                "partner",
                "params",
                Map.of("endpoint", store.endpoint().toString()),
                "credentials",
                List.of(credential));
    }
}
