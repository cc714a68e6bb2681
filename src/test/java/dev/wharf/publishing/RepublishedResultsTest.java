package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.S3Server;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code PUT /v4/jobGroups/{id}/publish} with a body: the results of a job, in another place as well. */
class RepublishedResultsTest extends PublishingTest {
    private final Api api = new Api(SERVICE.api(), token(SERVICE));

    private long published(Object... results) {
        send(announcement(results));
        return awaitEnd("Complete");
    }

    private Api.Answer publish(long job, Map<String, Object> body) {
        return api.put("/v4/jobGroups/" + job + "/publish", body);
    }

    private JsonNode awaitEnd(JsonNode started, String status) {
        String address = "/v4/jobGroups/" + started.path("jobgroupId").asLong();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api.get(address + "/status").text().equals("\"" + status + "\""));
        return api.get(address).json();
    }

    private static String content(S3Server store, String bucket, String key) {
        return new String(store.get(bucket, key), StandardCharsets.UTF_8);
    }

    @Test
    void resultsGoToAnotherStoreInAFolderOfTheirOwnAndAgain() {
        long job = published(result(path("orders.csv"), source("a.csv")));
        String to = "s3://other/" + folder + "?connectionId=" + B;

        JsonNode first = publish(job, Map.of("path", to)).json();
        awaitEnd(first, "Complete");
        JsonNode second = publish(job, Map.of("path", "s3://other/" + folder, "connectionId", B, "action", "create"))
                .json();
        awaitEnd(second, "Complete");

        for (JsonNode each : List.of(first, second)) {
            String place = folder + "orders_" + each.path("jobgroupId").asLong() + "/";
            assertThat(content(OTHER_STORE, "other", place + "orders.csv")).isEqualTo("a.csv of " + folder);
            assertThat(OTHER_STORE.keys("other")).contains(place + "_SUCCESS");
            assertThat(each.path("ranfor").asText()).isEqualTo("publish");
            assertThat(each.at("/publishedFrom/id").asLong()).isEqualTo(job);
        }
        assertThat(written()).hasSize(2);
    }

    @Test
    void aPublicationIsShownAmongTheJobsAndThePublicationsOfItsSource() {
        long job = published(result(path("orders.csv"), source("a.csv")));
        long child = publish(job, Map.of("path", path("again/")))
                .json()
                .path("jobgroupId")
                .asLong();
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        api.get("/v4/jobGroups/" + child + "/status").text().equals("\"Complete\""));

        JsonNode jobs = api.get("/v4/jobGroups/" + job + "?embed=jobs.scriptResults")
                .json()
                .at("/jobs/data");
        JsonNode listed =
                api.get("/v4/jobGroups/" + job + "/publications").json().path("data");

        assertThat(jobs.findValuesAsText("jobType")).containsExactly("filewriter", "publish");
        assertThat(jobs.at("/1/jobGroup/id").asLong()).isEqualTo(child);
        assertThat(api.get("/v4/jobs/" + jobs.at("/1/id").asLong() + "/status").text())
                .isEqualTo("\"Complete\"");
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/id")).isEqualTo(jobs.at("/1/id"));
        assertThat(listed.at("/0/path").asText()).isEqualTo(path("again/"));
        assertThat(listed.at("/0/status").asText()).isEqualTo("Complete");
        assertThat(library("ranfor=publish")).contains(child).doesNotContain(job);
        assertThat(library("ranfor=recipe")).contains(job).doesNotContain(child);
        assertThat(api.get("/v4/jobGroups/" + child + "/outputs")
                        .json()
                        .at("/files/0/uri")
                        .asText())
                .isEqualTo(path("again/orders_" + child + "/orders.csv"));
    }

    private List<Long> library(String query) {
        List<Long> ids = new ArrayList<>();
        api.get("/v4/jobLibrary?limit=1000&" + query)
                .json()
                .path("data")
                .forEach(group -> ids.add(group.path("id").asLong()));
        return ids;
    }

    @Test
    void whatIsRefusedDoesNotCountAgainstTheLimitOfJobs() {
        long job = published(result(path("orders.csv"), source("a.csv")));
        long before = left(publish(job, Map.of("path", path("one/"))));

        for (int refused = 0; refused < 3; refused++) {
            assertThat(publish(job, Map.of("path", path("one/"), "action", "load"))
                            .status())
                    .isEqualTo(400);
            assertThat(publish(job, Map.of("path", "s3://target/x/?connectionId=999999"))
                            .status())
                    .isEqualTo(404);
        }

        // More are left where a minute has begun meanwhile.
        assertThat(left(publish(job, Map.of("path", path("two/"))))).isGreaterThanOrEqualTo(before - 1);
    }

    private static long left(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return Long.parseLong(
                answer.headers().get("x-rate-limit-user-remaining").get(0));
    }

    @Test
    void resultsOfOneStemGoIntoOneFolderAndThoseOfOneNameAreToldApartByTheirFormat() {
        long stem = published(
                result(path("a.csv"), source("a.csv")),
                with(result(path("a.json"), source("a.json")), "format", "json"));
        JsonNode both = publish(stem, Map.of("path", path("both/"))).json();
        awaitEnd(both, "Complete");
        String place = "both/orders_" + both.path("jobgroupId").asLong() + "/";
        assertThat(written()).contains(place + "a.csv", place + "a.json", place + "_SUCCESS");
    }

    @Test
    void twoResultsOfOneNameAreRefusedAndSayWhatToDo() {
        long job = published(
                result(path("x/data"), source("a")), with(result(path("y/data"), source("b")), "format", "json"));

        var refused = publish(job, Map.of("path", path("both/")));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText())
                .contains("called data in one folder", "name the inputFormat of one");
        awaitEnd(
                publish(job, Map.of("path", path("one/"), "inputFormat", "json"))
                        .json(),
                "Complete");
    }

    @Test
    void theSameExecutionIdPublishesOnce() {
        long job = published(result(path("orders.csv"), source("a.csv")));
        String body = Json.write(Map.of("path", path("once/")));
        String id = UUID.randomUUID().toString();

        Api.Answer first = publish(job, body, id);
        Api.Answer second = publish(job, body, id);

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(304);
        assertThat(api.get("/v4/jobGroups/" + job + "/publications").json().path("data"))
                .hasSize(1);
        assertThat(publish(job, Json.write(Map.of("path", path("twice/"))), id).status())
                .isEqualTo(409);
    }

    private Api.Answer publish(long job, String body, String executionId) {
        return api.send(api.request("/v4/jobGroups/" + job + "/publish")
                .header("content-type", "application/json")
                .header("x-execution-id", executionId)
                .PUT(BodyPublishers.ofString(body)));
    }

    @Test
    void oneOfSeveralResultsIsPublishedUnderAnotherName() {
        long job = published(
                result(path("orders.csv"), source("a.csv")),
                with(result(path("orders.json"), source("b.json")), "format", "json"));

        JsonNode started = publish(job, Map.of("path", path("lines.json"), "inputFormat", "json"))
                .json();
        long child = awaitEnd(started, "Complete").path("id").asLong();

        assertThat(content(STORE, "target", folder + "lines_" + child + "/lines.json"))
                .isEqualTo("b.json of " + folder);
        assertThat(publish(job, Map.of("path", path("all.csv"))).text()).contains("names a file", "2 results");
        assertThat(publish(job, Map.of("path", path("lines.csv"), "inputFormat", "json"))
                        .text())
                .contains("ends in .csv", "ends in .json");
        assertThat(publish(job, Map.of("path", path("x/"), "inputFormat", "pqt"))
                        .text())
                .contains("has written none");
    }

    @Test
    void tablesAndReplacingAreRefusedByName() {
        long job = published(result(path("orders.csv"), source("a.csv")));

        Api.Answer table = api.tolerated()
                .put(
                        "/v4/jobGroups/" + job + "/publish",
                        Map.of(
                                "connection",
                                Map.of("id", 1),
                                "path",
                                List.of("default"),
                                "table",
                                "t1",
                                "action",
                                "createAndLoad",
                                "inputFormat",
                                "pqt",
                                "flowNodeId",
                                27));
        assertThat(table.status()).isEqualTo(400);
        assertThat(table.text()).contains("table names a table", "createAndLoad, which is for tables", "is an array");
        assertThat(publish(job, Map.of("path", path("x/"), "action", "overwrite"))
                        .text())
                .contains("nothing is ever replaced");
        assertThat(publish(job, Map.of("path", "s3://base/trifacta/uploads/x/")).text())
                .contains("folder of uploads");
    }

    @Test
    void whatCannotBeWrittenFailsBeforeAnythingIsReadAndLeavesTheFirstResultsAlone() {
        long job = published(result(path("orders.csv"), source("a.csv")));
        FAULTS.on("POST", "denied/orders_").always().answer(403, "AccessDenied");
        FAULTS.on("PUT", "denied/orders_").always().answer(403, "AccessDenied");

        JsonNode failed = awaitEnd(publish(job, Map.of("path", path("denied/"))).json(), "Failed");

        assertThat(failed.path("errorMessage").asText()).contains("s3:PutObject");
        assertThat(written()).hasSize(2);
        assertThat(uploads()).isEmpty();
        assertThat(api.get("/v4/jobGroups/" + job + "/status").text()).isEqualTo("\"Complete\"");
    }

    @Test
    void aPublicationThatStopsHalfWayGoesOnByItself() {
        long job = published(result(path("first.csv"), source("a.csv")), result(path("second.csv"), source("b.csv")));
        FAULTS.on("POST", "second.csv?uploadId=").always().answer(403, "AccessDenied");
        JsonNode failed = awaitEnd(publish(job, Map.of("path", path("again/"))).json(), "Failed");
        assertThat(failed.path("errorMessage").asText()).contains("Visible (1 of 2)", "Not visible (1 of 2)");
        FAULTS.reset();

        JsonNode goesOn = api.send(
                        api.request("/v4/jobGroups/" + failed.path("id").asLong() + "/publish")
                                .PUT(BodyPublishers.noBody()))
                .json();

        awaitEnd(goesOn, "Complete");
        assertThat(written()).filteredOn(key -> key.startsWith("again/")).hasSize(3);
    }

    @Test
    void resultsThatAreNotCompleteAreNotPublished() {
        send(announcement(result(path("orders.csv"), "s3://tmp/" + folder + "missing?connectionId=" + A)));
        long failed = awaitEnd("Failed");

        assertThat(publish(failed, Map.of("path", path("x/"))).text())
                .contains("is Failed", "goes on that stopped half-way");
        assertThat(publish(987654321, Map.of("path", path("x/"))).status()).isEqualTo(404);
    }

    @Test
    void aResultThatWasReplacedSinceItWasWrittenIsNotPublished() {
        long job = published(result(path("orders.csv"), source("a.csv")));
        String written = folder + "orders_" + job + "/orders.csv";
        STORE.put("target", written, "somebody else's".getBytes(StandardCharsets.UTF_8));

        for (String to : List.of(path("again/"), "s3://other/" + folder + "?connectionId=" + B)) {
            var refused = publish(job, Map.of("path", to));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().path("detail").asText())
                    .contains("s3://target/" + written + " has changed since job group " + job + " wrote it");
        }
        assertThat(written()).noneMatch(key -> key.startsWith("again/"));
    }

    @Test
    void whatReplacesAResultOnceItWasLookedAtIsNotPublishedEither() {
        long job = published(result(path("orders.csv"), source("a.csv")));
        String written = folder + "orders_" + job + "/orders.csv";
        FAULTS.on("HEAD", written).always().answer(403, "AccessDenied"); // so that it is looked at when it is read
        STORE.put("target", written, "somebody else's".getBytes(StandardCharsets.UTF_8));

        JsonNode failed = awaitEnd(publish(job, Map.of("path", path("again/"))).json(), "Failed");

        assertThat(failed.path("errorMessage").asText()).contains("has changed since job group " + job + " wrote it");
        assertThat(written()).noneMatch(key -> key.startsWith("again/"));
    }

    @Test
    void nothingElseIsPublishedIntoTheFolderOfAJob() {
        long job = published(result(path("orders.csv"), source("a.csv")));
        String inside = path("orders_" + job + "/more/");

        Api.Answer refused = publish(job, Map.of("path", inside));
        send(with(
                announcement(result(inside, source("b.csv"))),
                "announcedAs",
                UUID.randomUUID().toString()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("in the folder of job group " + job);
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> api.get("/v4/jobLibrary?limit=1000&status=Failed").text(),
                        all -> all.contains("in the folder of job group " + job));
        assertThat(publish(job, Map.of("path", path("orders_" + (job + 1) + "0000/")))
                        .status())
                .as("a folder that only looks like one")
                .isEqualTo(200);
    }

    @Test
    void whatAPublicationReadsAreTheResultsThatItCopies() {
        long job = published(
                result(path("orders.csv"), source("a.csv")),
                with(result(path("lines.json"), source("b.json")), "format", "json"));
        long child = publish(job, Map.of("path", path("again/"), "inputFormat", "json"))
                .json()
                .path("jobgroupId")
                .asLong();

        JsonNode read = api.get("/v4/jobGroups/" + child + "/inputs").json().path("data");

        assertThat(read).hasSize(1);
        assertThat(read.at("/0/name").asText()).isEqualTo("results of job group " + job);
        assertThat(read.at("/0/inputs").findValuesAsText("uri")).containsExactly(path("lines_" + job + "/lines.json"));
    }
}
