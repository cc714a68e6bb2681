package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.stub.StubS3;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules as people set them up, in the service as it runs. */
class SchedulesTest extends WharfTest {
    private static final String YEARLY = "0 0 1 1 *";

    private String bucket;
    private long connection;

    @BeforeEach
    void newSource() {
        bucket = newBucket();
        connection = newConnection(bucket);
    }

    private Map<String, Object> importSource(Map<String, Object> more) {
        Map<String, Object> task = new HashMap<>(Map.of(
                "source", Map.of("uri", "s3://" + bucket + "/in/?connectionId=" + connection, "name", "What came")));
        task.putAll(more);
        return Map.of("importSource", task);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> at(String cron) {
        return Map.of("timeBased", Map.of("cron", Map.of("expression", cron), "timezone", "Europe/Berlin"));
    }

    private Map<String, Object> schedule(Object... tasks) {
        return new HashMap<>(Map.of("name", "Partner", "triggers", List.of(at(YEARLY)), "tasks", List.of(tasks)));
    }

    private static long create(Api api, Map<String, Object> body) {
        var answer = api.post("/v4/schedules", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asLong();
    }

    private static Api.Answer put(Api api, String path) {
        return api.send(api.request(path).PUT(BodyPublishers.noBody()));
    }

    private static JsonNode runs(Api api, long id) {
        return api.get("/v4/schedules/" + id + "/runs").json().path("data");
    }

    /** The newest run, once it is over and is the so manieth. */
    private static JsonNode awaitRun(Api api, long id, int number) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> runs(api, id),
                        runs -> runs.size() >= number
                                && !runs.path(0).path("status").asText().equals("InProgress"))
                .path(0);
    }

    private static JsonNode run(Api api, long id) {
        int before = runs(api, id).size();
        var answer = api.send(api.request("/v4/schedules/" + id + "/run").POST(BodyPublishers.noBody()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return awaitRun(api, id, before + 1);
    }

    private static List<String> keys(JsonNode run) {
        return API.get("/v4/importedDatasets/" + run.path("importedDataset").path("id") + "/files")
                .json()
                .path("data")
                .findValuesAsText("key");
    }

    @Test
    void aDoubleClickIsAcceptedTwiceAndWhatWasAskedForRunsThoughTheScheduleIsDisabledBeforeItBegins() throws Exception {
        S3.put(bucket, "in/a.csv", bytes("id,name\n1,a\n"));
        long id = create(API, schedule(importSource(Map.of())));
        List<Callable<Api.Answer>> clicks = new ArrayList<>(Collections.nCopies(
                6, () -> API.send(API.request("/v4/schedules/" + id + "/run").POST(BodyPublishers.noBody()))));
        clicks.add(() -> put(API, "/v4/schedules/" + id + "/enable"));
        clicks.add(() -> put(API, "/v4/schedules/" + id + "/disable"));
        var threads = Executors.newFixedThreadPool(clicks.size());
        try {
            for (var click : threads.invokeAll(clicks)) {
                assertThat(click.get().status()).as(click.get().text()).isIn(200, 202);
            }
        } finally {
            threads.shutdownNow();
        }
        put(API, "/v4/schedules/" + id + "/disable");

        JsonNode run = awaitRun(API, id, 1);

        assertThat(run.path("cause").asText()).isEqualTo("request");
        assertThat(keys(awaitRun(API, id, 1))).containsExactly("in/a.csv");
    }

    @Test
    void aConnectionThatASchedulesSourceOrTargetUsesIsNotDeletedBeforeTheSchedule() {
        long byField = newConnection(bucket);
        long target = newConnection(bucket);
        long unused = newConnection(bucket);
        String path = "s3://" + bucket + "/out/all.csv?connectionId=" + target;
        var writing = Map.of(
                "runJob",
                Map.of(
                        "overrides",
                        Map.of("writesettings", List.of(Map.of("path", path, "format", "csv", "action", "create")))));
        long writer = create(API, schedule(importSource(Map.of()), writing));
        var source = Map.of("bucket", bucket, "path", "in/", "connectionId", byField, "name", "What came");
        long reader = create(API, schedule(Map.of("importSource", Map.of("source", source))));

        assertUsed(connection, writer);
        assertUsed(target, writer);
        assertUsed(byField, reader);
        assertThat(API.delete("/v4/connections/" + unused).status()).isEqualTo(204);
        assertThat(API.delete("/v4/schedules/" + reader).status()).isEqualTo(204);
        assertThat(API.delete("/v4/connections/" + byField).status()).isEqualTo(204);
    }

    private static void assertUsed(long connection, long schedule) {
        var answer = API.delete("/v4/connections/" + connection);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("used by schedule " + schedule + " ", "Partner", "change the schedules");
    }

    @Test
    void whatHasComeBecomesADatasetAndAPublishedResultByItselfAndIsToldOf() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        WHARF.camel().getCamelContext().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:topic:imports.arrived")
                        .routeId("hearOfArrivals")
                        .process(exchange -> told.add(exchange.getMessage().getBody(String.class)));
            }
        });
        S3.put(bucket, "in/a.csv", bytes("id,name\n1,a\n"));
        S3.put(bucket, "in/_SUCCESS", bytes(""));
        var results = Map.of(
                "path",
                "s3://" + bucket + "/out/all.csv?connectionId=" + connection,
                "action",
                "create",
                "format",
                "csv");
        var body = schedule(
                importSource(Map.of()),
                Map.of("runJob", Map.of("overrides", Map.of("writesettings", List.of(results)))));
        body.put("triggers", List.of(at("* * * * * *")));
        long id = create(API, body);

        JsonNode run = awaitRun(API, id, 1);
        while (run.path("jobGroup").isNull()) {
            run = runs(API, id).path(runs(API, id).size() - 1);
        }
        put(API, "/v4/schedules/" + id + "/disable");

        await().untilAsserted(() -> assertThat(told).anyMatch(text -> text.contains(bucket)));
        WHARF.camel().getCamelContext().getRouteController().stopRoute("hearOfArrivals");
        assertThat(run.path("newCount").asLong()).isEqualTo(1);
        assertThat(run.path("ignoredCount").asLong()).isEqualTo(1);
        assertThat(keys(run)).containsExactly("in/a.csv");
        String job = "/v4/jobGroups/" + run.path("jobGroup").path("id");
        await().atMost(Duration.ofMinutes(3))
                .until(() -> API.get(job + "/status").text().equals("\"Complete\""));
        assertThat(API.get(job).json().path("ranfrom").asText()).isEqualTo("schedule");
        assertThat(S3.keys(bucket)).anyMatch(key -> key.startsWith("out/all_") && key.endsWith("/all.csv"));
        assertThat(runs(API, id).findValues("jobGroup").stream().filter(each -> !each.isNull()))
                .hasSize(1);
    }

    @Test
    void eachRunTakesInWhatIsNewAndSaysWhereNothingIs() {
        S3.put(bucket, "in/a.csv", bytes("1"));
        S3.put(bucket, "in/sub/b.csv", bytes("1"));
        long id = create(API, schedule(importSource(Map.of())));

        JsonNode first = run(API, id);
        JsonNode second = run(API, id);
        S3.put(bucket, "in/a.csv", bytes("2"));
        S3.put(bucket, "in/c.csv", bytes("1"));
        JsonNode third = run(API, id);

        assertThat(keys(first)).containsExactly("in/a.csv", "in/sub/b.csv");
        assertThat(second.path("importedDataset").isNull()).isTrue();
        assertThat(second.path("reason").asText()).isEqualTo("Nothing new");
        assertThat(keys(third)).containsExactly("in/a.csv", "in/c.csv");
        assertThat(third.path("newCount").asLong()).isEqualTo(1);
        assertThat(third.path("changedCount").asLong()).isEqualTo(1);
        assertThat(third.path("cause").asText()).isEqualTo("request");
    }

    @Test
    void aSnapshotThatRefreshesIsOneDatasetOfAllThatIsThere() {
        S3.put(bucket, "in/a.csv", bytes("1"));
        long id = create(API, schedule(importSource(Map.of("content", "snapshot", "dataset", "refresh"))));

        JsonNode first = run(API, id);
        S3.put(bucket, "in/b.csv", bytes("1"));
        JsonNode second = run(API, id);

        assertThat(second.path("importedDataset")).isEqualTo(first.path("importedDataset"));
        assertThat(keys(second)).containsExactly("in/a.csv", "in/b.csv");
        assertThat(API.get("/v4/schedules/" + id).json().path("importedDataset"))
                .isEqualTo(first.path("importedDataset"));
    }

    @Test
    void whatIsOfAnotherFormatIsLeftOutAndKeepsNoOther() {
        S3.put(bucket, "in/a.csv", bytes("1"));
        S3.put(bucket, "in/b.json", bytes("{}"));
        S3.put(bucket, "in/c.csv", bytes("1"));

        JsonNode run = run(API, create(API, schedule(importSource(Map.of()))));

        assertThat(keys(run)).containsExactly("in/a.csv", "in/c.csv");
        assertThat(run.path("leftOutCount").asLong()).isEqualTo(1);
        assertThat(run.path("leftOut").path(0).path("key").asText()).isEqualTo("in/b.json");
        assertThat(run.path("leftOut").path(0).path("reason").asText()).contains("JSON", "CSV");
    }

    @ParameterizedTest
    @ValueSource(strings = {"newObjects", "snapshot"})
    void whatIsOfAnotherStructureOrBrokenIsLeftOutAndKeepsNoOther(String content) {
        S3.put(bucket, "in/a.csv", bytes("day,amount\n2026-01-01,2\n2026-01-02,3\n"));
        S3.put(bucket, "in/b.csv", bytes("day,weight,amount\n2026-01-01,7,2\n"));
        S3.put(bucket, "in/c.csv", bytes("day,amount\n2026-01-03,2\n2026-01-04,3\n"));
        S3.put(bucket, "in/d.csv", new byte[] {'d', 'a', 'y', ',', 0, 0, 0, '\n', 0, 1, 2});
        S3.put(bucket, "in/e.csv", bytes("day,amount\n2026-01-05,2\n2026-01-06,3\n"));
        long id = create(API, schedule(importSource(Map.of("content", content))));

        JsonNode run = run(API, id);

        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("Complete");
        assertThat(keys(run)).containsExactly("in/a.csv", "in/c.csv", "in/e.csv");
        assertThat(run.path("leftOut").findValuesAsText("key")).containsExactly("in/b.csv", "in/d.csv");
        assertThat(run.path("leftOut").path(0).path("reason").asText()).contains("weight");
        assertThat(keys(run(API, id)))
                .as("what was left out before keeps none either")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"newObjects", "snapshot"})
    void filesThatNoneCanBeReadAsTheScheduleSaysAreKeptForARunThatCan(String content) {
        S3.put(bucket, "in/a.csv", bytes("id,name\nx,a\n"));
        S3.put(bucket, "in/b.csv", bytes("id,name\ny,b\n"));
        long id = create(API, schedule(reading(content, Map.of("columnTypes", Map.of("id", "BIGINT")))));

        JsonNode wrong = run(API, id);
        var put = API.put("/v4/schedules/" + id, schedule(reading(content, Map.of("columnTypes", Map.of()))));
        assertThat(put.status()).as(put.text()).isEqualTo(200);

        assertThat(wrong.path("status").asText()).as(wrong.toString()).isEqualTo("Failed");
        assertThat(wrong.path("reason").asText())
                .contains("importSource.source says (columnTypes)", "none of the 2 files", "in/a.csv", "in/b.csv");
        assertThat(wrong.path("leftOutCount").asLong()).isZero();
        assertThat(keys(run(API, id))).containsExactly("in/a.csv", "in/b.csv");
    }

    @Test
    void whatWasLeftOutForGoodIsTakenInOnceTheScheduleReadsIt() {
        S3.put(bucket, "in/a.csv", "id,name\n1,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        long id = create(API, schedule(reading("newObjects", Map.of())));

        JsonNode left = run(API, id);
        JsonNode unchanged = run(API, id);
        var body = schedule(reading("newObjects", Map.of("encoding", "windows-1252")));
        assertThat(API.put("/v4/schedules/" + id, body).status()).isEqualTo(200);

        assertThat(left.path("newCount").asLong()).isEqualTo(1);
        assertThat(left.path("reason").asText())
                .isEqualTo("Nothing of what is new was taken in; 1 object was left out: see leftOut");
        assertThat(left.path("leftOut").path(0).path("reason").asText()).contains("encoding=windows-1252");
        assertThat(unchanged.path("reason").asText()).isEqualTo("Nothing new");
        assertThat(keys(run(API, id))).containsExactly("in/a.csv");
    }

    @Test
    void aBrokenFileThatComesAloneIsLeftOutOnceOthersWereReadAsTheScheduleSays() {
        S3.put(bucket, "in/a.csv", bytes("id,name\n1,a\n"));
        long id = create(API, schedule(reading("newObjects", Map.of("encoding", "UTF-8", "header", true))));
        run(API, id);
        S3.put(bucket, "in/b.csv", new byte[] {'i', 'd', ',', (byte) 0xff, (byte) 0xfe, '\n'});

        JsonNode run = run(API, id);

        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("Complete");
        assertThat(run.path("leftOut").findValuesAsText("key")).containsExactly("in/b.csv");
    }

    private Map<String, Object> reading(String content, Map<String, Object> settings) {
        Map<String, Object> source =
                new HashMap<>(Map.of("uri", "s3://" + bucket + "/in/?connectionId=" + connection, "name", "What came"));
        source.putAll(settings);
        return importSource(Map.of("content", content, "source", source));
    }

    @Test
    void aSourceThatVariesIsMatchedAtEachRun() {
        S3.put(bucket, "in/2025/a.csv", bytes("1"));
        S3.put(bucket, "in/other/b.csv", bytes("1"));
        var source = Map.of(
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
        long id = create(
                API,
                schedule(
                        Map.of("importSource", Map.of("source", source, "content", "snapshot", "dataset", "refresh"))));

        JsonNode first = run(API, id);
        S3.put(bucket, "in/2026/c.csv", bytes("1"));
        JsonNode second = run(API, id);

        assertThat(keys(second)).containsExactly("in/2025/a.csv", "in/2026/c.csv");
        assertThat(second.path("importedDataset")).isEqualTo(first.path("importedDataset"));
    }

    @Test
    void resultsThatTheNextRunWouldTakeInAreRefused() {
        for (String path : List.of("in/results.csv", "in/deep/er/")) {
            var answer = API.post("/v4/schedules", schedule(importSource(Map.of()), writing(path)));

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("detail").asText())
                    .contains("tasks[1].runJob: overrides.writesettings[0].path leads to s3://" + bucket + "/" + path)
                    .contains("which is in the source, s3://" + bucket + "/in/");
        }
        for (String path : List.of("in/_results/a.csv", "inner/a.csv", "out/a.csv")) {
            create(API, schedule(importSource(Map.of()), writing(path)));
        }
    }

    private Map<String, Object> writing(String path) {
        Map<String, Object> setting = Map.of(
                "path",
                "s3://" + bucket + "/" + path + "?connectionId=" + connection,
                "format",
                "csv",
                "action",
                "create");
        return Map.of("runJob", Map.of("overrides", Map.of("writesettings", List.of(setting))));
    }

    @Test
    void foldersThatAreBeingWrittenToWait() {
        S3.put(bucket, "in/a.csv", bytes("1"));

        JsonNode run = run(API, create(API, schedule(importSource(Map.of("quietSeconds", 3600)))));

        assertThat(run.path("waitingCount").asLong()).isEqualTo(1);
        assertThat(run.path("importedDataset").isNull()).isTrue();
        assertThat(run.path("reason").asText()).contains("1 object waits until nothing was written to its folder");
    }

    @Test
    void whoeverMayNotUseTheConnectionAnyMoreHasTheScheduleToldAndPaused() {
        var member = newMember();
        var theirs = new Api(WHARF.api(), member.token());
        var share = Map.of(
                "data", List.of(Map.of("person", Map.of("id", member.personId()), "policyTag", "connection_viewer")));
        assertThat(API.post("/v4/connections/" + connection + "/permissions", share)
                        .status())
                .isEqualTo(201);
        S3.put(bucket, "in/a.csv", bytes("1"));
        long id = create(theirs, schedule(importSource(Map.of())));
        assertThat(run(theirs, id).path("status").asText()).isEqualTo("Complete");

        API.delete("/v4/connections/" + connection + "/permissions/" + member.personId());
        JsonNode run = run(theirs, id);

        assertThat(run.path("status").asText()).isEqualTo("Failed");
        JsonNode paused = theirs.get("/v4/schedules/" + id).json();
        assertThat(paused.path("enabled").asBoolean()).isFalse();
        assertThat(paused.path("pausedReason").asText()).contains("There is no connection " + connection);
        assertThat(paused.path("nextRunAt").isNull()).isTrue();

        API.post("/v4/connections/" + connection + "/permissions", share);
        assertThat(put(theirs, "/v4/schedules/" + id + "/enable").status()).isEqualTo(200);
        assertThat(run(theirs, id).path("status").asText()).isEqualTo("Complete");
        assertThat(theirs.get("/v4/schedules/" + id).json().path("pausedReason").isNull())
                .isTrue();
    }

    @Test
    void theScheduleOfAnOwnerWhoIsDisabledPausesAndSaysSo() {
        var owner = newMember();
        var theirs = new Api(WHARF.api(), owner.token());
        S3.put(bucket, "in/a.csv", bytes("1"));
        var body = schedule(Map.of(
                "importSource",
                Map.of(
                        "source",
                        Map.of(
                                "uri",
                                "s3://" + bucket + "/in/?connectionId=" + newConnection(theirs, bucket),
                                "name",
                                "n"))));
        body.put("triggers", List.of(at("* * * * * *")));
        long id = create(theirs, body);
        assertThat(awaitRun(API, id, 1).path("status").asText()).isEqualTo("Complete");

        assertThat(API.patch("/v4/workspaces/current/people/" + owner.personId(), Map.of("isDisabled", true))
                        .status())
                .isEqualTo(200);
        JsonNode paused = await().atMost(Duration.ofMinutes(2))
                .until(() -> API.get("/v4/schedules/" + id).json(), shown -> !shown.path("enabled")
                        .asBoolean());

        String reason = "The schedule's owner is no member of the workspace any more, or was disabled";
        assertThat(paused.path("pausedReason").asText()).isEqualTo(reason);
        assertThat(paused.path("nextRunAt").isNull()).isTrue();
        JsonNode last = runs(API, id).path(0);
        assertThat(last.path("status").asText()).isEqualTo("Failed");
        assertThat(last.path("reason").asText()).isEqualTo(reason);
    }

    @Test
    void archivedObjectsAreLeftOutAndTakenInOnceTheyAreRestored() {
        try (var store = StubS3.start("archive")) {
            for (String key : List.of("in/a.csv", "in/cold.csv", "in/z.csv")) {
                store.put("archive", key, bytes("id,name\n1,a\n"));
            }
            store.archive("archive", "in/cold.csv", "GLACIER");
            long id = create(API, schedule(importing(store, "archive")));

            JsonNode first = run(API, id);
            store.restored("archive", "in/cold.csv", Instant.now().plus(Duration.ofDays(1)));
            JsonNode second = run(API, id);

            assertThat(keys(first)).containsExactly("in/a.csv", "in/z.csv");
            assertThat(first.path("leftOut").path(0).path("key").asText()).isEqualTo("in/cold.csv");
            assertThat(first.path("leftOut").path(0).path("reason").asText())
                    .isEqualTo("It is archived; once it is restored, it is taken in");
            assertThat(keys(second)).containsExactly("in/cold.csv");
        }
    }

    @Test
    void anObjectThatGoesWhileItIsReadKeepsNoOther() {
        try (var store = StubS3.start("going")) {
            for (String key : List.of("in/a.csv", "in/b.csv", "in/c.csv")) {
                store.put("going", key, bytes("id,name\n1,a\n"));
            }
            store.on("GET", "in/b.csv").answer(404, "NoSuchKey").always();
            long id = create(API, schedule(importing(store, "going")));

            JsonNode run = run(API, id);

            assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("Complete");
            assertThat(keys(run)).containsExactly("in/a.csv", "in/c.csv");
            assertThat(run.path("leftOut").findValuesAsText("key")).containsExactly("in/b.csv");
        }
    }

    private Map<String, Object> importing(StubS3 store, String bucket) {
        return Map.of(
                "importSource",
                Map.of(
                        "source",
                        Map.of(
                                "uri",
                                "s3://" + bucket + "/in/?connectionId=" + newConnection(store.endpoint(), null),
                                "name",
                                "n")));
    }

    @Test
    void failuresInARowPauseIt() {
        var body = schedule(importSource(Map.of()));
        body.put("pauseAfter", 2);
        body.put(
                "tasks",
                List.of(Map.of(
                        "importSource",
                        Map.of(
                                "source",
                                Map.of(
                                        "uri",
                                        "s3://no-such-" + bucket.substring(5) + "/in/?connectionId=" + connection,
                                        "name",
                                        "n")))));
        long id = create(API, body);

        run(API, id);
        assertThat(API.get("/v4/schedules/" + id).json().path("enabled").asBoolean())
                .isTrue();
        run(API, id);

        assertThat(API.get("/v4/schedules/" + id).json().path("pausedReason").asText())
                .startsWith("2 runs in a row have failed, the last one: ");
    }

    @Test
    void whatIsWrongIsToldByItsField() {
        var body = schedule(importSource(Map.of("content", "all", "quietSeconds", 0)));
        body.put("triggers", List.of(at("0 0 30 2 *")));
        body.put("missed", "never");
        body.put("name", " ");
        assertThat(API.tolerated().post("/v4/schedules", body).text())
                .contains(
                        "name must have",
                        "triggers[0].timeBased.cron.expression never comes",
                        "missed must be catchUp or skip");
        assertThat(API.tolerated()
                        .post("/v4/schedules", schedule(importSource(Map.of("quietSeconds", 0))))
                        .text())
                .contains("tasks[0].importSource.quietSeconds must be a whole number of seconds from 1");
        for (var trigger : List.of(
                at("99 * * * banana"),
                at("0 0 30 2 *"),
                Map.of("timeBased", Map.of("cron", Map.of("expression", YEARLY), "timezone", "Mars/Olympus")))) {
            var when = schedule(importSource(Map.of()));
            when.put("triggers", List.of(trigger));
            var saved = API.post("/v4/schedules", when);
            var checked = API.post("/v4/schedules/dryRun", when);
            assertThat(checked.status()).isEqualTo(400);
            assertThat(checked.json().path("detail")).isEqualTo(saved.json().path("detail"));
        }
        var before = API.get("/v4/schedules/count").text();
        var sound = API.post("/v4/schedules/dryRun", schedule(importSource(Map.of())));
        assertThat(sound.status()).as(sound.text()).isEqualTo(200);
        assertThat(sound.json().path("nextRunAt").asText()).endsWith("Z");
        assertThat(API.get("/v4/schedules/count").text()).isEqualTo(before);
        assertThat(API.post("/v4/schedules/dryRun?scheduleId=99999", schedule(importSource(Map.of())))
                        .status())
                .isEqualTo(404);
        var elsewhere = schedule(Map.of(
                "importSource", Map.of("source", Map.of("uri", "s3://b-b-b/x/?connectionId=99999", "name", "n"))));
        var refused = API.post("/v4/schedules", elsewhere);
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text()).contains("tasks[0].importSource.source: There is no connection 99999");
        var nameless = schedule(Map.of("importSource", Map.of("source", Map.of("uri", "s3://b-b-b/x/"))));
        assertThat(API.post("/v4/schedules", nameless).text()).contains("tasks[0].importSource.source: name must have");
        var badJob =
                schedule(importSource(Map.of()), Map.of("runJob", Map.of("overrides", Map.of("execution", "spark"))));
        for (String path : List.of("/v4/schedules", "/v4/schedules/dryRun")) {
            assertThat(API.post(path, badJob).text()).contains("tasks[1].runJob: overrides.execution must be");
        }
    }

    @Test
    void aScheduleIsListedCountedReplacedRestedAndDeleted() {
        long id = create(API, schedule(importSource(Map.of())));
        JsonNode shown = API.get("/v4/schedules/" + id).json();
        assertThat(shown.path("nextRunAt").asText()).endsWith("-12-31T23:00:00.000Z");
        assertThat(API.get("/v4/schedules?filter=partner&sort=-id&limit=1")
                        .json()
                        .path("data")
                        .path(0))
                .isEqualTo(shown);
        assertThat(API.get("/v4/schedules/count").json().path("count").asLong()).isPositive();

        assertThat(put(API, "/v4/schedules/" + id + "/disable").status()).isEqualTo(200);
        assertThat(API.get("/v4/schedules/" + id).json().path("nextRunAt").isNull())
                .isTrue();
        var back = API.tolerated()
                .put(
                        "/v4/schedules/" + id,
                        Map.of(
                                "id",
                                id,
                                "name",
                                "Other",
                                "triggers",
                                List.of(at("0 0 2 1 *")),
                                "tasks",
                                List.of(importSource(Map.of()))));
        assertThat(back.status()).as(back.text()).isEqualTo(200);
        JsonNode replaced = API.get("/v4/schedules/" + id).json();
        assertThat(replaced.path("name").asText()).isEqualTo("Other");
        assertThat(replaced.path("nextRunAt").asText()).endsWith("-01-01T23:00:00.000Z");

        assertThat(API.delete("/v4/schedules/" + id).status()).isEqualTo(204);
        assertThat(API.get("/v4/schedules/" + id).status()).isEqualTo(410);
        assertThat(API.get("/v4/auditEvents?limit=100").json().path("data").findValuesAsText("operation"))
                .contains("createSchedule", "disableSchedule", "updateSchedule", "deleteSchedule");
    }

    @Test
    void othersSeeNothingAndAnAdministratorMayStopWhatIsNotTheirs() {
        var member = newMember();
        var theirs = new Api(WHARF.api(), member.token());
        long mine = create(API, schedule(importSource(Map.of())));
        assertThat(theirs.get("/v4/schedules/" + mine).status()).isEqualTo(404);
        assertThat(theirs.get("/v4/schedules").json().path("data")).isEmpty();

        long connectionOfTheirs = newConnection(theirs, bucket);
        var body = schedule(Map.of(
                "importSource",
                Map.of(
                        "source",
                        Map.of("uri", "s3://" + bucket + "/in/?connectionId=" + connectionOfTheirs, "name", "n"))));
        long other = create(theirs, body);
        assertThat(put(API, "/v4/schedules/" + other + "/disable").status()).isEqualTo(200);
        assertThat(put(API, "/v4/schedules/" + other + "/enable").status()).isEqualTo(403);
        assertThat(API.put("/v4/schedules/" + other, body).status()).isEqualTo(403);
        assertThat(API.send(API.request("/v4/schedules/" + other + "/run").POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(403);
    }
}
