package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.processes.ServiceProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own, which is killed while a schedule runs. */
class KilledServiceTest extends WharfTest {
    private static final int KILLS = 3;

    @TempDir
    Path data;

    private ServiceProcess service;
    private Api api;

    private void startService() {
        service.start();
        api = service.api(service.token());
    }

    private List<JsonNode> runs(long schedule) {
        List<JsonNode> runs = new ArrayList<>();
        api.get("/v4/schedules/" + schedule + "/runs?limit=1000")
                .json()
                .path("data")
                .forEach(runs::add);
        return runs;
    }

    private List<String> imported(long schedule) {
        List<String> files = new ArrayList<>();
        for (JsonNode run : runs(schedule)) {
            if (!run.path("importedDataset").isNull()
                    && run.path("status").asText().equals("Complete")) {
                api.get("/v4/importedDatasets/" + run.path("importedDataset").path("id") + "/files")
                        .json()
                        .path("data")
                        .forEach(file -> files.add(file.path("key").asText() + " "
                                + file.path("etag").asText()));
            }
        }
        return files;
    }

    @Test
    void whatComesWhileItIsKilledAgainAndAgainIsImportedOnceAndHasOneJobEach() {
        String bucket = newBucket();
        var random = new Random(7);
        List<String> put = new ArrayList<>();
        service = new ServiceProcess(data.resolve("data"), Map.of());
        startService();
        try {
            long connection = newConnection(api, bucket);
            var source = Map.of("uri", "s3://" + bucket + "/in/?connectionId=" + connection, "name", "n");
            var body = Map.of(
                    "name", "n",
                    "triggers", List.of(Map.of("timeBased", Map.of("cron", Map.of("expression", "* * * * * *")))),
                    "tasks",
                            List.of(
                                    Map.of("importSource", Map.of("source", source)),
                                    Map.of(
                                            "runJob",
                                            Map.of(
                                                    "overrides",
                                                    Map.of(
                                                            "writesettings",
                                                            List.of(
                                                                    Map.of(
                                                                            "path",
                                                                                    "s3://" + bucket
                                                                                            + "/out/r.csv?connectionId="
                                                                                            + connection,
                                                                            "action", "create",
                                                                            "format", "csv")))))));
            long schedule = api.post("/v4/schedules", body).json().path("id").asLong();

            for (int kill = 0; kill < KILLS; kill++) {
                int before = runs(schedule).size();
                for (int i = 0; i < 5; i++) {
                    String key = "in/" + kill + "-" + i + ".csv";
                    S3.put(bucket, key, ("id\n" + i + "\n").getBytes(StandardCharsets.UTF_8));
                    put.add(key);
                }
                // Somewhere in the run that sees them, or in the next one.
                await().atMost(Duration.ofMinutes(3)).until(() -> runs(schedule).size() > before);
                await().pollDelay(Duration.ofMillis(random.nextInt(400))).until(() -> true);
                service.kill();
                startService();
            }

            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(imported(schedule)).hasSize(put.size()));
            assertThat(imported(schedule).stream().map(file -> file.substring(0, file.indexOf(' '))))
                    .containsExactlyInAnyOrderElementsOf(put);
            assertThat(runs(schedule))
                    .filteredOn(run -> !run.path("importedDataset").isNull())
                    .allSatisfy(run -> assertThat(run.path("jobGroup").isNull()).isFalse());
            long datasets = runs(schedule).stream()
                    .filter(run -> !run.path("importedDataset").isNull())
                    .count();
            assertThat(api.get("/v4/jobGroups?includeCount=true")
                            .json()
                            .path("count")
                            .asLong())
                    .isEqualTo(datasets);
        } finally {
            service.kill();
        }
    }
}
