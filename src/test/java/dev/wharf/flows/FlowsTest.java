package dev.wharf.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flows and recipes as the original's clients ask for them. */
class FlowsTest extends WharfTest {
    private static final String ORDERS = "id,item\n1,apple\n2,pear\n";

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

    private static List<Long> ids(JsonNode list) {
        return StreamSupport.stream(list.path("data").spliterator(), false)
                .map(each -> each.path("id").asLong())
                .toList();
    }

    private long newDataset() {
        S3.put(bucket, "in/orders.csv", ORDERS.getBytes(UTF_8));
        return created(API.post(
                        "/v4/importedDatasets",
                        Map.of(
                                "uri",
                                "s3://" + bucket + "/in/orders.csv?connectionId=" + connection,
                                "name",
                                "orders",
                                "description",
                                "")))
                .path("id")
                .asLong();
    }

    private static long newFlow() {
        return created(API.post("/v4/flows", Map.of("name", "flow " + UUID.randomUUID(), "description", "Test flow")))
                .path("id")
                .asLong();
    }

    private static long newRecipe(long flow, long dataset, String name) {
        return created(API.post(
                        "/v4/wrangledDatasets",
                        Map.of("importedDataset", Map.of("id", dataset), "flow", Map.of("id", flow), "name", name)))
                .path("id")
                .asLong();
    }

    private static JsonNode finished(long job) {
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> API.get("/v4/jobGroups/" + job + "/status").text(),
                        status -> List.of("\"Complete\"", "\"Failed\"").contains(status));
        return API.get("/v4/jobGroups/" + job + "?embed=jobs,wrangledDataset&includeDeleted=False")
                .json();
    }

    private String target(String name) {
        return "s3://" + bucket + "/out/" + name + "?connectionId=" + connection;
    }

    @Test
    void aJobOverARecipeWritesItsDatasetAndShowsTheRecipeItWasAskedFor() {
        long dataset = newDataset();
        long recipe = newRecipe(newFlow(), dataset, "as it is");

        long job = created(API.post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", recipe),
                                "overrides",
                                Map.of(
                                        "writesettings",
                                        List.of(Map.of(
                                                "path", target("o.csv"), "action", "create", "format", "csv"))))))
                .path("id")
                .asLong();

        JsonNode group = finished(job);
        assertThat(group.path("status").asText()).as(group.toString()).isEqualTo("Complete");
        assertThat(group.path("name").asText()).isEqualTo("as it is");
        assertThat(group.path("wrangledDataset").path("id").asLong()).isEqualTo(recipe);
        assertThat(group.path("wrangledDataset").path("name").asText()).isEqualTo("as it is");
        assertThat(S3.get(bucket, "out/o_" + job + "/o.csv")).asString(UTF_8).isEqualTo("1,apple\n2,pear\n");
    }

    @Test
    void theIdOfADatasetIsNoRecipesAndGoesOnStartingItsJobs() {
        long dataset = newDataset();
        long recipe = newRecipe(newFlow(), dataset, "r");

        assertThat(refused(API.get("/v4/wrangledDatasets/" + dataset), 404)).contains("recipe " + dataset);
        assertThat(refused(API.get("/v4/importedDatasets/" + recipe), 404)).contains("dataset " + recipe);
        JsonNode checked =
                created(API.post("/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", dataset), "testMode", true)));
        assertThat(checked.path("datasetName").asText()).isEqualTo("orders");
        long next = newDataset();
        assertThat(next).isGreaterThan(recipe);
    }

    @Test
    void aRecipeWhoseDatasetIsGoneSaysSoAndReadsAnother() {
        long dataset = newDataset();
        long recipe = newRecipe(newFlow(), dataset, "r");
        Map<String, Object> job = Map.of("wrangledDataset", Map.of("id", recipe), "testMode", true);
        assertThat(API.delete("/v4/importedDatasets/" + dataset).status()).isEqualTo(204);

        assertThat(refused(API.post("/v4/jobGroups", job), 404))
                .contains("Recipe " + recipe, "dataset " + dataset, "primaryInputDataset");
        assertThat(ids(API.get("/v4/wrangledDatasets/" + recipe + "/inputs").json()))
                .isEmpty();
        refused(API.get("/v4/wrangledDatasets/" + recipe + "/primaryInputDataset"), 410);

        long other = newDataset();
        var replaced = API.put(
                "/v4/wrangledDatasets/" + recipe + "/primaryInputDataset",
                Map.of("importedDataset", Map.of("id", other)));
        assertThat(replaced.json().path("importedDataset").path("id").asLong()).isEqualTo(other);
        assertThat(ids(API.get("/v4/wrangledDatasets/" + recipe + "/inputs").json()))
                .containsExactly(other);
        created(API.post("/v4/jobGroups", job));
    }

    @Test
    void theFlowShowsItsNodesWithTheNamesOfItsRecipesAndListsFindItsDatasets() {
        long dataset = newDataset();
        newDataset();
        long flow = newFlow();
        created(API.post("/v4/importedDatasets/" + dataset + "/addToFlow", Map.of("flow", Map.of("id", flow))));
        long recipe = newRecipe(flow, dataset, "named");

        JsonNode nodes = API.get("/v4/flows/" + flow + "?embed=flowNodes.recipe")
                .json()
                .path("flowNodes")
                .path("data");
        assertThat(nodes).hasSize(2);
        assertThat(nodes.path(0).path("wrangled").asBoolean(true)).isFalse();
        assertThat(nodes.path(0).path("importedDataset").path("id").asLong()).isEqualTo(dataset);
        assertThat(nodes.path(1).path("wrangled").asBoolean()).isTrue();
        assertThat(nodes.path(1).path("id").asLong()).isEqualTo(recipe);
        assertThat(nodes.path(1).path("recipe").path("name").asText()).isEqualTo("named");

        JsonNode few = API.get("/v4/flows/" + flow + "?fields=id;name&embed=flownodes(limit=1,fields=id,sort=-id)")
                .json();
        assertThat(few.path("flowNodes").path("data").toString()).isEqualTo("[{\"id\":" + recipe + "}]");
        assertThat(few.has("createdAt")).isFalse();
        var read = (ObjectNode)
                API.get("/v4/flows/" + flow + "?embed=flowNodes.recipe").json();
        assertThat(API.tolerated()
                        .patch("/v4/flows/" + flow, read.put("name", "sent back"))
                        .status())
                .isEqualTo(200);
        ((ArrayNode) read.path("flowNodes").path("data")).remove(0);
        assertThat(API.patch("/v4/flows/" + flow, read).json().path("detail").asText())
                .startsWith("flowNodes cannot be changed here");

        assertThat(ids(API.get("/v4/importedDatasets?flowId=" + flow).json())).containsExactly(dataset);
        assertThat(API.tolerated()
                        .get("/v4/datasetLibrary?datasetsFilter=all&includeCount=True&flowId=" + flow)
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(ids(API.get("/v4/flows/" + flow + "/inputs").json())).containsExactly(dataset);
    }

    @Test
    void aRecipeShowsItsFlowAndItsDatasetWhereItIsAsked() {
        long dataset = newDataset();
        long flow = newFlow();
        long recipe = newRecipe(flow, dataset, "r");

        JsonNode shown = API.get(
                        "/v4/wrangledDatasets/" + recipe + "?embed=flow(fields=id;name),importedDataset,creator")
                .json();

        assertThat(shown.path("flow").path("name").asText()).startsWith("flow ");
        assertThat(shown.path("importedDataset").path("name").asText()).isEqualTo("orders");
        assertThat(shown.path("creator").path("email").asText()).contains("@");
        assertThat(API.get("/v4/wrangledDatasets/" + recipe)
                        .json()
                        .path("importedDataset")
                        .toString())
                .isEqualTo("{\"id\":" + dataset + "}");
    }

    @Test
    void theFileThatAScriptSendsBecomesADatasetAndARecipeInTheFlow() {
        long flow = newFlow();
        String form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"pyfacta_orders\"\r\n\r\n"
                + ORDERS + "\r\n--b--\r\n";

        JsonNode imported = created(API.send(API.request("/v4/flows/" + flow + "/importAndAddDatasetToFlow")
                .header("content-type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(form))));

        assertThat(imported.path("wrangledDatasetName").asText()).isEqualTo("pyfacta_orders");
        long recipe = imported.path("wrangledDatasetId").asLong();
        long dataset = imported.path("importedDataset").path("id").asLong();
        assertThat(ids(API.get("/v4/wrangledDatasets/" + recipe + "/inputs").json()))
                .containsExactly(dataset);
        long job = created(API.post("/v4/jobGroups/", Map.of("wrangledDataset", Map.of("id", recipe))))
                .path("id")
                .asLong();
        assertThat(finished(job).path("status").asText()).isEqualTo("Complete");
    }

    @Test
    void aFileThatCannotBeImportedLeavesNothingInTheFlow() {
        long flow = newFlow();
        String form =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"broken.parquet\"\r\n\r\nno parquet"
                        + "\r\n--b--\r\n";
        var request = API.request("/v4/flows/" + flow + "/importAndAddDatasetToFlow")
                .header("content-type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(form));

        assertThat(refused(API.send(request), 400)).contains("broken.parquet");
        assertThat(ids(API.get("/v4/flows/" + flow + "/inputs").json())).isEmpty();
        assertThat(refused(
                        API.send(API.request("/v4/flows/999999/importAndAddDatasetToFlow")
                                .header("content-type", "multipart/form-data; boundary=b")
                                .POST(BodyPublishers.ofString(form))),
                        404))
                .contains("flow 999999");
    }

    @Test
    void aDeletedFlowTakesItsRecipesAlongAndLeavesTheDatasets() {
        long dataset = newDataset();
        long flow = newFlow();
        long recipe = newRecipe(flow, dataset, "r");

        assertThat(API.delete("/v4/flows/" + flow).status()).isEqualTo(204);

        refused(API.get("/v4/flows/" + flow), 410);
        refused(API.get("/v4/wrangledDatasets/" + recipe), 410);
        refused(API.post("/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", recipe))), 410);
        refused(API.delete("/v4/flows/" + flow), 410);
        assertThat(API.get("/v4/importedDatasets/" + dataset).status()).isEqualTo(200);
        assertThat(refused(API.get("/v4/importedDatasets?flowId=" + flow), 400)).startsWith("flowId ");
    }

    @Test
    void flowsAndRecipesAreRenamedByWhatWasReadOfThem() {
        long flow = newFlow();
        long recipe = newRecipe(flow, newDataset(), "r");
        for (String path : List.of("/v4/flows/" + flow, "/v4/wrangledDatasets/" + recipe)) {
            var read = (com.fasterxml.jackson.databind.node.ObjectNode)
                    API.get(path).json();
            read.put("name", "another");

            var changed = API.tolerated().patch(path, read);
            assertThat(changed.status()).as(changed.text()).isEqualTo(200);
            assertThat(changed.json().path("id").asLong())
                    .isEqualTo(read.path("id").asLong());
            assertThat(API.get(path).json().path("name").asText()).isEqualTo("another");
            assertThat(API.get(path).json().path("description")).isEqualTo(read.path("description"));
            assertThat(refused(API.patch(path, Map.of("nam", "x")), 400)).contains("nam", "name");
            assertThat(refused(API.patch(path, Map.of("id", 1, "name", "x")), 400))
                    .startsWith("id ");
        }
    }

    @Test
    void theCopyThatAirflowAsksForHasTheNameItSaysAndEmptyTextsAreNone() {
        long flow = newFlow();
        newRecipe(flow, newDataset(), "r");
        String name = API.get("/v4/flows/" + flow).json().path("name").asText();

        JsonNode copy = created(API.post(
                "/v4/flows/" + flow + "/copy", Map.of("name", "", "description", "", "copyDatasources", false)));

        assertThat(copy.path("name").asText()).isEqualTo("Copy of " + name);
        assertThat(copy.path("description").asText()).isEqualTo("Test flow");
        assertThat(API.get("/v4/flows/" + copy.path("id") + "?embed=flowNodes")
                        .json()
                        .path("flowNodes")
                        .path("data"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"importedDataset\":{\"id\":1},\"flow\":{\"id\":1},\"inferredScript\":{\"steps\":[\"drop\"]}}",
                "{\"wrangledDataset\":{\"id\":1},\"flow\":{\"id\":1}}"
            })
    void whatWouldNeedStepsIsRefusedByName(String body) {
        var answer = API.post("/v4/wrangledDatasets", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("exception").path("name").asText()).isEqualTo("RecipesNotSupported");
        assertThat(answer.json().path("detail").asText()).contains("a recipe changes nothing here");
    }

    @Test
    void anEmptyScriptAndFoldersThatAreNoneAreTaken() {
        long flow = created(API.tolerated().post("/v4/flows/", "{\"name\":\"f\",\"folderId\":null}"))
                .path("id")
                .asLong();
        long dataset = newDataset();

        JsonNode recipe = created(API.tolerated()
                .post(
                        "/v4/wrangledDatasets/",
                        "{\"importedDataset\":{\"id\":\"" + dataset + "\"},\"flow\":{\"id\":" + flow
                                + "},\"inferredScript\":{}}"));

        assertThat(recipe.path("name").asText()).isEqualTo("orders");
        assertThat(refused(API.post("/v4/flows", "{\"name\":\"f\",\"folderId\":7}"), 400))
                .startsWith("folderId ");
    }

    @Test
    void otherPeoplesFlowsAreNotThereForAMember() {
        Api member = API.as(newMember().token());
        long dataset = newDataset();
        long flow = newFlow();
        long recipe = newRecipe(flow, dataset, "r");

        for (String path :
                List.of("/v4/flows/" + flow, "/v4/flows/" + flow + "/inputs", "/v4/wrangledDatasets/" + recipe)) {
            refused(member.get(path), 404);
        }
        refused(member.delete("/v4/flows/" + flow), 404);
        refused(member.post("/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", recipe))), 404);
        assertThat(refused(member.get("/v4/importedDatasets?flowId=" + flow), 400))
                .startsWith("flowId ");
        long own = created(member.post("/v4/flows", Map.of("name", "own")))
                .path("id")
                .asLong();
        refused(member.post("/v4/importedDatasets/" + dataset + "/addToFlow", Map.of("flow", Map.of("id", own))), 404);
        assertThat(ids(member.get("/v4/flows").json())).containsExactly(own);
        assertThat(ids(API.get("/v4/flows?limit=1000").json())).contains(own, flow);
    }

    @Test
    void theSameExecutionIdMakesOneFlowAndOneRecipe() {
        String id = UUID.randomUUID().toString();
        long dataset = newDataset();
        long flow = newFlow();
        String recipe = "{\"importedDataset\":{\"id\":" + dataset + "},\"flow\":{\"id\":" + flow + "}}";

        for (int expected : List.of(201, 304)) {
            var answer = API.send(API.request("/v4/wrangledDatasets")
                    .header("content-type", "application/json")
                    .header("x-execution-id", id)
                    .POST(BodyPublishers.ofString(recipe)));
            assertThat(answer.status()).isEqualTo(expected);
            if (expected == 304) {
                assertThat(answer.headers().get("location"))
                        .singleElement()
                        .asString()
                        .startsWith("/v4/wrangledDatasets/");
            }
        }
        assertThat(API.get("/v4/flows/" + flow + "?embed=flowNodes")
                        .json()
                        .path("flowNodes")
                        .path("data"))
                .hasSize(2);
    }

    @Test
    void whatIsDoneToAFlowIsOnTheAuditTrail() {
        long flow = newFlow();
        API.delete("/v4/flows/" + flow);

        JsonNode events = API.get("/v4/auditEvents?operation=deleteFlow&limit=1000")
                .json()
                .path("data");
        assertThat(events.findValuesAsText("detail")).anyMatch(detail -> detail.startsWith("flow " + flow + " "));
    }
}
