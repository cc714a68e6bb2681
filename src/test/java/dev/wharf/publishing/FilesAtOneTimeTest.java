package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.identity.PostgresService;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files of an announced job that arrive at one time, each twice: whichever registry orders them, its message is due once. */
class FilesAtOneTimeTest extends WharfTest {
    private static final int FILES = 6;

    @RegisterExtension
    static final PostgresService POSTGRES = new PostgresService();

    @Test
    void areOneJobOnHsqldb() {
        sendAtOnce(API);
    }

    @Test
    void areOneJobOnPostgres() {
        sendAtOnce(POSTGRES.administrator());
    }

    private static void sendAtOnce(Api api) {
        String bucket = newBucket();
        long connection = newConnection(api, null);
        List<Map<String, Object>> results = IntStream.range(0, FILES)
                .mapToObj(number -> Map.<String, Object>of(
                        "path",
                        "s3://" + bucket + "/out/" + number + ".csv?connectionId=" + connection,
                        "format",
                        "csv",
                        "files",
                        List.of("upload:" + number)))
                .toList();
        var announcement =
                Map.of("announcedAs", UUID.randomUUID(), "name", "n", "execution", "spark", "results", results);
        long job = api.post("/v4/jobGroups/announced", announcement)
                .json()
                .path("id")
                .asLong();

        List<CompletableFuture<Api.Answer>> sending = IntStream.range(0, 2 * FILES)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> api.send(api.request("/v4/jobGroups/" + job + "/files?name=" + number % FILES)
                                .PUT(BodyPublishers.ofString("content of " + number % FILES)))))
                .toList();

        sending.forEach(
                sent -> assertThat(sent.join().status()).as(sent.join().text()).isEqualTo(200));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/v4/jobGroups/" + job + "/status").text().equals("\"Complete\""));
        assertThat(S3.keys(bucket)).hasSize(2 * FILES);
        assertThat(S3.uploads(bucket)).isEmpty();
        assertThat(api.get("/v4/jobGroups/" + job + "/jobs")
                        .json()
                        .at("/data/0/attempt")
                        .asInt())
                .isEqualTo(1);
    }
}
