package dev.wharf.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Profiles of jobs, from the request to whoever reads them. */
class ProfiledJobsTest extends WharfTest {
    private static final String ROWS = "id,city\n1,Berlin\n2,Berlin\n3,\nx,Rome\n5,Berlin\n6,Oslo\n";
    private static final List<String> FILES =
            List.of("columnTypes", "profilerRules", "profilerTypeCheckHistograms", "profilerValidValueHistograms");

    private final String bucket = newBucket();
    private final long connection = newConnection(null);

    @BeforeEach
    void source() {
        S3.put(bucket, "in/orders.csv", ROWS.getBytes(UTF_8));
    }

    private String uri(String key) {
        return "s3://" + bucket + "/" + key + "?connectionId=" + connection;
    }

    private long dataset(String uri) {
        return API.post("/v4/importedDatasets", Map.of("uri", uri, "name", "orders"))
                .json()
                .path("id")
                .asLong();
    }

    private JsonNode start(long dataset, boolean profiler, String... files) {
        var settings = List.of(files).stream()
                .map(file ->
                        Map.of("path", uri(file), "action", "create", "format", file.endsWith("json") ? "json" : "csv"))
                .toList();
        return API.post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", dataset),
                                "overrides",
                                Map.of("profiler", profiler, "writesettings", settings)))
                .json();
    }

    private static void awaitEnd(long job, String status) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        API.get("/v4/jobGroups/" + job + "/status").text())
                .isEqualTo("\"" + status + "\""));
    }

    @Test
    void aProfileIsAnsweredAndLiesHiddenBesideEachResultUnderTheSameManifest() throws Exception {
        JsonNode started = start(dataset(uri("in/orders.csv")), true, "out/a.csv", "other/b.json");
        long job = started.path("id").asLong();
        awaitEnd(job, "Complete");

        JsonNode profile = API.get("/v4/jobGroups/" + job + "/profile").json();
        assertThat(profile.at("/columnTypes/id").toString()).isEqualTo("[\"Integer\",\"BIGINT\"]");
        assertThat(profile.at("/profilerTypeCheckHistograms/id").toString())
                .isEqualTo(
                        "[{\"key\":\"VALID\",\"count\":5},{\"key\":\"INVALID\",\"count\":1},{\"key\":\"EMPTY\",\"count\":0}]");
        assertThat(profile.at("/profilerTypeCheckHistograms/city/2/count").asLong())
                .isEqualTo(1);
        assertThat(profile.at("/profilerValidValueHistograms/id/mean").asDouble())
                .isEqualTo(3.4);
        assertThat(profile.at("/profilerValidValueHistograms/id/quartiles/q2").isNumber())
                .isTrue();
        assertThat(profile.at("/profilerValidValueHistograms/city/topk/0").toString())
                .isEqualTo("{\"key\":\"Berlin\",\"count\":3}");

        for (var result : Map.of("out/a_" + job + "/", "a.csv", "other/b_" + job + "/", "b.json")
                .entrySet()) {
            var expected = new TreeSet<String>();
            FILES.forEach(file -> expected.add(result.getKey() + ".profiler/" + file + ".json"));
            for (var file : FILES) {
                assertThat(Json.read(
                                new String(S3.get(bucket, result.getKey() + ".profiler/" + file + ".json"), UTF_8),
                                JsonNode.class))
                        .isEqualTo(profile.path(file));
            }
            expected.add(result.getKey() + result.getValue());
            var manifest = Json.read(new String(S3.get(bucket, result.getKey() + "_SUCCESS"), UTF_8), JsonNode.class);
            var named = new TreeSet<String>();
            manifest.path("files").forEach(file -> named.add(file.path("key").asText()));
            assertThat(named).isEqualTo(expected);
            expected.add(result.getKey() + "_SUCCESS");
            assertThat(S3.keys(bucket))
                    .filteredOn(key -> key.startsWith(result.getKey()))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void theProfileIsAJobOfItsGroupAndNoResult() {
        JsonNode started = start(dataset(uri("in/orders.csv")), true, "out/a.csv");
        long job = started.path("id").asLong();
        assertThat(started.at("/jobs/data")).hasSize(3);
        assertThat(started.at("/jobGraph/edges")).hasSize(2);
        awaitEnd(job, "Complete");

        JsonNode group = API.get("/v4/jobGroups/" + job + "?embed=jobs").json();
        assertThat(group.path("profilingEnabled").asBoolean()).isTrue();
        assertThat(group.path("warning").isNull()).isTrue();
        assertThat(group.at("/jobs/data/1/jobType").asText()).isEqualTo("profile");
        assertThat(group.at("/jobs/data/1/status").asText()).isEqualTo("Complete");
        assertThat(group.at("/jobs/data/1/percentComplete").asLong()).isEqualTo(100);
        assertThat(API.get("/v4/jobGroups/" + job + "/outputs").json().path("files"))
                .hasSize(1);
        assertThat(API.get("/v4/jobGroups/" + job + "/progress")
                        .json()
                        .at("/files/total")
                        .asLong())
                .isEqualTo(1);
        long results = 0;
        for (var each : API.get("/v4/jobGroups/" + job + "?embed=jobs.scriptResults")
                .json()
                .at("/jobs/data")) {
            results += each.at("/scriptResults/data").size();
        }
        assertThat(results).isEqualTo(1);
    }

    @Test
    void theFolderOfAJobIsImportedWithoutItsProfile() {
        long job = start(dataset(uri("in/orders.csv")), true, "out/a.csv")
                .path("id")
                .asLong();
        awaitEnd(job, "Complete");

        JsonNode imported = API.post("/v4/importedDatasets", Map.of("uri", uri("out/a_" + job + "/"), "name", "again"))
                .json();

        assertThat(imported.path("fileCount").asLong()).isEqualTo(1);
    }

    @Test
    void aJobWithoutAProfileSaysHowToAskForOne() {
        long job = start(dataset(uri("in/orders.csv")), false, "out/a.csv")
                .path("id")
                .asLong();

        var answer = API.get("/v4/jobGroups/" + job + "/profile");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/exception/name").asText()).isEqualTo("ProfilingDataNotFoundException");
        assertThat(answer.text()).contains("profiler");
        assertThat(API.get("/v4/jobGroups/" + job)
                        .json()
                        .path("profilingEnabled")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whoeverMayNotReadTheResultsMayNotReadTheProfile() {
        long job = start(dataset(uri("in/orders.csv")), true, "out/a.csv")
                .path("id")
                .asLong();
        awaitEnd(job, "Complete");

        assertThat(API.as(newMember().token())
                        .get("/v4/jobGroups/" + job + "/profile")
                        .status())
                .isEqualTo(404);
        API.delete("/v4/importedDatasets/"
                + API.get("/v4/jobGroups/" + job)
                        .json()
                        .at("/wrangledDataset/id")
                        .asLong());
        assertThat(API.delete("/v4/connections/" + connection).status()).isEqualTo(204);
        assertThat(API.get("/v4/jobGroups/" + job + "/profile").status()).isBetween(400, 410);
    }

    @Test
    void aProfileThatWasChangedSinceIsRefused() {
        long job = start(dataset(uri("in/orders.csv")), true, "out/a.csv")
                .path("id")
                .asLong();
        awaitEnd(job, "Complete");
        S3.put(bucket, "out/a_" + job + "/.profiler/columnTypes.json", "{\"other\":[]}".getBytes(UTF_8));

        var answer = API.get("/v4/jobGroups/" + job + "/profile");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("columnTypes.json");
    }

    @Test
    void whatARecipesOutputSaysCountsUnlessTheJobSaysOtherwise() {
        long flow = API.post("/v4/flows", Map.of("name", "profiled"))
                .json()
                .path("id")
                .asLong();
        long recipe = API.post(
                        "/v4/wrangledDatasets",
                        Map.of(
                                "importedDataset",
                                Map.of("id", dataset(uri("in/orders.csv"))),
                                "flow",
                                Map.of("id", flow),
                                "name",
                                "r"))
                .json()
                .path("id")
                .asLong();
        API.post(
                "/v4/outputObjects",
                Map.of(
                        "flowNodeId",
                        recipe,
                        "execution",
                        "photon",
                        "profiler",
                        true,
                        "writeSettings",
                        List.of(Map.of("path", uri("out/saved.csv"), "action", "create", "format", "csv"))));

        assertThat(profiled(Map.of("wrangledDataset", Map.of("id", recipe)))).isTrue();
        assertThat(profiled(Map.of("wrangledDataset", Map.of("id", recipe), "overrides", Map.of("profiler", false))))
                .isFalse();
        long run = API.post("/v4/flows/" + flow + "/run", "{}")
                .json()
                .at("/data/0/id")
                .asLong();
        assertThat(API.get("/v4/jobGroups/" + run)
                        .json()
                        .path("profilingEnabled")
                        .asBoolean())
                .isTrue();
    }

    private static boolean profiled(Map<String, Object> request) {
        long job = API.post("/v4/jobGroups", request).json().path("id").asLong();
        return API.get("/v4/jobGroups/" + job).json().path("profilingEnabled").asBoolean();
    }

    @Test
    void aPathBesideWhichAProfileHasNoRoomIsRefused() {
        String file =
                "f".repeat(250) + "/" + "g".repeat(250) + "/" + "h".repeat(250) + "/" + "i".repeat(210) + "/o.csv";

        var answer = API.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", dataset(uri("in/orders.csv"))),
                        "overrides",
                        Map.of(
                                "profiler",
                                true,
                                "writesettings",
                                List.of(Map.of("path", uri(file), "action", "create", "format", "csv")))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("too long");
    }
}
