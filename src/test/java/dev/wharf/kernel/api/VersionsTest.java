package dev.wharf.kernel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.identity.Newcomer;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of two who change one thing at a time, the second overwrites nothing that they have not seen. */
class VersionsTest extends WharfTest {
    private final String bucket = newBucket();
    private final long connection = newConnection(bucket);

    /**
     * What is changed.
     *
     * @param address where it is changed
     * @param read where it is read
     * @param body that gives it a word
     * @param field where the answer has this word
     */
    private record Thing(String address, String read, Function<String, Map<String, Object>> body, String field) {
        Thing(String address, Function<String, Map<String, Object>> body, String field) {
            this(address, address, body, field);
        }
    }

    private Thing made(String what) {
        S3.put(bucket, "in/a.csv", "id\n1\n".getBytes());
        return switch (what) {
            case "connections" ->
                new Thing("/v4/connections/" + connection, word -> Map.of("name", word + connection), "/name");
            case "all of connections" -> new Thing("/v4/connections/" + connection, this::connection, "/name");
            case "schedules" ->
                new Thing("/v4/schedules/" + id(API.post("/v4/schedules", schedule("first"))), this::schedule, "/name");
            case "importedDatasets" ->
                new Thing("/v4/importedDatasets/" + dataset(), word -> Map.of("name", word), "/name");
            case "people" -> {
                long id = newcomer();
                yield new Thing(
                        "/v4/workspaces/current/people/" + id,
                        "/v4/people/" + id,
                        word -> Map.of("name", word, "authorizationRoles", List.of()),
                        "/name");
            }
            case "baseStorageConfigs" ->
                new Thing(
                        "/v4/people/" + newcomer() + "/baseStorageConfigs",
                        word -> Map.of("s3", Map.of("uploadDir", "/trifacta/uploads/" + word)),
                        "/s3/uploadDir");
            case "flows" -> new Thing("/v4/flows/" + flow(), word -> Map.of("name", word), "/name");
            case "wrangledDatasets" ->
                new Thing("/v4/wrangledDatasets/" + recipe(flow()), word -> Map.of("name", word), "/name");
            case "outputObjects" ->
                new Thing(
                        "/v4/outputObjects/" + output(),
                        word -> Map.of("name", word, "writeSettings", List.of(setting(word))),
                        "/name");
            case "writeSettings" -> {
                Map<String, Object> setting = new HashMap<>(setting("first"));
                setting.put("outputObjectId", output());
                yield new Thing(
                        "/v4/writeSettings/" + id(API.post("/v4/writeSettings", setting)), this::setting, "/path");
            }
            case "environmentParameters" ->
                new Thing(
                        "/v4/environmentParameters/" + id(API.post("/v4/environmentParameters", variable())),
                        word -> Map.of("value", Map.of("variable", Map.of("value", word))),
                        "/value/variable/value");
            case "webhookFlowTasks" -> {
                Map<String, Object> webhook = Map.of(
                        "flowId",
                        flow(),
                        "name",
                        "first",
                        "url",
                        "https://hooks.example.com/in",
                        "method",
                        "get",
                        "triggerEvent",
                        "onJobDone");
                yield new Thing(
                        "/v4/webhookFlowTasks/" + id(API.post("/v4/webhookFlowTasks", webhook)),
                        word -> Map.of("name", word),
                        "/name");
            }
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static long id(Api.Answer made) {
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asLong();
    }

    private long dataset() {
        return id(API.post("/v4/importedDatasets", Map.of("uri", source(), "name", "first")));
    }

    private static long newcomer() {
        return Newcomer.add(API).id();
    }

    private static long flow() {
        return id(API.post("/v4/flows", Map.of("name", "first")));
    }

    private long recipe(long flow) {
        return id(API.post(
                "/v4/wrangledDatasets",
                Map.of("importedDataset", Map.of("id", dataset()), "flow", Map.of("id", flow), "name", "first")));
    }

    private long output() {
        return id(API.post("/v4/outputObjects", Map.of("flowNodeId", recipe(flow()), "execution", "photon")));
    }

    private Map<String, Object> setting(String word) {
        return Map.of(
                "path",
                "s3://" + bucket + "/" + word + ".json?connectionId=" + connection,
                "action",
                "create",
                "format",
                "json");
    }

    private static Map<String, Object> variable() {
        return Map.of(
                "overrideKey",
                "env.v" + UUID.randomUUID().toString().replace("-", ""),
                "value",
                Map.of("variable", Map.of("value", "first")));
    }

    private String source() {
        return "s3://" + bucket + "/in/?connectionId=" + connection;
    }

    private Map<String, Object> schedule(String name) {
        return Map.of(
                "name",
                name,
                "triggers",
                List.of(Map.of("timeBased", Map.of("cron", Map.of("expression", "0 0 1 1 *")))),
                "tasks",
                List.of(Map.of("importSource", Map.of("source", Map.of("uri", source(), "name", name)))));
    }

    private Map<String, Object> connection(String name) {
        return Map.of(
                "vendor",
                "aws",
                "type",
                "remotefile",
                "credentialType",
                "keySecret",
                "name",
                name + connection,
                "bucket",
                bucket,
                "params",
                Map.of("endpoint", S3.endpoint().toString()));
    }

    private static Api.Answer change(String method, Thing thing, String word, String version) {
        return API.send(API.request(thing.address())
                .header("content-type", "application/json")
                .header("If-Match", version)
                .method(method, BodyPublishers.ofString(Json.write(thing.body().apply(word)))));
    }

    private static String version(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.headers().get("etag").get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, connections",
        "PUT, all of connections",
        "PUT, schedules",
        "PATCH, importedDatasets",
        "PUT, importedDatasets",
        "PATCH, people",
        "PUT, people",
        "PUT, baseStorageConfigs",
        "PATCH, flows",
        "PATCH, wrangledDatasets",
        "PATCH, outputObjects",
        "PUT, writeSettings",
        "PATCH, environmentParameters",
        "PATCH, webhookFlowTasks"
    })
    void whoHasNotSeenTheLastChangeIsToldAndOverwritesNothing(String method, String what) {
        var thing = made(what);
        String seen = version(API.get(thing.read()));

        String next = version(change(method, thing, "second", seen));
        var refused = change(method, thing, "third", seen);

        assertThat(next).isNotEqualTo(seen).isEqualTo(version(API.get(thing.read())));
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.json().path("detail").asText()).contains("changed by somebody else", "read it again");
        assertThat(API.get(thing.read()).json().at(thing.field()).asText()).contains("second");
        version(change(method, thing, "fourth", next));
        version(change(method, thing, "fifth", "*"));
    }

    @Test
    void whichFieldsAreShownMakesNoOtherVersion() {
        String path = made("connections").read();

        assertThat(version(API.get(path + "?fields=name&embed=creator"))).isEqualTo(version(API.get(path)));
    }

    @Test
    void anotherWriteSettingMakesAnotherVersionOfItsOutput() {
        var output = made("outputObjects");
        String seen = version(API.get(output.read()));
        Map<String, Object> setting = new HashMap<>(setting("added"));
        setting.put("outputObjectId", Long.parseLong(output.read().replaceFirst(".*/", "")));
        id(API.post("/v4/writeSettings", setting));

        assertThat(change("PATCH", output, "second", seen).status()).isEqualTo(412);
    }
}
