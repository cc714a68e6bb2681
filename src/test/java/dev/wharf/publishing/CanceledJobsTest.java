package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.testing.api.Api;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job can be canceled until it decides that its results become visible, and then leaves nothing. */
class CanceledJobsTest extends PublishingTest {
    private static final int PART = 8 << 20;

    private final Api api = new Api(SERVICE.api(), token(SERVICE));

    private Api.Answer cancel(long id) {
        return api.post("/v4/jobGroups/" + id + "/cancel", Map.of());
    }

    private long awaitRequest(String method, String part) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !FAULTS.requests(method, part).isEmpty());
        return column("id", Long.class).orElseThrow();
    }

    @Test
    void aJobThatIsCanceledWhileAFileIsSentLeavesNothing() {
        FAULTS.on("PUT", "orders.csv?partNumber=").delay(Duration.ofSeconds(1)).always();
        send(announcement(result(path("orders.csv"), source("a.csv"))));
        long id = awaitRequest("PUT", "orders.csv?partNumber=");

        var answer = cancel(id);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("jobgroupId").asLong()).isEqualTo(id);
        assertThat(answer.json().path("jobIds")).hasSize(1);
        var group = api.get("/v4/jobGroups/" + id + "?embed=jobs").json();
        assertThat(group.path("status").asText()).isEqualTo("Canceled");
        assertThat(group.path("errorMessage").asText()).startsWith("Canceled by ");
        assertThat(group.at("/jobs/data/0/status").asText()).isEqualTo("Canceled");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(uploads()).isEmpty();
            assertThat(files(id)).isEmpty();
        });
        assertThat(written()).isEmpty();
        assertThat(cancel(id).status()).isEqualTo(200); // again: nothing changes
        assertThat(deadLetters(announcedAs)).isEmpty();
        assertThat(api.get("/v4/auditEvents?operation=cancelJobGroup").text()).contains("jobGroup/" + id);
    }

    /** A part that comes after the abort stays in some stores, where nobody sees it. */
    @Test
    void whatIsSentEndsBeforeItsUploadIsAborted() {
        int parts = 24;
        OTHER_STORE.put("other", folder + "large.csv", new byte[parts * PART]);
        FAULTS.on("PUT", "orders.csv?partNumber=").delay(Duration.ofSeconds(1)).always();
        send(announcement(result(path("orders.csv"), "s3://other/" + folder + "large.csv?connectionId=" + B)));
        long id = awaitRequest("PUT", "orders.csv?partNumber=");

        assertThat(cancel(id).status()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(uploads()).isEmpty();
            assertThat(files(id)).isEmpty();
        });
        int sent = FAULTS.requests("PUT", "orders.csv?partNumber=").size();
        assertThat(sent).isLessThan(parts);
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        assertThat(FAULTS.requests("PUT", "orders.csv?partNumber=")).hasSize(sent);
        assertThat(written()).isEmpty();
        OTHER_STORE.removeLargerThan(PART);
    }

    @Test
    void aJobWhoseResultsBecomeVisibleGoesOnToItsEnd() {
        FAULTS.on("POST", "orders.csv?uploadId=").delay(Duration.ofSeconds(1)).always();
        send(announcement(result(path("orders.csv"), source("a.csv"))));
        long id = awaitRequest("POST", "orders.csv?uploadId=");

        var answer = cancel(id);

        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.text()).contains("becoming visible");
        awaitEnd("Complete");
        assertThat(written()).containsExactlyInAnyOrder("orders_" + id + "/orders.csv", "orders_" + id + "/_SUCCESS");
        assertThat(cancel(id).text()).contains("Only a job that is not over can be canceled");
    }

    @Test
    void aJobThatHasFailedIsNoJobToCancel() {
        send(announcement(result(path("orders.csv"), "s3://tmp/" + folder + "missing?connectionId=" + A)));
        long id = awaitEnd("Failed");

        assertThat(cancel(id).status()).isEqualTo(409);
    }

    @Test
    void aJobOfNobodyCannotBeCanceled() {
        assertThat(cancel(999_999).status()).isEqualTo(404);
    }
}
