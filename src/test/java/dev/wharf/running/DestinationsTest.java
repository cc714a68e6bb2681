package dev.wharf.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths to which results go that vary from run to run. */
class DestinationsTest extends WharfTest {
    private final String bucket = newBucket();
    private final long connection = newConnection(null);

    private static JsonNode created(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String refused(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        return answer.json().path("detail").asText();
    }

    private static void complete(long job) {
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> API.get("/v4/jobGroups/" + job + "/status").text(),
                        status -> List.of("\"Complete\"", "\"Failed\"").contains(status));
        JsonNode group = API.get("/v4/jobGroups/" + job).json();
        assertThat(group.path("status").asText()).as(group.toString()).isEqualTo("Complete");
    }

    private long newDataset() {
        S3.put(bucket, "in/a.csv", "name\na\n".getBytes(UTF_8));
        return created(API.post(
                        "/v4/importedDatasets",
                        Map.of("name", "a", "uri", "s3://" + bucket + "/in/a.csv?connectionId=" + connection)))
                .path("id")
                .asLong();
    }

    private static Map<String, Object> parameter(String key, int index, int order, Map<String, ?> value) {
        return Map.of(
                "type",
                "path",
                "overrideKey",
                key,
                "insertionIndices",
                List.of(Map.of("index", index, "order", order)),
                "value",
                value);
    }

    private static Map<String, ?> variable(String value) {
        return Map.of("variable", Map.of("value", value));
    }

    private static Map<String, ?> timestamp(String format) {
        return Map.of("timestamp", Map.of("format", format, "timezone", "Europe/Berlin"));
    }

    /** A write setting; the parameters stand for the {@code <>} of the key, in order. */
    private Map<String, Object> setting(String key, Object... keysAndValues) {
        String path = "s3://" + bucket + "/" + key;
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            int index = path.indexOf("<>");
            path = path.substring(0, index) + path.substring(index + 2);
            @SuppressWarnings("unchecked")
            var value = (Map<String, ?>) keysAndValues[i + 1];
            parameters.add(parameter((String) keysAndValues[i], index, i, value));
        }
        Map<String, Object> setting = new LinkedHashMap<>(Map.of(
                "path", path + "?connectionId=" + connection, "action", "create", "format", "csv", "header", true));
        setting.put("suffix", "_increment");
        if (!parameters.isEmpty()) {
            setting.put("runParameters", parameters);
        }
        return setting;
    }

    private static Map<String, Object> said(String referenceDate, String... keysAndValues) {
        Map<String, Object> said = new HashMap<>();
        if (referenceDate != null) {
            said.put("referenceDate", referenceDate);
        }
        List<Map<String, String>> data = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            data.add(Map.of("key", keysAndValues[i], "value", keysAndValues[i + 1]));
        }
        said.put("overrides", Map.of("data", data));
        return said;
    }

    private Api.Answer start(long dataset, Map<String, Object> said, List<?> settings) {
        Map<String, Object> body = new HashMap<>(
                Map.of("wrangledDataset", Map.of("id", dataset), "overrides", Map.of("writesettings", settings)));
        if (said != null) {
            body.put("runParameters", said);
        }
        return API.post("/v4/jobGroups", body);
    }

    @Test
    void resultsGoWhereTheRunsDateAndValuesSayAndTheJobShowsIt() {
        long dataset = newDataset();

        long job = created(start(
                        dataset,
                        said("2024-12-31T23:30:00Z", "land", "fr"),
                        List.of(setting("out/<>/<>.csv", "day", timestamp("yyyy/MM/dd"), "land", variable("de")))))
                .path("id")
                .asLong();

        complete(job);
        assertThat(S3.get(bucket, "out/2025/01/01/fr_" + job + "/fr.csv"))
                .asString(UTF_8)
                .isEqualTo("name\na\n");
        JsonNode shown = API.get("/v4/jobGroups/" + job).json();
        assertThat(shown.path("runParameterReferenceDate").asText()).isEqualTo("2024-12-31T23:30:00.000Z");
        assertThat(API.get("/v4/jobGroups/" + job + "?embed=writeSettings")
                        .json()
                        .path("writeSettings")
                        .path("data")
                        .path(0)
                        .path("path")
                        .asText())
                .isEqualTo("s3://" + bucket + "/out/2025/01/01/fr.csv?connectionId=" + connection);
        assertThat(API.get("/v4/jobGroups/" + job + "/outputs")
                        .json()
                        .path("files")
                        .path(0)
                        .path("uri")
                        .asText())
                .isEqualTo("s3://" + bucket + "/out/2025/01/01/fr_" + job + "/fr.csv?connectionId=" + connection);
    }

    @Test
    void twoResultsThatMeetForTheRunsValuesAreRefusedBeforeAnythingIsRead() {
        long dataset = newDataset();
        var settings =
                List.of(setting("out/<>.csv", "left", variable("a")), setting("out/<>.csv", "right", variable("b")));

        assertThat(refused(start(dataset, said(null, "left", "b"), settings)))
                .isEqualTo("The results of the job go to s3://" + bucket
                        + "/out/b.csv twice; every result needs a place of its own");
        assertThat(refused(start(
                        dataset,
                        null,
                        List.of(
                                setting("out/x.csv"),
                                Map.of(
                                        "path",
                                        "s3://" + bucket + "/out/x.csv?connectionId=" + newConnection(null),
                                        "action",
                                        "create",
                                        "format",
                                        "csv")))))
                .as("two connections may lead to one bucket")
                .contains("go to s3://" + bucket + "/out/x.csv twice");
        complete(created(start(dataset, said(null, "left", "c"), settings))
                .path("id")
                .asLong());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "land|a/b|runParameters.overrides.data[0].value",
                "land|x.json|path comes to s3://",
                "lnad|fr|runParameters.overrides.data[0].key is \"lnad\"",
            })
    void whatARunSaysIsCheckedAgainstWhatComesOfIt(String key, String value, String why) {
        var settings = List.of(setting("out/<>", "land", variable("de.csv")));

        assertThat(refused(start(newDataset(), said(null, key, value), settings)))
                .startsWith(why);
    }

    @Test
    void aRunCannotLeadResultsIntoTheUploads() {
        var setting = new HashMap<>(setting("x"));
        setting.put("path", "s3://wharf//uploads/x.csv");
        setting.put("runParameters", List.of(parameter("folder", 11, 0, variable("results"))));

        assertThat(refused(start(newDataset(), said(null, "folder", "trifacta"), List.of(setting))))
                .contains("uploads");
    }

    @Test
    void aPathIsText() {
        var settings = List.of(setting("out/a\0b.csv"));

        assertThat(refused(start(newDataset(), null, settings)))
                .startsWith("path must be text")
                .endsWith("(overrides.writesettings[0])");
    }

    @Test
    void theSameRequestUnderItsExecutionIdIsTheSameJobAlsoAtAnotherTime() {
        var body = Map.of(
                "wrangledDataset",
                Map.of("id", newDataset()),
                "overrides",
                Map.of("writesettings", List.of(setting("out/<>.csv", "now", timestamp("HHmmss'.'SSS")))));
        String id = UUID.randomUUID().toString();
        for (int expected : List.of(201, 304)) {
            assertThat(API.send(API.request("/v4/jobGroups")
                                    .header("content-type", "application/json")
                                    .header("x-execution-id", id)
                                    .POST(BodyPublishers.ofString(Json.write(body))))
                            .status())
                    .isEqualTo(expected);
        }
    }

    private long newFlow() {
        return created(API.post("/v4/flows", Map.of("name", "flow " + UUID.randomUUID())))
                .path("id")
                .asLong();
    }

    private long newRecipe(long flow, String name, long dataset) {
        return created(API.post(
                        "/v4/wrangledDatasets",
                        Map.of("importedDataset", Map.of("id", dataset), "flow", Map.of("id", flow), "name", name)))
                .path("id")
                .asLong();
    }

    private static long newOutput(long recipe, List<?> settings) {
        return created(API.post("/v4/outputObjects", Map.of("flowNodeId", recipe, "writeSettings", settings)))
                .path("id")
                .asLong();
    }

    @Test
    void aFlowsRunTellsEachJobWhatIsSaidOfItsParametersAtOneMoment() {
        long flow = newFlow();
        newOutput(
                newRecipe(flow, "one", newDataset()),
                List.of(setting("one/<>/<>.csv", "at", timestamp("HHmmssSSS"), "land", variable("de"))));
        newOutput(
                newRecipe(flow, "two", newDataset()),
                List.of(setting("two/<>/<>.csv", "at", timestamp("HHmmssSSS"), "town", variable("rome"))));
        newOutput(newRecipe(flow, "three", newDataset()), List.of(setting("three/x.csv")));
        String path = "/v4/flows/" + flow + "/run";

        JsonNode run = created(API.post(path, Map.of("runParameters", said(null, "land", "fr"))));

        run.path("data").forEach(job -> complete(job.path("id").asLong()));
        long one = run.path("data").path(0).path("id").asLong();
        long two = run.path("data").path(1).path("id").asLong();
        List<String> keys = S3.keys(bucket);
        String first = keys.stream()
                .filter(key -> key.startsWith("one/") && key.endsWith("/fr_" + one + "/fr.csv"))
                .findFirst()
                .orElseThrow();
        assertThat(keys).contains(first.replaceFirst("^one/(\\d+)/.*", "two/$1/rome_" + two + "/rome.csv"));
        assertThat(refused(API.post(path, Map.of("runParameters", said(null, "lnd", "fr")))))
                .startsWith("runParameters.overrides.data[0].key is \"lnd\"")
                .contains("land");
    }

    @Test
    void aSavedSettingIsShownAsItWasSentAndItsParametersBelongToItsPath() {
        long output = newOutput(newRecipe(newFlow(), "r", newDataset()), List.of());
        var sent = new HashMap<>(setting("out/<>.csv", "land", variable("de")));
        sent.put("outputObjectId", output);
        long id = created(API.post("/v4/writeSettings", sent)).path("id").asLong();
        String path = "/v4/writeSettings/" + id;

        JsonNode shown = API.get(path).json();

        assertThat(shown.path("path").asText()).isEqualTo(sent.get("path"));
        assertThat(shown.path("suffix").asText()).isEqualTo("_increment");
        assertThat(shown.path("runParameters")
                        .path("data")
                        .path(0)
                        .path("overrideKey")
                        .asText())
                .isEqualTo("land");
        assertThat(API.tolerated().put(path, shown).status()).isEqualTo(200);
        assertThat(API.get(path).json().path("runParameters")).isEqualTo(shown.path("runParameters"));
        assertThat(API.patch(path, Map.of("header", false)).status()).isEqualTo(200);
        assertThat(API.get(path).json().path("runParameters")).isEqualTo(shown.path("runParameters"));
        assertThat(API.patch(path, Map.of("path", setting("other.csv").get("path")))
                        .status())
                .isEqualTo(200);
        assertThat(API.get(path).json().path("runParameters").path("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "out/<>|a.json|path ends in .json",
                "out/<>.csv|a/b|runParameters[0].value.variable.value",
                "<>|_SUCCESS|_SUCCESS",
            })
    void aSavedSettingIsCheckedWithItsDefaults(String key, String byDefault, String why) {
        long output = newOutput(newRecipe(newFlow(), "r", newDataset()), List.of());
        var sent = new HashMap<>(setting(key, "v", variable(byDefault)));
        sent.put("outputObjectId", output);

        assertThat(refused(API.post("/v4/writeSettings", sent))).contains(why);
        assertThat(refused(API.patch("/v4/outputObjects/" + output, Map.of("writeSettings", List.of(sent)))))
                .contains(why);
    }

    @Test
    void settingsThatMeetOnNoDayButSomeAreSavedAndThoseThatAlwaysMeetAreNot() {
        long recipe = newRecipe(newFlow(), "r", newDataset());

        newOutput(
                recipe,
                List.of(setting("out/<>.csv", "a", timestamp("MM")), setting("out/<>.csv", "a", timestamp("dd"))));

        assertThat(refused(API.post(
                        "/v4/outputObjects",
                        Map.of(
                                "flowNodeId",
                                newRecipe(newFlow(), "s", newDataset()),
                                "writeSettings",
                                List.of(
                                        setting("out/<>.csv", "a", timestamp("MM")),
                                        setting("out/<>.csv", "b", timestamp("MM")))))))
                .startsWith("writeSettings go to s3://");
    }
}
