package dev.wharf.clients;

import static dev.wharf.clients.Recorded.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What the vendor's package {@code trifacta} for Python sends: as it is now, which puts data frames into a flow by one
 * request, and as it was before, which uploads, imports and makes the recipe one after the other.
 */
class PythonSdkTest extends WharfTest {
    private static final String FRAME = "name,age\nAda,36\nBob,41\nEve,29\n";

    /** With every GET; what it posts has those of its HTTP library alone. */
    private final Recorded reading = new Recorded(
            API,
            Map.of(
                    "Content-Type", "application/json",
                    "Accept", "application/json",
                    "User-Agent",
                            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_4) AppleWebKit/537.36 (KHTML, like Gecko)"
                                    + " Chrome/83.0.4103.97 Safari/537.36"));

    private final Recorded writing = new Recorded(
            API, Map.of("Content-Type", "application/json", "Accept", "*/*", "User-Agent", "python-requests/2.25.1"));

    private final JsonNode user = reading.get("/v4/people/current");
    private final JsonNode awsConfig = reading.get("/v4/awsConfigs/current?limit=1");

    @Test
    void aDataFrameIsPutIntoAFlowAndItsOutputFetchedWithAProfile() {
        long flow = id(writing.created(
                "/v4/flows/", "{\"name\": \"python-flow\", \"description\": \"python-generated flow\"}"));
        reading.get("/v4/flows/" + flow + "?embed=flowNodes.recipe");
        JsonNode added = writing.form("/v4/flows/" + flow + "/importAndAddDatasetToFlow", "pyfacta_dataset_1", FRAME);
        long recipe = added.path("wrangledDatasetId").asLong();
        assertThat(added.path("wrangledDatasetName").asText()).isNotBlank();

        long job = run(recipe, "python-flow");

        assertThat(fetched(job)).isEqualTo(FRAME);
        profile(job);
        JsonNode nodes = reading.get("/v4/flows/" + flow + "?embed=flowNodes.recipe")
                .path("flowNodes")
                .path("data");
        List<Long> recipes = new ArrayList<>();
        for (JsonNode node : nodes) {
            if (node.path("wrangled").asBoolean()) {
                recipes.add(id(node));
                assertThat(node.path("recipe").path("name").asText())
                        .isEqualTo(added.path("wrangledDatasetName").asText());
            }
        }
        assertThat(recipes).containsExactly(recipe);
        assertThat(reading.get("/v4/flows/" + flow).path("name").asText()).isEqualTo("python-flow");
        writing.deleted("/v4/flows/" + flow);
    }

    @Test
    void theEarlierOneUploadsImportsAndMakesTheRecipeItself() {
        JsonNode uploaded = writing.form("/v2/vfs?" + storageConfig(), "tmp1x0qk8", FRAME);
        String uri = uploaded.path("type").asText() + "://"
                + uploaded.path("bucket").asText() + uploaded.path("path").asText();
        long dataset = id(writing.created(
                "/v4/importedDatasets",
                "{\"name\": \"" + uploaded.path("name").asText() + "\", \"uri\": \"" + uri + "\"}"));
        long flow = id(
                writing.created("/v4/flows/", "{\"name\": \"dataframe\", \"description\": \"python-generated flow\"}"));
        long recipe = id(writing.created(
                "/v4/wrangledDatasets/",
                "{\"name\": \"dataframe\", \"importedDataset\": {\"id\": " + dataset + "}, \"flow\": {\"id\": " + flow
                        + "}}"));

        long job = run(recipe, "dataframe");

        assertThat(fetched(job)).isEqualTo(FRAME);
        assertThat(reading.get("/v4/flows/" + flow + "?embed=flowNodes")
                        .path("flowNodes")
                        .path("data")
                        .findValues("id"))
                .isNotEmpty();
        writing.deleted("/v4/flows/" + flow);
        writing.deleted("/v4/importedDatasets/" + dataset);
    }

    @Test
    void aStoreThatIsNotBaseStorageIsRefusedRatherThanForgotten() {
        var elsewhere = API.tolerated()
                .send(
                        API.request("/v2/vfs?storageConfig%5Bprotocol%5d=file&uploadDir=/tmp")
                                .header("content-type", "multipart/form-data; boundary=b")
                                .POST(
                                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nx\r\n--b--\r\n")));

        assertThat(elsewhere.status()).as(elsewhere.text()).isEqualTo(400);
        assertThat(elsewhere.json().path("detail").asText()).contains("storageConfig[protocol]", "uploadDir");
    }

    @Test
    void whatNeedsStepsOrAPdfIsRefusedSoThatTheClientStopsAsking() {
        long flow = id(writing.created("/v4/flows/", "{\"name\": \"steps\", \"description\": \"\"}"));
        long recipe = writing.form("/v4/flows/" + flow + "/importAndAddDatasetToFlow", "pyfacta_dataset_1", FRAME)
                .path("wrangledDatasetId")
                .asLong();
        long job = run(recipe, "steps");
        long output = id(reading.get("/v4/wrangledDatasets/" + recipe + "?embed=outputObjects")
                .path("outputObjects")
                .path("data")
                .path(0));

        var python =
                writing.send("POST", "/v4/outputObjects/" + output + "/wrangleToPython", "{\"orderedColumns\": \" \"}");
        assertThat(python.json().path("exception").path("name").asText()).isEqualTo("RecipesNotSupported");
        // It asks again for as long as the answer is 404.
        var pdf = reading.send("GET", "/v4/jobgroups/" + job + "/pdfResults", null);
        assertThat(pdf.status()).isEqualTo(400);
        assertThat(pdf.json().path("detail").asText()).contains("/v4/jobGroups/" + job + "/profile");
    }

    /** As it joins what it has read into the address: an order of its own, brackets half encoded, Python's None and lists. */
    private String storageConfig() {
        Map<String, String> config = new TreeMap<>();
        awsConfig.properties().forEach(field -> {
            if (!List.of("createdAt", "updatedAt").contains(field.getKey())) {
                JsonNode value = field.getValue();
                config.put(
                        field.getKey(),
                        value.isNull() ? "None" : value.isTextual() ? value.asText() : value.toString());
            }
        });
        config.put("protocol", "s3");
        config.put("bucketName", awsConfig.path("defaultBucket").asText());
        StringBuilder query = new StringBuilder();
        config.forEach((name, value) -> query.append("storageConfig%5B")
                .append(name)
                .append("%5d=")
                .append(value.replace("\"", "'"))
                .append('&'));
        return query + "uploadDir=" + user.path("uploadDir").asText();
    }

    private long run(long recipe, String flowName) {
        assertThat(reading.get("/v4/wrangledDatasets/" + recipe + "?embed=outputObjects")
                        .path("outputObjects")
                        .path("data"))
                .isEmpty();
        long output = id(writing.created(
                "/v4/outputObjects/",
                "{\"profiler\": true, \"execution\": \"photon\", \"flowNodeId\": " + recipe + ", \"isAdhoc\": true}"));
        String path = "s3://" + awsConfig.path("defaultBucket").asText()
                + user.path("outputHomeDir").asText() + "/" + flowName + ".csv";
        writing.created(
                "/v4/writeSettings",
                "{\"action\": \"create\", \"format\": \"csv\", \"compression\": \"none\", \"header\": true, \"asSingleFile\": true,"
                        + " \"suffix\": \"_increment\", \"outputObjectId\": " + output + ", \"path\": \"" + path
                        + "\"}");
        long job = id(writing.created(
                "/v4/jobGroups/",
                "{\"wrangledDataset\": {\"id\": " + recipe
                        + "}, \"overrides\": {\"execution\": \"photon\", \"profiler\": true}}"));
        reading.waitFor("/v4/jobgroups/" + job + "/status");
        return job;
    }

    /** It takes it for an error if there is more than one file writer, or more than one result of it. */
    private String fetched(long job) {
        List<JsonNode> writers = new ArrayList<>();
        for (JsonNode each : reading.get("/v4/jobGroups/" + job + "?embed=jobs.scriptResults")
                .path("jobs")
                .path("data")) {
            if (each.path("jobType").asText().equals("filewriter")) {
                writers.add(each);
            }
        }
        assertThat(writers).hasSize(1);
        JsonNode results = writers.get(0).path("scriptResults").path("data");
        assertThat(results).hasSize(1);
        var file = reading.send("GET", "/v4/scriptResults/" + id(results.path(0)) + "/download", null);
        assertThat(file.status()).isEqualTo(200);
        return file.text();
    }

    /** What it makes its tables of. */
    private void profile(long job) {
        JsonNode profile = reading.get("/v4/jobgroups/" + job + "/profile");
        for (String column : List.of("name", "age")) {
            assertThat(profile.path("profilerTypeCheckHistograms").path(column).findValuesAsText("key"))
                    .contains("VALID");
            assertThat(profile.path("columnTypes").path(column).path(0).isTextual())
                    .isTrue();
        }
        JsonNode numbers = profile.path("profilerValidValueHistograms").path("age");
        assertThat(numbers.fieldNames()).toIterable().contains("min", "max", "roundMin", "roundMax");
        assertThat(numbers.path("quartiles").fieldNames()).toIterable().containsExactlyInAnyOrder("q1", "q2", "q3");
        assertThat(sum(numbers.path("buckets"), "b")).isEqualTo(3);
        JsonNode texts = profile.path("profilerValidValueHistograms").path("name");
        assertThat(texts.has("buckets")).isFalse();
        assertThat(texts.fieldNames()).toIterable().contains("k", "c", "ub");
        assertThat(sum(texts.path("topk"), "count")).isEqualTo(3);
    }

    private static long sum(JsonNode rows, String field) {
        long sum = 0;
        for (JsonNode row : rows) {
            sum += row.path(field).asLong();
        }
        return sum;
    }
}
