package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.wharf.testing.WharfTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that schedules start over what their runs have taken in. */
class ScheduledJobsTest extends WharfTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ScheduleCalls SCHEDULES = new ScheduleCalls(API);

    private String bucket;
    private long connection;

    @BeforeEach
    void newSource() {
        bucket = newBucket();
        connection = newConnection(bucket);
    }

    private void put(String key, String text) {
        S3.put(bucket, key, text.getBytes(StandardCharsets.UTF_8));
    }

    /** All folders of {@code in/} whose names are numbers. */
    private Map<String, Object> years() {
        return Map.of(
                "name",
                "Years",
                "bucket",
                bucket,
                "connectionId",
                connection,
                "dynamicPath",
                "/in//",
                "runParameters",
                List.of(Map.of(
                        "type", "path",
                        "insertionIndices", List.of(Map.of("index", 4)),
                        "value", Map.of("pattern", Map.of("regex", Map.of("value", "\\d+"))))));
    }

    private Map<String, Object> writing() {
        return ScheduleCalls.writing("s3://" + bucket + "/out/all.csv?connectionId=" + connection);
    }

    private String result(JsonNode job) {
        return new String(S3.get(bucket, "out/all_" + job.path("id").asLong() + "/all.csv"), StandardCharsets.UTF_8);
    }

    @Test
    void aJobOverAPathThatVariesReadsWhatItsRunTookInAndNoMore() {
        put("in/2025/a.csv", "id,name\n1,a\n");
        put("in/2025/odd.csv", "id,weight,name\n7,2,odd\n");
        put("in/2025/b.csv", "id,name\n2,b\n");
        put("in/2025/other.json", "{}");
        long id = SCHEDULES.create(ScheduleCalls.yearly(ScheduleCalls.importing(years(), Map.of()), writing()));

        JsonNode first = SCHEDULES.run(id);
        JsonNode firstJob = SCHEDULES.job(first);
        put("in/2026/c.csv", "id,name\n3,c\n");
        JsonNode secondJob = SCHEDULES.job(SCHEDULES.run(id));

        assertThat(first.path("leftOut").findValuesAsText("key"))
                .containsExactlyInAnyOrder("in/2025/odd.csv", "in/2025/other.json");
        assertThat(result(firstJob)).isEqualTo("1,a\n2,b\n");
        assertThat(result(secondJob)).isEqualTo("3,c\n");
        assertThat(secondJob.path("runParameterReferenceDate").asText())
                .as("the moment from which the run counted windows of time")
                .isEqualTo(SCHEDULES.runs(id).path(0).path("startedAt").asText());
    }

    @Test
    void jobsThatFailInARowPauseTheirScheduleWhateverRunsComeBetween() {
        put("in/a.csv", "1,a\n");
        var source = Map.<String, Object>of("uri", "s3://" + bucket + "/in/?connectionId=" + connection, "name", "n");
        var body = ScheduleCalls.yearly(
                ScheduleCalls.importing(source, Map.of()),
                ScheduleCalls.writing("s3://no-such-" + bucket + "/out/a.csv?connectionId=" + connection));
        body.put("pauseAfter", 2);
        body.put("triggers", List.of(Map.of("timeBased", Map.of("cron", Map.of("expression", "* * * * * *")))));
        long id = SCHEDULES.create(body);
        JsonNode first = await().atMost(PATIENCE).until(() -> lastJob(id), job -> isFailed(job));
        int runs = SCHEDULES.runs(id).size();
        await().atMost(PATIENCE).until(() -> SCHEDULES.runs(id).size() > runs + 1);
        assertThat(SCHEDULES.get(id).path("enabled").asBoolean()).isTrue();

        put("in/b.csv", "2,b\n");
        JsonNode second = await().atMost(PATIENCE)
                .until(
                        () -> lastJob(id),
                        job -> isFailed(job) && !job.path("id").equals(first.path("id")));
        await().atMost(PATIENCE).until(() -> !SCHEDULES.get(id).path("enabled").asBoolean());

        assertThat(second.path("errorMessage").asText()).contains("no-such-" + bucket);
        String why = "2 jobs in a row have failed, the last one (job group " + second.path("id") + "): "
                + second.path("errorMessage").asText();
        assertThat(SCHEDULES.get(id).path("pausedReason").asText()).isEqualTo(why);
        SCHEDULES.put("/v4/schedules/" + id + "/disable");
        assertThat(SCHEDULES.get(id).path("pausedReason").asText())
                .as("still to be seen by whoever enables it")
                .isEqualTo(why);
        SCHEDULES.put("/v4/schedules/" + id + "/enable");
        assertThat(SCHEDULES.get(id).path("pausedReason").isNull()).isTrue();
        int before = SCHEDULES.runs(id).size();
        await().atMost(PATIENCE).until(() -> SCHEDULES.runs(id).size() > before);
        SCHEDULES.put("/v4/schedules/" + id + "/disable");
    }

    @Test
    void resultsThatGoByDefaultIntoTheFolderThatIsWatchedAreRefused() {
        var watched = Map.<String, Object>of("uri", "s3://wharf/trifacta/queryResults/", "name", "n");
        var answer = API.post(
                "/v4/schedules",
                ScheduleCalls.yearly(ScheduleCalls.importing(watched, Map.of()), Map.of("runJob", Map.of())));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText())
                .startsWith("tasks[1].runJob: overrides.writesettings is missing, so that results go into")
                .contains("which is in the source, s3://wharf/trifacta/queryResults/");
        SCHEDULES.create(ScheduleCalls.yearly(ScheduleCalls.importing(watched, Map.of()), writing()));
        SCHEDULES.create(ScheduleCalls.yearly(ScheduleCalls.importing(years(), Map.of()), Map.of("runJob", Map.of())));
    }

    private static JsonNode lastJob(long id) {
        for (JsonNode run : SCHEDULES.runs(id)) {
            if (!run.path("jobGroup").isNull()) {
                return run.path("jobGroup");
            }
        }
        return MissingNode.getInstance();
    }

    private static boolean isFailed(JsonNode job) {
        return job.path("status").asText().equals("Failed");
    }

    @Test
    void aJobThatAPersonStartsOverTheSameDatasetMatchesItsPathAnew() {
        put("in/2025/a.csv", "id,name\n1,a\n");
        long id = SCHEDULES.create(ScheduleCalls.yearly(ScheduleCalls.importing(years(), Map.of())));
        JsonNode run = SCHEDULES.run(id);
        put("in/2026/c.csv", "id,name\n3,c\n");

        var started = API.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", run.path("importedDataset").path("id").asLong()),
                        "overrides",
                        ((Map<?, ?>) writing().get("runJob")).get("overrides")));
        assertThat(started.status()).as(started.text()).isEqualTo(201);

        assertThat(result(SCHEDULES.job(started.json().path("id").asLong()))).isEqualTo("1,a\n3,c\n");
    }
}
