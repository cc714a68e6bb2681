package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
        FAULTS.on("PUT", folder + "orders_").after(1).always().answer(503, "ServiceUnavailable");

        send(announcement(result(path("orders.csv"), source("a.csv"))));

        awaitDeadLetter(announcedAs);
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
    void aRefusedJobIsADeadLetterWithItsReasonKept() {
        send(announcement(result(path("orders.csv"), "s3://tmp/" + folder + "missing?connectionId=" + A)));

        awaitDeadLetter(announcedAs);
        assertFailedCleanly("no such object");
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void onceAFileIsVisibleTheJobOnlyGoesForward() {
        // The second file's commit is refused for good, as far as the store says.
        FAULTS.on("POST", "second.csv?uploadId=").always().answer(403, "AccessDenied");
        var announcement =
                announcement(result(path("first.csv"), source("a.csv")), result(path("second.csv"), source("b.csv")));

        send(announcement);

        awaitDeadLetter(announcedAs);
        assertThat(column("status", String.class)).contains("InProgress");
        assertThat(column("warning", String.class).orElseThrow()).contains("s3:PutObject");
        assertThat(written()).singleElement().asString().endsWith("first.csv");

        FAULTS.reset();
        send(announcement);

        awaitEnd("Complete");
        assertThat(written()).hasSize(4);
        assertThat(column("warning", String.class)).isEmpty();
        assertThat(uploads()).isEmpty();
    }

    @Test
    void aPlaceThatIsTakenAtTheLastMomentFailsTheJobAndStaysWhatItIs() {
        String source = source("a.csv");
        // Only the very end of the staging is late enough: the preflight has looked already.
        FAULTS.on("HEAD", "orders.csv").after(0).rewriteBody(body -> {
            long id = column("id", Long.class).orElseThrow();
            STORE.put("target", folder + "orders_" + id + "/orders.csv", new byte[] {1});
            return body;
        });

        send(announcement(result(path("orders.csv"), source)));

        long id = awaitEnd("Failed");
        assertThat(column("failure", String.class).orElseThrow()).contains("nothing is ever overwritten");
        assertThat(written()).containsExactly("orders_" + id + "/orders.csv");
        await().untilAsserted(() -> assertThat(uploads()).isEmpty());
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
