package dev.wharf.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Problems;
import dev.wharf.testing.Logged;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.Tree;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports that nobody waits for. */
class BackgroundImportTest extends WharfTest {
    private StubS3 store;
    private long connection;

    @BeforeEach
    void open() {
        store = StubS3.start("bucket");
        connection = newConnection(store.endpoint(), null);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private HttpRequest.Builder request(String folder) {
        return request(API, folder);
    }

    private HttpRequest.Builder request(Api api, String folder) {
        return api.request("/v4/importedDatasets")
                .header("content-type", "application/json")
                .header("prefer", "respond-async")
                .POST(BodyPublishers.ofString(Json.write(
                        Map.of("uri", "s3://bucket/" + folder + "?connectionId=" + connection, "name", "orders"))));
    }

    /** Where to look. */
    private static String begun(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.headers().get("preference-applied")).containsExactly("respond-async");
        String location = answer.headers().get("location").get(0);
        assertThat(location).isEqualTo("/v4/imports/" + answer.json().path("id"));
        return location;
    }

    private static JsonNode over(String location) {
        await().atMost(Duration.ofMinutes(1)).until(() -> !status(location).equals("running"));
        return API.get(location).json();
    }

    private static String status(String location) {
        return API.get(location).json().path("status").asText();
    }

    @Test
    void theAnswerComesAtOnceAndTellsWhereTheDatasetWillBe() {
        store.put("bucket", "in/a.csv", new byte[] {'a'});
        store.put("bucket", "in/_SUCCESS", new byte[0]);

        JsonNode task = over(begun(API.send(request("in/"))));

        assertThat(task.path("status").asText()).as(task.toString()).isEqualTo("complete");
        assertThat(task.path("files").asLong()).isEqualTo(1);
        assertThat(task.path("bytes").asLong()).isEqualTo(1);
        assertThat(task.path("ignored").asLong()).isEqualTo(1);
        var dataset = API.get(
                        "/v4/importedDatasets/" + task.path("importedDataset").path("id"))
                .json();
        assertThat(dataset.path("fileCount").asLong()).isEqualTo(1);
    }

    @Test
    void anotherPreferenceWhoseNameBeginsAlikeIsNotTakenForIt() {
        store.put("bucket", "in/a.csv", new byte[] {'a'});

        assertThat(API.send(request("in/").setHeader("prefer", "respond-asynchronous"))
                        .status())
                .isEqualTo(201);
        begun(API.send(request("in/").setHeader("prefer", "wait=10; now, Respond-Async")));
    }

    @Test
    void oneThatIsRefusedSaysWhyAndLeavesNothing() {
        store.put("bucket", "in/a.csv", new byte[] {'a'});
        store.put("bucket", "in/b.json", new byte[] {'a'});
        store.put("bucket", "in/_SUCCESS", new byte[0]);

        JsonNode task = over(begun(API.send(request("in/"))));

        assertThat(task.path("status").asText()).isEqualTo("failed");
        assertThat(task.path("failure").asText()).contains("different formats", "in/b.json");
        assertThat(task.path("files").asLong()).as("what was seen of it").isEqualTo(2);
        assertThat(task.path("bytes").asLong()).isEqualTo(2);
        assertThat(task.path("ignored").asLong()).isEqualTo(1);
        assertThat(task.path("importedDataset").isNull()).isTrue();
    }

    @Test
    void whatIsWrongWithTheRequestItselfIsAnsweredAtOnce() {
        assertThat(API.send(request("")).status()).isEqualTo(400);
    }

    @Test
    void oneThatIsCanceledEndsAndLeavesNothing() {
        store.tree("bucket", Tree.flat("in/", 1_000_000));
        store.on("GET", "list-type=2").delay(Duration.ofMillis(200)).always();
        String location = begun(API.send(request("in/")));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> API.get(location).json().path("files").asLong() > 0);

        assertThat(API.delete(location).status()).isEqualTo(204);

        assertThat(status(location)).isEqualTo("canceled");
        assertThat(API.delete(location).status()).as("once more").isEqualTo(204);
        var asked = new AtomicInteger();
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(() ->
                        asked.getAndSet(store.requests("GET", "list-type=2").size())
                                == store.requests("GET", "list-type=2").size());
        assertThat(asked).hasValueLessThan(1_000);
    }

    @Test
    void oneThatIsOverCannotBeCanceledAndOthersSeeNothingOfIt() {
        store.put("bucket", "in/a.csv", new byte[] {'a'});
        String location = begun(API.send(request("in/")));
        over(location);

        assertThat(API.delete(location).status()).isEqualTo(409);
        var stranger = API.as(newMember().token());
        assertThat(stranger.get(location).status()).isEqualTo(404);
        assertThat(stranger.delete(location).status()).isEqualTo(404);
    }

    @Test
    void theSameRequestSentAgainUnderItsIdBeginsNothingTwice() {
        store.put("bucket", "in/a.csv", new byte[] {'a'});
        String id = "background-" + connection;

        String location = begun(API.send(request("in/").header("x-execution-id", id)));
        over(location);

        try (var said = Logged.by(Problems.class.getName())) {
            var again = API.send(request("in/").header("x-execution-id", id));
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.headers().get("location")).containsExactly(location);
            assertThat(said.lines()).as("nothing unexpected has happened").isEmpty();
        }
    }

    @Test
    void oneThatHasFailedOrWasCanceledIsBegunAgainByTheSameRequest() {
        store.put("bucket", "in/a.csv", new byte[] {'a'});
        store.put("bucket", "in/b.json", new byte[] {'a'});
        var request = request("in/").header("x-execution-id", "again-" + connection);
        String failed = begun(API.send(request));
        assertThat(over(failed).path("status").asText()).isEqualTo("failed");

        store.remove("bucket", "in/b.json");
        store.on("GET", "list-type=2").delay(Duration.ofSeconds(3)).always();
        String canceled = begun(API.send(request));
        assertThat(API.delete(canceled).status()).isEqualTo(204);
        store.reset();

        String last = begun(API.send(request));
        assertThat(over(last).path("status").asText()).isEqualTo("complete");
        assertThat(List.of(failed, canceled, last)).doesNotHaveDuplicates();
        assertThat(API.send(request).status()).isEqualTo(304);
    }

    @Test
    void whoeverHasLostTheAnswersFindsTheImportsInTheListTheNewestFirst() {
        store.put("bucket", "in/a.csv", new byte[] {'a'});
        store.put("bucket", "other/a.csv", new byte[] {'a'});
        var member = newMember();
        API.post(
                "/v4/connections/" + connection + "/permissions",
                Map.of("data", List.of(Map.of("person", Map.of("id", member.personId()), "role", "readOnly"))));
        var api = API.as(member.token());
        String first = begun(api.send(request(api, "in/")));
        String second = begun(api.send(request(api, "other/")));

        var page = api.get("/v4/imports?includeCount=true").json();

        assertThat(page.path("count").asLong()).isEqualTo(2);
        assertThat(ids(page)).containsExactly(second.replaceAll(".*/", ""), first.replaceAll(".*/", ""));
        assertThat(ids(api.get("/v4/imports?limit=1&offset=1").json())).containsExactly(first.replaceAll(".*/", ""));
        assertThat(api.get("/v4/imports?filter=other/&filterFields=uri&filterType=contains")
                        .json()
                        .path("data"))
                .hasSize(1);
        assertThat(API.as(newMember().token()).get("/v4/imports").json().path("data"))
                .as("somebody else's")
                .isEmpty();
    }

    /** Of the imports alone: the dataset that one has made by now has an id as well. */
    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("data").spliterator(), false)
                .map(each -> each.path("id").asText())
                .toList();
    }
}
