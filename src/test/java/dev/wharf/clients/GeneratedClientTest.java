package dev.wharf.clients;

import static dev.wharf.clients.Recorded.expect;
import static dev.wharf.clients.Recorded.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What clients send that swagger-codegen made of the v4 API's document, and what their models insist on: an id and both
 * times in everything, {@code data} in lists, no value that an enumeration does not have. They send
 * {@code {}} where there is no body, Python's {@code True}, and numbers as text where the document calls them so.
 */
class GeneratedClientTest extends WharfTest {
    private static final String ROWS = "id,item\n1,apple\n2,pear\n";
    private static final String PAGE =
            "limit=25&offset=0&filterType=exact&sort=-id&filterFields=name&includeCount=True&includeDeleted=False&filter=";

    private static final Map<String, Set<String>> ENUMERATIONS = Map.of(
            "ranfrom", Set.of("ui", "schedule", "api"),
            "ranfor",
                    Set.of(
                            "recipe",
                            "sampling",
                            "pendingDatasource",
                            "plan",
                            "extract",
                            "profile",
                            "publish",
                            "refresh"),
            "status", Set.of("Created", "InProgress", "Complete", "Failed", "Canceled"),
            "jobType",
                    Set.of(
                            "ingest",
                            "filereader",
                            "fileconverter",
                            "wrangle",
                            "profile",
                            "filewriter",
                            "publish",
                            "sqlexecution",
                            "artifactstaging",
                            "schemadrift"),
            "execution", Set.of("photon", "amp", "xml-amp", "emrSpark"),
            "action", Set.of("create", "append", "overwrite"),
            "format", Set.of("csv", "json", "avro", "pqt", "hyper"),
            "compression", Set.of("none", "gzip", "bzip2", "snappy"));

    private final String bucket = newBucket();
    private final long connection = newConnection(null);
    private final String name = "generated " + UUID.randomUUID();
    private final Recorded client = new Recorded(
            API,
            Map.of(
                    "Content-Type", "application/json",
                    "Accept", "application/json",
                    "User-Agent", "Swagger-Codegen/1.0.0/python"));

    private static JsonNode strict(JsonNode object) {
        assertThat(object.path("id").isIntegralNumber()).as(object.toString()).isTrue();
        for (String time : List.of("createdAt", "updatedAt")) {
            OffsetDateTime.parse(object.path(time).asText());
        }
        ENUMERATIONS.forEach((field, values) -> {
            JsonNode value = object.path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                assertThat(values).as(field + " of " + object).contains(value.asText());
            }
        });
        return object;
    }

    private JsonNode create(String path, String body) {
        return strict(client.created(path, body));
    }

    /** What a list of one object has: the object as it is read by itself, and how many there are. */
    private void listed(String collection, JsonNode object) {
        JsonNode page = client.get(
                collection + "?" + PAGE + object.path("name").asText().replace(" ", "%20"));
        assertThat(page.path("count").isIntegralNumber()).isTrue();
        assertThat(page.path("data")).isNotEmpty();
        page.path("data").forEach(GeneratedClientTest::strict);
        assertThat(client.get(collection + "/count").path("count").asLong()).isPositive();
        strict(client.get(collection + "/" + id(object) + "?includeDeleted=False"));
        JsonNode some = client.get(collection + "/" + id(object) + "?fields=id%3Bname");
        assertThat(some.fieldNames()).toIterable().containsExactlyInAnyOrder("id", "name");
    }

    @Test
    void aWholeChainOfObjectsFitsStrictModelsFromImportToResultAndIsTakenDownAgain() {
        S3.put(bucket, "in/orders.csv", ROWS.getBytes(UTF_8));
        String place = "s3://" + bucket + "/%s?connectionId=" + connection;
        JsonNode dataset = create(
                "/v4/importedDatasets",
                "{\"uri\": \"" + place.formatted("in/orders.csv") + "\", \"name\": \"" + name
                        + "\", \"detectStructure\": true}");
        JsonNode flow =
                create("/v4/flows", "{\"name\": \"" + name + "\", \"description\": \"made\", \"folderId\": null}");
        listed("/v4/flows", flow);
        JsonNode recipe = create(
                "/v4/wrangledDatasets",
                "{\"name\": \"" + name + "\", \"importedDataset\": {\"id\": " + id(dataset) + "}, \"flow\": {\"id\": "
                        + id(flow) + "}}");
        listed("/v4/wrangledDatasets", recipe);
        JsonNode output = create(
                "/v4/outputObjects",
                "{\"execution\": \"photon\", \"profiler\": true, \"isAdhoc\": true, \"ignoreRecipeErrors\": false, \"flowNodeId\": "
                        + id(recipe) + ", \"writeSettings\": [], \"publications\": [], \"sqlScripts\": [], \"name\": \""
                        + name
                        + "\"}");
        listed("/v4/outputObjects", output);
        JsonNode setting = create(
                "/v4/writeSettings",
                "{\"path\": \"s3://" + bucket
                        + "/out/orders.csv\", \"action\": \"create\", \"format\": \"csv\", \"compression\":"
                        + " \"none\", \"header\": true, \"asSingleFile\": true, \"delim\": \",\", \"hasQuotes\": false,"
                        + " \"includeMismatches\": true, \"outputObjectId\": " + id(output)
                        + ", \"runParameters\": [], \"connectionId\": \"" + connection + "\"}");
        strict(client.get("/v4/writeSettings/" + id(setting)));
        expect(
                200,
                client.send(
                        "PATCH",
                        "/v4/flows/" + id(flow),
                        "{\"name\": \"" + name + "\", \"description\": \"changed\"}"));

        JsonNode started = client.created(
                "/v4/jobGroups",
                "{\"wrangledDataset\": {\"id\": " + id(recipe)
                        + "}, \"forceCacheUpdate\": false, \"ignoreRecipeErrors\": false, \"testMode\": false,"
                        + " \"runParameters\": {\"overrides\": {\"data\": []}}}");
        assertThat(started.path("jobGraph").path("vertices"))
                .hasSameSizeAs(started.path("jobs").path("data"));
        long job = id(started);
        client.waitFor("/v4/jobGroups/" + job + "/status");
        finished(job);

        client.get("/v4/jobGroups/" + job + "/profile");
        JsonNode writer = strict(client.get("/v4/jobGroups/" + job + "?embed=jobs.scriptResults,wrangledDataset"))
                .path("jobs")
                .path("data")
                .path(2); // behind the run and its profile
        var file = client.send(
                "GET",
                "/v4/scriptResults/"
                        + id(strict(writer.path("scriptResults").path("data").path(0))) + "/download",
                null);
        assertThat(file.text()).isEqualTo(ROWS);

        takenDown("/v4/writeSettings/" + id(setting), 404);
        takenDown("/v4/outputObjects/" + id(output), 410);
        takenDown("/v4/wrangledDatasets/" + id(recipe), 410);
        takenDown("/v4/flows/" + id(flow), 410);
        takenDown("/v4/importedDatasets/" + id(dataset), 410);
    }

    private void finished(long job) {
        String path = "/v4/jobGroups/" + job;
        strict(client.get(path + "?embed=jobs,wrangledDataset&includeDeleted=True"));
        for (JsonNode each : client.get(path + "/jobs").path("data")) {
            strict(each);
            strict(client.get("/v4/jobs/" + id(each)));
            assertThat(client.get("/v4/jobs/" + id(each) + "/status").asText()).isEqualTo("Complete");
        }
        for (String list : List.of("/inputs", "/publications")) {
            assertThat(client.get(path + list).path("data").isArray()).isTrue();
        }
        JsonNode outputs = client.get(path + "/outputs");
        assertThat(outputs.path("files").isArray()).isTrue();
        assertThat(outputs.path("tables").isArray()).isTrue();
        JsonNode library =
                client.get("/v4/jobLibrary?limit=25&offset=0&includeCount=True&runBy=currentUser&status=Complete");
        assertThat(library.path("count").asLong()).isPositive();
        // What others have started here is of engines that such a client does not know.
        library.path("data").forEach(each -> {
            if (id(each) == job) {
                strict(each);
            }
        });
        assertThat(client.get("/v4/jobLibrary/count?status=Complete")
                        .path("count")
                        .asLong())
                .isPositive();
    }

    private void takenDown(String path, int then) {
        assertThat(client.send("DELETE", path, "{}").status()).as(path).isEqualTo(204);
        assertThat(client.send("GET", path, null).status()).as(path).isEqualTo(then);
    }
}
