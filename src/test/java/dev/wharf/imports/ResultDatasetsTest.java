package dev.wharf.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.jobs.WantedDataset;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.FaultyS3;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Datasets that are made of the results of jobs. */
class ResultDatasetsTest extends WharfTest {
    private final String bucket = newBucket();
    private final String name = "results " + UUID.randomUUID();
    private long connection = newConnection(null);

    private String uri(String key) {
        return "s3://" + bucket + "/" + key + "?connectionId=" + connection;
    }

    private long source() {
        S3.put(bucket, "in/orders.csv", "id,name\n1,a\n2,b\n".getBytes(UTF_8));
        return API.post("/v4/importedDatasets", Map.of("uri", uri("in/orders.csv"), "name", "orders"))
                .json()
                .path("id")
                .asLong();
    }

    private static Api.Answer start(long dataset, Object newDataset, Map<?, ?>... settings) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "wrangledDataset", Map.of("id", dataset), "overrides", Map.of("writesettings", List.of(settings))));
        if (newDataset != null) {
            body.put("newDataset", newDataset);
        }
        return API.post("/v4/jobGroups", body);
    }

    private Map<String, Object> csv(String key) {
        return Map.of("path", uri(key), "action", "create", "format", "csv", "header", false, "delim", ";");
    }

    private static JsonNode job(long id) {
        return API.get("/v4/jobGroups/" + id).json();
    }

    private static JsonNode awaitEnd(long id, String status) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> job(id).path("status").asText().equals(status));
        return job(id);
    }

    private static long awaitDataset(long id) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> job(id).at("/newDataset/id").isNumber());
        return job(id).at("/newDataset/id").asLong();
    }

    @Test
    void aDatasetIsMadeOnceTheResultsAreCompleteAndItsJobIsPublishedAgain() {
        long first = start(source(), Map.of("name", name), csv("out/orders.csv"))
                .json()
                .path("id")
                .asLong();
        long made = awaitDataset(first);

        JsonNode dataset = API.get("/v4/importedDatasets/" + made).json();
        assertThat(job(first).path("status").asText()).isEqualTo("Complete");
        assertThat(job(first).path("warning").isNull()).isTrue();
        assertThat(dataset.path("name").asText()).isEqualTo(name);
        assertThat(dataset.path("path").asText()).isEqualTo("/out/orders_" + first + "/orders.csv");

        long second = start(
                        made,
                        null,
                        Map.of("path", uri("again/orders.csv"), "action", "create", "format", "csv", "header", true))
                .json()
                .path("id")
                .asLong();
        awaitEnd(second, "Complete");
        assertThat(new String(S3.get(bucket, "again/orders_" + second + "/orders.csv"), UTF_8))
                .as("read without a header and with semicolons, as it was written")
                .endsWith("\n1,a\n2,b\n")
                .doesNotContain(";");
    }

    @Test
    void noSecondDatasetIsMadeOfTheSameResults() {
        long job = start(source(), Map.of("name", name), csv("out/orders.csv"))
                .json()
                .path("id")
                .asLong();
        awaitDataset(job);
        var datasets = WHARF.camel().lookup("resultDatasets", ResultDatasets.class);
        var wanted = new WantedDataset(job, 1, 1, name, 1);
        var caller = datasets.caller(wanted);
        var importing = datasets.begin(caller, wanted);

        assertThatThrownBy(() -> datasets.complete(caller, wanted, importing)).isInstanceOf(ProblemException.class);

        assertThat(library()).isEqualTo(1);
    }

    private int library() {
        return API.get("/v4/datasetLibrary?datasetsFilter=imported&limit=100&filter=" + name.replace(" ", "%20"))
                .json()
                .path("data")
                .size();
    }

    @Test
    void aJobThatFailsMakesNone() {
        long dataset = source();
        S3.put(bucket, "in/orders.csv", "id,name\n3,changed\n".getBytes(UTF_8));

        long job = start(dataset, Map.of("name", name), csv("out/orders.csv"))
                .json()
                .path("id")
                .asLong();

        assertThat(awaitEnd(job, "Failed").at("/newDataset/id").isNull()).isTrue();
        assertThat(library()).isZero();
    }

    @Test
    void whyNoneCouldBeMadeIsAWarningAndTheResultsAreThereAllTheSame() {
        try (var faults = FaultyS3.before(S3)) {
            long dataset = source();
            connection = newConnection(faults.endpoint(), null);
            faults.on("GET", "out/orders_").always().answer(403, "AccessDenied");

            long job = start(dataset, Map.of("name", name), csv("out/orders.csv"))
                    .json()
                    .path("id")
                    .asLong();
            awaitEnd(job, "Complete");

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> !job(job).path("warning").isNull());
            assertThat(job(job).path("warning").asText()).contains("No dataset \"" + name + "\"", "s3:GetObject");
            assertThat(job(job).path("status").asText()).isEqualTo("Complete");
            assertThat(S3.keys(bucket))
                    .contains("out/orders_" + job + "/orders.csv", "out/orders_" + job + "/_SUCCESS");
        }
    }

    @Test
    void anOutputOfACompleteJobBecomesADatasetOfWhoeverAsks() {
        long job = start(
                        source(),
                        null,
                        csv("out/a.csv"),
                        Map.of("path", uri("out/b.json"), "action", "create", "format", "json"))
                .json()
                .path("id")
                .asLong();
        awaitEnd(job, "Complete");
        String address = "/v4/jobGroups/" + job + "/outputs/";

        Api.Answer made = API.post(address + "2/dataset", Map.of("name", name, "description", "lines"));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("path").asText()).isEqualTo("/out/b_" + job + "/b.json");
        assertThat(API.post(address + "3/dataset", Map.of("name", name)).status())
                .isEqualTo(404);
        assertThat(API.as(newMember().token())
                        .post(address + "1/dataset", Map.of("name", name))
                        .status())
                .isEqualTo(404);
        assertThat(start(source(), Map.of("name", name), csv("out/c.csv"), csv("out/d.csv"))
                        .text())
                .contains("newDataset.output", "must be 1 to 2");
    }

    private long publishedAgain(long job, String folder) {
        long publication = API.put("/v4/jobGroups/" + job + "/publish", Map.of("path", uri(folder)))
                .json()
                .path("jobgroupId")
                .asLong();
        awaitEnd(publication, "Complete");
        return publication;
    }

    @Test
    void theDatasetOfAPublicationIsReadAsItsFirstJobWroteIt() {
        long job = start(
                        source(),
                        null,
                        Map.of("path", uri("out/a.json"), "action", "create", "format", "json"),
                        csv("out/b.csv"))
                .json()
                .path("id")
                .asLong();
        awaitEnd(job, "Complete");
        long first = API.put("/v4/jobGroups/" + job + "/publish", Map.of("path", uri("copy/"), "inputFormat", "csv"))
                .json()
                .path("jobgroupId")
                .asLong();
        awaitEnd(first, "Complete");
        long second = publishedAgain(first, "copy of the copy/");

        Api.Answer made = API.post("/v4/jobGroups/" + second + "/outputs/1/dataset", Map.of("name", name));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        long read = start(
                        made.json().path("id").asLong(),
                        null,
                        Map.of("path", uri("again/b.csv"), "action", "create", "format", "csv", "header", false))
                .json()
                .path("id")
                .asLong();
        awaitEnd(read, "Complete");
        assertThat(new String(S3.get(bucket, "again/b_" + read + "/b.csv"), UTF_8))
                .isEqualTo("1,a\n2,b\n");
    }

    @Test
    void aResultThatWasReplacedSinceItWasWrittenBecomesNoDataset() {
        long job = start(source(), null, csv("out/a.csv")).json().path("id").asLong();
        awaitEnd(job, "Complete");
        S3.put(bucket, "out/a_" + job + "/a.csv", "9;somebody else's\n".getBytes(UTF_8));

        Api.Answer refused = API.post("/v4/jobGroups/" + job + "/outputs/1/dataset", Map.of("name", name));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text())
                .contains("s3://" + bucket + "/out/a_" + job + "/a.csv has changed since job group " + job);
        assertThat(library()).isZero();
    }
}
