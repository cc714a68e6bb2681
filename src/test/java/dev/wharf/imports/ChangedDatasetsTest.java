package dev.wharf.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
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

            assertThat(api.post(path, Map.of()).headers().get("x-rate-limit-user-remaining"))
                    .containsExactly("0");
            assertThat(api.post(path, Map.of()).status()).isEqualTo(429);
        }
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
}
