package dev.wharf.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two nodes on one registry go on from the same results, and one of them stops in the middle. */
class ResultsOnTwoNodesTest extends WharfTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int JOBS = 6;

    private final String bucket = newBucket();

    private String uri(String key, long connection) {
        return "s3://" + bucket + "/" + key + "?connectionId=" + connection;
    }

    private static Api.Answer publish(Api api, long job, String path) {
        return api.send(api.request("/v4/jobGroups/" + job + "/publish")
                .header("content-type", "application/json")
                .header("x-execution-id", "publish-once")
                .PUT(BodyPublishers.ofString(Json.write(Map.of("path", path)))));
    }

    @Test
    void eachDatasetIsMadeOnceAndAnExecutionIdPublishesOnceWhicheverNodeIsAsked() throws Exception {
        S3.put(bucket, "in/a.csv", "id,name\n1,Ada\n".getBytes(UTF_8));
        try (var postgres = EmbeddedPostgres.start()) {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "wharf.registry.url",
                    postgres.getJdbcUrl("postgres", "postgres"),
                    "wharf.registry.user",
                    "postgres"));
            try (Wharf one = start(settings)) {
                settings.put(
                        "wharf.secrets.keyset",
                        Files.readString(one.folder().resolve("keyset.json")).strip());
                var api = new Api(one.api(), token(one));
                long connection = newConnection(api, bucket);
                long dataset = api.post(
                                "/v4/importedDatasets", Map.of("uri", uri("in/a.csv", connection), "name", "people"))
                        .json()
                        .path("id")
                        .asLong();
                List<Long> jobs = new ArrayList<>();
                Wharf two = start(settings);
                try {
                    for (int job = 0; job < JOBS; job++) {
                        jobs.add(start(api, dataset, "made " + job, uri("out/a.csv", connection)));
                    }
                    long first = jobs.get(0);
                    await().atMost(PATIENCE).until(() -> api.get("/v4/jobGroups/" + first + "/status")
                            .text()
                            .equals("\"Complete\""));
                    assertPublishedOnce(List.of(api, new Api(two.api(), token(one))), first, uri("copy/", connection));
                } finally {
                    two.close();
                }
                for (int job = 0; job < JOBS; job++) {
                    assertMadeOnce(api, jobs.get(job), "made%20" + job);
                }
            }
        }
    }

    private static long start(Api api, long dataset, String name, String path) {
        return api.post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", dataset),
                                "newDataset",
                                Map.of("name", name),
                                "overrides",
                                Map.of(
                                        "writesettings",
                                        List.of(Map.of("path", path, "action", "create", "format", "csv")))))
                .json()
                .path("id")
                .asLong();
    }

    private static void assertPublishedOnce(List<Api> nodes, long job, String path) {
        List<CompletableFuture<Api.Answer>> answers = Stream.concat(nodes.stream(), nodes.stream())
                .map(node -> CompletableFuture.supplyAsync(() -> publish(node, job, path)))
                .toList();
        assertThat(answers.stream().map(answer -> answer.join().status()))
                .containsExactlyInAnyOrder(200, 304, 304, 304);
        String publications = "/v4/jobGroups/" + job + "/publications";
        await().atMost(PATIENCE).until(() -> nodes.get(0)
                .get(publications)
                .json()
                .at("/data/0/status")
                .asText()
                .equals("Complete"));
        assertThat(nodes.get(1).get(publications).json().path("data")).hasSize(1);
    }

    private static void assertMadeOnce(Api api, long job, String name) {
        await().atMost(PATIENCE).until(() -> api.get("/v4/jobGroups/" + job)
                .json()
                .at("/newDataset/id")
                .isNumber());
        assertThat(api.get("/v4/datasetLibrary?datasetsFilter=imported&filterType=exact&filter=" + name)
                        .json()
                        .path("data"))
                .hasSize(1);
    }
}
