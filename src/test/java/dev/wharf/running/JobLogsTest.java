package dev.wharf.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What happened to a job, as a zip. */
class JobLogsTest extends WharfTest {
    private static final String KEY = "in/new\nline \u001b[31m.csv";

    private final String bucket = newBucket();

    private long run(Api api, long connection, String key) {
        S3.put(bucket, key, "id,name\n1,a\n".getBytes(UTF_8));
        long dataset = api.post(
                        "/v4/importedDatasets",
                        Map.of("bucket", bucket, "path", "/" + key, "connectionId", connection, "name", "orders"))
                .json()
                .path("id")
                .asLong();
        return api.post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", dataset),
                                "overrides",
                                Map.of(
                                        "writesettings",
                                        List.of(Map.of(
                                                "path",
                                                "s3://" + bucket + "/out/orders.csv?connectionId=" + connection,
                                                "action",
                                                "create",
                                                "format",
                                                "csv")))))
                .json()
                .path("id")
                .asLong();
    }

    private static void awaitEnd(Api api, long job, String status) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> api.get("/v4/jobGroups/" + job + "/status").text().equals("\"" + status + "\""));
    }

    private static Map<String, String> logs(Api api, long job) throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(api.request("/v4/jobGroups/" + job + "/logs").build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/zip");
        assertThat(answer.headers().firstValue("content-disposition").orElse(""))
                .contains("jobGroup-" + job + "-logs.zip");
        Map<String, String> files = new HashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
            }
        }
        return files;
    }

    private static List<JsonNode> facts(Map<String, String> files) {
        return files.get("job.jsonl")
                .lines()
                .map(line -> Json.read(line, JsonNode.class))
                .toList();
    }

    @Test
    void aPersonAndAProgramReadWhatHappenedAndNoSecret() throws Exception {
        long job = run(API, newConnection(null), KEY);
        awaitEnd(API, job, "Complete");

        Map<String, String> files = logs(API, job);

        assertThat(files).containsOnlyKeys("job.txt", "job.jsonl");
        assertThat(facts(files))
                .extracting(fact -> fact.path("kind").asText())
                .startsWith("jobGroup", "input", "output", "job", "job", "file")
                .contains("audit");
        assertThat(files.get("job.txt"))
                .contains(
                        "Job group " + job + " \"orders\" is Complete.",
                        "attempt 1 of ",
                        "Output 1 was written: s3://" + bucket + "/out/orders_" + job + "/orders.csv",
                        "in/new\\u000aline \\u001b[31m.csv")
                .doesNotContain(KEY)
                .doesNotContain("\u001b");
        assertThat(facts(files))
                .filteredOn(fact -> fact.path("kind").asText().equals("audit"))
                .extracting(fact -> fact.path("fact").path("operation").asText())
                .contains("read", "stage", "commit");
        assertThat(files.toString()).doesNotContain(S3.secretAccessKey());
    }

    @Test
    void whyAJobFailedIsInIt() throws Exception {
        long connection = newConnection(null);
        S3.put(bucket, "in/a.csv", "id\n1\n".getBytes(UTF_8));
        long dataset = API.post(
                        "/v4/importedDatasets",
                        Map.of("uri", "s3://" + bucket + "/in/a.csv?connectionId=" + connection, "name", "gone"))
                .json()
                .path("id")
                .asLong();
        S3.remove(bucket, "in/a.csv");
        long job = API.post("/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", dataset)))
                .json()
                .path("id")
                .asLong();
        awaitEnd(API, job, "Failed");

        assertThat(logs(API, job).get("job.txt"))
                .contains("is Failed.", "It failed: 1 file of dataset " + dataset + " has changed or gone");
    }

    @Test
    void ofTheAuditTrailSomebodySeesWhatConcernsTheirOwnConnections() throws Exception {
        Api member = API.as(newMember().token());
        long job = run(member, newConnection(member, null), "in/b.csv");
        awaitEnd(member, job, "Complete");

        assertThat(facts(logs(member, job)))
                .filteredOn(fact -> fact.path("kind").asText().equals("audit"))
                .isNotEmpty()
                .allSatisfy(fact ->
                        assertThat(fact.at("/fact/connection/id").isNumber()).isTrue());
        assertThat(API.as(newMember().token())
                        .get("/v4/jobGroups/" + job + "/logs")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aPublicationTellsWhatItCopiesAndWhereToItWasAsked() throws Exception {
        long connection = newConnection(null);
        long job = run(API, connection, "in/c.csv");
        awaitEnd(API, job, "Complete");
        String to = "s3://" + bucket + "/copies/?connectionId=" + connection;
        long publication = API.put("/v4/jobGroups/" + job + "/publish", Map.of("path", to))
                .json()
                .path("jobgroupId")
                .asLong();
        awaitEnd(API, publication, "Complete");

        Map<String, String> files = logs(API, publication);

        assertThat(files.get("job.txt"))
                .contains(
                        "It publishes the results of job group " + job + " to another place, which was asked for as "
                                + to + ".",
                        "It reads the results of job group " + job + ": s3://" + bucket + "/out/orders_" + job
                                + "/orders.csv")
                .doesNotContain("in/c.csv");
        assertThat(facts(files))
                .filteredOn(fact -> fact.path("kind").asText().equals("source"))
                .singleElement()
                .satisfies(fact -> assertThat(fact.at("/fact/path").asText()).isEqualTo(to));
    }
}
