package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two nodes on one registry have the same schedules, and one of them stops in the middle. */
class SchedulesOnTwoNodesTest extends WharfTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int SCHEDULES = 3;
    private static final int OBJECTS = 5;

    private final String bucket = newBucket();
    private int put;

    private Map<String, Object> everySecond(String folder, long connection) {
        return Map.of(
                "name",
                folder,
                "triggers",
                List.of(Map.of("timeBased", Map.of("cron", Map.of("expression", "* * * * * *")))),
                "tasks",
                List.of(Map.of(
                        "importSource",
                        Map.of(
                                "source",
                                Map.of(
                                        "uri",
                                        "s3://" + bucket + "/" + folder + "/?connectionId=" + connection,
                                        "name",
                                        folder)))));
    }

    private void putSome() {
        for (int i = 0; i < OBJECTS; i++, put++) {
            for (int schedule = 0; schedule < SCHEDULES; schedule++) {
                S3.put(bucket, schedule + "/" + put + ".csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** All its runs, oldest first. */
    private static List<JsonNode> runs(Api api, long schedule) {
        List<JsonNode> runs = new ArrayList<>();
        api.get("/v4/schedules/" + schedule + "/runs?limit=1000")
                .json()
                .path("data")
                .forEach(runs::add);
        runs.sort(Comparator.comparingLong(run -> run.path("id").asLong()));
        return runs;
    }

    /** The keys of all datasets that its runs have made, each as often as it is in one. */
    private static List<String> imported(Api api, long schedule) {
        return runs(api, schedule).stream()
                .map(run -> run.path("importedDataset").path("id"))
                .filter(JsonNode::isNumber)
                .flatMap(dataset -> api
                        .get("/v4/importedDatasets/" + dataset + "/files?limit=1000")
                        .json()
                        .path("data")
                        .findValuesAsText("key")
                        .stream())
                .toList();
    }

    private void awaitAll(Api api, List<Long> schedules) {
        for (int schedule = 0; schedule < SCHEDULES; schedule++) {
            int number = schedule;
            List<String> all = IntStream.range(0, put)
                    .mapToObj(object -> number + "/" + object + ".csv")
                    .toList();
            await().pollInterval(Duration.ofSeconds(1)).atMost(PATIENCE).untilAsserted(() -> assertThat(
                            imported(api, schedules.get(number)))
                    .containsExactlyInAnyOrderElementsOf(all));
        }
    }

    private static Instant time(JsonNode run, String field) {
        return Instant.parse(run.path(field).asText());
    }

    @Test
    void eachTimeRunsOnOneOfThemAndWhatComesIsTakenInOnceWhicheverStops() throws Exception {
        try (var postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            Map<String, String> settings =
                    new HashMap<>(Map.of("wharf.registry.url", url, "wharf.registry.user", "postgres"));
            try (Wharf one = start(settings)) {
                settings.put(
                        "wharf.secrets.keyset",
                        Files.readString(one.folder().resolve("keyset.json")).strip());
                var api = new Api(one.api(), token(one));
                long connection = newConnection(api, bucket);
                List<Long> schedules = new ArrayList<>();
                Wharf two = start(settings);
                try {
                    for (int number = 0; number < SCHEDULES; number++) {
                        var created = api.post("/v4/schedules", everySecond(String.valueOf(number), connection));
                        assertThat(created.status()).as(created.text()).isEqualTo(201);
                        schedules.add(created.json().path("id").asLong());
                    }
                    putSome();
                    awaitAll(api, schedules);
                    var workers = JdbcClient.create(postgres.getPostgresDatabase())
                            .sql("SELECT DISTINCT SUBSTRING(worker_id FROM '^[^:]*:[^:]*') FROM schedule_run")
                            .query(String.class);
                    await().atMost(PATIENCE).untilAsserted(() -> assertThat(workers.list())
                            .as("both take part")
                            .hasSizeGreaterThan(1));
                    putSome();
                } finally {
                    two.close();
                }
                putSome();
                awaitAll(api, schedules);

                for (long schedule : schedules) {
                    List<JsonNode> runs = runs(api, schedule);
                    assertThat(runs.stream().map(run -> time(run, "dueAt")))
                            .as("each time once")
                            .doesNotHaveDuplicates();
                    for (int run = 1; run < runs.size(); run++) {
                        assertThat(time(runs.get(run), "startedAt"))
                                .as("one after the other")
                                .isAfterOrEqualTo(time(runs.get(run - 1), "endedAt"));
                    }
                }
            }
        }
    }
}
