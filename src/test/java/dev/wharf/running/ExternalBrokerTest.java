package dev.wharf.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.Wharf;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.processes.ExternalBroker;
import jakarta.jms.JMSContext;
import jakarta.jms.ObjectMessage;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with a broker that is not ours: it goes away, and it redelivers at once and as often as it likes. */
class ExternalBrokerTest extends WharfTest {
    @TempDir
    private static Path journal;

    private static EmbeddedActiveMQ broker;
    private static String url;
    private static Wharf wharf;
    private static Api api;
    private static long dataset;

    @BeforeAll
    static void open() throws Exception {
        url = ExternalBroker.freeUrl();
        broker = broker();
        wharf = start(Map.of("wharf.broker.url", url));
        api = new Api(wharf.api(), token(wharf));
        String bucket = newBucket();
        S3.put(bucket, "in/a.csv", "id,name\n1,Ada\n".getBytes(StandardCharsets.UTF_8));
        String uri = "s3://" + bucket + "/in/?connectionId=" + newConnection(api, bucket);
        // Results go to a folder of its name, in a bucket where other services number their jobs from one as well.
        dataset = api.post("/v4/importedDatasets", Map.of("uri", uri, "name", bucket))
                .json()
                .path("id")
                .asLong();
    }

    @AfterAll
    static void close() throws Exception {
        wharf.close();
        broker.stop();
    }

    private static EmbeddedActiveMQ broker() throws Exception {
        return ExternalBroker.start(url, journal);
    }

    private static long run() {
        var answer = api.post("/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", dataset)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asLong();
    }

    private static void awaitEnd(long job, String status) {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get("/v4/jobGroups/" + job + "/status").text(),
                        text -> text.equals("\"" + status + "\""));
    }

    @Test
    void aJobThatIsStartedWhileTheBrokerIsAwayIsRecordedAndRunsWhenItIsBack() throws Exception {
        broker.stop();
        long job = run();
        assertThat(api.get("/v4/jobGroups/" + job + "/status").text()).isEqualTo("\"Created\"");

        broker = broker();

        awaitEnd(job, "Complete");
    }

    @Test
    void aRunThatCannotEvenBeginFailsAndTheNextOneDoesNot() throws IOException {
        Path jobs = wharf.folder().resolve("tmp/jobs");
        awaitEnd(run(), "Complete");
        await().until(() -> Files.isDirectory(jobs) && jobs.toFile().delete());
        Files.createFile(jobs);

        long failed = run();

        awaitEnd(failed, "Failed");
        assertThat(api.get("/v4/jobGroups/" + failed)
                        .json()
                        .path("errorMessage")
                        .asText())
                .contains(jobs.toString(), "cannot be made");
        Files.delete(jobs);
        awaitEnd(run(), "Complete");
    }

    @Test
    void aDeadLetterThatIsSentAgainWhileTheBrokerIsAwayComesWhenItIsBack() throws Exception {
        try (var connections = new ActiveMQConnectionFactory(url);
                JMSContext context = connections.createContext()) {
            context.createProducer().send(context.createQueue("running.jobs"), "no JSON");
        }
        String letters = "/v4/deadLetters?filter=JSON&filterType=contains";
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get(letters).json().path("data").size() == 1);
        String letter = "/v4/deadLetters/"
                + api.get(letters).json().path("data").path(0).path("id").asLong();
        broker.stop();
        var answer = api.post(letter + "/replay", Map.of("document", Map.of("jobGroupId", 987654321)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);

        broker = broker();

        await().atMost(Duration.ofMinutes(2)) // the outbox hands out again after one
                .until(() -> api.get(letter).json().path("status").asText().equals("dead"));
        assertThat(api.get(letter).json().path("reason").asText()).contains("987654321");
        assertThat(api.get(letter).json().path("replays").asInt()).isEqualTo(1);
    }

    @Test
    void anObjectMessageIsADeadLetterUnreadAndBlocksNobody() throws Exception {
        try (var connections = new ActiveMQConnectionFactory(url);
                JMSContext context = connections.createContext()) {
            for (String queue : new String[] {"running.jobs", "publishing.jobs"}) {
                context.createProducer().send(context.createQueue(queue), new Unreadable());
            }

            awaitEnd(run(), "Complete");

            var dead = context.createBrowser(context.createQueue("DLQ"));
            await().until(() -> Collections.list((Enumeration<?>) dead.getEnumeration()).stream()
                            .filter(ObjectMessage.class::isInstance)
                            .count()
                    == 2);
        }
        assertThat(Unreadable.read).isFalse();
    }

    private static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1;
        private static volatile boolean read;

        private void readObject(ObjectInputStream in) {
            read = true;
        }
    }
}
