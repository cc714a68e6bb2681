package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.api.Api;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the topic {@code publishing.events} tells of jobs, in the order in which it happens. */
class JobEventsTest extends PublishingTest {
    private final JMSContext context = MESSAGES.createContext();
    private final JMSConsumer consumer = context.createConsumer(context.createTopic("publishing.events"));

    @AfterEach
    void leave() {
        context.close();
    }

    private List<JsonNode> eventsUntil(String type, long job) {
        List<JsonNode> events = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            String text = consumer.receiveBody(String.class, 5_000);
            if (text != null) {
                JsonNode event = Json.read(text, JsonNode.class);
                if (event.path("jobGroupId").asLong() == job) {
                    events.add(event);
                }
            }
            return events.stream().anyMatch(event -> event.path("type").asText().equals(type));
        });
        return events;
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    @Test
    void aJobThatIsPublishedHasStartedIsStagedAndIsComplete() {
        send(announcement(result(path("orders.csv"), source("a.csv"))));
        long id = awaitEnd("Complete");

        var events = eventsUntil("completed", id);

        assertThat(types(events)).containsExactly("started", "progress", "completed");
        assertThat(events.get(1).path("step").asText()).isEqualTo("staged");
        JsonNode end = events.get(2);
        assertThat(end.path("status").asText()).isEqualTo("Complete");
        assertThat(end.path("name").asText()).isEqualTo("orders");
        assertThat(end.path("files").asInt()).isEqualTo(1);
        assertThat(end.path("bytes").asLong()).isEqualTo(("a.csv of " + folder).length());
        assertThat(events).extracting(event -> event.path("id").asText()).doesNotHaveDuplicates();
    }

    @Test
    void aJobThatFailsTellsWhy() {
        send(announcement(result(path("orders.csv"), "s3://tmp/" + folder + "missing?connectionId=" + A)));
        long id = awaitEnd("Failed");

        JsonNode end = eventsUntil("failed", id).get(1);

        assertThat(end.path("reason").asText()).contains("no such object");
        assertThat(end.path("files").asInt()).isZero();
    }

    @Test
    void aJobThatIsCanceledTellsByWhom() {
        FAULTS.on("PUT", "orders.csv?partNumber=").delay(Duration.ofSeconds(1)).always();
        send(announcement(result(path("orders.csv"), source("a.csv"))));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> column("id", Long.class).isPresent());
        long id = column("id", Long.class).orElseThrow();
        new Api(SERVICE.api(), token(SERVICE)).post("/v4/jobGroups/" + id + "/cancel", Map.of());

        var events = eventsUntil("canceled", id);

        assertThat(types(events)).containsExactly("started", "canceled");
        assertThat(events.get(1).path("reason").asText()).startsWith("Canceled by ");
    }
}
