package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.ObjectInfo;
import dev.wharf.testing.Databases;
import dev.wharf.testing.WharfTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Datasets whose files a schedule replaces. */
class ScheduledRefreshesTest extends WharfTest {
    private static final ScheduleCalls SCHEDULES = new ScheduleCalls(API);

    private String bucket;
    private Map<String, Object> source;

    @BeforeEach
    void newSource() {
        bucket = newBucket();
        source = Map.of("uri", "s3://" + bucket + "/in/?connectionId=" + newConnection(bucket), "name", "What came");
    }

    private void put(String key, String text) {
        S3.put(bucket, key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String dataset(JsonNode run) {
        return "/v4/importedDatasets/" + run.path("importedDataset").path("id").asLong();
    }

    @Test
    void aDatasetKeepsTheNameThatSomebodyGaveItAndIsReadAsTheScheduleSays() {
        put("in/a.csv", "1,2\n");
        var body = ScheduleCalls.yearly(ScheduleCalls.importing(source, Map.of("dataset", "refresh")));
        long id = SCHEDULES.create(body);
        String dataset = dataset(SCHEDULES.run(id));
        assertThat(API.patch(dataset, Map.of("name", "Mine")).status()).isEqualTo(200);
        var named = new HashMap<>(source);
        named.put("header", true);
        body.put("tasks", List.of(ScheduleCalls.importing(named, Map.of("dataset", "refresh"))));
        assertThat(API.put("/v4/schedules/" + id, body).status()).isEqualTo(200);

        put("in/b.csv", "3,4\n5,6\n");
        JsonNode second = SCHEDULES.run(id);

        assertThat(second.path("status").asText()).as(second.toString()).isEqualTo("Complete");
        assertThat(dataset(second)).isEqualTo(dataset);
        assertThat(API.get(dataset).json().path("name").asText()).isEqualTo("Mine");
        assertThat(API.get(dataset + "/preview").json().toString()).contains("\"3\"", "\"4\"");
        assertThat(API.get("/v4/auditEvents?limit=100").json().path("data").findValuesAsText("operation"))
                .contains("refreshImportedDataset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"newObjects", "snapshot"})
    void aFileThatIsAgainAsItWasBeforeIsTakenInAgain(String content) {
        long id = SCHEDULES.create(ScheduleCalls.yearly(
                ScheduleCalls.importing(source, Map.of("dataset", "refresh", "content", content))));
        JsonNode run = null;
        for (String text : List.of("first", "second", "first", "second")) {
            put("in/a.csv", "id,name\n1," + text + "\n");
            run = SCHEDULES.run(id);

            assertThat(SCHEDULES.keys(run)).as(run.toString()).containsExactly("in/a.csv");
            var preview = API.get(dataset(run) + "/preview");
            assertThat(preview.status()).as(preview.text()).isEqualTo(200);
            assertThat(preview.text()).contains("\"" + text + "\"");
        }

        assertThat(run.path("changedCount").asLong()).isEqualTo(1);
        assertThat(SCHEDULES.run(id).path("reason").asText()).isEqualTo("Nothing new");
    }

    @Test
    void whatHasChangedIsToldAlsoWhereAnEarlierRunHadRecordedALaterKey() {
        put("in/z.csv", "1\n");
        put("in/a.json", "{}");
        put("in/b.json", "{}");
        var body = ScheduleCalls.yearly(ScheduleCalls.importing(source, Map.of("dataset", "refresh")));
        long id = SCHEDULES.create(body);
        assertThat(SCHEDULES.run(id).path("leftOut").findValuesAsText("key")).containsExactly("in/z.csv");
        S3.remove(bucket, "in/a.json");
        S3.remove(bucket, "in/b.json");
        assertThat(API.put("/v4/schedules/" + id, body).status()).isEqualTo(200); // it may import another format now
        put("in/c.csv", "1\n");

        JsonNode run = SCHEDULES.run(id);

        assertThat(SCHEDULES.keys(run)).containsExactly("in/c.csv", "in/z.csv");
        S3.remove(bucket, "in/c.csv");
        put("in/d.csv", "1\n");
        JsonNode changes = API.get(dataset(run) + "/changes").json();
        assertThat(changes.path("gone").path("data").findValuesAsText("key")).containsExactly("in/c.csv");
        assertThat(changes.path("new").path("data").findValuesAsText("key")).containsExactly("in/d.csv");
        assertThat(changes.path("unchanged").path("count").asLong()).isEqualTo(1);
    }

    @Test
    void manyFilesAreInTheOrderOfTheirKeysWhoeverHasRecordedThem() {
        try (var database = Databases.inMemory()) {
            var world = new PollingProcesses(database);
            long schedule = world.schedule(Map.of());
            List<ObjectInfo> objects = new ArrayList<>();
            for (int number = 0; number < 1_100; number++) {
                objects.add(PollingProcesses.object("in/%04d.csv".formatted(number), "e", Instant.EPOCH));
            }
            world.store.with(objects.toArray(ObjectInfo[]::new));
            objects.stream()
                    .sorted(Comparator.comparing(ObjectInfo::key).reversed())
                    .limit(100)
                    .forEach(object -> world.arrivals.record(schedule, object));

            world.run(world.process("node:1"), schedule, () -> {});

            assertThat(world.published(schedule))
                    .containsExactly(
                            objects.stream().map(object -> object.key() + " e").toList());
        }
    }

    @Test
    void aRunThatFailsWhileItMakesADatasetNamesNone() {
        try (var database = Databases.inMemory()) {
            var world = new PollingProcesses(database);
            long schedule = world.schedule(Map.of());
            world.store.with(PollingProcesses.object("in/a.csv", "e", Instant.EPOCH));
            JdbcClient.StatementSpec making = JdbcClient.create(database.dataSource())
                    .sql("SELECT COUNT(*) FROM schedule_run WHERE dataset_id IS NOT NULL");

            world.run(world.process("node:1"), schedule, () -> {
                if (making.query(Long.class).single() > 0) {
                    throw new ProblemException(Problem.VALIDATION_FAILED, "the files cannot be looked into");
                }
            });

            ScheduleRunView run =
                    new RunTable(database, world.clock).list(schedule, 1, 0).get(0);
            assertThat(run.status()).isEqualTo("Failed");
            assertThat(run.importedDataset()).isNull();
        }
    }

    @Test
    void looksOfAScheduleAreNotOnTheAuditTrailAndWhatItTakesInIs() {
        put("in/a.csv", "1\n");
        long id = SCHEDULES.create(ScheduleCalls.yearly(ScheduleCalls.importing(source, Map.of())));
        assertThat(SCHEDULES.run(id).path("newCount").asLong()).isEqualTo(1);
        assertThat(SCHEDULES.run(id).path("reason").asText()).isEqualTo("Nothing new");

        await().untilAsserted(() -> assertThat(operations(id)).contains("createImportedDataset", "read"));

        assertThat(operations(id)).doesNotContain("listObjects", "stat");
    }

    private static List<String> operations(long schedule) {
        return API.get("/v4/auditEvents?limit=100&requestId=schedule/" + schedule)
                .json()
                .path("data")
                .findValuesAsText("operation");
    }
}
