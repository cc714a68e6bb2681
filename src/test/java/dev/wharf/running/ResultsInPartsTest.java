package dev.wharf.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results of several part files, where an administrator allows them. */
class ResultsInPartsTest extends WharfTest {
    private final String bucket = newBucket();

    @BeforeEach
    void source() {
        var rows = new StringBuilder("n,text\n");
        for (int n = 0; n < 60_000; n++) {
            rows.append(n)
                    .append(",a text that is of some length, as texts are, and never twice ")
                    .append(n * 7L)
                    .append('\n');
        }
        S3.put(bucket, "in/rows.csv", rows.toString().replace(", ", " ").getBytes(UTF_8));
    }

    private Api.Answer start(Api api, String file, String format, Boolean single) {
        String place = "s3://" + bucket + "/%s?connectionId=" + newConnection(api, null);
        long dataset = api.post("/v4/importedDatasets", Map.of("uri", place.formatted("in/rows.csv"), "name", "rows"))
                .json()
                .path("id")
                .asLong();
        Map<String, Object> setting = new LinkedHashMap<>(Map.of(
                "path", place.formatted(file), "action", "create", "format", format, "header", format.equals("csv")));
        if (single != null) {
            setting.put("asSingleFile", single);
        }
        return api.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", dataset),
                        "overrides",
                        Map.of("writesettings", List.of(setting))));
    }

    private long complete(Api api, Api.Answer started) {
        long job = started.json().path("id").asLong();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        api.get("/v4/jobGroups/" + job).json().path("status").asText())
                .isEqualTo("Complete"));
        return job;
    }

    private List<String> results(String folder) {
        return S3.keys(bucket).stream()
                .filter(key -> key.startsWith(folder))
                .map(key -> key.substring(folder.length()))
                .filter(name -> !name.equals("_SUCCESS"))
                .sorted()
                .toList();
    }

    @Test
    void partsAreListedEachUnderOneManifestAndAreImportedAsOneFolder() {
        try (var wharf = start(Map.of(
                "wharf.limits.multi-part-output", "true", "wharf.running.part-bytes", String.valueOf(1 << 20)))) {
            var api = new Api(wharf.api(), token(wharf));

            long job = complete(api, start(api, "out/rows.csv", "csv", false));

            String folder = "out/rows_" + job + "/";
            assertThat(results(folder)).hasSizeGreaterThan(3).startsWith("part-00000.csv", "part-00001.csv");
            var manifest = Json.read(new String(S3.get(bucket, folder + "_SUCCESS"), UTF_8), JsonNode.class);
            List<String> named = new ArrayList<>();
            manifest.path("files")
                    .forEach(file -> named.add(file.path("key").asText().substring(folder.length())));
            assertThat(named).isEqualTo(results(folder));
            List<String> uris = new ArrayList<>();
            api.get("/v4/jobGroups/" + job + "/outputs")
                    .json()
                    .path("files")
                    .forEach(file -> uris.add(file.path("uri").asText()));
            assertThat(uris).hasSameSizeAs(named).first().asString().contains(folder + "part-00000.csv");
            JsonNode group = api.get("/v4/jobGroups/" + job + "?embed=jobs.scriptResults")
                    .json();
            long last = group.at("/jobs/data/1/scriptResults/data/" + (named.size() - 1) + "/id")
                    .asLong();
            assertThat(api.get("/v4/scriptResults/" + last + "/download").text())
                    .startsWith("n,text\n");

            String all = uris.get(0).replace("part-00000.csv", "");
            JsonNode again = api.post("/v4/importedDatasets", Map.of("uri", all, "name", "again"))
                    .json();
            assertThat(again.path("fileCount").asLong()).isEqualTo(named.size());
            assertThat(results("out/rows_" + complete(api, start(api, "out/rows.csv", "csv", null)) + "/"))
                    .containsExactly("rows.csv");
            assertThat(results("out/rows_" + complete(api, start(api, "out/rows.pqt", "pqt", false)) + "/"))
                    .containsExactly("part-00000.pqt");
        }
    }

    @Test
    void withoutLeaveTextIsRefusedAndParquetIsOneFile() {
        var refused = start(API, "out/rows.csv", "csv", false);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText())
                .startsWith("asSingleFile must be true")
                .contains(bucket + "/out/rows.csv", "wharf.limits.multi-part-output=true");
        assertThat(results("out/rows_" + complete(API, start(API, "out/rows.pqt", "pqt", false)) + "/"))
                .containsExactly("rows.pqt");
    }

    @Test
    void theDatasetOfAnOutputIsItsPartsAndNothingElseInTheirFolder() {
        try (var wharf = start(Map.of(
                "wharf.limits.multi-part-output", "true", "wharf.running.part-bytes", String.valueOf(1 << 20)))) {
            var api = new Api(wharf.api(), token(wharf));
            String place = "s3://" + bucket + "/%s?connectionId=" + newConnection(api, null);
            long dataset = api.post(
                            "/v4/importedDatasets", Map.of("uri", place.formatted("in/rows.csv"), "name", "rows"))
                    .json()
                    .path("id")
                    .asLong();
            Api.Answer started = api.post(
                    "/v4/jobGroups",
                    Map.of(
                            "wrangledDataset",
                            Map.of("id", dataset),
                            "overrides",
                            Map.of("writesettings", List.of(parts(place, "csv"), parts(place, "json")))));
            long job = complete(api, started);
            String folder = "out/rows_" + job + "/";
            S3.put(bucket, folder + "more_1/part-00000.csv", "n,text\n1,a\n".getBytes(UTF_8));

            Api.Answer made = api.post("/v4/jobGroups/" + job + "/outputs/1/dataset", Map.of("name", "exactly"));

            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.json().path("fileCount").asLong())
                    .isEqualTo(results(folder).stream()
                            .filter(name -> name.matches("part-\\d+\\.csv"))
                            .count())
                    .isGreaterThan(1);
            S3.remove(bucket, folder + "part-00001.csv");
            Api.Answer refused = api.post("/v4/jobGroups/" + job + "/outputs/1/dataset", Map.of("name", "less"));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text()).contains(folder + "part-00001.csv is not there any more");
        }
    }

    private static Map<String, Object> parts(String place, String format) {
        return Map.of(
                "path",
                place.formatted("out/rows." + format),
                "action",
                "create",
                "format",
                format,
                "asSingleFile",
                false);
    }
}
