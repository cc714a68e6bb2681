package dev.wharf.flows;

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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What recipes write, and runs of it, as the original's clients ask for them. */
class OutputsTest extends WharfTest {
    private static final String ORDERS = "id,item\n1,apple\n";

    private final String bucket = newBucket();
    private final long connection = newConnection(null);

    private static JsonNode created(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }

    private static long id(JsonNode object) {
        return object.path("id").asLong();
    }

    private static JsonNode complete(long job) {
        await().atMost(Duration.ofSeconds(40))
                .until(
                        () -> API.get("/v4/jobgroups/" + job + "/status").text(),
                        status -> List.of("\"Complete\"", "\"Failed\"").contains(status));
        JsonNode group =
                API.get("/v4/jobGroups/" + job + "?embed=&includeDeleted=False").json();
        assertThat(group.path("status").asText()).as(group.toString()).isEqualTo("Complete");
        return group;
    }

    private String target(String name) {
        return "s3://" + bucket + "/out/" + name + "?connectionId=" + connection;
    }

    private Map<String, Object> setting(String name) {
        return Map.of("path", target(name), "action", "create", "format", "csv");
    }

    private static long newFlow() {
        return id(created(API.post("/v4/flows", Map.of("name", "flow " + UUID.randomUUID(), "description", ""))));
    }

    private long newRecipe(long flow, String name) {
        S3.put(bucket, "in/orders.csv", ORDERS.getBytes(UTF_8));
        long dataset = id(created(API.post(
                "/v4/importedDatasets",
                Map.of("uri", "s3://" + bucket + "/in/orders.csv?connectionId=" + connection, "name", "orders"))));
        return id(created(API.post(
                "/v4/wrangledDatasets",
                Map.of("importedDataset", Map.of("id", dataset), "flow", Map.of("id", flow), "name", name))));
    }

    private static long newOutput(long recipe) {
        return id(created(
                API.post("/v4/outputObjects", Map.of("execution", "photon", "profiler", false, "flowNodeId", recipe))));
    }

    private long newSetting(long output, String name) {
        return id(created(API.post(
                "/v4/writeSettings",
                Map.of("path", target(name), "action", "create", "format", "csv", "outputObjectId", output))));
    }

    @Test
    void aSettingKeepsItsFormatAndCompression() {
        long output = newOutput(newRecipe(newFlow(), "compressed"));
        var asked = Map.of(
                "path", target("o.avro"),
                "action", "create",
                "format", "avro",
                "compression", "snappy",
                "outputObjectId", output);

        String saved = "/v4/writeSettings/" + id(created(API.post("/v4/writeSettings", asked)));

        assertThat(API.get(saved).json().path("format").asText()).isEqualTo("avro");
        assertThat(API.get(saved).json().path("compression").asText()).isEqualTo("snappy");
        var packed = API.post(
                "/v4/writeSettings",
                Map.of(
                        "path", target("o.csv.gz"),
                        "action", "create",
                        "format", "csv",
                        "compression", "gzip",
                        "outputObjectId", output));
        assertThat(packed.status()).isEqualTo(400);
        assertThat(packed.text()).contains("wharf.limits.compression=true");
    }

    @Test
    void everyValueIsInACsvAndMismatchesAreRefusedElsewhere() {
        long output = newOutput(newRecipe(newFlow(), "mismatches"));
        Map<String, Object> asked = new HashMap<>(setting("o.csv"));
        asked.put("outputObjectId", output);
        asked.put("includeMismatches", true);

        var saved = created(API.post("/v4/writeSettings", asked));

        assertThat(saved.path("includeMismatches").asBoolean()).isTrue();
        assertThat(refused(
                        API.patch(
                                "/v4/outputObjects/" + output,
                                Map.of(
                                        "writeSettings",
                                        List.of(Map.of(
                                                "path",
                                                target("o.json"),
                                                "action",
                                                "create",
                                                "format",
                                                "json",
                                                "includeMismatches",
                                                true)))),
                        400))
                .startsWith("includeMismatches is for the format csv")
                .endsWith("(writeSettings[0])");
        assertThat(API.patch(
                                "/v4/writeSettings/" + saved.path("id"),
                                Map.of("path", target("o.json"), "format", "json"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aFlowIsNotRunByWhatItsSchedulesWriteAndIsToldSo() {
        long flow = newFlow();
        long recipe = newRecipe(flow, "scheduled");
        created(API.post("/v4/outputObjects", Map.of("flowNodeId", recipe, "isAdhoc", false)));
        String path = "/v4/flows/" + flow + "/run";
        assertThat(refused(API.post(path, "{}"), 400)).contains("for jobs that people start", "isAdhoc=true");

        newSetting(newOutput(newRecipe(flow, "adhoc")), "a.csv");

        assertThat(refused(API.post(path, Map.of("wrangledDatasetIds", List.of(recipe))), 400))
                .startsWith("wrangledDatasetIds names " + recipe)
                .contains("isAdhoc=false are for schedules");
    }

    @Test
    void nullSaysNothingOfWhatVariesAndAnEmptyArrayTakesItAway() {
        long output = newOutput(newRecipe(newFlow(), "varying"));
        String reduced = "s3://" + bucket + "/out//o.csv?connectionId=" + connection;
        int index = ("s3://" + bucket + "/out/").length();
        String path = "/v4/writeSettings/"
                + id(created(API.post(
                        "/v4/writeSettings",
                        Map.of(
                                "path",
                                reduced,
                                "action",
                                "create",
                                "format",
                                "csv",
                                "outputObjectId",
                                output,
                                "runParameters",
                                List.of(Map.of(
                                        "type", "path",
                                        "insertionIndices", List.of(Map.of("index", index)),
                                        // The day twice: nobody has to find a date in it.
                                        "value", Map.of("timestamp", Map.of("format", "yyyy/MM/dd-yyyy"))))))));

        assertThat(API.tolerated()
                        .patch(path, Json.read("{\"header\": true, \"runParameters\": null}", JsonNode.class))
                        .status())
                .isEqualTo(200);
        assertThat(API.get(path).json().at("/runParameters/data")).hasSize(1);

        assertThat(API.patch(path, Map.of("path", target("o.csv"), "runParameters", List.of()))
                        .status())
                .isEqualTo(200);
        assertThat(API.get(path).json().at("/runParameters/data")).isEmpty();
    }

    @Test
    void aDeletedOutputIsGoneForItsOwnerAndWasNeverThereForOthers() {
        long recipe = newRecipe(newFlow(), "r");
        String path = "/v4/outputObjects/" + newOutput(recipe);
        assertThat(API.delete(path).status()).isEqualTo(204);

        assertThat(refused(API.get(path), 410)).contains("was deleted");
        assertThat(refused(API.delete(path), 410)).contains("was deleted");
        assertThat(API.as(newMember().token()).get(path).status()).isEqualTo(404);
        String next = "/v4/outputObjects/" + newOutput(recipe);
        assertThat(API.delete("/v4/wrangledDatasets/" + recipe).status()).isEqualTo(204);
        assertThat(refused(API.get(next), 410)).contains("was deleted");
    }

    @Test
    void aRunOfAFlowThatIsRefusedForOneRecipeNamesIt() {
        long flow = newFlow();
        newSetting(newOutput(newRecipe(flow, "first")), "first.csv");
        newSetting(newOutput(newRecipe(flow, "second")), "second.csv");

        var refused = API.post(
                "/v4/flows/" + flow + "/run",
                Map.of("overrides", Map.of("second", Map.of("writesettings", List.of(setting("in.csv.pqt"))))));

        assertThat(refused(refused, 400)).contains("ends in .pqt");
        var elsewhere =
                Map.of("path", "s3://" + bucket + "/o.csv?connectionId=999999", "action", "create", "format", "csv");
        assertThat(refused(
                        API.post(
                                "/v4/flows/" + flow + "/run",
                                Map.of("overrides", Map.of("second", Map.of("writesettings", List.of(elsewhere))))),
                        404))
                .startsWith("Recipe \"second\": ");
    }

    @Test
    void aSecondOutputOfAKindIsRefusedNamingTheFirst() {
        long recipe = newRecipe(newFlow(), "r");
        long output = newOutput(recipe);

        assertThat(refused(
                        API.post("/v4/outputObjects", Map.of("flowNode", Map.of("id", recipe), "execution", "photon")),
                        409))
                .contains("Recipe " + recipe, "output object " + output, "isAdhoc=true");
        created(API.post("/v4/outputObjects", Map.of("flowNodeId", recipe, "isAdhoc", false)));
        assertThat(refused(API.post("/v4/outputObjects", Map.of("flowNodeId", recipe, "execution", "emrSpark")), 400))
                .startsWith("execution must be");
        assertThat(refused(API.post("/v4/outputObjects", Map.of("execution", "photon")), 400))
                .startsWith("flowNodeId ");
    }

    @Test
    void writeSettingsAreNestedAsInOldReleasesAndNew() {
        List<Object> forms = List.of(
                List.of(setting("a.csv"), setting("b.csv")),
                Map.of("data", List.of(setting("a.csv"), setting("b.csv"))));
        for (Object nested : forms) {
            for (String name : List.of("writeSettings", "writesettings")) {
                long recipe = newRecipe(newFlow(), "r");
                long output = id(created(API.tolerated()
                        .post(
                                "/v4/outputObjects",
                                Map.of("flowNodeId", recipe, name, nested, "publications", List.of()))));

                JsonNode shown = API.get("/v4/outputObjects/" + output + "?embed=writeSettings,publications")
                        .json();
                assertThat(shown.path("writeSettings").path("data").findValuesAsText("path"))
                        .containsExactly(target("a.csv"), target("b.csv"));
                assertThat(shown.path("publications").path("data")).isEmpty();
            }
        }
    }

    @Test
    void anOutputIsChangedByWhatIsSentAndKeepsTheRest() {
        long recipe = newRecipe(newFlow(), "r");
        long output = newOutput(recipe);
        newSetting(output, "a.csv");
        String path = "/v4/outputObjects/" + output;

        assertThat(API.patch(path, Map.of("name", "n")).status()).isEqualTo(200);
        assertThat(API.get(path + "?embed=writeSettings")
                        .json()
                        .path("writeSettings")
                        .path("data"))
                .hasSize(1);
        var read = API.get(path + "?embed=writeSettings").json();
        assertThat(API.tolerated().put(path, read).status()).isEqualTo(200);
        assertThat(API.put(path, Map.of("writeSettings", List.of(setting("b.csv"), setting("c.csv"))))
                        .status())
                .isEqualTo(200);
        JsonNode now = API.get(path + "?embed=writeSettings").json();
        assertThat(now.path("name").asText()).isEqualTo("n");
        assertThat(now.path("writeSettings").path("data")).hasSize(2);
        assertThat(refused(API.patch(path, Map.of("isAdhoc", false)), 400)).startsWith("isAdhoc ");
        assertThat(refused(API.patch(path, Map.of("flowNodeId", 1)), 400)).startsWith("flowNodeId ");
    }

    @Test
    void aWriteSettingIsSentBackWithWhatIsToChange() {
        long setting = newSetting(newOutput(newRecipe(newFlow(), "r")), "a.csv");
        String path = "/v4/writeSettings/" + setting;
        var read =
                (com.fasterxml.jackson.databind.node.ObjectNode) API.get(path).json();
        assertThat(read.path("connectionId").asLong()).isEqualTo(connection);
        assertThat(API.tolerated().put(path, read).status()).isEqualTo(200);

        read.put("path", "s3://" + bucket + "/out/a.pqt").put("format", "pqt").putNull("delim");
        assertThat(API.tolerated().put(path, read).status()).isEqualTo(200);

        JsonNode changed = API.get(path).json();
        assertThat(changed.path("path").asText()).isEqualTo(target("a.pqt"));
        assertThat(changed.path("delim").isNull()).isTrue();
        assertThat(refused(API.patch(path, Map.of("format", "csv")), 400)).contains(".pqt");
        assertThat(API.patch(path, Map.of("format", "csv", "path", target("b.csv"), "header", true))
                        .status())
                .isEqualTo(200);
        assertThat(API.patch(path, Map.of("format", "json", "path", target("b.json")))
                        .status())
                .isEqualTo(200);
        assertThat(API.get(path).json().path("header").asBoolean(true)).isFalse();
        assertThat(API.delete(path).status()).isEqualTo(204);
        refused(API.get(path), 404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "append       | /out/x.csv                  | 400 | action must be create",
                "create       | /trifacta/uploads/1/x.csv   | 400 | uploads",
                "create       | /out/x.parquet              | 400 | .parquet",
                "create       | /out/x.csv?connectionId=999999 | 404 | 999999",
                "create       | /out/taken.csv              | 400 | twice",
            })
    void whatNoJobCouldWriteIsRefusedWhenItIsSaved(String action, String path, int status, String named) {
        long output = newOutput(newRecipe(newFlow(), "r"));
        newSetting(output, "taken.csv");
        String uri = "s3://" + (path.contains("uploads") ? "wharf" : bucket) + path
                + (path.contains("?") || path.contains("uploads") ? "" : "?connectionId=" + connection);

        var answer = API.post(
                "/v4/writeSettings",
                Map.of("path", uri, "action", action.strip(), "format", "csv", "outputObjectId", output));

        assertThat(refused(answer, status)).contains(named);
    }

    @Test
    void aConnectionToWhichARecipeWritesIsNotDeleted() {
        long other = newConnection(null);
        long output = newOutput(newRecipe(newFlow(), "r"));
        created(API.post(
                "/v4/writeSettings",
                Map.of(
                        "path",
                        "s3://" + bucket + "/out/x.csv",
                        "connectionId",
                        other,
                        "action",
                        "create",
                        "format",
                        "csv",
                        "outputObjectId",
                        output)));

        assertThat(refused(API.delete("/v4/connections/" + other), 409)).contains("output object " + output);
        assertThat(API.delete("/v4/outputObjects/" + output).status()).isEqualTo(204);
        assertThat(API.delete("/v4/connections/" + other).status()).isEqualTo(204);
    }

    @Test
    void aFlowIsRunByTheOutputsAndWithTheOverridesThatAreNamed() {
        long flow = newFlow();
        List<Long> recipes = new ArrayList<>();
        for (String name : List.of("one", "two", "three")) {
            long recipe = newRecipe(flow, name);
            recipes.add(recipe);
            newSetting(newOutput(recipe), name + ".csv");
        }
        String path = "/v4/flows/" + flow + "/run";

        JsonNode run = created(API.post(
                path,
                Map.of(
                        "wrangledDatasetIds", recipes.subList(0, 2),
                        "overrides", Map.of("two", Map.of("writesettings", List.of(setting("else.csv")))))));

        assertThat(run.path("data")).hasSize(2);
        long one = id(run.path("data").path(0));
        long two = id(run.path("data").path(1));
        complete(one);
        complete(two);
        assertThat(S3.get(bucket, "out/one_" + one + "/one.csv")).isNotEmpty();
        assertThat(S3.get(bucket, "out/else_" + two + "/else.csv")).isNotEmpty();

        assertThat(refused(API.post(path, Map.of("overrides", Map.of("four", Map.of()))), 400))
                .contains("four", "one, three, two");
        assertThat(refused(API.post(path, Map.of("wrangledDatasetIds", List.of(1))), 400))
                .startsWith("wrangledDatasetIds names 1");
        assertThat(refused(API.post(path, Map.of("execution", "dataflow")), 400))
                .startsWith("execution ");
        assertThat(refused(API.post("/v4/flows/" + newFlow() + "/run", "{}"), 400))
                .contains("output object");
        assertThat(API.get("/v4/flows/" + flow + "/outputs").json().path("data"))
                .hasSize(3);
    }

    @Test
    void aRunOfAFlowStartsAllJobsOrNoneAndOnceUnderOneExecutionId() {
        long flow = newFlow();
        newSetting(newOutput(newRecipe(flow, "good")), "good.csv");
        long bad = newRecipe(flow, "bad");
        newSetting(newOutput(bad), "bad.csv");
        long dataset = API.get("/v4/wrangledDatasets/" + bad)
                .json()
                .path("importedDataset")
                .path("id")
                .asLong();
        String id = UUID.randomUUID().toString();
        for (int expected : List.of(201, 304)) {
            assertThat(API.send(API.request("/v4/flows/" + flow + "/run")
                                    .header("content-type", "application/json")
                                    .header("x-execution-id", id)
                                    .POST(BodyPublishers.ofString("{}")))
                            .status())
                    .isEqualTo(expected);
        }
        int before = API.get("/v4/jobGroups?limit=1&includeCount=true")
                .json()
                .path("count")
                .asInt();

        API.delete("/v4/importedDatasets/" + dataset);

        assertThat(refused(API.post("/v4/flows/" + flow + "/run", "{}"), 404)).contains("Recipe " + bad);
        assertThat(API.get("/v4/jobGroups?limit=1&includeCount=true")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(before);
    }

    @Test
    void tablesAreRefusedByName() {
        var answer = API.post(
                "/v4/publications",
                Map.of("path", List.of("default"), "tableName", "t", "targetType", "bigquery", "action", "create"));

        assertThat(refused(answer, 400)).contains("bigquery", "/v4/writeSettings");
        assertThat(refused(API.post("/v4/publications", Map.of()), 400)).startsWith("A publication names a table, ");
        assertThat(refused(API.post("/v4/publications", "[".repeat(5_000)), 400))
                .contains("The body is not valid JSON", "nested too deeply")
                .doesNotContain("Constraints");
        assertThat(API.get("/v4/publications?includeCount=true")
                        .json()
                        .path("count")
                        .asInt(1))
                .isZero();
        refused(API.get("/v4/publications/1"), 404);
        assertThat(refused(
                        API.post(
                                "/v4/outputObjects",
                                Map.of("flowNodeId", 1, "publications", List.of(Map.of("targetType", "hive")))),
                        400))
                .startsWith("publications ");
    }

    @Test
    void whatOtherPeoplesRecipesWriteIsNotThereForAMember() {
        Api member = API.as(newMember().token());
        long recipe = newRecipe(newFlow(), "r");
        long output = newOutput(recipe);
        long setting = newSetting(output, "a.csv");

        refused(member.get("/v4/outputObjects/" + output), 404);
        refused(member.get("/v4/writeSettings/" + setting), 404);
        refused(member.post("/v4/outputObjects", Map.of("flowNodeId", recipe, "isAdhoc", false)), 404);
        refused(member.delete("/v4/writeSettings/" + setting), 404);
        refused(member.post("/v4/flows/1/run", "{}"), 404);
        assertThat(member.get("/v4/writeSettings/count").json().path("count").asInt(1))
                .isZero();
    }
}
