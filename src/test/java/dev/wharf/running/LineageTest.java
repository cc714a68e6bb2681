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

/** Where data comes from, and what was made of it. */
class LineageTest extends WharfTest {
    private final String bucket = newBucket();
    private final long connection = newConnection(null);

    private String uri(String key) {
        return "s3://" + bucket + "/" + key + "?connectionId=" + connection;
    }

    private long dataset(String key) {
        return API.post("/v4/importedDatasets", Map.of("uri", uri(key), "name", "of " + key))
                .json()
                .path("id")
                .asLong();
    }

    private long run(long dataset, String key) {
        long job = API.post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", dataset),
                                "overrides",
                                Map.of(
                                        "writesettings",
                                        List.of(Map.of(
                                                "path", uri(key), "action", "create", "format", "csv", "header",
                                                true)))))
                .json()
                .path("id")
                .asLong();
        return complete(job);
    }

    private static long complete(long job) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> API.get("/v4/jobGroups/" + job + "/status").text().equals("\"Complete\""));
        return job;
    }

    private static List<String> names(JsonNode lineage) {
        List<String> names = new ArrayList<>();
        lineage.path("nodes").forEach(node -> names.add(node.path("name").asText()));
        return names;
    }

    private static List<String> edges(JsonNode lineage) {
        List<String> edges = new ArrayList<>();
        lineage.path("edges")
                .forEach(edge -> edges.add(
                        edge.path("from").asText() + " > " + edge.path("to").asText()));
        return edges;
    }

    @Test
    void theWayLeadsFromFilesOverJobsAndTheirResultsToDatasetsAndBack() {
        S3.put(bucket, "in/orders.csv", "id,name\n1,a\n".getBytes(UTF_8));
        long first = dataset("in/orders.csv");
        long job = run(first, "out/orders.csv");
        long folder = dataset("out/orders_" + job + "/");
        long second = run(folder, "again/orders.csv");
        long copy = complete(API.put("/v4/jobGroups/" + second + "/publish", Map.of("path", uri("copies/")))
                .json()
                .path("jobgroupId")
                .asLong());
        S3.put(bucket, "other/orders.csv", "id,name\n1,a\n".getBytes(UTF_8));
        long elsewhere = dataset("other/");
        String[] way = {
            "importedDataset/" + first + " > jobGroup/" + job,
            "jobGroup/" + job + " > importedDataset/" + folder,
            "importedDataset/" + folder + " > jobGroup/" + second,
            "jobGroup/" + second + " > jobGroup/" + copy
        };

        for (String from : List.of(
                "/v4/importedDatasets/" + first,
                "/v4/jobGroups/" + job,
                "/v4/importedDatasets/" + folder,
                "/v4/jobGroups/" + second,
                "/v4/jobGroups/" + copy)) {
            JsonNode lineage = API.get(from + "/lineage").json();
            assertThat(edges(lineage)).as(from).containsExactlyInAnyOrder(way);
            assertThat(lineage.path("truncated").asBoolean()).isFalse();
        }
        assertThat(names(API.get("/v4/importedDatasets/" + elsewhere + "/lineage")
                        .json()))
                .containsExactly("importedDataset/" + elsewhere);
    }

    @Test
    void aDatasetOfAFolderThatNeverHeldTheResultsHasNothingToDoWithThem() {
        S3.put(bucket, "in/orders.csv", "id,name\n1,a\n".getBytes(UTF_8));
        S3.put(bucket, "out/mine.csv", "id,name\n1,a\n".getBytes(UTF_8));
        long before = dataset("out/");
        long job = run(dataset("in/orders.csv"), "out/orders.csv");

        assertThat(names(API.get("/v4/jobGroups/" + job + "/lineage").json()))
                .doesNotContain("importedDataset/" + before);
        assertThat(names(API.get("/v4/importedDatasets/" + before + "/lineage").json()))
                .containsExactly("importedDataset/" + before);
    }

    @Test
    void whatSomebodyMayNotSeeIsNotInTheirLineage() {
        S3.put(bucket, "in/orders.csv", "id,name\n1,a\n".getBytes(UTF_8));
        long mine = dataset("in/orders.csv");
        long job = run(mine, "out/orders.csv");
        var other = API.as(newMember().token());
        long theirConnection = newConnection(other, null);
        long theirs = other.post(
                        "/v4/importedDatasets",
                        Map.of(
                                "uri",
                                "s3://" + bucket + "/out/orders_" + job + "/orders.csv?connectionId=" + theirConnection,
                                "name",
                                "theirs"))
                .json()
                .path("id")
                .asLong();

        assertThat(other.get("/v4/jobGroups/" + job + "/lineage").status()).isEqualTo(404);
        assertThat(other.get("/v4/importedDatasets/" + mine + "/lineage").status())
                .isEqualTo(404);
        assertThat(names(
                        other.get("/v4/importedDatasets/" + theirs + "/lineage").json()))
                .containsExactly("importedDataset/" + theirs);
        assertThat(names(API.get("/v4/importedDatasets/" + theirs + "/lineage").json()))
                .as("to an administrator, through another connection")
                .contains("jobGroup/" + job, "importedDataset/" + mine);
    }
}
