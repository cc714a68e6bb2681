package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.S3Server;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.FaultyS3;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The real service between two S3 servers: base storage and partner A on one (A by way of faults), B on another. */
abstract class PublishingTest extends WharfTest {
    static final int ATTEMPTS = 3;
    static final String QUEUE = "publishing.jobs";

    static final S3Server STORE = S3Server.start("base", "target", "tmp");
    static final S3Server OTHER_STORE = S3Server.start("other");
    static final FaultyS3 FAULTS = FaultyS3.before(STORE);
    static final Path RESULTS = folder();
    static final String BROKER = "vm://" + ThreadLocalRandom.current().nextInt(1, 1_000_000_000);
    static final String DATABASE = "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc";
    static final ActiveMQConnectionFactory MESSAGES = new ActiveMQConnectionFactory(BROKER);
    static final JdbcClient REGISTRY = JdbcClient.create(new DriverManagerDataSource(DATABASE, "sa", ""));
    static final Wharf SERVICE = startService();
    static final long A = connection(FAULTS.endpoint(), STORE);
    static final long B = connection(OTHER_STORE.endpoint(), OTHER_STORE);

    /** A folder of the target bucket that no other test uses, with its slash. */
    final String folder = UUID.randomUUID() + "/";
    /** What the engine calls the test's job. */
    final String announcedAs = "app " + UUID.randomUUID();

    private static Wharf startService() {
        MESSAGES.setConsumerWindowSize(0);
        Wharf wharf = start(Map.of(
                "wharf.broker.url",
                BROKER,
                "wharf.registry.url",
                DATABASE,
                "wharf.publishing.attempts",
                String.valueOf(ATTEMPTS),
                "wharf.publishing.consistency-timeout",
                "300ms",
                "wharf.publishing.results-dir",
                RESULTS.toString(),
                "wharf.storage.bucket",
                "base",
                "wharf.storage.endpoint",
                STORE.endpoint().toString(),
                "wharf.storage.path-style",
                "true",
                "wharf.storage.access-key-id",
                STORE.accessKeyId(),
                "wharf.storage.secret-access-key",
                STORE.secretAccessKey()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            MESSAGES.close();
            wharf.close();
            FAULTS.close();
            STORE.close();
            OTHER_STORE.close();
        }));
        return wharf;
    }

    private static long connection(URI endpoint, S3Server server) {
        return new Api(SERVICE.api(), token(SERVICE))
                .post(
                        "/v4/connections",
                        Map.of(
                                "vendor", "aws",
                                "vendorName", "aws",
                                "type", "remotefile",
                                "credentialType", "keySecret",
                                "name", "connection " + UUID.randomUUID(),
                                "params", Map.of("endpoint", endpoint.toString(), "pathStyle", true),
                                "credentials",
                                        List.of(Map.of(
                                                "key", server.accessKeyId(), "secret", server.secretAccessKey()))))
                .json()
                .path("id")
                .asLong();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("wharf-results");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void heal() {
        FAULTS.reset();
    }

    /** Puts a file where an engine would, and returns its address. */
    String source(String name, byte[] content) {
        STORE.put("tmp", folder + name, content);
        return "s3://tmp/" + folder + name + "?connectionId=" + A;
    }

    String source(String name) {
        return source(name, (name + " of " + folder).getBytes(StandardCharsets.UTF_8));
    }

    /** A local file in the folder that the administrator has allowed. */
    static Path localFile(Path folder, String content) {
        try {
            return Files.writeString(folder.resolve(UUID.randomUUID() + ".csv"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A path below the test's folder, on connection A. */
    String path(String name) {
        return "s3://target/" + folder + name + "?connectionId=" + A;
    }

    static Map<String, Object> result(String path, String... files) {
        return Map.of("path", path, "action", "create", "format", "csv", "files", List.of(files));
    }

    static Map<String, Object> with(Map<String, Object> document, String field, Object value) {
        var changed = new HashMap<>(document);
        changed.put(field, value);
        return changed;
    }

    Map<String, Object> announcement(Object... results) {
        return Map.of(
                "announcedAs",
                announcedAs,
                "personWorkspaceId",
                1,
                "name",
                "orders",
                "execution",
                "spark",
                "results",
                List.of(results));
    }

    void send(Object message) {
        send(message instanceof String text ? text : Json.write(message), null);
    }

    static void send(String text, String node) {
        try (JMSContext context = MESSAGES.createContext()) {
            var producer = context.createProducer();
            if (node != null) {
                producer.setProperty("wharfNode", node);
            }
            producer.send(context.createQueue(QUEUE), text);
        }
    }

    /** Waits for the end of the announced job and returns its job group. */
    long awaitEnd(String status) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        column("status", String.class).filter(status::equals).isPresent());
        return column("id", Long.class).orElseThrow();
    }

    <T> Optional<T> column(String name, Class<T> type) {
        return REGISTRY.sql("SELECT " + name + " FROM job_group WHERE announced_as = :announcedAs")
                .param("announcedAs", announcedAs)
                .query(type)
                .optional();
    }

    /** What is visible in the test's folder, without the folder. */
    List<String> written() {
        return STORE.keys("target").stream()
                .filter(key -> key.startsWith(folder))
                .map(key -> key.substring(folder.length()))
                .toList();
    }

    List<String> uploads() {
        return STORE.uploads("target").stream()
                .filter(key -> key.startsWith(folder))
                .toList();
    }

    /** Waits until a message that holds this text is given up. */
    static void awaitDeadLetter(String text) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !deadLetters(text).isEmpty());
    }

    /** The messages with this text that were given up. */
    static List<String> deadLetters(String text) {
        try (JMSContext context = MESSAGES.createContext();
                var browser = context.createBrowser(context.createQueue("DLQ"))) {
            return Collections.list((Enumeration<?>) browser.getEnumeration()).stream()
                    .map(PublishingTest::text)
                    .filter(message -> message.contains(text))
                    .toList();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object message) {
        try {
            return message instanceof TextMessage text ? text.getText() : "";
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often the announced job was taken up. */
    int attempts() {
        return REGISTRY.sql("SELECT attempts FROM job WHERE job_group_id = :id AND output_no = 0")
                .param("id", column("id", Long.class).orElseThrow())
                .query(Integer.class)
                .single();
    }

    /** Nothing was written and nothing waits to be: the job has failed for this reason. */
    void assertFailedCleanly(String... reason) {
        long jobGroup = awaitEnd("Failed");
        assertThat(column("failure", String.class).orElseThrow()).contains(reason);
        await().untilAsserted(() -> {
            assertThat(written()).isEmpty();
            assertThat(uploads()).isEmpty();
            assertThat(files(jobGroup)).isEmpty();
        });
    }

    static List<Map<String, Object>> files(long jobGroup) {
        return REGISTRY.sql("SELECT * FROM result_file WHERE job_group_id = :id ORDER BY file_no")
                .param("id", jobGroup)
                .query()
                .listOfRows();
    }

    JsonNode manifest(String key) {
        return Json.read(new String(STORE.get("target", folder + key), StandardCharsets.UTF_8), JsonNode.class);
    }
}
