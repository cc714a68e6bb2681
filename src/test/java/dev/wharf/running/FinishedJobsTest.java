package dev.wharf.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients read of a job that has ended, and how they fetch what it has written. */
class FinishedJobsTest extends WharfTest {
    private static final String ROWS = "id,name\n1,a\n2,b\n";

    private final String bucket = newBucket();
    private final long connection = newConnection(null);
    private final Instant before = Instant.now().minusSeconds(60);
    private long dataset;
    private long job;

    @BeforeEach
    void aJobThatIsComplete() {
        S3.put(bucket, "in/orders.csv", ROWS.getBytes(UTF_8));
        String place = "s3://" + bucket + "/%s?connectionId=" + connection;
        dataset = API.post("/v4/importedDatasets", Map.of("uri", place.formatted("in/orders.csv"), "name", "orders"))
                .json()
                .path("id")
                .asLong();
        var setting =
                Map.of("path", place.formatted("out/result.csv"), "action", "create", "format", "csv", "header", true);
        job = API.post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", dataset),
                                "overrides",
                                Map.of("writesettings", List.of(setting))))
                .json()
                .path("id")
                .asLong();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> API.get("/v4/jobGroups/" + job + "/status").text().equals("\"Complete\""));
    }

    private JsonNode result() {
        JsonNode jobs = API.get("/v4/jobGroups/" + job + "?embed=jobs.scriptResults,wrangledDataset")
                .json()
                .at("/jobs/data");
        assertThat(jobs.findValuesAsText("jobType")).containsExactly("wrangle", "filewriter");
        assertThat(jobs.at("/0/scriptResults/data")).isEmpty();
        assertThat(jobs.at("/1/scriptResults/data")).hasSize(1);
        return jobs.at("/1/scriptResults/data/0");
    }

    @Test
    void itsResultIsFetchedByAnIdWholeOrInPart() {
        JsonNode result = result();
        assertThat(result.path("path").asText()).isEqualTo("/out/result_" + job + "/result.csv");
        String address = "/v4/scriptResults/" + result.path("id").asLong();
        assertThat(API.get(address).json()).isEqualTo(result);

        var whole = API.get(address + "/download");
        assertThat(whole.text()).isEqualTo(ROWS);
        var part = API.send(
                API.request(address + "/download").header("range", "bytes=3-6").GET());
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("name");
        String etag = whole.headers().get("etag").get(0);
        assertThat(API.send(API.request(address + "/download")
                                .header("if-none-match", etag)
                                .GET())
                        .status())
                .isEqualTo(304);
        assertThat(API.get("/v4/scriptResults/999999/download").status()).isEqualTo(404);
    }

    @Test
    void aCheckOfAnotherTellsWhatItsStartWouldMeetInTheStores() {
        String known = "s3://" + bucket + "/out/result.csv?connectionId=" + connection;
        assertThat(check(known).status()).isEqualTo(201);
        assertThat(S3.keys(bucket)).noneMatch(key -> key.equals("out/result.csv"));

        var nowhere = check(known.replace(bucket, bucket + "-gone"));
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.json().path("detail").asText()).contains(bucket + "-gone");

        S3.put(bucket, "in/orders.csv", "id,name\n1,other\n".getBytes(UTF_8));
        var changed = check(known);
        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed.json().path("detail").asText())
                .contains("1 file of dataset " + dataset + " has changed or gone", "in/orders.csv changed");
    }

    private Api.Answer check(String path) {
        return API.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", dataset),
                        "testMode",
                        true,
                        "overrides",
                        Map.of("writesettings", List.of(Map.of("path", path, "action", "create", "format", "csv")))));
    }

    @Test
    void whatHasBeenPutInThePlaceOfItsResultIsNotSentAsItsResult() {
        JsonNode result = result();
        String version = "&etag=" + result.path("etag").asText();
        String uri = "uri=" + result.path("uri").asText();
        assertThat(API.get("/vfsPreview?" + uri + version).status()).isEqualTo(200);
        assertThat(API.get("/vfsArchive?" + uri + version).status()).isEqualTo(200);
        assertThat(API.get("/vfsArchive?" + uri + version + version).status()).isEqualTo(400);

        S3.put(bucket, result.path("path").asText().substring(1), "id,name\n1,other\n".getBytes(UTF_8));

        String address = "/v4/scriptResults/" + result.path("id").asLong() + "/download";
        for (var request : List.of(
                API.request(address),
                API.request(address).header("range", "bytes=0-1"),
                API.request(address)
                        .header("if-none-match", '"' + result.path("etag").asText() + '"'))) {
            var refused = API.send(request.GET());
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().path("detail").asText())
                    .contains("has changed since job group " + job + " wrote it", "run the job again");
        }
        assertThat(API.get("/vfsPreview?" + uri + version).status()).isEqualTo(409);
        assertThat(API.get("/vfsArchive?" + uri + version).status()).isEqualTo(409);
        assertThat(API.get("/vfsRead?" + uri).text()).contains("other");
    }

    @Test
    void otherPeopleNeitherSeeItNorFetchItsResult() {
        var other = API.as(newMember().token());
        String address = "/v4/scriptResults/" + result().path("id").asLong();

        assertThat(other.get(address).status()).isEqualTo(404);
        assertThat(other.get(address + "/download").status()).isEqualTo(404);
        assertThat(other.get("/v4/jobLibrary?runBy=all").json().path("data")).isEmpty();
        assertThat(other.post("/v4/jobGroups/" + job + "/cancel", Map.of()).status())
                .isEqualTo(404);
    }

    @Test
    void itsJobsTellHowFarTheyAreAndWhichAttemptItWas() {
        for (JsonNode each : API.get("/v4/jobGroups/" + job + "/jobs").json().path("data")) {
            String address = "/v4/jobs/" + each.path("id").asLong();
            assertThat(API.get(address).json()).isEqualTo(each);
            assertThat(API.get(address + "/status").text()).isEqualTo("\"Complete\"");
            assertThat(each.path("percentComplete").asInt()).isEqualTo(100);
            assertThat(each.path("attempt").asInt()).isEqualTo(1);
            assertThat(each.path("maxAttempts").asInt()).isPositive();
        }
        assertThat(API.get("/v4/jobs/999999").status()).isEqualTo(404);
    }

    @Test
    void itsInputIsItsDataset() {
        var inputs = API.get("/v4/jobGroups/" + job + "/inputs").json().path("data");

        assertThat(inputs.at("/0/name").asText()).isEqualTo("orders");
        assertThat(inputs.at("/0/inputs/0/uri").asText())
                .isEqualTo("s3://" + bucket + "/in/orders.csv?connectionId=" + connection);
        assertThat(API.get("/v4/jobGroups/" + job + "/publications").json().path("data"))
                .isEmpty();
    }

    @Test
    void theLibraryIsNarrowedByStatusOriginAndTime() {
        String since = "dateFilter%5BcreatedAt%5D%5Bgte%5D=" + before.toEpochMilli();
        assertThat(library(since + "&status=Complete,Failed&ranfrom=api&ranfor=recipe"))
                .contains(job);
        assertThat(library(since + "&status=Canceled")).doesNotContain(job);
        assertThat(library("ranfrom=schedule")).doesNotContain(job);
        assertThat(library("dateFilter%5BcreatedAt%5D%5Blte%5D=" + before.toEpochMilli()))
                .doesNotContain(job);
        assertThat(API.get("/v4/jobLibrary/count?" + since).json().path("count").asLong())
                .isPositive();
        for (String wrong :
                List.of("status=Done", "runBy=me", "ranfor=plan", "dateFilter%5BcreatedAt%5D%5Bgte%5D=now")) {
            assertThat(API.get("/v4/jobLibrary?" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    private static List<Long> library(String query) {
        List<Long> ids = new ArrayList<>();
        API.get("/v4/jobLibrary?limit=1000&" + query)
                .json()
                .path("data")
                .forEach(group -> ids.add(group.path("id").asLong()));
        return ids;
    }
}
