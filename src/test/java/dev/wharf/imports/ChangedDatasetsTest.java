package dev.wharf.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Datasets that are renamed, copied and changed after their import. */
class ChangedDatasetsTest extends WharfTest {
    private static final String PATH = "/v4/importedDatasets";

    private final String bucket = newBucket();
    private final long connection = newConnection(null);

    private void put(String... keys) {
        for (String key : keys) {
            S3.put(bucket, key, "a,b\n1,2\n".getBytes(UTF_8));
        }
    }

    private String uri(String key) {
        return "s3://" + bucket + "/" + key + "?connectionId=" + connection;
    }

    private String created(String key) {
        var answer = API.post(PATH, Map.of("uri", uri(key), "name", "orders", "description", "all of them"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return PATH + "/" + answer.json().path("id");
    }

    private static JsonNode done(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        return answer.json();
    }

    private static String refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }

    private static List<String> files(String path) {
        return StreamSupport.stream(API.get(path + "/files").json().path("data").spliterator(), false)
                .map(file -> file.path("key").asText())
                .toList();
    }

    private static String events(String path, String operation) {
        return API.get("/v4/auditEvents?limit=1&sort=-id&operation=" + operation)
                .json()
                .at("/data/0/detail")
                .asText();
    }

    @Test
    void aDatasetGetsAnotherNameOrDescription() {
        put("in/a.csv");
        String path = created("in/");
        JsonNode before = API.get(path).json();

        JsonNode named = done(API.patch(path, Map.of("name", "orders of 2025")));

        assertThat(named.path("name").asText()).isEqualTo("orders of 2025");
        assertThat(named.path("description").asText()).isEqualTo("all of them");
        assertThat(API.get(path).json()).isEqualTo(named);
        var without = new HashMap<String, Object>();
        without.put("description", null);
        assertThat(done(API.patch(path, without)).path("description").isNull()).isTrue();
        ObjectNode read = before.deepCopy();
        assertThat(done(API.tolerated().patch(path, read.put("name", "sent back")))
                        .path("name")
                        .asText())
                .isEqualTo("sent back");
        assertThat(events(path, "patchImportedDataset")).contains("now sent back");
    }

    @Test
    void anythingElseIsNotChangedByAPatchAndIsNamed() {
        put("in/a.csv");
        String path = created("in/");
        Map.of(
                        "{}", "The body",
                        "{\"name\":\"\"}", "name",
                        "{\"name\":null}", "name",
                        "{\"name\":7}", "name",
                        "{\"nmae\":\"x\"}", "nmae",
                        "{\"name\":\"x\",\"path\":\"/other/\"}", "path",
                        "{\"name\":\"x\",\"id\":1000000}", "id",
                        "{\"name\":\"x\",\"header\":true}", "header")
                .forEach((body, field) -> assertThat(refused(API.patch(path, Json.read(body, JsonNode.class)), 400))
                        .startsWith(field + " "));
        assertThat(API.get(path).json().path("name").asText()).isEqualTo("orders");
    }

    @Test
    void aCopyHasTheSameFilesAndALifeOfItsOwn() {
        put("in/a.csv", "in/b.csv");
        String path = created("in/");

        JsonNode copy = done(API.post(path + "/copy", Map.of("name", "mine")));

        String copied = PATH + "/" + copy.path("id");
        assertThat(copy.path("name").asText()).isEqualTo("mine");
        assertThat(copy.path("uri").asText()).isEqualTo(uri("in/"));
        assertThat(copy.path("fileCount").asInt()).isEqualTo(2);
        assertThat(done(API.post(path + "/copy", Map.of())).path("name").asText())
                .isEqualTo("Copy of orders");
        API.delete(path);
        assertThat(files(copied)).containsExactly("in/a.csv", "in/b.csv");
        assertThat(API.post(path + "/copy", Map.of()).status()).isEqualTo(410);
        assertThat(events(path, "copyImportedDataset")).contains("as dataset");
        assertThat(API.delete("/v4/connections/" + connection).status())
                .as("the copy needs it")
                .isEqualTo(409);
    }

    @Test
    void theSameExecutionIdCopiesOnce() {
        put("in/a.csv");
        String path = created("in/");
        for (int status : new int[] {201, 304}) {
            var answer = API.send(API.request(path + "/copy")
                    .header("content-type", "application/json")
                    .header("x-execution-id", bucket)
                    .POST(BodyPublishers.ofString("{}")));
            assertThat(answer.status()).isEqualTo(status);
        }
    }

    @Test
    void aLongNameIsCopiedWithAnEndCutOff() {
        assertThat(new CopyRequest(null).nameFor("x".repeat(255))).hasSize(255).startsWith("Copy of xxx");
        assertThat(new CopyRequest(null).nameFor("x".repeat(246) + "\ud83d\ude00"))
                .hasSize(254);
    }

    @Test
    void copiesCountAsImportsDo() {
        put("in/a.csv");
        try (var wharf = start(Map.of(
                "wharf.limits.imported-datasets-per-user", "2", "wharf.limits.imported-datasets-per-workspace", "9"))) {
            var api = new Api(wharf.api(), token(wharf));
            long there = newConnection(api, null);
            JsonNode dataset = done(
                    api.post(PATH, Map.of("uri", "s3://" + bucket + "/in/?connectionId=" + there, "name", "orders")));
            String path = PATH + "/" + dataset.path("id") + "/copy";

            assertThat(api.post(path, Map.of()).headers()).containsKey("x-rate-limit-user-remaining");
            await().until(() -> api.post(path, Map.of()).status() == 429); // a minute may have begun meanwhile
        }
    }

    @Test
    void whoOnlyLooksUsesUpNoImports() {
        put("in/a.csv");
        try (var wharf = start(Map.of(
                "wharf.limits.imported-datasets-per-user", "2",
                "wharf.limits.imported-datasets-per-workspace", "9",
                "wharf.limits.import-looks-per-user", "4",
                "wharf.limits.import-looks-per-workspace", "9"))) {
            var api = new Api(wharf.api(), token(wharf));
            Map<String, Object> request =
                    Map.of("uri", "s3://" + bucket + "/in/?connectionId=" + newConnection(api, null), "name", "orders");

            await().until(() -> {
                var look = api.post(PATH + "/dryRun", request);
                return look.status() == 429
                        && look.json().path("detail").asText().contains("looks at imports");
            });

            assertThat(api.post(PATH, request).status()).isEqualTo(201);
        }
    }

    @Test
    void anImportIsToldByEventsUntilItsEnd() {
        put("in/a.csv");
        var begun = API.send(API.request(PATH)
                .header("content-type", "application/json")
                .header("prefer", "respond-async")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(Map.of(
                        "uri", "s3://" + bucket + "/in/?connectionId=" + newConnection(bucket), "name", "orders")))));

        var events =
                API.send(API.request("/v4/imports/" + begun.json().path("id")).header("accept", "text/event-stream"));

        assertThat(events.text())
                .contains("event: progress\ndata: {")
                .contains("event: end\nid: end\ndata: {")
                .contains("\"status\":\"complete\"");
    }

    @Test
    void filesAreFoundByAPartOfTheirKeys() {
        put("in/2024/a.csv", "in/2025/a.csv", "in/2025/100%_b.csv");
        String path = created("in/");

        JsonNode page = API.get(path + "/files?filter=2025/&includeCount=true&offset=1&limit=5")
                .json();

        assertThat(page.path("count").asInt()).isEqualTo(2);
        assertThat(page.path("data")).hasSize(1);
        assertThat(page.at("/data/0/key").asText()).isEqualTo("in/2025/a.csv");
        assertThat(API.get(path + "/files?filter=%25_").json().path("data")).hasSize(1);
        assertThat(API.get(path + "/files?filter=A.CSV").json().path("data")).isEmpty();
    }

    @Test
    void aRefreshMakesWhatIsThereNowTheDatasetsFiles() {
        put("in/a.csv", "in/b.csv");
        String path = created("in/");
        S3.remove(bucket, "in/b.csv");
        put("in/c.csv");
        JsonNode changes = done(API.get(path + "/changes"));
        assertThat(changes.at("/new/data/0/key").asText()).isEqualTo("in/c.csv");
        assertThat(changes.at("/gone/data/0/key").asText()).isEqualTo("in/b.csv");
        assertThat(changes.at("/unchanged/count").asInt()).isEqualTo(1);

        JsonNode refreshed = done(API.post(path + "/refresh", ""));

        assertThat(refreshed.path("fileCount").asInt()).isEqualTo(2);
        assertThat(refreshed.path("description").asText()).isEqualTo("all of them");
        assertThat(files(path)).containsExactly("in/a.csv", "in/c.csv");
        assertThat(done(API.get(path + "/changes")).at("/new/count").asInt()).isZero();
        assertThat(events(path, "refreshImportedDataset")).contains("files 2");
    }

    @Test
    void aRefreshThatIsRefusedChangesNothing() {
        put("in/a.csv", "one/b.csv");
        String path = created("in/");
        String single = created("one/b.csv");
        JsonNode before = API.get(path).json();
        put("in/b.json");
        S3.remove(bucket, "one/b.csv");

        assertThat(refused(API.post(path + "/refresh", ""), 400)).contains("different formats");
        assertThat(refused(API.post(single + "/refresh", ""), 404)).contains("one/b.csv is not there any more");
        assertThat(refused(API.put(path, Map.of("path", "/nothing/")), 404)).contains("/nothing/");
        assertThat(refused(API.put(path, Map.of("path", "/", "bucket", bucket)), 400))
                .contains("whole bucket");

        assertThat(API.get(path).json()).isEqualTo(before);
        assertThat(files(path)).containsExactly("in/a.csv");
        assertThat(done(API.get(single + "/changes")).at("/gone/count").asInt()).isEqualTo(1);
    }

    @Test
    void aPutChangesTheSourceAndHowItIsReadInOneStep() {
        put("in/a.csv", "2026/b.csv", "2026/c.csv");
        String path = created("in/");
        JsonNode read = API.get(path).json();

        JsonNode moved = done(API.put(path, Map.of("path", "/2026/", "delimiter", ";", "name", "orders of 2026")));

        assertThat(moved.path("uri").asText()).isEqualTo(uri("2026/"));
        assertThat(moved.path("delimiter").asText()).isEqualTo(";");
        assertThat(moved.path("name").asText()).isEqualTo("orders of 2026");
        assertThat(moved.path("description").asText()).isEqualTo("all of them");
        assertThat(moved.path("fileCount").asInt()).isEqualTo(2);
        assertThat(files(path)).containsExactly("2026/b.csv", "2026/c.csv");
        ObjectNode back = read.deepCopy();
        JsonNode again = done(API.tolerated().put(path, back));
        assertThat(again.path("uri").asText()).isEqualTo(uri("in/"));
        assertThat(again.path("delimiter").isNull()).isTrue();
        assertThat(again.path("name").asText()).isEqualTo("orders");
        assertThat(again.path("storageLocation")).isEqualTo(read.path("storageLocation"));
        long other = newConnection(null);
        assertThat(done(API.put(path, Map.of("connectionId", other)))
                        .path("uri")
                        .asText())
                .isEqualTo("s3://" + bucket + "/in/?connectionId=" + other);
        assertThat(done(API.put(path, Map.of("uri", uri("in/a.csv"))))
                        .path("path")
                        .asText())
                .isEqualTo("/in/a.csv");
        assertThat(events(path, "updateImportedDataset")).contains("files 1");
    }

    @Test
    void aPutThatContradictsItselfIsRefusedByTheNameOfTheField() {
        put("in/a.csv");
        String path = created("in/");
        Map.of(
                        "{\"uri\":\"" + uri("in/a.csv") + "\",\"path\":\"/other/\"}",
                        "path",
                        "{\"uri\":\"" + uri("in/a.csv") + "\",\"connectionId\":7}",
                        "connectionId",
                        "{\"connection\":{\"id\":7}}",
                        "connection",
                        "{\"uuid\":\"x\"}",
                        "uuid",
                        "{\"header\":\"perhaps\"}",
                        "header",
                        "{\"pth\":\"/in/\"}",
                        "pth",
                        "{\"name\":null}",
                        "name",
                        "{\"type\":\"hdfs\"}",
                        "type")
                .forEach((body, field) -> assertThat(refused(API.put(path, Json.read(body, JsonNode.class)), 400))
                        .startsWith(field + " "));
    }

    private static JsonNode over(Api.Answer begun) {
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        String location = begun.headers().get("location").get(0);
        await().until(() -> !API.get(location).json().path("status").asText().equals("running"));
        return API.get(location).json();
    }

    @Test
    void nobodyHasToWaitForARefresh() {
        put("in/a.csv");
        String path = created("in/");
        put("in/b.csv");

        JsonNode task = over(API.send(
                API.request(path + "/refresh").header("prefer", "respond-async").POST(BodyPublishers.noBody())));

        assertThat(task.path("status").asText()).as(task.toString()).isEqualTo("complete");
        assertThat(path).endsWith("/" + task.at("/importedDataset/id"));
        assertThat(files(path)).containsExactly("in/a.csv", "in/b.csv");
        put("in/c.csv");
        task = over(API.send(API.request(path + "/asyncRefreshSchema?headerStrategy=none&sanitizeColumnNames=false")
                .POST(BodyPublishers.noBody())));
        assertThat(task.path("status").asText()).as(task.toString()).isEqualTo("complete");
        assertThat(files(path)).hasSize(3);
        assertThat(API.get(path).json().path("header").asBoolean(true)).isFalse();
        put("in/d.json");
        task = over(API.send(API.request(path + "/asyncRefreshSchema").POST(BodyPublishers.noBody())));
        assertThat(task.path("failure").asText()).contains("different formats");
        assertThat(files(path)).hasSize(3);
    }

    @Test
    void whatARefreshOfTheSchemaCannotDoIsRefusedByName() {
        put("in/a.csv");
        String path = created("in/") + "/asyncRefreshSchema?";
        for (String parameter : List.of("format=csv", "headerStrategy=second", "sanitizeColumnNames=true")) {
            var answer = API.send(API.request(path + parameter).POST(BodyPublishers.noBody()));
            assertThat(refused(answer, 400)).startsWith(parameter.replaceFirst("=.*", "") + " ");
        }
    }

    @Test
    void ofADatasetWhoseConnectionOneMayNoLongerUseOnlyItsMetadataIsLeft() {
        put("in/a.csv");
        var member = newMember();
        var api = new Api(WHARF.api(), member.token());
        String permissions = "/v4/connections/" + connection + "/permissions";
        API.post(
                permissions,
                Map.of("data", List.of(Map.of("person", Map.of("id", member.personId()), "role", "readOnly"))));
        JsonNode dataset = done(api.post(PATH, Map.of("uri", uri("in/"), "name", "mine")));
        String path = PATH + "/" + dataset.path("id");

        API.delete(permissions + "/" + member.personId());

        assertThat(done(api.get(path)).path("name").asText()).isEqualTo("mine");
        assertThat(done(api.get(path + "/files")).path("data")).hasSize(1);
        assertThat(done(api.patch(path, Map.of("name", "still mine")))).isNotNull();
        for (var refusal : List.of(
                api.post(path + "/refresh", ""),
                api.get(path + "/changes"),
                api.put(path, Map.of("path", "/in/a.csv")),
                api.post("/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", dataset.path("id")))))) {
            assertThat(refused(refusal, 404))
                    .contains("Dataset " + dataset.path("id"), "connection " + connection, "ask its owner to share it");
        }
        assertThat(API.post(path + "/refresh", "").status())
                .as("an administrator may use it")
                .isIn(200, 404);
    }

    @Test
    void ownResultsInBaseStorageAreImportedByWhoeverHasThemWritten() {
        put("in/a.csv");
        var member = newMember();
        var api = new Api(WHARF.api(), member.token());
        API.post(
                "/v4/connections/" + connection + "/permissions",
                Map.of("data", List.of(Map.of("person", Map.of("id", member.personId()), "role", "readOnly"))));
        JsonNode dataset = done(api.post(PATH, Map.of("uri", uri("in/"), "name", "results")));
        String job = "/v4/jobGroups/"
                + done(api.post("/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", dataset.path("id")))))
                        .path("id");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get(job + "/status").text().contains("Complete"));
        String result = api.get(job + "/outputs").json().at("/files/0/uri").asText();
        String folder = result.substring(0, result.lastIndexOf('/') + 1);

        JsonNode own = done(api.post(PATH, Map.of("uri", result, "name", "one")));
        JsonNode all = done(api.post(PATH, Map.of("uri", folder, "name", "all")));

        assertThat(own.path("fileCount").asInt()).isEqualTo(1);
        assertThat(all.path("fileCount").asInt()).isEqualTo(1);
        assertThat(done(api.post(PATH + "/" + all.path("id") + "/refresh", ""))
                        .path("fileCount")
                        .asInt())
                .isEqualTo(1);
        var stranger = new Api(WHARF.api(), newMember().token());
        assertThat(refused(stranger.post(PATH, Map.of("uri", result, "name", "one")), 403))
                .contains("dataAdmin");
    }
}
