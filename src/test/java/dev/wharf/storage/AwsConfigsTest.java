package dev.wharf.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With what base storage is used ({@code domain.md} §3.9, §4.1). */
class AwsConfigsTest extends WharfTest {
    private static final String PATH = "/v4/awsConfigs";

    private final StubS3 store = StubS3.start(StubOptions.TESTS.checkingSignatures(), "first", "second", "third");
    private Wharf wharf;

    @AfterEach
    void close() {
        if (wharf != null) {
            wharf.close();
        }
        store.close();
    }

    private Api begin(String mode, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "wharf.storage.mode", mode,
                "wharf.storage.endpoint", store.endpoint().toString(),
                "wharf.storage.bucket", "first",
                "wharf.storage.access-key-id", store.accessKeyId(),
                "wharf.storage.secret-access-key", store.secretAccessKey()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        wharf = start(settings);
        return new Api(wharf.api(), token(wharf));
    }

    private Api newPerson(Api administrator) {
        long person = administrator
                .post(
                        "/v4/people",
                        Map.of("email", "ann@example.com", "name", "Ann", "authorizationRoles", List.of("dataAdmin")))
                .json()
                .path("id")
                .asLong();
        return administrator.as(administrator
                .post("/v4/apiAccessTokens", Map.of("lifetimeSeconds", -1, "personId", person))
                .json()
                .path("tokenValue")
                .asText());
    }

    private Map<String, Object> pair() {
        return Map.of("key", store.accessKeyId(), "secret", store.secretAccessKey());
    }

    private static Map<String, Object> with(Map<String, Object> body, Object... more) {
        var all = new HashMap<>(body);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }

    private static Api.Answer upload(Api api) {
        return api.send(api.request("/v4/uploads?name=a.csv").PUT(BodyPublishers.ofString("a\n1\n")));
    }

    private static Api.Answer list(Api api, String bucket) {
        return api.get("/vfsList?uri=s3://" + bucket + "/");
    }

    @Test
    void baseStorageIsTheDefaultBucketAndTheExtraOnes() {
        Api api = begin("system", "wharf.storage.extra-buckets", "second");

        assertThat(list(api, "first").status()).isEqualTo(200);
        assertThat(list(api, "second").status()).isEqualTo(200);
        var refused = list(api, "third");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("detail").asText()).contains("third", "first, second", "extraBuckets");
        assertThat(api.get(PATH + "/current").json().path("id").isNull()).isTrue();
    }

    @Test
    void whatBaseStorageWouldBeUsedWithIsTriedAndNotStored() {
        Api api = begin("system");
        long workspace = api.get("/v4/workspaces/current").json().path("id").asLong();
        String write = "?purpose=write&write=true";

        var works = api.post(PATH + "/dryRun" + write, with(pair(), "workspaceId", workspace));
        var wrong = api.post(
                PATH + "/dryRun" + write,
                Map.of("workspaceId", workspace, "key", store.accessKeyId(), "secret", "not-the-secret"));

        assertThat(works.json().path("result").asText()).isEqualTo("SUCCESS");
        assertThat(wrong.json().path("result").asText()).isEqualTo("FAILED");
        assertThat(wrong.text()).contains("credentials[0].secret").doesNotContain("not-the-secret");
        assertThat(api.get(PATH).json().path("data")).isEmpty();
        assertThat(store.keys("first")).isEmpty();
        assertThat(newPerson(api)
                        .post(PATH + "/dryRun", with(pair(), "workspaceId", workspace))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aChangeIsTriedWithTheSecretThatIsStored() {
        Api api = begin("system");
        long workspace = api.get("/v4/workspaces/current").json().path("id").asLong();
        long id = api.post(PATH, with(pair(), "workspaceId", workspace))
                .json()
                .path("id")
                .asLong();

        var elsewhere = api.post(PATH + "/" + id + "/dryRun?purpose=read", Map.of("defaultBucket", "second"));
        var nowhere = api.post(PATH + "/" + id + "/dryRun?purpose=read", Map.of("defaultBucket", "no-such-bucket"));

        assertThat(elsewhere.json().path("result").asText()).isEqualTo("SUCCESS");
        assertThat(nowhere.json().path("result").asText()).isEqualTo("FAILED");
        assertThat(api.get(PATH + "/" + id).json().path("defaultBucket").isNull())
                .isTrue();
    }

    @Test
    void whoHasNotSeenTheLastChangeOverwritesNothing() {
        Api api = begin("system");
        long workspace = api.get("/v4/workspaces/current").json().path("id").asLong();
        long id = api.post(PATH, with(pair(), "workspaceId", workspace))
                .json()
                .path("id")
                .asLong();
        String seen = api.get(PATH + "/" + id).headers().get("etag").get(0);

        var changed = change(api, id, "second", seen);

        assertThat(changed.headers().get("etag"))
                .isEqualTo(api.get(PATH + "/" + id).headers().get("etag"));
        assertThat(change(api, id, "third", seen).status()).isEqualTo(412);
        assertThat(api.get(PATH + "/" + id).json().path("extraBuckets"))
                .extracting(bucket -> bucket.asText())
                .containsExactly("second");
    }

    private static Api.Answer change(Api api, long id, String extraBucket, String version) {
        return api.send(api.request(PATH + "/" + id)
                .header("content-type", "application/json")
                .header("If-Match", version)
                .PUT(BodyPublishers.ofString(Json.write(Map.of("extraBuckets", List.of(extraBucket))))));
    }

    @Test
    void anAsteriskLetsEveryBucketIn() {
        Api api = begin("system", "wharf.storage.extra-buckets", "*");

        assertThat(list(api, "third").status()).isEqualTo(200);
    }

    @Test
    void resultsGoToNoOtherBucketOfBaseStorageEither() {
        Api api = begin("system");
        upload(api);
        long dataset = api.post(
                        "/v4/importedDatasets",
                        Map.of("uri", upload(api).json().path("uri").asText(), "name", "a"))
                .json()
                .path("id")
                .asLong();
        var job = api.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", dataset),
                        "overrides",
                        Map.of(
                                "writesettings",
                                List.of(Map.of(
                                        "path", "s3://third/out/a.csv",
                                        "action", "create",
                                        "format", "csv",
                                        "asSingleFile", true)))));

        assertThat(job.status()).as(job.text()).isEqualTo(403);
        assertThat(job.json().path("detail").asText()).contains("third");
    }

    @Test
    void aWorkspacesOwnConfigCountsBeforeTheOperators() {
        Api api = begin("system", "wharf.storage.secret-access-key", "out-of-date");
        assertThat(list(api, "first").status()).isEqualTo(403);

        var created = api.post(
                PATH, with(pair(), "workspaceId", 1, "defaultBucket", "second", "extraBuckets", List.of("third")));

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.text()).doesNotContain(store.secretAccessKey()).doesNotContain(store.accessKeyId());
        assertThat(upload(api).json().path("bucket").asText()).isEqualTo("second");
        assertThat(list(api, "third").status()).isEqualTo(200);
        assertThat(list(api, "first").status()).isEqualTo(403);
        assertThat(api.get(PATH + "/current").json().path("defaultBucket").asText())
                .isEqualTo("second");
    }

    @Test
    void inUserModeEverybodyUsesTheirOwnPair() {
        Api admin = begin("user");
        Api ann = newPerson(admin);
        var without = list(ann, "first");
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.json().path("detail").asText()).contains("/v4/awsConfigs");
        assertThat(ann.get(PATH + "/current").status()).isEqualTo(404);

        assertThat(ann.post(PATH, with(pair(), "defaultBucket", "second")).status())
                .isEqualTo(201);

        assertThat(list(ann, "second").status()).isEqualTo(200);
        assertThat(upload(ann).json().path("bucket").asText()).isEqualTo("second");
        assertThat(list(admin, "second").status()).isEqualTo(400);
        admin.post(PATH, Map.of("key", store.accessKeyId(), "secret", "a-wrong-one"));
        assertThat(list(admin, "first").status()).isEqualTo(403);
        assertThat(list(ann, "second").status()).isEqualTo(200);
    }

    @Test
    void whatIsMissingOrMaskedStays() {
        Api api = begin("system");
        String path = PATH + "/"
                + api.post(PATH, with(pair(), "workspaceId", 1)).json().path("id");

        var changed = api.put(path, Map.of("secret", "****", "extraBuckets", List.of("second")));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(list(api, "first").status()).isEqualTo(200);
        assertThat(list(api, "second").status()).isEqualTo(200);
        var other = api.put(path, Map.of("key", "AKIAOTHER"));
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.json().path("detail").asText()).startsWith("secret is missing");
        var masked = api.put(path, Map.of("key", "AKIAOTHER", "secret", "****"));
        assertThat(masked.status()).isEqualTo(400);
        assertThat(masked.json().path("detail").asText())
                .isEqualTo("secret is missing: another key has another secret, so send both");
        assertThat(list(api, "first").status()).isEqualTo(200);
    }

    @Test
    void onlyAdministratorsSetWhatOthersUse() {
        Api admin = begin("user");
        Api ann = newPerson(admin);
        String adminsPath = PATH + "/" + admin.post(PATH, pair()).json().path("id");

        assertThat(ann.post(PATH, with(pair(), "workspaceId", 1)).status()).isEqualTo(403);
        assertThat(ann.post(PATH, with(pair(), "personId", 1)).status()).isEqualTo(403);
        assertThat(ann.get(PATH).status()).isEqualTo(403);
        assertThat(ann.get(adminsPath).status()).isEqualTo(404);
        assertThat(ann.put(adminsPath, pair()).status()).isEqualTo(404);
        assertThat(ann.delete(adminsPath).status()).isEqualTo(404);
        assertThat(admin.get(PATH + "?includeCount=true").json().path("count").asInt())
                .isEqualTo(1);
    }

    @Test
    void aBucketInWhichDatasetsLieStaysPartOfIt() {
        Api api = begin("system");
        String path = PATH + "/"
                + api.post(PATH, with(pair(), "workspaceId", 1, "defaultBucket", "second"))
                        .json()
                        .path("id");
        api.post(
                "/v4/importedDatasets",
                Map.of("uri", upload(api).json().path("uri").asText(), "name", "a"));

        var moved = api.put(path, Map.of("defaultBucket", "third"));
        assertThat(moved.status()).isEqualTo(409);
        assertThat(moved.json().path("detail").asText()).contains("second").contains("extraBuckets");
        assertThat(api.delete(path).status()).isEqualTo(409);
        assertThat(api.put(path, Map.of("defaultBucket", "third", "extraBuckets", List.of("second")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPersonWithoutABucketOfTheirOwnHasTheWorkspaces() {
        Api admin = begin("user", "wharf.storage.bucket", "");
        Api ann = newPerson(admin);
        var without = ann.post(PATH, pair());
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.json().path("detail").asText()).startsWith("defaultBucket");
        admin.post(PATH, with(pair(), "workspaceId", 1, "defaultBucket", "second"));
        String path = PATH + "/" + ann.post(PATH, pair()).json().path("id");
        ann.post(
                "/v4/importedDatasets",
                Map.of("uri", upload(ann).json().path("uri").asText(), "name", "a"));

        assertThat(ann.put(path, Map.of("extraBuckets", List.of("third"))).status())
                .isEqualTo(200);

        assertThat(list(ann, "second").status()).isEqualTo(200);
        assertThat(list(ann, "third").status()).isEqualTo(200);
        assertThat(admin.get("/v4/auditEvents?operation=putAwsConfig")
                        .json()
                        .at("/data/0/detail")
                        .asText())
                .isEqualTo("workspace 1 person 2: extraBuckets [third]");
    }

    @Test
    void deletedTheOperatorsSettingsCountAgain() {
        Api api = begin("system");
        String path = PATH + "/"
                + api.post(PATH, with(pair(), "workspaceId", 1, "defaultBucket", "second"))
                        .json()
                        .path("id");

        assertThat(api.delete(path).status()).isEqualTo(204);

        assertThat(list(api, "first").status()).isEqualTo(200);
        assertThat(list(api, "second").status()).isEqualTo(403);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    void inSystemModeAPersonsOwnWouldCountForNobody() {
        Api admin = begin("system");
        Api ann = newPerson(admin);

        for (var refused : List.of(ann.post(PATH, pair()), admin.post(PATH, with(pair(), "personId", 1)))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("detail").asText())
                    .startsWith("workspaceId is missing")
                    .contains("wharf.storage.mode=user");
        }
    }

    @Test
    void thereIsOneForTheWorkspace() {
        Api api = begin("system");
        long id = api.post(PATH, with(pair(), "workspaceId", 1, "defaultBucket", "second"))
                .json()
                .path("id")
                .asLong();
        api.post(
                "/v4/importedDatasets",
                Map.of("uri", upload(api).json().path("uri").asText(), "name", "a"));

        var again = api.post(PATH, with(pair(), "workspaceId", 1, "defaultBucket", "third"));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("detail").asText())
                .isEqualTo("The workspace has an awsConfig already: change it (PUT /v4/awsConfigs/" + id + ")");
    }

    @Test
    void thereIsOneForEachPerson() {
        Api admin = begin("user");
        Api ann = newPerson(admin);
        var first = ann.post(PATH, pair()).json();

        String path = "(PUT /v4/awsConfigs/" + first.path("id") + ")";
        assertThat(ann.post(PATH, pair()).json().path("detail").asText())
                .isEqualTo("You have an awsConfig already: change it " + path);
        assertThat(admin.post(PATH, with(pair(), "personId", first.path("personId")))
                        .json()
                        .path("detail")
                        .asText())
                .isEqualTo("Person " + first.path("personId") + " has an awsConfig already: change it " + path);
    }

    @Test
    void rolesNeedAnOperatorsLeave() {
        Api api = begin("system");

        var refused = api.post(
                PATH,
                Map.of(
                        "credentialProvider",
                        "temporary",
                        "role",
                        "arn:aws:iam::123456789012:role/r",
                        "workspaceId",
                        1));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText()).contains("credentialProvider", "wharf.limits.iam-roles");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"credentialProvider":"magic"}                                | credentialProvider
            {"key":"AKIA"}                                                | secret
            {"secret":"x"}                                                | key
            {"key":" AKIA","secret":"x"}                                  | key
            {"key":"A","secret":"x","personId":1,"workspaceId":1}         | personId
            {"key":"A","secret":"x","defaultBucket":"s3://first"}         | defaultBucket
            {"key":"A","secret":"x","extraBuckets":["a/b"]}               | extraBuckets
            {"key":"A","secret":"x","extraBuckets":["first","first"]}     | extraBuckets
            """)
    void aMalformedFieldIsNamed(String body, String field) {
        Api api = begin("user");

        var answer = api.post(PATH, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith(field);
    }
}
