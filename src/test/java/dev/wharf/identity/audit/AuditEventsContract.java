package dev.wharf.identity.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.identity.Newcomer;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the record of changes and uses promises, on each database that the registry can be in. */
abstract class AuditEventsContract extends WharfTest {
    private final String bucket = newBucket();

    /** The administrator. */
    abstract Api api();

    /** The file service. */
    abstract URI files();

    private List<JsonNode> events(String filter) {
        var answer = api().get("/v4/auditEvents?sort=id&limit=1000&" + filter);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return list(answer.json().path("data"));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private void put(String key) {
        S3.put(bucket, key, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }

    private static String requestId(Api.Answer answer) {
        return answer.headers().get("x-trifacta-request-id").get(0);
    }

    @Test
    void everyChangeOfAConnectionIsRecordedWithWhoDidIt() {
        var newcomer = Newcomer.add(api());
        long id = newConnection(api(), bucket);
        var changed = api().tolerated()
                .patch(
                        "/v4/connections/" + id,
                        Map.of("description", "new", "params", Map.of(), "creator", "nobody\r\nat all"));
        api().post(
                        "/v4/connections/" + id + "/permissions",
                        Map.of(
                                "data",
                                List.of(Map.of(
                                        "person", Map.of("id", newcomer.id()), "policyTag", "connection_viewer"))));
        api().delete("/v4/connections/" + id + "/permissions/" + newcomer.id());
        api().delete("/v4/connections/" + id);

        var events = events("connectionId=" + id);

        assertThat(events)
                .extracting(event -> event.path("operation").asText())
                .containsExactly(
                        "createConnection",
                        "patchConnection",
                        "shareConnection",
                        "revokeConnectionPermission",
                        "deleteConnection");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.path("outcome").asText()).isEqualTo("success");
            assertThat(event.path("actor").path("id").asLong()).isEqualTo(1);
            assertThat(event.path("person").path("email").asText()).isEqualTo("admin@localhost");
            assertThat(event.path("via").asText()).isEqualTo("token");
        });
        assertThat(events.get(1).path("requestId").asText()).isEqualTo(requestId(changed));
        assertThat(events.get(1).path("detail").asText()).isEqualTo("description, params {}");
        assertThat(events.get(2).path("detail").asText()).isEqualTo("person " + newcomer.id() + " viewer");
    }

    @Test
    void everyUseOfAConnectionIsRecordedWithItsBucketAndKey() {
        put("in/a.csv");
        long id = newConnection(api(), bucket);
        String place = "uri=s3://" + bucket + "/in/";

        api().get("/vfsList?" + place + "?connectionId=" + id);
        var read = api().get("/vfsRead?" + place + "a.csv?connectionId=" + id);
        api().get("/vfsList?recursive=true&" + place + "?connectionId=" + id);

        assertThat(read.status()).isEqualTo(200);
        assertThat(events("connectionId=" + id + "&bucket=" + bucket))
                .extracting(
                        event -> event.path("operation").asText(),
                        event -> event.path("key").asText(),
                        event -> event.path("outcome").asText())
                .contains(
                        tuple("listFolder", "in/", "success"),
                        tuple("read", "in/a.csv", "success"),
                        tuple("listObjects", "in/", "success"));
        assertThat(events("requestId=" + requestId(read)))
                .extracting(event -> event.path("operation").asText())
                .contains("read");
    }

    @Test
    void aTestIsRecordedWithWhereItReadAndWrote() {
        long id = newConnection(api(), bucket);

        api().get("/v4/connections/" + id + "/status?write=true&path=s3://" + bucket + "/in/");

        assertThat(events("connectionId=" + id + "&bucket=" + bucket))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.path("operation").asText()).isEqualTo("getConnectionStatus");
                    assertThat(event.path("key").asText()).isEqualTo("in/");
                    assertThat(event.path("detail").asText()).startsWith("writing, " + S3.endpoint() + ": ");
                });
    }

    @Test
    void whatSomebodyHasAfterwardsIsRecordedNotWhatWasAskedFor() {
        var newcomer = Newcomer.add(api());
        long id = newConnection(api(), bucket);
        for (String policyTag : List.of("connection_editor", "connection_viewer")) {
            api().post(
                            "/v4/connections/" + id + "/permissions",
                            Map.of(
                                    "data",
                                    List.of(Map.of("person", Map.of("id", newcomer.id()), "policyTag", policyTag))));
        }

        assertThat(events("connectionId=" + id + "&operation=shareConnection"))
                .hasSize(2)
                .allSatisfy(event ->
                        assertThat(event.path("detail").asText()).isEqualTo("person " + newcomer.id() + " editor"));
    }

    @Test
    void aConnectionThatManyDeleteIsRecordedAsDeletedOnce() {
        long id = newConnection(api(), bucket);
        List<Integer> answers = IntStream.range(0, 4)
                .parallel()
                .mapToObj(time -> api().delete("/v4/connections/" + id).status())
                .sorted()
                .toList();

        assertThat(answers).containsExactly(204, 404, 404, 404);
        assertThat(events("connectionId=" + id + "&operation=deleteConnection&outcome=success"))
                .hasSize(1);
    }

    @Test
    void whatIsImportedFromIsNotDeletedMeanwhile() throws Exception {
        put("in/a.csv");
        for (int time = 0; time < 5; time++) {
            long id = newConnection(api(), bucket);
            String uri = "s3://" + bucket + "/in/?connectionId=" + id;
            var imported = CompletableFuture.supplyAsync(
                    () -> api().post("/v4/importedDatasets", Map.of("uri", uri, "name", "a")));
            int deleted = api().delete("/v4/connections/" + id).status();
            int created = imported.get().status();

            assertThat(deleted == 204 && created == 201)
                    .as("deleted " + deleted + ", imported " + created)
                    .isFalse();
        }
    }

    @Test
    void anUploadIsRecordedAsWrittenToBaseStorage() {
        var answer = api().send(api().request("/v4/uploads?name=facts.csv").PUT(BodyPublishers.ofString("a\n1\n")));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(events("connectionId=0&requestId=" + requestId(answer)))
                .filteredOn(event -> event.path("operation").asText().equals("write"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.path("bucket").asText()).isEqualTo("wharf");
                    assertThat(event.path("key").asText()).endsWith("/facts.csv");
                    assertThat(event.path("connection").isNull()).isTrue();
                });
    }

    @Test
    void whoWasRefusedIsRecordedToo() {
        var newcomer = Newcomer.add(api());
        long id = newConnection(api(), bucket);
        Api stranger = newcomer.api();

        stranger.get("/vfsList?uri=s3://" + bucket + "/?connectionId=" + id);
        stranger.patch("/v4/connections/" + id, Map.of("name", "mine"));
        stranger.delete("/v4/connections/" + id);
        stranger.get("/v4/connections/" + id + "/status");

        assertThat(events("connectionId=" + id + "&personId=" + newcomer.id()))
                .extracting(event -> event.path("operation").asText(), event -> event.path("outcome")
                        .asText())
                .containsExactly(
                        tuple("open", "denied"),
                        tuple("patchConnection", "denied"),
                        tuple("deleteConnection", "denied"),
                        tuple("getConnectionStatus", "denied"));
    }

    @Test
    void whoIsToldThatThereIsNoSuchDatasetIsOnRecord() {
        api().delete("/v4/importedDatasets/99999998");
        api().post("/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", 99999998)));

        assertThat(events("outcome=denied"))
                .filteredOn(event -> event.path("detail").asText().contains("99999998"))
                .extracting(event -> event.path("operation").asText())
                .containsExactlyInAnyOrder("deleteImportedDataset", "createJobGroup");
    }

    @Test
    void whatTheStoreRefusesIsRecordedAsDeniedAndWhatIsNotThereAsFailed() {
        long id = newConnection(api(), bucket);
        api().get("/vfsRead?uri=s3://" + bucket + "/missing?connectionId=" + id);
        api().patch(
                        "/v4/connections/" + id,
                        Map.of("credentials", List.of(Map.of("key", S3.accessKeyId(), "secret", "a-wrong-one"))));
        var refused = api().get("/vfsList?recursive=true&uri=s3://" + bucket + "/?connectionId=" + id);

        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(events("connectionId=" + id + "&outcome=failed"))
                .extracting(event -> event.path("key").asText())
                .contains("missing");
        assertThat(events("connectionId=" + id + "&outcome=denied"))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.path("operation").asText()).startsWith("list");
                    assertThat(event.path("detail").asText()).contains(bucket).doesNotContain("a-wrong-one");
                });
    }

    @Test
    void aProgramThatWasTrustedIsNotThePersonThatItNames() {
        long id = newConnection(api(), bucket);
        var program = new Api(files(), null);
        var answer = program.send(program.request("/vfsList?uri=s3://" + bucket + "/?connectionId=" + id)
                .header("x-trifacta-person-workspace-id", "1")
                .GET());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(events("requestId=" + requestId(answer))).isNotEmpty().allSatisfy(event -> {
            assertThat(event.path("actor").isNull()).isTrue();
            assertThat(event.path("via").asText()).isEqualTo("membershipId");
            assertThat(event.path("person").path("id").asLong()).isEqualTo(1);
        });
    }

    @Test
    void whatAJobDoesIsRecordedForThePersonWhoStartedIt() {
        put("in/a.csv");
        long id = newConnection(api(), bucket);
        long dataset = api().post(
                        "/v4/importedDatasets",
                        Map.of("uri", "s3://" + bucket + "/in/a.csv?connectionId=" + id, "name", "a"))
                .json()
                .path("id")
                .asLong();
        long job = api().post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", dataset),
                                "overrides",
                                Map.of(
                                        "writesettings",
                                        List.of(Map.of(
                                                "path",
                                                "s3://" + bucket + "/out/a.csv?connectionId=" + id,
                                                "action",
                                                "create",
                                                "format",
                                                "csv",
                                                "asSingleFile",
                                                true)))))
                .json()
                .path("id")
                .asLong();
        Awaitility.await().untilAsserted(() -> assertThat(
                        api().get("/v4/jobGroups/" + job + "/status").text())
                .isEqualTo("\"Complete\""));

        assertThat(events("operation=createJobGroup&connectionId=" + id))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.path("actor").path("id").asLong()).isEqualTo(1);
                    assertThat(event.path("detail").asText()).startsWith("jobGroup/" + job);
                });
        assertThat(events("requestId=jobGroup/" + job))
                .extracting(
                        event -> event.path("operation").asText(),
                        event -> event.path("via").asText(),
                        event -> event.path("actor").isNull(),
                        event -> event.path("person").path("id").asLong())
                .contains(
                        tuple("read", "job", true, 1L),
                        tuple("stage", "job", true, 1L),
                        tuple("commit", "job", true, 1L));
    }

    @Test
    void changesOfPeopleTokensAndConfigurationAreRecorded() {
        String email = UUID.randomUUID() + "@example.com";
        long person = api().post(
                        "/v4/people", Map.of("email", email, "name", "N", "password", "a password of many letters"))
                .json()
                .path("id")
                .asLong();
        api().patch("/v4/workspaces/current/people/" + person, Map.of("authorizationRoles", List.of("dataAdmin")));
        api().post("/v4/apiAccessTokens", Map.of("lifetimeSeconds", 60, "personId", person));

        assertThat(events("filter=person%20" + person + "&filterFields=detail&filterType=contains"))
                .extracting(event -> event.path("operation").asText(), event -> event.path("detail")
                        .asText())
                .contains(
                        tuple("createPerson", "person " + person + ", " + email + ", authorizationRoles []"),
                        tuple("updatePerson", "person " + person + ", authorizationRoles [dataAdmin]"));
    }

    @Test
    void onlyAdministratorsReadThem() {
        var answer = Newcomer.add(api()).api().get("/v4/auditEvents");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("detail").asText()).contains("workspaceAdmin");
    }

    @Test
    void aPageIsNewestFirstAndAStreamOldestFirst() {
        long id = newConnection(api(), bucket);
        for (int times = 0; times < 3; times++) {
            api().patch("/v4/connections/" + id, Map.of("description", "no " + times));
        }
        var page = api().get("/v4/auditEvents?limit=2&includeCount=true&connectionId=" + id)
                .json();
        var stream = api().send(api().request("/v4/auditEvents?connectionId=" + id)
                .header("accept", "application/x-ndjson")
                .GET());
        var lines = stream.text()
                .lines()
                .map(line -> Json.read(line, JsonNode.class).path("id").asLong())
                .toList();

        assertThat(page.path("count").asInt()).isEqualTo(4);
        assertThat(list(page.path("data")))
                .extracting(event -> event.path("id").asLong())
                .containsExactly(lines.get(3), lines.get(2));
        assertThat(lines).hasSize(4).isSorted();
        assertThat(events("connectionId=" + id + "&after=" + lines.get(2)))
                .extracting(event -> event.path("id").asLong())
                .containsExactly(lines.get(3));
    }

    @Test
    void aLinkLeadsToAFileOfLines() {
        long id = newConnection(api(), bucket);

        var answer = api().get("/v4/auditEvents?format=ndjson&connectionId=" + id);

        assertThat(answer.headers().get("content-type")).containsExactly("application/x-ndjson");
        assertThat(answer.headers().get("content-disposition"))
                .containsExactly("attachment; filename=\"audit-events.ndjson\"");
        assertThat(answer.text().lines())
                .singleElement()
                .extracting(line ->
                        Json.read(line, JsonNode.class).path("operation").asText())
                .isEqualTo("createConnection");
        assertThat(api().get("/v4/auditEvents?format=ndjson&connectionId=999999999")
                        .text())
                .isEmpty();
    }

    @Test
    void linesHaveTheFieldsThatAreAskedForAndAreAsManyAtMost() {
        long id = newConnection(api(), bucket);
        api().patch("/v4/connections/" + id, Map.of("description", "new"));
        String path = "/v4/auditEvents?format=ndjson&connectionId=" + id;

        assertThat(api().get(path + "&limit=1&fields=operation;outcome").text())
                .isEqualTo("{\"operation\":\"createConnection\",\"outcome\":\"success\"}\n");
        assertThat(api().get(path + "&limit=5000").text().lines()).hasSize(2);
        assertThat(api().get(path + "&fields=secret").status()).isEqualTo(400);
    }

    @Test
    void eventsAreFoundByTimeAndKey() {
        put("50%/a.csv");
        put("500/a.csv");
        long id = newConnection(api(), bucket);
        api().get("/vfsStat?uri=s3://" + bucket + "/50%25/a.csv?connectionId=" + id);
        api().get("/vfsStat?uri=s3://" + bucket + "/500/a.csv?connectionId=" + id);
        var first = events("connectionId=" + id).get(0).path("createdAt").asText();

        assertThat(events("connectionId=" + id + "&key=50%25"))
                .extracting(event -> event.path("key").asText())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key).startsWith("50%/a.csv"));
        assertThat(events("connectionId=" + id + "&to=" + first)).isEmpty();
        assertThat(events("connectionId=" + id + "&from=" + first)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outcome=maybe",
                "format=csv",
                "from=yesterday",
                "to=2026-13-01T00:00:00Z",
                "connectionId=x",
                "after=-1",
                "sort=detail",
                "sort=id&format=ndjson",
                "offset=1&format=ndjson",
                "limit=0&format=ndjson",
                "filterFields=password&filter=x",
                "filter=%00",
                "operation=%00",
                "requestId=%00",
                "bucket=a%00b",
                "key=%00"
            })
    void whatIsNoFilterIsRefusedByName(String query) {
        var answer = api().get("/v4/auditEvents?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith(query.substring(0, query.indexOf('=')));
    }
}
