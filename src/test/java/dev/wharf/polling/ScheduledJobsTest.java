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

    /** All folders of {@code loop/} whose names match. */
    private Map<String, Object> folders(String regex) {
        return Map.of(
                "name",
                "Loop",
                "bucket",
                bucket,
                "connectionId",
                connection,
                "dynamicPath",
                "/loop//",
                "runParameters",
                List.of(Map.of(
                        "type", "path",
                        "insertionIndices", List.of(Map.of("index", 6)),
                        "value", Map.of("pattern", Map.of("regex", Map.of("value", regex))))));
    }

    @Test
    void resultsThatGoWhereAPathThatVariesMatchesAreRefused() {
        for (String path : List.of("loop/res/", "loop/res/all.csv")) {
            var answer = API.post(
                    "/v4/schedules",
                    ScheduleCalls.yearly(
                            ScheduleCalls.importing(folders("\\w+"), Map.of()),
                            ScheduleCalls.writing("s3://" + bucket + "/" + path + "?connectionId=" + connection)));

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("detail").asText())
                    .contains("tasks[1].runJob: overrides.writesettings[0].path leads to s3://" + bucket + "/" + path)
                    .contains("which is in the source, s3://" + bucket + "/loop/…");
        }
    }

    @Test
    void resultsWhosePathVariesAreLookedAtAsTheyAreToday() {
        var variable = Map.of(
                "type",
                "path",
                "overrideKey",
                "folder",
                "insertionIndices",
                List.of(Map.of("index", ("s3://" + bucket + "/").length())),
                "value",
                Map.of("variable", Map.of("value", "loop")));
        var writing = Map.of(
                "path",
                "s3://" + bucket + "//res/a.csv?connectionId=" + connection,
                "action",
                "create",
                "format",
                "csv",
                "runParameters",
                List.of(variable));
        var answer = API.post(
                "/v4/schedules",
                ScheduleCalls.yearly(
                        ScheduleCalls.importing(folders("\\w+"), Map.of()),
                        Map.of("runJob", Map.of("overrides", Map.of("writesettings", List.of(writing))))));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText())
                .startsWith(
                        "tasks[1].runJob: overrides.writesettings[0].path leads to s3://" + bucket + "/loop/res/a.csv");
    }

    @Test
    void aScheduledJobWritesWhereTheDateOfItsRunSays() {
        S3.put(bucket, "dated/a.csv", "name\na\n".getBytes(StandardCharsets.UTF_8));
        String folder = "s3://" + bucket + "/by-day/";
        var day = Map.of(
                "type", "path",
                "insertionIndices", List.of(Map.of("index", folder.length())),
                "value", Map.of("timestamp", Map.of("format", "yyyyMMdd'T'HHmmss")));
        var writing = Map.of(
                "path",
                folder + "/a.csv?connectionId=" + connection,
                "action",
                "create",
                "format",
                "csv",
                "runParameters",
                List.of(day));
        long id = SCHEDULES.create(ScheduleCalls.yearly(
                ScheduleCalls.importing(
                        Map.of("name", "dated", "uri", "s3://" + bucket + "/dated/?connectionId=" + connection),
                        Map.of()),
                Map.of("runJob", Map.of("overrides", Map.of("writesettings", List.of(writing))))));

        JsonNode run = SCHEDULES.run(id);

        String began = run.path("startedAt").asText().replaceAll("[-:]|\\.\\d+Z", "");
        await().atMost(PATIENCE).until(() -> S3.keys(bucket).stream()
                .anyMatch(key -> key.startsWith("by-day/" + began + "/a_") && key.endsWith("/a.csv")));
    }

    @Test
    void whatItsOwnJobHasWrittenIsLeftOut() {
        var job = ScheduleCalls.writing("s3://" + bucket + "/loop/result.csv?connectionId=" + connection);
        put("loop/in/a.csv", "1,a\n");
        long id = SCHEDULES.create(ScheduleCalls.yearly(ScheduleCalls.importing(folders("in"), Map.of()), job));
        SCHEDULES.job(SCHEDULES.run(id));
        put("loop/in/b.csv", "2,b\n");
        String folder = "result_" + SCHEDULES.job(SCHEDULES.run(id)).path("id").asLong();
        var put = API.put(
                "/v4/schedules/" + id,
                ScheduleCalls.yearly(ScheduleCalls.importing(folders("in|" + folder), Map.of()), job));
        assertThat(put.status()).as(put.text()).isEqualTo(200);

        JsonNode run = SCHEDULES.run(id);

        assertThat(run.path("leftOut").findValuesAsText("key")).containsExactly("loop/" + folder + "/result.csv");
        assertThat(run.path("leftOut").path(0).path("reason").asText()).contains("result of this schedule's own job");
        assertThat(run.path("importedDataset").isNull()).as(run.toString()).isTrue();
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
