package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class JobProgressTest extends PublishingTest {
    private final Api api = new Api(SERVICE.api(), token(SERVICE));

    private JsonNode progress() {
        long id = await().until(() -> column("id", Long.class), found -> found.isPresent())
                .orElseThrow();
        var answer = api.get("/v4/jobGroups/" + id + "/progress");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode awaitProgress(Predicate<JsonNode> wanted) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(this::progress, wanted);
    }

    @Test
    void filesAndBytesAreCountedWhileTheyAreSent() {
        FAULTS.on("PUT", "b.csv?partNumber=").delay(Duration.ofSeconds(2)).always();
        String first = source("a.csv", new byte[1000]);
        send(announcement(result(path("a.csv"), first), result(path("b.csv"), source("b.csv", new byte[500]))));

        var half = awaitProgress(seen -> seen.at("/files/done").asInt() == 1);

        assertThat(half.path("step").asText()).isEqualTo("sending");
        assertThat(half.at("/files/total").asInt()).isEqualTo(2);
        assertThat(half.at("/bytes/done").asInt()).isEqualTo(1000);
        assertThat(half.at("/bytes/total").asInt()).isEqualTo(1500);
        assertThat(half.path("attempt").asInt()).isEqualTo(1);
        assertThat(half.path("maxAttempts").asInt()).isEqualTo(ATTEMPTS);
        assertThat(half.path("retrying").asBoolean()).isFalse();
        awaitEnd("Complete");
        var whole = progress();
        assertThat(whole.path("step").asText()).isEqualTo("over");
        assertThat(whole.at("/bytes/done").asInt()).isEqualTo(1500);
        assertThat(whole.path("secondsLeft").isNull()).isTrue();
    }

    @Test
    void whatIsSentOfOneLargeFileIsSeenBeforeItsEnd() throws IOException {
        long size = 64 << 20;
        Path large = RESULTS.resolve(UUID.randomUUID() + ".csv");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(size);
        }
        FAULTS.on("PUT", "a.csv?partNumber=").delay(Duration.ofSeconds(2)).always();
        send(announcement(result(path("a.csv"), large.toUri().toString())));

        var within = awaitProgress(seen -> seen.at("/bytes/done").asLong() > 0);

        assertThat(within.at("/files/done").asInt()).isZero();
        assertThat(within.at("/bytes/done").asLong()).isLessThan(size);
        assertThat(within.at("/bytes/total").asLong()).isEqualTo(size);
        assertThat(within.path("bytesPerSecond").asLong()).isPositive();
        assertThat(within.path("secondsLeft").asLong()).isPositive();
        FAULTS.reset();
        awaitEnd("Complete");
    }

    @Test
    void whyItIsTriedAgainIsTold() {
        FAULTS.on("PUT", "a.csv?partNumber=").always().answer(503, "ServiceUnavailable");
        send(announcement(result(path("a.csv"), source("a.csv"))));

        var again = awaitProgress(seen ->
                seen.path("retrying").asBoolean() || seen.path("step").asText().equals("over"));

        assertThat(again.path("attempt").asInt()).isBetween(1, ATTEMPTS);
        assertThat(again.path("reason").asText()).contains("a.csv");
        awaitEnd("Failed");
        assertThat(progress().path("step").asText()).isEqualTo("over");
        assertThat(progress().path("retrying").asBoolean()).isFalse();
        assertThat(progress().path("reason").asText()).isNotBlank();
    }
}
