package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.Content;
import dev.wharf.testing.processes.ExternalBroker;
import dev.wharf.testing.stub.StubS3;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two whole nodes on one registry and one broker share the files of a job. */
class SharedJobsOnTwoNodesTest extends WharfTest {
    private static final String QUEUE = "publishing.files";
    private static final int FILES = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path journal;

    private static final StubS3 STORE = StubS3.start("target", "tmp");
    private static EmbeddedActiveMQ broker;
    private static ActiveMQConnectionFactory messages;
    private static EmbeddedPostgres postgres;
    private static JdbcClient registry;
    private static Wharf one;
    private static Wharf two;
    private static Api api;
    private static long connection;

    @BeforeAll
    static void open() throws Exception {
        String url = ExternalBroker.freeUrl();
        broker = ExternalBroker.start(url, journal);
        messages = new ActiveMQConnectionFactory(url);
        postgres = EmbeddedPostgres.start();
        registry = JdbcClient.create(postgres.getPostgresDatabase());
        Map<String, String> settings = new HashMap<>(Map.of(
                "wharf.registry.url", postgres.getJdbcUrl("postgres", "postgres"),
                "wharf.registry.user", "postgres",
                "wharf.broker.url", url,
                "wharf.limits.multi-part-output", "true",
                "wharf.publishing.attempts", "1",
                "wharf.publishing.max-concurrent-files", "1"));
        one = start(settings);
        settings.put(
                "wharf.secrets.keyset",
                Files.readString(one.folder().resolve("keyset.json")).strip());
        two = start(settings);
        api = new Api(one.api(), token(one));
        connection = newConnection(api, STORE.endpoint(), null);
    }

    @AfterAll
    static void close() throws Exception {
        one.close();
        two.close();
        messages.close();
        broker.stop();
        postgres.close();
        STORE.close();
    }

    @AfterEach
    void heal() {
        STORE.reset();
    }

    private static long publish(String name, int files) {
        List<String> sources = IntStream.range(0, files)
                .mapToObj(number -> {
                    String key = "%s/%02d.csv".formatted(name, number);
                    STORE.put("tmp", key, Content.of(key).bytes());
                    return "s3://tmp/" + key + "?connectionId=" + connection;
                })
                .toList();
        send(
                "publishing.jobs",
                Json.write(Map.of(
                        "announcedAs",
                        name,
                        "personWorkspaceId",
                        1,
                        "name",
                        name,
                        "execution",
                        "spark",
                        "results",
                        List.of(Map.of(
                                "path",
                                "s3://target/" + name + "/r.csv?connectionId=" + connection,
                                "format",
                                "csv",
                                "files",
                                sources)))));
        return await().atMost(PATIENCE)
                .until(
                        () -> registry.sql("SELECT id FROM job_group WHERE announced_as = :name")
                                .param("name", name)
                                .query(Long.class)
                                .optional(),
                        id -> id.isPresent())
                .orElseThrow();
    }

    private static void send(String queue, String text) {
        try (JMSContext context = messages.createContext()) {
            context.createProducer().send(context.createQueue(queue), text);
        }
    }

    private static JsonNode awaitEnd(long job) {
        await().atMost(PATIENCE)
                .until(
                        () -> api.get("/v4/jobGroups/" + job + "/status").text(),
                        status -> !status.contains("InProgress"));
        return api.get("/v4/jobGroups/" + job).json();
    }

    private static String node(Wharf wharf) {
        try {
            return Files.readString(wharf.folder().resolve("node.id")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that have begun files of a job. */
    private static List<String> nodes(long job) {
        return registry.sql("SELECT DISTINCT SPLIT_PART(claimed_by, ':', 1) FROM result_file WHERE job_group_id = :job"
                        + " AND claimed_by IS NOT NULL")
                .param("job", job)
                .query(String.class)
                .list();
    }

    private static long told() {
        var queue = broker.getActiveMQServer().locateQueue(QUEUE);
        return queue == null ? 0 : queue.getMessagesAdded();
    }

    private static List<String> keys(String name) {
        return STORE.keys("target").stream()
                .filter(key -> key.startsWith(name + "/"))
                .toList();
    }

    @Test
    void bothStageTheFilesOfAJobAndItsFolderIsWhole() {
        STORE.on("PUT", "partNumber=").always().delay(Duration.ofMillis(50));
        long before = told();

        long job = publish("shared", FILES);

        assertThat(awaitEnd(job).path("status").asText()).isEqualTo("Complete");
        assertThat(nodes(job)).containsExactlyInAnyOrder(node(one), node(two));
        assertThat(told() - before).isEqualTo(FILES);
        assertThat(keys("shared")).hasSize(FILES + 1);
        for (int number = 0; number < FILES; number++) {
            assertThat(STORE.get("target", "shared/r_%d/%02d.csv".formatted(job, number)))
                    .asString()
                    .isEqualTo("shared/%02d.csv".formatted(number));
        }
        assertThat(STORE.uploads("target")).isEmpty();
        JsonNode progress = api.get("/v4/jobGroups/" + job + "/progress").json();
        assertThat(progress.path("files").path("done").asInt()).isEqualTo(FILES);
        assertThat(progress.path("attempt").asInt()).isEqualTo(1);
    }

    @Test
    void aJobOfOneFileIsToldToNobody() {
        long before = told();

        long job = publish("alone", 1);

        assertThat(awaitEnd(job).path("status").asText()).isEqualTo("Complete");
        assertThat(told()).isEqualTo(before);
        assertThat(nodes(job)).isEmpty();
    }

    /** The last file is the first one that the other node begins. */
    @Test
    void aFileThatTheOtherNodeCannotStageEndsTheJobWithItsReason() {
        STORE.on("PUT", "partNumber=").always().delay(Duration.ofMillis(50));
        STORE.on("PUT", "29.csv").always().answer(403, "AccessDenied");

        long job = publish("refused", FILES);

        JsonNode failed = awaitEnd(job);
        assertThat(failed.path("status").asText()).isEqualTo("Failed");
        assertThat(failed.path("errorMessage").asText()).contains("29.csv", "s3:PutObject");
        assertThat(keys("refused")).isEmpty();
        await().atMost(PATIENCE).until(() -> STORE.uploads("target").isEmpty());
    }

    @Test
    void aJobThatIsCanceledEndsOnBothAndLeavesNothing() {
        STORE.on("PUT", "partNumber=").always().delay(Duration.ofMillis(100));
        long job = publish("canceled", FILES);
        await().atMost(PATIENCE).until(() -> nodes(job).size() == 2);

        assertThat(api.post("/v4/jobGroups/" + job + "/cancel", Map.of()).status())
                .isEqualTo(200);

        assertThat(awaitEnd(job).path("status").asText()).isEqualTo("Canceled");
        await().atMost(PATIENCE).until(() -> STORE.uploads("target").isEmpty());
        assertThat(keys("canceled")).isEmpty();
    }

    @Test
    void aMessageThatIsNoneIsADeadLetterThatCanOnlyBeDismissed() {
        String text = "no message " + UUID.randomUUID();
        send(QUEUE, text);

        JsonNode letter = await().atMost(PATIENCE)
                .until(
                        () -> api.get("/v4/deadLetters").json().path("data").path(0),
                        found -> found.path("queue").asText().equals(QUEUE));

        assertThat(letter.path("reason").asText()).contains("JSON");
        String address = "/v4/deadLetters/" + letter.path("id").asLong();
        var replay = api.post(address + "/replay", Map.of());
        assertThat(replay.status()).isEqualTo(409);
        assertThat(replay.text()).contains("dismissed");
        assertThat(api.delete(address).status()).isEqualTo(204);
    }

    @Test
    void messagesThatTellOfNothingLeaveEverythingAsItIs() {
        long job = publish("told again", 2);
        assertThat(awaitEnd(job).path("status").asText()).isEqualTo("Complete");
        List<String> keys = keys("told again");
        long acknowledged = acknowledged();
        var files = registry.sql("SELECT id FROM result_file WHERE job_group_id = :job")
                .param("job", job)
                .query(Long.class)
                .list();

        for (long file : List.of(files.get(0), files.get(1), Long.MAX_VALUE)) {
            send(QUEUE, Json.write(new FileMessage(job, file, node(one) + ":boot", 1)));
            send(QUEUE, Json.write(new FileMessage(Long.MAX_VALUE, file, "${sysenv.HOME}", 1)));
        }

        await().atMost(PATIENCE).until(() -> acknowledged() - acknowledged == 6);
        assertThat(keys("told again")).isEqualTo(keys);
        assertThat(STORE.uploads("target")).isEmpty();
    }

    private static long acknowledged() {
        return broker.getActiveMQServer().locateQueue(QUEUE).getMessagesAcknowledged();
    }
}
