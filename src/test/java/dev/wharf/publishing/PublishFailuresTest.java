package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.jobs.Jobs;
import dev.wharf.testing.api.Api;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job does when stores or messages fail. */
class PublishFailuresTest extends PublishingTest {
    /** The store adapter tries five times before it reports a failure. */
    private static final int ADAPTER_TRIES = 5;

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST"})
    void aStoreThatIsOverloadedForAWhileDelaysTheJob(String method) {
        FAULTS.on(method, folder + "orders_").after(1).times(ADAPTER_TRIES + 1).answer(503, "ServiceUnavailable");

        send(announcement(result(path("orders.csv"), source("a.csv"))));

        long id = awaitEnd("Complete");
        assertThat(written()).containsExactlyInAnyOrder("orders_" + id + "/orders.csv", "orders_" + id + "/_SUCCESS");
        assertThat(uploads()).isEmpty();
        assertThat(attempts()).isEqualTo(2);
    }

    @Test
    void aStoreThatStaysOverloadedFailsTheJobAndNothingIsLeft() {
        FAULTS.on("PUT", folder + "orders_").always().answer(503, "ServiceUnavailable");

        send(announcement(result(path("orders.csv"), source("a.csv"))));

        awaitEnd("Failed");
        assertFailedCleanly("overloaded or failing");
        assertThat(attempts()).isEqualTo(ATTEMPTS);
    }

    @Test
    void anAnswerThatIsLostToTheDecisiveRequestChangesNothing() {
        FAULTS.on("POST", "orders.csv?uploadId=").loseAnswer();

        send(announcement(result(path("orders.csv"), source("a.csv"))));

        long id = awaitEnd("Complete");
        assertThat(written()).containsExactlyInAnyOrder("orders_" + id + "/orders.csv", "orders_" + id + "/_SUCCESS");
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void aRefusedJobHasFailedAtOnceAndItsMessageIsDone() {
        var refused = announcement(result(path("orders.csv"), "s3://tmp/" + folder + "missing?connectionId=" + A));
        send(refused);

        awaitEnd("Failed");
        assertFailedCleanly("no such object");
        send(refused); // the same again changes nothing
        send("poison behind " + announcedAs);
        awaitDeadLetter("poison behind " + announcedAs);
        assertThat(attempts()).isEqualTo(1);
        assertThat(deadLetters(announcedAs))
                .hasSizeLessThan(2); // not the first one; a long queue shows the other by and by
    }

    @Test
    void aJobThatCannotGoForwardHasFailedNamesWhatIsVisibleAndGoesOnWhenToldTo() {
        // The second file's commit is refused for good, as far as the store says.
        FAULTS.on("POST", "second.csv?uploadId=").always().answer(403, "AccessDenied");

        send(announcement(result(path("first.csv"), source("a.csv")), result(path("second.csv"), source("b.csv"))));

        long id = awaitEnd("Failed");
        assertThat(attempts()).isEqualTo(ATTEMPTS);
        String place = "s3://target/" + folder;
        assertThat(column("failure", String.class).orElseThrow())
                .contains(
                        "s3:PutObject",
                        "Visible (1 of 2): " + place + "first_" + id + "/first.csv.",
                        "Not visible (1 of 2): " + place + "second_" + id + "/second.csv.",
                        "PUT /v4/jobGroups/" + id + "/publish",
                        "POST /v4/jobGroups/" + id + "/withdraw");
        assertThat(written()).singleElement().asString().endsWith("first.csv");
        assertThat(uploads()).hasSize(1);
        assertThat(numbers().path("wharf.jobs.half.published.failed").asLong()).isPositive();

        FAULTS.reset();
        var api = new Api(SERVICE.api(), token(SERVICE));
        String publish = "/v4/jobGroups/" + id + "/publish";
        assertThat(api.put(publish, Map.of("path", "elsewhere")).status()).isEqualTo(400);
        var answer = api.put(publish, Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("InProgress");

        awaitEnd("Complete");
        assertThat(written()).hasSize(4);
        assertThat(column("failure", String.class)).isEmpty();
        assertThat(uploads()).isEmpty();
        assertThat(api.put(publish, Map.of()).status()).isEqualTo(409);
        assertThat(api.get("/v4/auditEvents?operation=publishJobGroup").text()).contains("jobGroup/" + id);
    }

    /** What an operator sees. */
    private static JsonNode numbers() {
        SERVICE.camel().lookup("jobs", Jobs.class).renew();
        return new Api(SERVICE.observe(), token(SERVICE))
                .get("/observe/health")
                .json()
                .path("numbers");
    }

    @Test
    void aJobThatCannotGoForwardCanBeWithdrawnAndLeavesWhatIsVisible() {
        FAULTS.on("POST", "second.csv?uploadId=").always().answer(403, "AccessDenied");
        send(announcement(result(path("first.csv"), source("a.csv")), result(path("second.csv"), source("b.csv"))));
        long id = awaitEnd("Failed");
        FAULTS.reset();
        String withdraw = "/v4/jobGroups/" + id + "/withdraw";
        var answer = new Api(SERVICE.api(), token(SERVICE)).post(withdraw, Map.of());

        assertThat(answer.json().path("status").asText()).isEqualTo("Canceled");
        assertThat(answer.json().path("errorMessage").asText())
                .startsWith("Withdrawn by admin@localhost. Visible (1 of 2): ");
        assertThat(written()).singleElement().asString().endsWith("first.csv");
        assertThat(uploads()).isEmpty();
    }

    @Test
    void aPlaceThatIsTakenAtTheLastMomentFailsTheJobAndStaysWhatItIs() {
        String source = source("a.csv");
        // Only the very end of the staging is late enough: the preflight has looked already.
        FAULTS.when(request -> {
                    if (request.method().equals("PUT") && request.uri().contains("partNumber=")) {
                        long id = column("id", Long.class).orElseThrow();
                        STORE.put("target", folder + "orders_" + id + "/orders.csv", new byte[] {1});
                    }
                    return false;
                })
                .answer(500, "never");

        send(announcement(result(path("orders.csv"), source)));

        long id = awaitEnd("Failed");
        assertThat(column("failure", String.class).orElseThrow()).contains("nothing is ever overwritten");
        assertThat(written()).containsExactly("orders_" + id + "/orders.csv");
        await().untilAsserted(() -> assertThat(uploads()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"publishing.jobs", "running.jobs"})
    void whatIsNoTextIsADeadLetterUnreadAndBlocksNobody(String queue) throws JMSException {
        Unreadable.read = false;
        List<Message> messages;
        try (JMSContext context = MESSAGES.createContext()) {
            messages = List.of(
                    context.createObjectMessage(new Unreadable()),
                    context.createBytesMessage(),
                    context.createMapMessage(),
                    context.createStreamMessage(),
                    context.createMessage());
            for (Message message : messages) {
                message.setStringProperty("mark", announcedAs);
                context.createProducer().send(context.createQueue(queue), message);
            }
        }
        send(announcement(result(path("orders.csv"), source("a.csv"))));

        awaitEnd("Complete");
        try (JMSContext context = MESSAGES.createContext();
                var dead = context.createBrowser(context.createQueue("DLQ"), "mark = '" + announcedAs + "'")) {
            await().until(() ->
                    Collections.list((Enumeration<?>) dead.getEnumeration()).size() == messages.size());
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "{\"jobGroupId\": 1, \"results\": [], \"x\": \"%s\"}",
                "{\"jobGroupId\": 987654321, \"results\": [{\"path\": \"%s\", \"format\": \"csv\", \"files\": [\"x\"]}]}",
                "{\"announcedAs\": \"%s\", \"personWorkspaceId\": 987654321, \"name\": \"n\", \"execution\": \"spark\","
                        + " \"results\": [{\"path\": \"p\", \"format\": \"csv\", \"files\": [\"x\"]}]}",
                "[\"%s\"",
            })
    void aMessageThatMeansNothingIsADeadLetter(String message) {
        String mark = UUID.randomUUID().toString();

        send(message.formatted(mark));

        awaitDeadLetter(mark);
    }
}
