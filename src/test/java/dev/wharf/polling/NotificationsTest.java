package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.Logged;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queues of events as triggers of schedules, in the service as it runs, with a server of queues in this process. */
class NotificationsTest extends WharfTest {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private static EventQueues queues;

    private String bucket;
    private long connection;
    private String queue;
    private String deadLetters;

    @BeforeAll
    static void startServer() {
        queues = new EventQueues();
    }

    @AfterAll
    static void stopServer() {
        queues.close();
    }

    @BeforeEach
    void newSource() {
        bucket = newBucket();
        connection = newConnection(bucket);
        deadLetters = queues.create(UUID.randomUUID().toString());
        queue = queues.create(deadLetters, 1);
    }

    private Map<String, Object> body(String url, Map<String, Object> more) {
        Map<String, Object> task = new HashMap<>(Map.of(
                "source", Map.of("uri", "s3://" + bucket + "/in/?connectionId=" + connection, "name", "What came")));
        task.putAll(more);
        return Map.of(
                "name",
                "Told of",
                "triggers",
                List.of(Map.of("notifications", Map.of("queueUrl", url, "connectionId", connection))),
                "tasks",
                List.of(Map.of("importSource", task)));
    }

    private long schedule(String url) {
        var answer = API.post("/v4/schedules", body(url, Map.of()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asLong();
    }

    private static Api.Answer create(Map<String, Object> body, String execution) {
        return API.send(API.request("/v4/schedules")
                .header("content-type", "application/json")
                .header("x-execution-id", execution)
                .POST(BodyPublishers.ofString(Json.write(body))));
    }

    private static void delete(long id) {
        assertThat(API.delete("/v4/schedules/" + id).status()).isEqualTo(204);
    }

    private void put(String key) {
        S3.put(bucket, key, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }

    private String event(String name, String... keys) {
        return EventQueues.event(name, bucket, keys);
    }

    private void send(String body) {
        queues.send(queue, body);
    }

    private static int waiting(String url) {
        return queues.waiting(url);
    }

    private static List<JsonNode> runs(long id) {
        return StreamSupport.stream(
                        API.get("/v4/schedules/" + id + "/runs")
                                .json()
                                .path("data")
                                .spliterator(),
                        false)
                .toList();
    }

    private static void awaitRuns(long id, int number) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(runs(id))
                .hasSize(number)
                .allMatch(run -> run.path("status").asText().equals("Complete")));
    }

    private static List<String> files(JsonNode run) {
        long dataset = run.path("importedDataset").path("id").asLong();
        return StreamSupport.stream(
                        API.get("/v4/importedDatasets/" + dataset + "/files")
                                .json()
                                .path("data")
                                .spliterator(),
                        false)
                .map(file -> file.path("key").asText())
                .toList();
    }

    @Test
    void whatAQueueTellsOfIsImportedByOneRunWithoutAListing() {
        long id = schedule(queue);
        put("in/red flower + 100% é.csv");
        put("in/b.csv");
        put("elsewhere/c.csv");
        put("in/_hidden.csv");
        send(event("ObjectCreated:Put", "in/red flower + 100% é.csv"));
        send(event("ObjectCreated:Put", "in/b.csv", "elsewhere/c.csv", "in/_hidden.csv", "in/gone.csv"));
        send(event("ObjectRemoved:Delete", "in/b.csv")); // late: it is there again
        send("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}");

        awaitRuns(id, 1);
        assertThat(runs(id).get(0).path("cause").asText()).isEqualTo("notification");
        assertThat(runs(id).get(0).path("listedCount").asLong()).isZero();
        assertThat(runs(id).get(0).path("newCount").asLong()).isEqualTo(2);
        assertThat(files(runs(id).get(0))).containsExactlyInAnyOrder("in/red flower + 100% é.csv", "in/b.csv");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(waiting(queue)).isZero());

        send(event("ObjectCreated:Put", "in/b.csv")); // twice
        S3.put(bucket, "in/red flower + 100% é.csv", "a,b\n3,4\n".getBytes(StandardCharsets.UTF_8));
        put("in/later.csv");
        send(event("ObjectCreated:Put", "in/red flower + 100% é.csv", "in/later.csv"));
        awaitRuns(id, 2);
        assertThat(files(runs(id).get(0))).containsExactly("in/later.csv", "in/red flower + 100% é.csv");
        assertThat(runs(id).get(0).path("newCount").asLong()).isEqualTo(1);
        assertThat(runs(id).get(0).path("changedCount").asLong()).isEqualTo(1);
        assertThat(waiting(deadLetters)).isZero();
        delete(id);
    }

    @Test
    void aMessageThatIsNoEventIsADeadLetterAndKeepsNoOther() {
        long id = schedule(queue);
        put("in/a.csv");
        send("this is no JSON");
        send(event("ObjectCreated:Put", "in/a.csv"));

        awaitRuns(id, 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(waiting(deadLetters)).isEqualTo(1));
        assertThat(waiting(queue)).isZero();
        delete(id);
    }

    @Test
    void aQueueThatIsNotThereIsReadOnceItIs() {
        String name = UUID.randomUUID().toString();
        String url = queue.replaceAll("[^/]+$", name);
        long id = schedule(url);
        try (var said = Logged.by("dev.wharf.notifications")) {
            put("in/a.csv");
            await().atMost(PATIENCE).until(() -> said.lines().stream()
                    .anyMatch(line -> line.contains("schedule-" + id + ".") && line.contains("does not exist")));
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(API.get("/v4/schedules/" + id)
                        .json()
                        .path("queueFailure")
                        .path("reason")
                        .asText())
                .contains("does not exist"));
        JsonNode told = API.get("/v4/schedules/" + id).json().path("queueFailure");
        assertThat(told.path("reason").asText()).doesNotContain("Request ID");
        assertThat(told.path("since").asText()).isNotEmpty();
        queue = queues.create(name);
        send(event("ObjectCreated:Put", "in/a.csv"));

        awaitRuns(id, 1);
        await().atMost(PATIENCE).until(() -> API.get("/v4/schedules/" + id)
                .json()
                .path("queueFailure")
                .isNull());
        delete(id);
    }

    @Test
    void aScheduleThatIsDisabledOrChangedReadsItsQueueNoMore() {
        long id = schedule(queue);
        put("in/a.csv");
        send(event("ObjectCreated:Put", "in/a.csv"));
        awaitRuns(id, 1);

        String other = queues.create(UUID.randomUUID().toString());
        assertThat(API.put("/v4/schedules/" + id, body(other, Map.of())).status())
                .isEqualTo(200);
        String first = queue;
        queue = other;
        put("in/b.csv");
        send(event("ObjectCreated:Put", "in/b.csv"));
        awaitRuns(id, 2);

        queue = first;
        send(event("ObjectCreated:Put", "in/a.csv"));
        assertThat(API.send(API.request("/v4/schedules/" + id + "/disable").PUT(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(200);
        assertThat(waiting(first)).isEqualTo(1);
        delete(id);
    }

    @Test
    void twoSchedulesDoNotReadOneQueue() {
        Map<String, Object> asked = body(queue, Map.of());
        String execution = UUID.randomUUID().toString();
        Api.Answer first = create(asked, execution);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        long id = first.json().path("id").asLong();

        Api.Answer second = API.post("/v4/schedules", body(queue + "/", Map.of()));
        assertThat(second.status()).as(second.text()).isEqualTo(409);
        assertThat(second.json().path("detail").asText())
                .startsWith("triggers[0].notifications.queueUrl is the queue that schedule " + id + " reads");
        assertThat(create(asked, execution).status())
                .as("the same request, tried again")
                .isEqualTo(304);
        assertThat(API.put("/v4/schedules/" + id, asked).status())
                .as("it reads the queue itself")
                .isEqualTo(200);
        long other = schedule(deadLetters);
        assertThat(API.put("/v4/schedules/" + other, asked).status()).isEqualTo(409);

        delete(id);
        assertThat(API.put("/v4/schedules/" + other, asked).status())
                .as("nobody reads it any more")
                .isEqualTo(200);
        delete(other);
    }

    @Test
    void aQueueIsAsGuardedAsAnEndpoint() {
        for (String url : List.of("http://169.254.169.254/1/q", "http://10.1.2.3/1/q", "http://[fe80::1]/1/q")) {
            Api.Answer answer = API.post("/v4/schedules", body(url, Map.of()));
            assertThat(answer.status()).as(url).isEqualTo(400);
            assertThat(answer.json().path("detail").asText()).startsWith("triggers[0].notifications.queueUrl ");
        }
        for (String url : List.of("q", "ftp://h/1/q", "http://h", "http://u:p@h/1/q", "http://h/1/q?x=1")) {
            Api.Answer answer = API.tolerated().post("/v4/schedules", body(url, Map.of()));
            assertThat(answer.status()).as(url).isEqualTo(400);
            assertThat(answer.json().path("detail").asText())
                    .startsWith("triggers[0].notifications.queueUrl must be the address of a queue");
        }
    }

    @Test
    void aQueueIsReadWithAConnectionThatIsTheOwnersToUse() {
        var stranger = API.as(newMember().token());
        Map<String, Object> source = Map.of("source", Map.of("uri", "s3://wharf/in/", "name", "Own"));

        Api.Answer answer = stranger.post("/v4/schedules", body(queue, source));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asText()).startsWith("triggers[0].notifications.connectionId: ");
    }

    @Test
    void aQueueIsReadForTheOwnerOfItsConnectionAlone() {
        var member = newMember();
        API.post(
                "/v4/connections/" + connection + "/permissions",
                Map.of(
                        "data",
                        List.of(Map.of("person", Map.of("id", member.personId()), "policyTag", "connection_editor"))));
        var theirs = API.as(member.token());
        Map<String, Object> imported =
                Map.of("uri", "s3://" + bucket + "/in/?connectionId=" + connection, "name", "Theirs");
        put("in/a.csv");
        assertThat(theirs.post("/v4/importedDatasets", imported).status()).isEqualTo(201);

        Api.Answer answer = theirs.post("/v4/schedules", body(queue, Map.of()));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("detail").asText())
                .startsWith("triggers[0].notifications.connectionId: ")
                .contains("have queues read with its key pair");
    }

    @Test
    void aQueueToWhichAccessIsDeniedIsToldOfAndTheSourceIsListedAllTheSame() throws IOException {
        var denying = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        denying.createContext("/", exchange -> {
            byte[] denied =
                    "{\"__type\":\"com.amazonaws.sqs#AccessDeniedException\",\"message\":\"User x may not receive\"}"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("content-type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(403, denied.length);
            exchange.getResponseBody().write(denied);
            exchange.close();
        });
        denying.start();
        try (var said = Logged.by("dev.wharf.notifications")) {
            long id = schedule("http://127.0.0.1:" + denying.getAddress().getPort() + "/000000000000/denied");
            put("in/a.csv");

            await().atMost(PATIENCE).until(() -> said.lines().stream()
                    .anyMatch(
                            line -> line.contains("schedule-" + id + ".") && line.contains("User x may not receive")));
            assertThat(API.send(API.request("/v4/schedules/" + id + "/run").POST(BodyPublishers.noBody()))
                            .status())
                    .isEqualTo(202);

            awaitRuns(id, 1);
            assertThat(files(runs(id).get(0))).containsExactly("in/a.csv");
            JsonNode schedule = API.get("/v4/schedules/" + id).json();
            assertThat(schedule.path("enabled").asBoolean()).isTrue();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(API.get("/v4/schedules/" + id)
                            .json()
                            .path("queueFailure")
                            .path("reason")
                            .asText())
                    .isEqualTo("User x may not receive"));
            assertThat(schedule.path("nextRunAt").isNull())
                    .as("the hourly listing")
                    .isFalse();
            delete(id);
        } finally {
            denying.stop(0);
        }
    }
}
