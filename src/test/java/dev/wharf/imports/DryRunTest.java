package dev.wharf.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.stub.StubS3;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DryRunTest extends WharfTest {
    private static final String PATH = "/v4/importedDatasets/dryRun";

    private StubS3 store;
    private long connection;

    @BeforeEach
    void open() {
        store = StubS3.start("bucket");
        connection = newConnection(store.endpoint(), null);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void put(String... keys) {
        Stream.of(keys).forEach(key -> store.put("bucket", key, new byte[] {'a'}));
    }

    private Map<String, Object> body(String key) {
        return Map.of("uri", "s3://bucket/" + key + "?connectionId=" + connection, "name", "orders");
    }

    private JsonNode report(String key) {
        Api.Answer answer = API.post(PATH, body(key));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private List<JsonNode> lines(String key) {
        Api.Answer answer = API.send(API.request(PATH)
                .header("content-type", "application/json")
                .header("accept", "application/x-ndjson")
                .POST(BodyPublishers.ofString(Json.write(body(key)))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text()
                .lines()
                .map(line -> Json.read(line, JsonNode.class))
                .toList();
    }

    private static long datasets() {
        return API.get("/v4/importedDatasets?includeCount=true&limit=1")
                .json()
                .path("count")
                .asLong();
    }

    @Test
    void itTellsWhatAnImportWouldTakeInAndMakesNothing() {
        put("in/b.csv", "in/a.csv", "in/x/c.csv", "in/_SUCCESS", "in/.hidden.csv", "in/_tmp/d.csv", "in/x/");
        long before = datasets();

        JsonNode report = report("in");

        assertThat(report.path("uri").asText()).isEqualTo("s3://bucket/in/?connectionId=" + connection);
        assertThat(report.path("importable").asBoolean()).isTrue();
        assertThat(report.path("files").asLong()).isEqualTo(3);
        assertThat(report.path("bytes").asLong()).isEqualTo(3);
        assertThat(report.path("first").asText()).isEqualTo("in/a.csv");
        assertThat(report.path("last").asText()).isEqualTo("in/x/c.csv");
        assertThat(report.path("formats").toString())
                .isEqualTo(
                        "[{\"format\":\"csv\",\"files\":3,\"examples\":[\"in/a.csv\",\"in/b.csv\",\"in/x/c.csv\"]}]");
        assertThat(report.path("ignored").toString())
                .isEqualTo("{\"count\":4,\"markers\":1,\"hidden\":2,\"placeholders\":1}");
        assertThat(datasets()).isEqualTo(before);
    }

    @Test
    void everythingThatSpeaksAgainstAnImportIsNamedAtOnce() {
        put("in/a.csv", "in/b.json");
        store.archive("bucket", "in/a.csv", "GLACIER");

        JsonNode report = report("in/");

        assertThat(report.path("importable").asBoolean()).isFalse();
        assertThat(report.path("archived").asLong()).isEqualTo(1);
        assertThat(report.path("refusals")).hasSize(2);
        assertThat(report.path("refusals").get(0).asText()).contains("1 object is archived", "in/a.csv");
        assertThat(report.path("refusals").get(1).asText()).contains("different formats", "in/b.json");
        assertThat(API.post("/v4/importedDatasets", body("in/"))
                        .json()
                        .path("detail")
                        .asText())
                .isEqualTo(report.path("refusals").get(0).asText());
    }

    @Test
    void inLinesItNamesEachObjectThatIsIgnoredWhileItLooks() {
        put("in/a.csv", "in/part_SUCCESS", "in/_b.csv", "in/c/");

        var lines = lines("in/");

        assertThat(lines.stream().map(JsonNode::toString))
                .contains(
                        "{\"type\":\"ignored\",\"key\":\"in/_b.csv\",\"reason\":\"hidden\"}",
                        "{\"type\":\"ignored\",\"key\":\"in/c/\",\"reason\":\"placeholder\"}",
                        "{\"type\":\"ignored\",\"key\":\"in/part_SUCCESS\",\"reason\":\"marker\"}");
        assertThat(lines.get(lines.size() - 1).path("type").asText()).isEqualTo("report");
        assertThat(lines.get(lines.size() - 1).path("report")).isEqualTo(report("in/"));
    }

    @Test
    void linesAreForThoseWhoWouldRatherHaveThem() {
        put("in/a.csv");
        for (var accept : Map.of(
                        "application/x-ndjson;q=0.2, application/json", "application/json",
                        "application/json;q=0.2, application/x-ndjson", "application/x-ndjson")
                .entrySet()) {
            var answer = API.send(API.request(PATH)
                    .header("content-type", "application/json")
                    .header("accept", accept.getKey())
                    .POST(BodyPublishers.ofString(Json.write(body("in/")))));

            assertThat(answer.headers().get("content-type")).containsExactly(accept.getValue());
        }
    }

    @Test
    void whatIsNotThereIsSaidInTheWordsOfAnImport() {
        for (String accept : List.of("application/json", "application/x-ndjson")) {
            var answer = API.send(API.request(PATH)
                    .header("content-type", "application/json")
                    .header("accept", accept)
                    .POST(BodyPublishers.ofString(Json.write(body("nothing/")))));

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().path("detail").asText())
                    .isEqualTo("There is nothing in the folder s3://bucket/nothing/");
        }
    }

    @Test
    void nobodyLooksWhereTheyMayNotImport() {
        var stranger = newMember();

        assertThat(API.as(stranger.token()).post(PATH, body("in/")).status()).isEqualTo(404);
        assertThat(API.post(PATH, Map.of("uri", "s3://bucket?connectionId=" + connection, "name", "d"))
                        .status())
                .isEqualTo(400);
    }
}
