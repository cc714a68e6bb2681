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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two nodes read one queue, and one of them stops in the middle. */
class NotificationsOnTwoNodesTest extends WharfTest {
    private static final int OBJECTS = 30;

    private final String bucket = newBucket();

    private Map<String, Object> schedule(String queue, long connection) {
        return Map.of(
                "name",
                "Told of",
                "triggers",
                List.of(Map.of("notifications", Map.of("queueUrl", queue, "connectionId", connection))),
                "tasks",
                List.of(Map.of(
                        "importSource",
                        Map.of(
                                "source",
                                Map.of("uri", "s3://" + bucket + "/in/?connectionId=" + connection, "name", "n")))));
    }

    private void tell(EventQueues queues, String queue, int from) {
        IntStream.range(from, from + OBJECTS).forEach(number -> {
            String key = "in/" + number + ".csv";
            S3.put(bucket, key, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
            queues.send(queue, EventQueues.event("ObjectCreated:Put", bucket, key));
            if (number % 3 == 0) {
                queues.send(queue, EventQueues.event("ObjectCreated:Put", bucket, key)); // as SQS may deliver it twice
            }
        });
    }

    /** The keys of all datasets that were made, each as often as it is in one. */
    private static List<String> imported(Api api) {
        List<String> keys = new ArrayList<>();
        JsonNode datasets = api.get("/v4/importedDatasets?limit=1000").json().path("data");
        datasets.forEach(
                dataset -> api.get("/v4/importedDatasets/" + dataset.path("id").asLong() + "/files?limit=1000")
                        .json()
                        .path("data")
                        .forEach(file -> keys.add(file.path("key").asText())));
        return keys;
    }

    @Test
    void whatTheyAreToldOfIsImportedOnceWhicheverReadsItAndWhicheverStops() throws Exception {
        try (var postgres = EmbeddedPostgres.start();
                var queues = new EventQueues()) {
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
                String dead = queues.create(UUID.randomUUID().toString());
                String queue = queues.create(dead, 5);
                long connection = newConnection(api, bucket);
                Wharf two = start(settings);
                try {
                    var created = api.post("/v4/schedules", schedule(queue, connection));
                    assertThat(created.status()).as(created.text()).isEqualTo(201);
                    tell(queues, queue, 0);
                    await().atMost(Duration.ofSeconds(60))
                            .until(() -> !imported(api).isEmpty());
                    tell(queues, queue, OBJECTS);
                } finally {
                    two.close();
                }
                List<String> all = IntStream.range(0, 2 * OBJECTS)
                        .mapToObj(number -> "in/" + number + ".csv")
                        .toList();
                await().atMost(Duration.ofSeconds(90))
                        .untilAsserted(() -> assertThat(imported(api)).containsExactlyInAnyOrderElementsOf(all));
                await().atMost(Duration.ofSeconds(60)).until(() -> queues.waiting(queue) == 0);
                assertThat(imported(api)).containsExactlyInAnyOrderElementsOf(all);
                assertThat(queues.waiting(dead)).isZero();
            }
        }
    }
}
