package dev.wharf.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The jobs by which clients of the v4 API find each output of a run. */
class OutputJobsTest extends WharfTest {
    private final String bucket = newBucket();
    private final long connection = newConnection(null);

    private JsonNode start(String... formats) {
        S3.put(bucket, "in/orders.csv", "id,name\n1,a\n".getBytes(UTF_8));
        long dataset = API.post("/v4/importedDatasets", Map.of("uri", uri("in/orders.csv"), "name", "orders"))
                .json()
                .path("id")
                .asLong();
        List<Map<String, Object>> settings = new ArrayList<>();
        for (String format : formats) {
            settings.add(Map.of("path", uri("out/orders." + format), "action", "create", "format", format));
        }
        JsonNode started = API.post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", dataset),
                                "overrides",
                                Map.of("writesettings", settings)))
                .json();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> API.get("/v4/jobGroups/" + started.path("id").asLong() + "/status")
                        .text()
                        .equals("\"Complete\""));
        return started;
    }

    private String uri(String key) {
        return "s3://" + bucket + "/" + key + "?connectionId=" + connection;
    }

    private static List<Long> ids(JsonNode jobs) {
        List<Long> ids = new ArrayList<>();
        jobs.forEach(job -> ids.add(job.path("id").asLong()));
        return ids;
    }

    @Test
    void eachOutputIsAJobOfItsOwnUnderTheIdThatTheStartHasTold() {
        JsonNode started = start("csv", "json", "pqt");
        String group = "/v4/jobGroups/" + started.path("id").asLong();

        JsonNode jobs = API.get(group + "/jobs").json().path("data");

        assertThat(jobs.findValuesAsText("jobType"))
                .containsExactly("wrangle", "filewriter", "filewriter", "filewriter");
        assertThat(ids(jobs)).isEqualTo(ids(started.at("/jobs/data"))).doesNotHaveDuplicates();
        assertThat(started.at("/jobGraph/edges")).hasSize(3);
        for (JsonNode job : jobs) {
            assertThat(API.get("/v4/jobs/" + job.path("id").asLong()).json()).isEqualTo(job);
            assertThat(job.path("status").asText()).isEqualTo("Complete");
            assertThat(job.path("percentComplete").asInt()).isEqualTo(100);
        }
    }

    @Test
    void theResultsOfAnOutputAreThoseOfItsJob() {
        String group = "/v4/jobGroups/" + start("csv", "json").path("id").asLong();

        JsonNode jobs = API.get(group + "?embed=jobs.scriptResults").json().at("/jobs/data");
        JsonNode library = API.get("/v4/jobLibrary?limit=1000&embed=jobs.scriptResults")
                .json()
                .path("data");

        assertThat(jobs.at("/0/scriptResults/data")).isEmpty();
        assertThat(jobs.at("/1/scriptResults/data").findValuesAsText("path"))
                .singleElement()
                .asString()
                .endsWith("/orders.csv");
        assertThat(jobs.at("/2/scriptResults/data").findValuesAsText("path"))
                .singleElement()
                .asString()
                .endsWith("/orders.json");
        assertThat(library)
                .anySatisfy(listed -> assertThat(listed.at("/jobs/data")).isEqualTo(jobs));
        assertThat(API.get(group + "/outputs").json().path("files").findValuesAsText("output"))
                .containsExactly("1", "2");
    }

    @Test
    void allOutputsOfAJobThatFailsHaveFailedForTheSameReason() {
        S3.put(bucket, "in/orders.csv", "id,name\n1,a\n".getBytes(UTF_8));
        long dataset = API.post("/v4/importedDatasets", Map.of("uri", uri("in/orders.csv"), "name", "orders"))
                .json()
                .path("id")
                .asLong();
        S3.put(bucket, "in/orders.csv", "id,name\n1,changed\n".getBytes(UTF_8));
        long job = API.post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", dataset),
                                "overrides",
                                Map.of(
                                        "writesettings",
                                        List.of(
                                                Map.of("path", uri("out/a.csv"), "action", "create", "format", "csv"),
                                                Map.of(
                                                        "path",
                                                        uri("out/b.json"),
                                                        "action",
                                                        "create",
                                                        "format",
                                                        "json")))))
                .json()
                .path("id")
                .asLong();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> API.get("/v4/jobGroups/" + job + "/status").text().equals("\"Failed\""));

        JsonNode jobs = API.get("/v4/jobGroups/" + job + "/jobs").json().path("data");

        assertThat(jobs.findValuesAsText("status")).containsExactly("Failed", "Canceled", "Canceled");
    }
}
