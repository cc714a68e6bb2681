package dev.wharf.browse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.Faults;
import dev.wharf.testing.stub.IamActions;
import dev.wharf.testing.stub.StubS3;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Archived objects are restored, in the real service. */
class RestoreTest extends WharfTest {
    private static StubS3 s3;
    private static long connection;

    @BeforeAll
    static void start() {
        s3 = StubS3.start("archive");
        connection = newConnection(s3.endpoint(), "archive");
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void empty() {
        s3.reset();
        s3.keys("archive").forEach(key -> s3.remove("archive", key));
    }

    private static void put(String key, String storageClass) {
        s3.put("archive", key, new byte[] {'a'});
        if (storageClass != null) {
            s3.archive("archive", key, storageClass);
        }
    }

    private static String uri(String key, long on) {
        return "s3://archive/" + key + "?connectionId=" + on;
    }

    private static Api.Answer ask(Api api, Object... uris) {
        return api.post("/vfsRestore", Map.of("uris", uris, "tier", "Bulk", "days", 7));
    }

    private static JsonNode restored(Api api, String... keys) {
        var answer = ask(api, Stream.of(keys).map(key -> uri(key, connection)).toArray());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String forbidden(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        return answer.json().path("detail").asText();
    }

    private static List<String> asked() {
        return s3.requests("POST", "?restore").stream().map(Faults.Request::uri).toList();
    }

    @Test
    void whatAnImportOfAFolderRefusesIsAskedForAndOnlyThat() {
        put("in/a.csv", "GLACIER");
        put("in/sub/b.csv", "DEEP_ARCHIVE");
        put("in/readable.csv", null);
        put("in/_SUCCESS", "GLACIER");
        put("in/.hidden/c.csv", "GLACIER");
        put("in/making.csv", "GLACIER");
        s3.restoring("archive", "in/making.csv");
        put("in/there.csv", "GLACIER");
        s3.restored("archive", "in/there.csv", Instant.parse("2030-01-01T00:00:00Z"));
        put("beside.csv", "GLACIER");

        JsonNode report = restored(API, "in/");

        assertThat(report.path("more").asBoolean(true)).isFalse();
        assertThat(report.path("counts")).hasToString("{\"requested\":2,\"inProgress\":1,\"restored\":1}");
        assertThat(report.path("data").path(0))
                .hasToString(
                        "{\"uri\":\"" + uri("in/a.csv", connection) + "\",\"status\":\"requested\",\"detail\":null}");
        assertThat(asked()).hasSize(2);
        assertThat(restored(FILES, "in/").path("counts")).hasToString("{\"inProgress\":3,\"restored\":1}");
        assertThat(asked()).as("nothing is asked for twice").hasSize(2);
    }

    @Test
    void theRefusalOfAnImportNamesTheCureAndWithACopyTheImportSucceeds() {
        put("cold/a.csv", "GLACIER");
        Map<String, Object> dataset = Map.of("uri", uri("cold/", connection), "name", "cold");
        var refused = API.post("/v4/importedDatasets", dataset);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText()).contains("cold/a.csv", "POST /vfsRestore");

        restored(API, "cold/");
        s3.restored("archive", "cold/a.csv", Instant.parse("2030-01-01T00:00:00Z"));

        assertThat(API.post("/v4/importedDatasets", dataset).status()).isEqualTo(201);
    }

    @Test
    void ofSingleObjectsEachIsToldByItselfAndKeysStayText() {
        String key = "${sysenv.HOME}/{{x}}+%2F.csv";
        put(key, "GLACIER");
        put("readable.csv", null);

        JsonNode rows = restored(API, key, "readable.csv", "missing.csv").path("data");

        assertThat(rows.findValuesAsText("status")).containsExactly("requested", "notArchived", "refused");
        assertThat(rows.path(0).path("uri").asText()).isEqualTo(uri(key, connection));
        assertThat(rows.path(2).path("detail").asText()).contains("s3://archive/missing.csv: no such object");
    }

    @Test
    void whereTheKeyPairMayNotTheAnswerIsForbiddenAndNamesActionAndResource() {
        put("in/a.csv", "GLACIER");
        put("in/b.csv", "GLACIER");
        s3.when(IamActions.taking("s3:RestoreObject"))
                .answer(403, "AccessDenied")
                .always();

        assertThat(forbidden(ask(API, uri("in/", connection))))
                .contains("lacks s3:RestoreObject on arn:aws:s3:::archive/in/a.csv");
    }

    @Test
    void theNextCallUsesTheNewKeyPair() {
        put("a.csv", "GLACIER");
        put("b.csv", "GLACIER");
        restored(API, "a.csv");
        var change = API.patch(
                "/v4/connections/" + connection,
                Map.of("credentials", List.of(Map.of("key", "AKIANEWPAIR000000000", "secret", "another-secret"))));
        assertThat(change.status()).as(change.text()).isEqualTo(200);

        restored(API, "b.csv");

        assertThat(s3.requests("POST", "?restore"))
                .extracting(sent -> sent.headers().get("authorization").contains("AKIANEWPAIR000000000/"))
                .containsExactly(false, true);
    }

    @Test
    void viewersAndEditorsMayNotAndTheStoreIsNotAsked() {
        put("a.csv", "GLACIER");
        var member = newMember();
        var share = API.post(
                "/v4/connections/" + connection + "/permissions",
                Map.of(
                        "data",
                        List.of(Map.of("person", Map.of("id", member.personId()), "policyTag", "connection_editor"))));
        assertThat(share.status()).as(share.text()).isLessThan(300);
        var editor = API.as(member.token());

        assertThat(forbidden(ask(editor, uri("a.csv", connection))))
                .contains("to have archived objects restored takes its owner or an administrator");
        assertThat(forbidden(ask(editor, "s3://wharf/a.csv")))
                .contains("Only a member with the role workspaceAdmin may have archived objects");
        assertThat(ask(API.as(newMember().token()), uri("a.csv", connection)).status())
                .as("to somebody who does not see the connection")
                .isEqualTo(404);
        assertThat(ask(API.as(null), uri("a.csv", connection)).status()).isEqualTo(401);
        assertThat(asked()).isEmpty();
    }

    @Test
    void theOwnerMayWithoutAnyRole() {
        put("a.csv", "GLACIER");
        var owner = API.as(newMember().token());
        long own = newConnection(owner, s3.endpoint(), "archive");

        assertThat(ask(owner, uri("a.csv", own)).json().path("counts")).hasToString("{\"requested\":1}");
        assertThat(asked()).hasSize(1);
    }

    @Test
    void theAuditTrailHasEveryObject() {
        put("audited/a.csv", "GLACIER");

        restored(API, "audited/a.csv");

        assertThat(API.get("/v4/auditEvents?connectionId=" + connection + "&bucket=archive&key=audited/")
                        .json()
                        .path("data"))
                .extracting((JsonNode event) -> event.path("operation").asText())
                .contains("restoreObject");
    }

    @Test
    void aRequestThatIsWrongIsToldHow() {
        var wrong = API.post("/vfsRestore", "{\"uris\":[],\"tier\":\"Fast\",\"days\":0}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text())
                .contains(
                        "uris must name 1 to 1000 objects",
                        "tier must be one of Standard, Bulk, Expedited",
                        "days must be from 1 to 365");
        assertThat(ask(API, "s3://bucket/a?connectionId=1", "s3://bucket/a").text())
                .contains("uris are on several connections");
        assertThat(ask(API, "s3://bucket").text()).contains("name objects or folders in a bucket");
        assertThat(API.post("/vfsRestore", "{\"uris\":[\"s3://b/a\"],\"folder\":1}")
                        .text())
                .contains("folder");
    }
}
