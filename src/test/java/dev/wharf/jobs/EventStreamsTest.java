package dev.wharf.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Jobs that another node works on, whose rows the test writes in its place. */
class EventStreamsTest extends WharfTest {
    private static final String DATABASE = "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc";
    private static final JdbcClient REGISTRY = JdbcClient.create(new DriverManagerDataSource(DATABASE, "sa", ""));
    /** More than the service has workers, which are 128 and one for each upload and download. */
    private static final int MANY = 140;

    private static Wharf wharf;
    private static Api api;

    private long job;

    @BeforeAll
    static void begin() {
        wharf = start(Map.of(
                "wharf.registry.url",
                DATABASE,
                "wharf.http.stall-timeout",
                "20s",
                "wharf.uploads.max-concurrent",
                "1",
                "wharf.downloads.max-concurrent",
                "2",
                "wharf.events.max-per-person",
                String.valueOf(MANY),
                "wharf.events.max-concurrent",
                String.valueOf(2 * MANY)));
        api = new Api(wharf.api(), token(wharf));
    }

    @AfterAll
    static void end() {
        wharf.close();
    }

    @BeforeEach
    void anotherNodeWorksOnAJob() {
        String uuid = UUID.randomUUID().toString();
        REGISTRY.sql(
                        "INSERT INTO job_group (uuid, workspace_id, membership_id, name, execution, ran_from, status, created_at,"
                                + " updated_at) VALUES (:uuid, 1, 1, 'orders', 'spark', 'api', 'InProgress', CURRENT_TIMESTAMP,"
                                + " CURRENT_TIMESTAMP)")
                .param("uuid", uuid)
                .update();
        job = REGISTRY.sql("SELECT id FROM job_group WHERE uuid = :uuid")
                .param("uuid", uuid)
                .query(Long.class)
                .single();
        run(
                "INSERT INTO job (job_group_id, job_type, status, attempts, process_id, renewed_at, begun_at, created_at, updated_at)"
                        + " VALUES (:job, 'publish', 'InProgress', 2, 'other:1', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP - INTERVAL '10' SECOND,"
                        + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)");
        run(
                "INSERT INTO result_file (job_group_id, file_no, source_uri, source_size, sent_bytes, bucket, object_key, state, listed)"
                        + " VALUES (:job, 1, 'file:///a', 1000, 0, 'b', 'k', 'pending', FALSE)");
    }

    private void run(String statement) {
        REGISTRY.sql(statement).param("job", job).update();
    }

    private void complete() {
        run("UPDATE result_file SET state = 'published', byte_size = 1000 WHERE job_group_id = :job");
        run("UPDATE job SET status = 'Complete', process_id = NULL WHERE job_group_id = :job");
        run("UPDATE job_group SET status = 'Complete' WHERE id = :job");
    }

    private CompletableFuture<HttpResponse<Stream<String>>> watch(Api caller, HttpClient client) {
        return client.sendAsync(
                caller.request("/v4/jobGroups/" + job + "/progress")
                        .header("accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofLines());
    }

    private HttpResponse<Stream<String>> watch(Api caller) {
        return watch(caller, HttpClient.newHttpClient()).join();
    }

    /** The next event or comment: its lines, without the blank one behind it. */
    private static List<String> next(Iterator<String> lines) {
        List<String> event = new ArrayList<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            event.add(line);
        }
        return event;
    }

    private static List<String> nextEvent(Iterator<String> lines) {
        List<String> event = next(lines);
        return event.get(0).startsWith(":") ? nextEvent(lines) : event;
    }

    private static JsonNode document(List<String> event) {
        return Json.read(event.get(event.size() - 1).substring("data: ".length()), JsonNode.class);
    }

    @Test
    void whatAnotherNodeWritesIsSentUntilTheJobIsOver() {
        var answer = watch(api);
        Iterator<String> lines = answer.body().iterator();

        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
        var first = nextEvent(lines);
        assertThat(first.subList(0, 2)).containsExactly("retry: 3000", "event: progress");
        assertThat(document(first))
                .isEqualTo(api.get("/v4/jobGroups/" + job + "/progress").json());
        assertThat(document(first).path("step").asText()).isEqualTo("sending");
        assertThat(document(first).path("attempt").asInt()).isEqualTo(2);
        run("UPDATE result_file SET sent_bytes = 500 WHERE job_group_id = :job");
        var half = document(nextEvent(lines));
        assertThat(half.at("/bytes/done").asLong()).isEqualTo(500);
        assertThat(half.at("/bytes/total").asLong()).isEqualTo(1000);
        assertThat(half.path("bytesPerSecond").asLong()).isBetween(1L, 100L);
        assertThat(half.path("secondsLeft").asLong()).isGreaterThanOrEqualTo(5);
        complete();
        List<List<String>> rest = new ArrayList<>();
        while (lines.hasNext()) {
            rest.add(nextEvent(lines));
        }
        var last = rest.get(rest.size() - 1);
        assertThat(last.subList(0, 2)).containsExactly("event: end", "id: end");
        assertThat(document(last).path("step").asText()).isEqualTo("over");
        assertThat(document(last).at("/files/done").asInt()).isEqualTo(1);
    }

    @Test
    void whoComesAgainAfterTheEndIsToldThatThereIsNoMore() {
        complete();

        var first = api.send(api.request("/v4/jobGroups/" + job + "/progress")
                .header("accept", "text/event-stream")
                .header("accept-encoding", "gzip"));
        var again = api.send(api.request("/v4/jobGroups/" + job + "/progress")
                .header("accept", "text/event-stream")
                .header("last-event-id", "end"));

        assertThat(first.text())
                .contains("event: progress\ndata: {", "event: end\nid: end\ndata: {")
                .endsWith("}\n\n");
        assertThat(again.status()).isEqualTo(204);
    }

    @Test
    void silenceIsFilledWithComments() {
        Iterator<String> lines = watch(api).body().iterator();
        nextEvent(lines);

        await().atMost(Duration.ofSeconds(60)).until(() -> next(lines).get(0).equals(": nothing new"));
    }

    @Test
    void whoseTokenIsRevokedIsToldSoAndSeesNothingMore() {
        var made =
                api.post("/v4/apiAccessTokens", Map.of("lifetimeSeconds", 3600)).json();
        Iterator<String> lines = watch(
                        new Api(wharf.api(), made.path("tokenValue").asText()))
                .body()
                .iterator();
        nextEvent(lines);

        api.delete("/v4/apiAccessTokens/" + made.at("/tokenInfo/tokenId").asText());

        var last = lastOf(lines);
        assertThat(last.get(0)).isEqualTo("event: problem");
        assertThat(document(last).path("status").asInt()).isEqualTo(401);
    }

    private static List<String> lastOf(Iterator<String> lines) {
        List<String> last = List.of();
        while (lines.hasNext()) {
            last = next(lines);
        }
        return last;
    }

    private static Api person(List<String> roles) {
        var person = api.post(
                        "/v4/people",
                        Map.of("email", UUID.randomUUID() + "@example.com", "name", "Ann", "authorizationRoles", roles))
                .json();
        var token = api.post(
                        "/v4/apiAccessTokens",
                        Map.of(
                                "lifetimeSeconds",
                                3600,
                                "personId",
                                person.path("id").asLong()))
                .json();
        return new Api(wharf.api(), token.path("tokenValue").asText());
    }

    @Test
    void aJobOfSomebodyElseCannotBeWatched() {
        var made = api.post("/v4/people", Map.of("email", UUID.randomUUID() + "@example.com", "name", "Ann"));
        var token = api.post(
                        "/v4/apiAccessTokens",
                        Map.of(
                                "lifetimeSeconds",
                                3600,
                                "personId",
                                made.json().path("id").asLong()))
                .json();
        var other = new Api(wharf.api(), token.path("tokenValue").asText());

        assertThat(other.send(other.request("/v4/jobGroups/" + job + "/progress")
                                .header("accept", "text/event-stream"))
                        .status())
                .isEqualTo(404);
        assertThat(other.get("/v4/jobGroups/" + job + "/progress").status()).isEqualTo(404);
    }

    @Test
    void asManyAsThereMayBeHoldNoWorkerAndEndWithTheirClients() {
        Api other = person(List.of("workspaceAdmin"));
        var client = HttpClient.newHttpClient();
        var watchers =
                IntStream.range(0, MANY).mapToObj(one -> watch(other, client)).toList();
        watchers.forEach(watcher -> assertThat(watcher.join().statusCode()).isEqualTo(200));

        var refused =
                other.send(other.request("/v4/jobGroups/" + job + "/progress").header("accept", "text/event-stream"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).contains("wharf.events.max-");
        assertThat(other.get("/v4/jobGroups/" + job).status()).isEqualTo(200);
        watchers.forEach(watcher -> watcher.join().body().close());
        complete();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> other.send(other.request("/v4/jobGroups/" + job + "/progress")
                                        .header("accept", "text/event-stream"))
                                .status()
                        == 200);
    }
}
