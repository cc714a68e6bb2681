package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.jobs.Jobs;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.api.Api;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that no job has: where they go, and how they come back. */
class DeadLettersTest extends PublishingTest {
    private final Api api = new Api(SERVICE.api(), token(SERVICE));

    /** Sends a message with headers that Camel would act upon, and returns its id. */
    private static String send(String queue, Function<JMSContext, Message> made) throws JMSException {
        try (JMSContext context = MESSAGES.createContext()) {
            Message message = made.apply(context);
            message.setStringProperty("CamelSqlQuery", "DELETE FROM person");
            message.setStringProperty("CamelHttpUri", "http://127.0.0.1:1/");
            message.setStringProperty("CamelJmsDestinationName", "elsewhere");
            message.setStringProperty("CamelBeanMethodName", "finish");
            message.setStringProperty("wharfReason", "the sender's own");
            context.createProducer().send(context.createQueue(queue), message);
            return message.getJMSMessageID();
        }
    }

    private static String sendText(String text) throws JMSException {
        return send(QUEUE, context -> context.createTextMessage(text));
    }

    /** The dead letters of a message. */
    private JsonNode letters(String messageId) {
        return api.get("/v4/deadLetters?includeCount=true&filterFields=messageId&filterType=exact&filter="
                        + URLEncoder.encode(messageId, StandardCharsets.UTF_8))
                .json();
    }

    /** The one row of a message, once there is one. */
    private JsonNode awaitLetter(String messageId) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> letters(messageId).path("count").asLong() > 0);
        assertThat(letters(messageId).path("data")).hasSize(1);
        return letters(messageId).path("data").get(0);
    }

    private JsonNode letter(long id) {
        return api.get("/v4/deadLetters/" + id).json();
    }

    private Api.Answer replay(long id, Object body) {
        return api.post("/v4/deadLetters/" + id + "/replay", body);
    }

    /** Looks at the message among the dead letters that has a reason with this text. */
    private static <T> List<T> buried(String reason, Function<Message, T> look) {
        try (JMSContext context = MESSAGES.createContext();
                var browser = context.createBrowser(
                        context.createQueue("DLQ"), "wharfReason LIKE '%" + reason.replace("'", "''") + "%'")) {
            return Collections.list((Enumeration<?>) browser.getEnumeration()).stream()
                    .map(Message.class::cast)
                    .map(look)
                    .toList();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its row is there before it is sent; and a long queue shows what it holds by and by. */
    private static <T> List<T> awaitBuried(String reason, Function<Message, T> look, Predicate<List<T>> shown) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> buried(reason, look), shown);
    }

    private interface Getter<T> {
        T get() throws JMSException;
    }

    private static <T> T got(Getter<T> getter) {
        try {
            return getter.get();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> hostile() {
        String mark = "m" + UUID.randomUUID();
        return Stream.of(
                Arguments.of("", "The message is empty"),
                Arguments.of("${sysenv.HOME} " + mark, "The body is not valid JSON at line 1, column 1"),
                Arguments.of("{\"a\":".repeat(100_000), "nested too deeply"),
                Arguments.of("[".repeat(100_000), "The body must be a JSON object"),
                Arguments.of("\0" + mark, "The body is not valid JSON"),
                Arguments.of("{\"results\": {}}", "results must be an array"),
                Arguments.of("{\"jobGroupId\": true, \"results\": []}", "jobGroupId must be a whole number"),
                Arguments.of("[]", "The body must be a JSON object"),
                Arguments.of("{\"jobGroupId\": 1, \"jobGroupId\": 2}", "jobGroupId is there twice"),
                Arguments.of(
                        "{\"announcedAs\": \"\\u0000\", \"personWorkspaceId\": 1, \"name\": \"n\", \"execution\": \"e\","
                                + " \"results\": []}",
                        "announcedAs must be text: it holds a NUL"),
                Arguments.of("{\"x\": \"" + "y".repeat(10_000_000) + "\"}", "has 10000009 characters"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whatCanNeverSucceedIsADeadLetterAtItsFirstDeliveryWithTheReason(String text, String reason)
            throws JMSException {
        JsonNode row = awaitLetter(sendText(text));

        assertThat(row.path("reason").asText()).contains(reason).doesNotContain("\n");
        assertThat(row.path("deliveries").asInt()).isEqualTo(1);
        assertThat(row.path("queue").asText()).isEqualTo(QUEUE);
        assertThat(row.path("length").asLong()).isEqualTo(text.length());
        assertThat(row.path("status").asText()).isEqualTo("dead");
        String itsReason = row.path("reason").asText().substring(0, 20); // others may have it as well
        String asItCame = text + "DELETE FROM person";
        assertThat(awaitBuried(
                        itsReason,
                        message -> got(() -> ((TextMessage) message).getText())
                                + got(() -> message.getStringProperty("CamelSqlQuery")),
                        texts -> texts.contains(asItCame)))
                .contains(asItCame);
    }

    static Stream<Arguments> noText() {
        byte[] large = new byte[300_000];
        return Stream.of(
                Arguments.of("BytesMessage", "300000 bytes", (Function<JMSContext, Message>) context -> {
                    BytesMessage message = context.createBytesMessage();
                    got(() -> {
                        message.writeBytes(large);
                        return null;
                    });
                    return message;
                }),
                Arguments.of("ObjectMessage", "unread", (Function<JMSContext, Message>)
                        context -> context.createObjectMessage(large)),
                Arguments.of("MapMessage", "1", (Function<JMSContext, Message>) context -> {
                    MapMessage message = context.createMapMessage();
                    got(() -> {
                        message.setString("jobGroupId", "1");
                        return null;
                    });
                    return message;
                }));
    }

    @ParameterizedTest
    @MethodSource("noText")
    void whatIsNoTextIsADeadLetterAtItsFirstDeliveryWithItsBody(
            String type, String body, Function<JMSContext, Message> made) throws JMSException {
        for (String queue : List.of(QUEUE, "running.jobs")) {
            JsonNode row = awaitLetter(send(queue, made));

            assertThat(row.path("messageType").asText()).isEqualTo(type);
            assertThat(row.path("queue").asText()).isEqualTo(queue);
            assertThat(row.path("deliveries").asInt()).isEqualTo(1);
            assertThat(row.path("whole").asBoolean()).isFalse();
            assertThat(letter(row.path("id").asLong()).path("text").isNull()).isTrue();
            assertThat(replay(row.path("id").asLong(), Map.of()).status()).isEqualTo(409);
        }
        assertThat(awaitBuried("(ActiveMQ" + type, DeadLettersTest::body, bodies -> bodies.size() >= 2))
                .hasSize(2)
                .containsOnly(body);
    }

    private static String body(Message message) {
        return got(() -> {
            if (message instanceof BytesMessage bytes) {
                return bytes.getBodyLength() + " bytes";
            }
            return message instanceof MapMessage map ? map.getString("jobGroupId") : "unread";
        });
    }

    @Test
    void headersThatCamelKnowsDoNothing() throws JMSException {
        sendText(Json.write(announcement(result(path("orders.csv"), source("a.csv")))));

        await().atMost(Duration.ofMinutes(1)).until(() -> column("status", String.class)
                .filter("Complete"::equals)
                .isPresent());
        assertThat(written()).hasSize(2);
    }

    @Test
    void whatMaySucceedLaterIsADeadLetterAtItsLastDelivery() throws JMSException {
        String text =
                Json.write(with(announcement(result(path("a.csv"), source("a.csv"))), "personWorkspaceId", 987654));

        JsonNode row = awaitLetter(sendText(text));

        assertThat(row.path("deliveries").asInt()).isEqualTo(ATTEMPTS);
        assertThat(row.path("reason").asText()).contains("987654");
        assertThat(row.path("announcedAs").asText()).isEqualTo(announcedAs);
        assertThat(row.path("workspace").isNull()).isTrue();
        assertThat(letter(row.path("id").asLong()).path("text").asText()).isEqualTo(text);
    }

    @Test
    void aDeadLetterIsSentAgainCorrectedOnceItsReaderFindsNothingWrong() throws JMSException {
        Map<String, Object> right = announcement(result(path("orders.csv"), source("a.csv")));
        JsonNode row = awaitLetter(sendText(Json.write(with(right, "results", "none"))));
        long id = row.path("id").asLong();
        assertThat(row.path("workspace").path("id").asLong()).isEqualTo(1);

        Api.Answer wrong = replay(id, Map.of("document", with(right, "name", " ")));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("name is missing");
        assertThat(replay(id, Map.of()).status()).as("as it is").isEqualTo(400);
        Api.Answer answer = replay(id, Map.of("document", right));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("replayed");
        assertThat(answer.json().path("replayer").path("id").asLong()).isEqualTo(1);
        assertThat(answer.json().path("replayedText").asText()).contains(announcedAs);
        awaitEnd("Complete");
        assertThat(replay(id, Map.of("document", right)).status()).isEqualTo(409);
        assertThat(api.get("/v4/auditEvents?operation=replayDeadLetter").text()).contains("deadLetter/" + id + " ");
    }

    @Test
    void aReplayThatFailsAsWellIsTheSameDeadLetterAndCanBeSentOnceMore() throws JMSException {
        String text = "{\"jobGroupId\": 987654321}";
        String messageId = send("running.jobs", context -> context.createTextMessage(text));
        long id = awaitLetter(messageId).path("id").asLong();

        for (int replays = 1; replays <= 2; replays++) {
            assertThat(replay(id, Map.of()).status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> letter(id).path("status").asText().equals("dead"));
            JsonNode row = letter(id);
            assertThat(row.path("replays").asInt()).isEqualTo(replays);
            assertThat(row.path("deliveries").asInt()).isEqualTo(ATTEMPTS);
            assertThat(row.path("messageId").asText()).isNotEqualTo(messageId);
        }
        assertThat(REGISTRY.sql("SELECT COUNT(*) FROM dead_letter WHERE job_group_id = 987654321")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aDismissedDeadLetterIsGoneAndIsNotCountedForTheOperator() throws JMSException {
        long id = awaitLetter(sendText("no JSON")).path("id").asLong();
        long before = deadLetters();

        assertThat(api.delete("/v4/deadLetters/" + id).status()).isEqualTo(204);

        assertThat(api.get("/v4/deadLetters/" + id).status()).isEqualTo(404);
        assertThat(deadLetters()).isEqualTo(before - 1);
        assertThat(api.get("/v4/deadLetters/count").json().path("count").asLong())
                .isEqualTo(api.get("/v4/deadLetters?includeCount=true&limit=1")
                        .json()
                        .path("count")
                        .asLong());
        assertThat(api.get("/v4/auditEvents?operation=deleteDeadLetter").text()).contains("deadLetter/" + id + " ");
    }

    private static long deadLetters() {
        SERVICE.camel().lookup("jobs", Jobs.class).renew();
        return new Api(SERVICE.observe(), token(SERVICE))
                .get("/observe/health")
                .json()
                .path("numbers")
                .path("wharf.jobs.dead.letters")
                .asLong();
    }
}
