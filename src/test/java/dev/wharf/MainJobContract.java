package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job, as an analyst's client does it: connect, browse, import, run, find the results. */
abstract class MainJobContract extends WharfTest {
    private String bucket;
    private long connection;

    /** The service under test. */
    abstract Api api();

    /** The bucket of its base storage. */
    abstract String baseBucket();

    @BeforeEach
    void aPartnersFolder() {
        bucket = newBucket();
        put("in/2024/a.csv", "id,name\n1,Ada\n2,\"x,\ny\"\n");
        put("in/2025/b.csv", "id,name\n003,Grace\n");
        put("in/2025/_SUCCESS", "");
        connection = newConnection(api(), bucket);
    }

    @Test
    void aConnectionIsFoundChangedAndSharedWithNobodyElse() {
        String path = "/v4/connections/" + connection;
        String name = api().get(path).json().path("name").asText();

        assertThat(api().patch(path, Map.of("description", "of a partner")).status())
                .isEqualTo(200);

        var found = api().get("/v4/connections?filter=of%20a%20partner&filterFields=description,name&sort=-updatedAt"
                        + "&sharedRole=owner&includeCount=true")
                .json();
        assertThat(found.at("/data/0/name").asText()).isEqualTo(name);
        assertThat(found.path("count").asInt()).isPositive();
        assertThat(api().get(path + "/permissions").json().path("data")).isEmpty();
        long owner = found.at("/data/0/creator/id").asLong();
        assertThat(api().post(
                                path + "/permissions",
                                Map.of("data", List.of(Map.of("person", Map.of("id", owner), "role", "readOnly"))))
                        .status())
                .isEqualTo(400);
    }

    private void put(String key, String text) {
        S3.put(bucket, key, text.getBytes(StandardCharsets.UTF_8));
    }

    private String get(String key) {
        return new String(S3.get(bucket, key), StandardCharsets.UTF_8);
    }

    private String uri(String key) {
        return "s3://" + bucket + "/" + key + "?connectionId=" + connection;
    }

    private long importFolder() {
        var dataset = api().post("/v4/importedDatasets", Map.of("uri", uri("in/"), "name", "people"));
        assertThat(dataset.status()).as(dataset.text()).isEqualTo(201);
        return dataset.json().path("id").asLong();
    }

    private Api.Answer run(long dataset, Map<String, Object> writeSetting) {
        return api().post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", dataset),
                                "overrides",
                                Map.of("execution", "photon", "writesettings", List.of(writeSetting))));
    }

    private Map<String, Object> csvTo(String key) {
        return Map.of("path", uri(key), "action", "create", "format", "csv", "asSingleFile", true, "header", true);
    }

    private JsonNode finished(long job) {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> api().get("/v4/jobGroups/" + job + "/status").text(),
                        status -> status.equals("\"Complete\"") || status.equals("\"Failed\""));
        return api().get("/v4/jobGroups/" + job).json();
    }

    @Test
    void aFolderIsImportedRunAndPublishedIntoAFolderOfItsOwn() {
        long job =
                run(importFolder(), csvTo("out/people.csv")).json().path("id").asLong();

        assertThat(finished(job).path("status").asText()).isEqualTo("Complete");

        String folder = "out/people_" + job + "/";
        assertThat(get(folder + "people.csv")).isEqualTo("id,name\n1,Ada\n2,\"x,\ny\"\n003,Grace\n");
        assertThat(S3.keys(bucket))
                .containsExactlyInAnyOrder(
                        "in/2024/a.csv",
                        "in/2025/b.csv",
                        "in/2025/_SUCCESS",
                        folder + "people.csv",
                        folder + "_SUCCESS");
        assertThat(S3.uploads(bucket)).isEmpty();
        assertThat(api().get("/v4/jobGroups/" + job + "/outputs")
                        .json()
                        .path("files")
                        .path(0)
                        .path("uri")
                        .asText())
                .isEqualTo(uri(folder + "people.csv"));
    }

    @Test
    void resultsBecomeADatasetAndGoToAnotherPlaceAsWell() {
        var started = api().post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", importFolder()),
                                "newDataset",
                                Map.of("name", "people again"),
                                "overrides",
                                Map.of("writesettings", List.of(csvTo("out/people.csv")))));
        String job = "/v4/jobGroups/" + started.json().path("id").asLong();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api().get(job).json().at("/newDataset/id").isNumber());

        long published = api().put(job + "/publish", Map.of("path", uri("copies/")))
                .json()
                .path("jobgroupId")
                .asLong();

        assertThat(finished(published).path("status").asText()).isEqualTo("Complete");
        assertThat(get("copies/people_" + published + "/people.csv")).startsWith("id,name\n");
        assertThat(api().get(job + "/publications").json().at("/data/0/status").asText())
                .isEqualTo("Complete");
        assertThat(api().get(job + "/jobs").json().path("data").findValuesAsText("jobType"))
                .containsExactly("wrangle", "filewriter", "publish");
        assertThat(api().get(job + "/lineage").json().path("edges")).hasSize(3);
        assertThat(api().get("/v4/importedDatasets/"
                                + api().get(job).json().at("/newDataset/id").asLong() + "/lineage")
                        .json()
                        .path("edges"))
                .hasSize(2);
        assertThat(api().get(job + "/logs").status()).isEqualTo(200);
    }

    @Test
    void aSecondRunNeverTouchesTheFirst() {
        long dataset = importFolder();
        long first = run(dataset, csvTo("out/people.csv")).json().path("id").asLong();
        finished(first);
        List<String> before = S3.keys(bucket);

        long second = run(dataset, csvTo("out/people.csv")).json().path("id").asLong();
        finished(second);

        assertThat(S3.keys(bucket)).containsAll(before).contains("out/people_" + second + "/people.csv");
    }

    @Test
    void jsonAndParquetResultsOfOneJobLieSideBySide() {
        var answer = api().post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", importFolder()),
                                "overrides",
                                Map.of(
                                        "writesettings",
                                        List.of(
                                                Map.of("path", uri("out/p.json"), "action", "create", "format", "json"),
                                                Map.of(
                                                        "path",
                                                        uri("out/p.pqt"),
                                                        "action",
                                                        "create",
                                                        "format",
                                                        "pqt")))));
        long job = answer.json().path("id").asLong();

        assertThat(finished(job).path("status").asText()).isEqualTo("Complete");
        assertThat(get("out/p_" + job + "/p.json")).startsWith("{\"id\":").contains("\"Grace\"");
        assertThat(get("out/p_" + job + "/p.pqt")).startsWith("PAR1").endsWith("PAR1");
    }

    @Test
    void aSourceThatChangedSinceTheImportFailsTheJobAndLeavesNothingVisible() {
        long dataset = importFolder();
        S3.remove(bucket, "in/2025/b.csv");
        put("in/2025/b.csv", "id,name\n4,Changed\n");

        JsonNode group =
                finished(run(dataset, csvTo("out/people.csv")).json().path("id").asLong());

        assertThat(group.path("status").asText()).isEqualTo("Failed");
        assertThat(group.path("errorMessage").asText())
                .isEqualTo("1 file of dataset " + dataset
                        + " has changed or gone since it was imported. Refresh it (POST"
                        + " /v4/importedDatasets/" + dataset + "/refresh) and start the job again: s3://" + bucket
                        + "/: in/2025/b.csv changed");
        assertThat(S3.keys(bucket)).noneMatch(key -> key.startsWith("out/"));
    }

    @Test
    void ofAllFilesThatChangedSinceTheImportTheJobTells() {
        long dataset = importFolder();
        List<String> files = S3.keys(bucket).stream()
                .filter(key -> key.startsWith("in/") && key.endsWith(".csv"))
                .toList();
        String last = files.get(files.size() - 1);
        files.forEach(key -> S3.remove(bucket, key));
        put(last, "id,name\n4,Changed\n");

        JsonNode group =
                finished(run(dataset, csvTo("out/people.csv")).json().path("id").asLong());

        assertThat(group.path("errorMessage").asText())
                .startsWith(
                        files.size() + " files of dataset " + dataset + " have changed or gone since it was imported.")
                .contains("s3://" + bucket + "/: " + files.get(0) + " gone, ", last + " changed");
    }

    @Test
    void withoutAWriteSettingTheResultGoesToThePersonsFolderOfBaseStorage() {
        long dataset = importFolder();
        long job = api().post("/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", dataset)))
                .json()
                .path("id")
                .asLong();

        assertThat(finished(job).path("status").asText()).isEqualTo("Complete");
        assertThat(S3.keys(baseBucket()))
                .contains("trifacta/queryResults/admin@localhost/people_" + job + "/people.csv");
    }

    @Test
    void targetsThatCanNeverBeWrittenAreRefusedAtOnce() {
        long dataset = importFolder();
        for (String path : List.of(
                "s3://" + bucket + "/?connectionId=" + connection,
                uri("out/_SUCCESS"),
                "s3://" + baseBucket() + "/trifacta/uploads/1/1/x.csv")) {
            var answer = run(dataset, Map.of("path", path, "action", "create", "format", "csv"));
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.json().path("detail").asText()).startsWith("path is ");
        }
    }

    @Test
    void aConnectionThatAJobNeedsStays() {
        long dataset = importFolder();
        long target = newConnection(api(), bucket);
        String path = "s3://" + bucket + "/out/people.csv?connectionId=" + target;
        long job = run(dataset, Map.of("path", path, "action", "create", "format", "csv"))
                .json()
                .path("id")
                .asLong();

        var early = api().delete("/v4/connections/" + target);
        boolean wasOver =
                api().get("/v4/jobGroups/" + job).json().path("status").asText().equals("Complete");

        assertThat(early.status() == 409 || wasOver).as(early.text()).isTrue();
        finished(job);
        assertThat(api().delete("/v4/connections/" + target).status()).isIn(204, wasOver ? 404 : 204);
    }

    @Test
    void theSameExecutionIdStartsOneJob() {
        long dataset = importFolder();
        String body = dev.wharf.kernel.api.Json.write(Map.of("wrangledDataset", Map.of("id", dataset)));
        String id = UUID.randomUUID().toString();

        var started = executed(id, body);
        assertThat(started.status()).isEqualTo(201);
        var again = executed(id, body);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.headers().get("location"))
                .containsExactly("/v4/jobGroups/" + started.json().path("id"));
        assertThat(executed(
                                id,
                                body.replace(
                                        "}}",
                                        "},\"overrides\":{\"execution\":\"photon\",\"writesettings\":["
                                                + dev.wharf.kernel.api.Json.write(csvTo("out/other.csv")) + "]}}"))
                        .status())
                .isEqualTo(409);
    }

    private Api.Answer executed(String id, String body) {
        return api().send(api().request("/v4/jobGroups")
                .header("content-type", "application/json")
                .header("x-execution-id", id)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }
}
