package dev.wharf.parameters.environment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables of a whole workspace, in the paths of what is read and of where results go. */
class EnvironmentParametersTest extends WharfTest {
    private static final String PATH = "/v4/environmentParameters";

    private final String bucket = newBucket();
    private final long connection = newConnection(null);
    private final String name = "env.x" + UUID.randomUUID().toString().substring(0, 8);

    private static JsonNode created(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }

    private static Map<String, Object> value(String value) {
        return Map.of("value", Map.of("variable", Map.of("value", value)));
    }

    private Map<String, Object> body(String value) {
        Map<String, Object> body = new HashMap<>(value(value));
        body.put("overrideKey", name);
        return body;
    }

    private String newParameter(String value) {
        return PATH + "/" + created(API.post(PATH, body(value))).path("id");
    }

    private Map<String, Object> named(int index) {
        return Map.of(
                "type",
                "path",
                "overrideKey",
                name,
                "insertionIndices",
                List.of(Map.of("index", index)),
                "value",
                Map.of("variable", Map.of("value", "")));
    }

    private Map<String, Object> dataset() {
        return Map.of(
                "name",
                "varies",
                "bucket",
                bucket,
                "connectionId",
                connection,
                "dynamicPath",
                "/in/.csv",
                "runParameters",
                List.of(named(4)));
    }

    private Map<String, Object> setting() {
        String folder = "s3://" + bucket + "/out/";
        return Map.of(
                "path",
                folder + ".csv?connectionId=" + connection,
                "action",
                "create",
                "format",
                "csv",
                "runParameters",
                List.of(named(folder.length())));
    }

    @Test
    void administratorsMakeAndChangeOneAndEverybodyReadsIt() {
        String parameter = newParameter("eu");
        Api other = API.as(newMember().token());

        JsonNode shown = other.get(parameter).json();

        assertThat(shown.path("overrideKey").asText()).isEqualTo(name);
        assertThat(shown.path("value").path("variable").path("value").asText()).isEqualTo("eu");
        assertThat(other.get(PATH + "?filter=" + name + "&filterType=exact&includeCount=true")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(other.get(PATH + "/count?filter=" + name + "&filterType=exact")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(refused(other.post(PATH, body("us")), 403)).contains("workspaceAdmin", "environment parameters");
        assertThat(refused(other.patch(parameter, value("us")), 403)).contains("workspaceAdmin");
        assertThat(refused(other.delete(parameter), 403)).contains("workspaceAdmin");
        assertThat(API.tolerated().put(parameter, shown).status()).isEqualTo(200);
        assertThat(API.patch(parameter, value("us")).status()).isEqualTo(200);
        assertThat(API.get(parameter)
                        .json()
                        .path("value")
                        .path("variable")
                        .path("value")
                        .asText())
                .isEqualTo("us");
        assertThat(API.delete(parameter).status()).isEqualTo(204);
        assertThat(refused(API.get(parameter), 404)).contains("environment parameter");
    }

    @Test
    void thereIsOneOfANameAndOneUnderAnExecutionId() {
        newParameter("eu");
        assertThat(refused(API.post(PATH, body("us")), 409)).contains(name, "PATCH");
        String id = UUID.randomUUID().toString();
        for (int expected : List.of(201, 304)) {
            assertThat(API.send(API.request(PATH)
                                    .header("content-type", "application/json")
                                    .header("x-execution-id", id)
                                    .POST(BodyPublishers.ofString("{\"overrideKey\":\"" + name
                                            + ".b\",\"value\":{\"variable\":{\"value\":\"\"}}}")))
                            .status())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"overrideKey\":\"region\",\"value\":{\"variable\":{\"value\":\"a\"}}}|overrideKey must be env.",
                "{\"overrideKey\":\"env.a/b\",\"value\":{\"variable\":{\"value\":\"a\"}}}|overrideKey must be env.",
                "{\"overrideKey\":\"env.a\"}|value is missing",
                "{\"value\":{\"variable\":{\"value\":\"a\"}}}|overrideKey is missing",
                "{\"overrideKey\":\"env.a\",\"value\":{\"variable\":{}}}|value.variable.value is missing",
                "{\"overrideKey\":\"env.a\",\"value\":{\"selector\":{}}}|value.selector is not known here",
                "{\"overrideKey\":\"env.a\",\"value\":{\"variable\":{\"value\":\"a\\u0000\"}}}|value.variable.value",
            })
    void whatIsNoneIsRefusedByTheNameOfTheField(String body, String why) {
        assertThat(refused(API.post(PATH, body), 400)).contains(why);
    }

    @Test
    void aPathHasTheValueOfTheMomentAtWhichAJobBegins() {
        String parameter = newParameter("eu");
        S3.put(bucket, "in/eu.csv", "name\neu\n".getBytes(UTF_8));
        S3.put(bucket, "in/us.csv", "name\nus\n".getBytes(UTF_8));
        JsonNode dataset = created(API.post("/v4/importedDatasets", dataset()));
        assertThat(dataset.path("path").asText()).isEqualTo("/in/eu.csv");

        API.patch(parameter, value("us"));
        long job = created(API.post("/v4/jobGroups", job(dataset, null)))
                .path("id")
                .asLong();

        await().atMost(Duration.ofMinutes(1))
                .until(() -> API.get("/v4/jobGroups/" + job + "/status").text(), "\"Complete\""::equals);
        assertThat(S3.get(bucket, "out/us_" + job + "/us.csv")).asString(UTF_8).isEqualTo("us\n");
        assertThat(refused(API.post("/v4/jobGroups", job(dataset, "eu")), 400))
                .startsWith("runParameters.overrides.data[0].value is given to the environment parameter " + name);
        API.patch(parameter, value("../x"));
        assertThat(refused(API.post("/v4/jobGroups", job(dataset, null)), 400))
                .isEqualTo("The environment parameter " + name
                        + " is \"../x\", and must be a part of one name: without a slash, and not . or ..");
    }

    private Map<String, Object> job(JsonNode dataset, String override) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "wrangledDataset",
                Map.of("id", dataset.path("id").asLong()),
                "overrides",
                Map.of("writesettings", List.of(setting()))));
        if (override != null) {
            body.put(
                    "runParameters",
                    Map.of("overrides", Map.of("data", List.of(Map.of("key", name, "value", override)))));
        }
        return body;
    }

    @Test
    void oneThatAPathNamesIsKeptAndWhatNamesItIsTold() {
        String parameter = newParameter("eu");
        S3.put(bucket, "in/eu.csv", "name\neu\n".getBytes(UTF_8));
        long dataset =
                created(API.post("/v4/importedDatasets", dataset())).path("id").asLong();
        long flow =
                created(API.post("/v4/flows", Map.of("name", name))).path("id").asLong();
        long recipe = created(API.post(
                        "/v4/wrangledDatasets",
                        Map.of("importedDataset", Map.of("id", dataset), "flow", Map.of("id", flow), "name", name)))
                .path("id")
                .asLong();
        created(API.post("/v4/outputObjects", Map.of("flowNodeId", recipe, "writeSettings", List.of(setting()))));

        JsonNode uses = API.get(parameter).json().path("usageInfo");

        assertThat(uses.path("importedDatasets").asInt()).isEqualTo(1);
        assertThat(uses.path("writeSettings").asInt()).isEqualTo(1);
        assertThat(uses.path("schedules").asInt()).isZero();
        assertThat(refused(API.delete(parameter), 409))
                .contains("1 importedDatasets (the first is " + dataset + ")", "1 writeSettings");
        API.delete("/v4/flows/" + flow);
        API.delete("/v4/importedDatasets/" + dataset);
        assertThat(API.delete(parameter).status()).isEqualTo(204);
        assertThat(refused(API.post("/v4/importedDatasets", dataset()), 400))
                .isEqualTo("runParameters[0].overrideKey names the environment parameter " + name
                        + ", which there is not: an administrator makes it by POST /v4/environmentParameters");
    }
}
