package dev.wharf.identity.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.Wharf;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Enable S3 Connectivity; with a service of its own, as it is off for a while. */
class WorkspaceConfigurationTest extends WharfTest {
    private static final String PATH = "/v4/workspaces/current/configuration";
    private static Wharf wharf;
    private static Api admin;

    @BeforeAll
    static void begin() {
        wharf = start(Map.of());
        admin = new Api(wharf.api(), token(wharf));
    }

    @AfterAll
    static void end() {
        wharf.close();
    }

    private static Map<String, Object> set(String key, String value) {
        return Map.of("configuration", List.of(Map.of("key", key, "value", value)));
    }

    @Test
    void offRefusesEveryS3OperationAndLosesNothing() {
        String bucket = newBucket();
        S3.put(bucket, "a.csv", "a,b\n1,2\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        long id = newConnection(admin, bucket);
        String uri = "s3://" + bucket + "/a.csv?connectionId=" + id;
        long dataset = admin.post("/v4/importedDatasets", Map.of("uri", uri, "name", "before"))
                .json()
                .path("id")
                .asLong();

        assertThat(admin.patch(PATH, set("aws.s3.enabled", "false"))
                        .json()
                        .at("/configuration/0/value")
                        .asText())
                .isEqualTo("false");

        for (String path : List.of("/vfsList", "/vfsStat", "/vfsRead", "/vfsArchive", "/vfsPreview")) {
            assertRefused(admin.get(path + "?uri=" + uri));
        }
        assertRefused(admin.get("/vfsSearch?query=a&uri=s3://" + bucket + "/?connectionId=" + id));
        assertRefused(admin.get("/vfsList?uri=s3://wharf/"));
        assertRefused(admin.get("/v4/connections/" + id + "/status"));
        assertRefused(admin.post("/v4/importedDatasets", Map.of("uri", uri, "name", "meanwhile")));
        assertRefused(admin.send(admin.request("/v4/uploads?name=a.csv")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("a\n1\n"))));
        assertThat(admin.get("/v4/importedDatasets/" + dataset).status()).isEqualTo(200);
        assertThat(admin.get("/v4/connections/" + id).status()).isEqualTo(200);

        admin.patch(PATH, set("aws.s3.enabled", "true"));

        assertThat(admin.get("/vfsRead?uri=" + uri).text()).isEqualTo("a,b\n1,2\n");
    }

    private static void assertRefused(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(answer.json().path("detail").asText())
                .contains("a workspace administrator can turn it on in the workspace's settings");
    }

    @Test
    void itIsOnUntilAnAdministratorSaysElse() {
        assertThat(admin.get("/v4/workspaces/1/configuration").text())
                .isEqualTo("{\"configuration\":[{\"key\":\"aws.s3.enabled\",\"value\":\"true\"},"
                        + "{\"key\":\"aws.mode\",\"value\":\"system\"}]}");
        assertThat(admin.get("/v4/workspaces/2/configuration").status()).isEqualTo(404);
        var member = new Api(WHARF.api(), newMember().token());
        assertThat(member.get(PATH).status()).isEqualTo(200);
        assertThat(member.patch(PATH, set("aws.s3.enabled", "false")).status()).isEqualTo(403);
    }

    @Test
    void whoseKeyPairBaseStorageIsUsedWithIsToldAndSetElsewhere() {
        assertThat(admin.patch(PATH, admin.get(PATH).json()).status()).isEqualTo(200);

        var answer = admin.patch(PATH, set("aws.mode", "user"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("wharf.storage.mode");
    }

    @Test
    void theSchemaTellsOfEachKeyWhatMayBeSet() {
        var schema =
                admin.get("/v4/workspaces/current/configuration-schema").json().path("data");

        assertThat(schema.findValuesAsText("key"))
                .isEqualTo(admin.get(PATH).json().path("configuration").findValuesAsText("key"));
        for (var key : schema) {
            for (var value : key.path("values")) {
                boolean allowed = !key.path("readOnly").asBoolean() || value.equals(key.path("default"));
                assertThat(admin.patch(PATH, set(key.path("key").asText(), value.asText()))
                                .status())
                        .as("%s %s", key.path("key"), value)
                        .isEqualTo(allowed ? 200 : 400);
            }
        }
        admin.patch(PATH, set("aws.s3.enabled", "true"));
        assertThat(admin.get("/v4/workspaces/77/configuration-schema").status()).isEqualTo(404);
    }

    @Test
    void theWorkspacesAreTheCallersOne() {
        var list = admin.get("/v4/workspaces?includeCount=true").json();

        assertThat(list.path("count").asInt()).isEqualTo(1);
        assertThat(list.at("/data/0"))
                .isEqualTo(admin.get("/v4/workspaces/current").json());
        assertThat(list.at("/data/0/gid")).isEqualTo(list.at("/data/0/uuid"));
        assertThat(admin.get("/v4/workspaces?offset=1").json().path("data")).isEmpty();
    }

    @Test
    void theRolesAreThoseThatPeopleCanHave() {
        var roles = admin.get("/v4/authorization/roles").json().path("data").findValuesAsText("name");

        assertThat(admin.get("/v4/people/current").json().path("authorizationRoles"))
                .extracting(role -> role.asText())
                .containsExactlyInAnyOrderElementsOf(roles);
    }

    @ParameterizedTest
    @CsvSource({"aws.s3.enabled,no,value", "aws.s3.enabled,,value", "outputFormats.JSON,true,key"})
    void whatIsUnknownIsNamed(String key, String value, String field) {
        var answer = admin.patch(PATH, set(key, value == null ? "" : value));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith("configuration[0]." + field);
    }
}
