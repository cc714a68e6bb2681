package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.camel.Records;
import dev.wharf.camel.VariablesInSql;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Outbox;
import dev.wharf.kernel.sql.OutboxMessage;
import dev.wharf.testing.Databases;
import dev.wharf.testing.HandOperated;
import dev.wharf.testing.RouteTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How arrivals are told of: at least once, by one node, and not before they are recorded. */
class ArrivalMessagesRouteTest extends RouteTest {
    private static Database database;
    private static PollingProcesses world;

    private final HandOperated timers = new HandOperated();
    private final HandOperated queues = new HandOperated();
    private long schedule;

    ArrivalMessagesRouteTest() {
        super("outbox");
    }

    /** What is told of jobs comes to webhooks first. */
    @Override
    protected String yaml() {
        return """
                - route:
                    id: recordWebhooks
                    from:
                      uri: direct:recordWebhooks
                      steps:
                        - log: "told"
                """;
    }

    @BeforeAll
    static void open() {
        database = Databases.inMemory();
        world = new PollingProcesses(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void nothingIsDue() {
        world.empty();
        schedule = world.schedule(Map.of());
    }

    @Override
    protected void bindOutside(Registry registry) {
        registry.bind("dataSource", database.dataSource());
        registry.bind("records", new Records());
        registry.bind("variablesInSql", new VariablesInSql());
        registry.bind("timer", timers);
        registry.bind("jms", queues);
        registry.bind("outbox", new Outbox(database, world.clock));
    }

    private List<HandOperated.Sent> sent() throws Exception {
        assertThat(timers.begin("sendOutbox", null).getException()).isNull();
        return queues.sent();
    }

    private static long messages() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT COUNT(*) FROM outbox_message")
                .query(Long.class)
                .single();
    }

    @Test
    void whatWasRecordedIsToldOfWithWhereItIsAndForgotten() throws Exception {
        world.arrivals.record(schedule, PollingProcesses.object("in/${sysenv.HOME}.csv", "e", Instant.EPOCH));

        var message = sent().get(0);

        assertThat(message.to()).isEqualTo("topic:imports.arrived");
        assertThat(message.options())
                .containsEntry("jmsMessageType", "Text")
                .containsEntry("exchangePattern", "InOnly");
        JsonNode document = Json.read((String) message.body(), JsonNode.class);
        assertThat(document.path("id").asText()).hasSize(36);
        assertThat(document.path("scheduleId").asLong()).isEqualTo(schedule);
        assertThat(document.path("source").path("uri").asText()).isEqualTo("s3://bucket/in/");
        assertThat(document.path("objects").path(0).path("key").asText()).isEqualTo("in/${sysenv.HOME}.csv");
        assertThat(document.path("objects").path(0).path("lastModified").asText())
                .isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(messages()).isZero();
        assertThat(sent()).isEmpty();
    }

    @Test
    void whatCannotBeSentNowIsSentLaterUnderTheSameId() throws Exception {
        world.arrivals.record(schedule, PollingProcesses.object("in/a.csv", "e", Instant.EPOCH));
        String id = JdbcClient.create(database.dataSource())
                .sql("SELECT id FROM outbox_message")
                .query(String.class)
                .single();
        queues.fail(new IllegalStateException("the queue is away"));
        assertThat(sent()).isEmpty();
        queues.fail(null);
        assertThat(sent()).as("put off, so that of many nodes one tries").isEmpty();

        world.clock.pass(Duration.ofMinutes(1));

        assertThat((String) sent().get(0).body()).contains(id);
    }

    @Test
    void manyMessagesAreSentInTheirOrder() throws Exception {
        put(41);

        assertThat(sent())
                .extracting(message -> message.to() + ' ' + message.body())
                .containsExactlyElementsOf(IntStream.range(0, 41)
                        .mapToObj(number -> "topic:publishing.events {\"number\":" + number + "}")
                        .toList());
        assertThat(messages()).isZero();
    }

    @Test
    void noneIsLostWhileTheQueueIsAway() throws Exception {
        put(41);
        queues.fail(new IllegalStateException("the queue is away"));
        assertThat(sent()).isEmpty();
        queues.fail(null);
        world.clock.pass(Duration.ofMinutes(1));

        assertThat(sent()).hasSize(41).doesNotHaveDuplicates();
        assertThat(messages()).isZero();
    }

    private void put(int number) {
        var outbox = new Outbox(database, world.clock);
        for (int i = 0; i < number; i++) {
            outbox.put(new OutboxMessage("message-" + i, "publishing.events", "{\"number\":" + i + "}"));
        }
    }
}
