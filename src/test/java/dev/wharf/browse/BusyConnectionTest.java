package dev.wharf.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.testing.WharfTest;
import dev.wharf.testing.stub.StubS3;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class BusyConnectionTest extends WharfTest {
    private static final int MOST = 32;

    @Test
    void aStoreThatDoesNotAnswerKeepsOnlySoManyWorkersAndOthersAreServed() {
        try (var stuck = StubS3.start("bucket")) {
            stuck.on("GET", "list-type=2").neverAnswer().always();
            long connection = newConnection(stuck.endpoint(), null);
            String path = "/vfsList?uri=s3://bucket/?connectionId=" + connection;
            var client = HttpClient.newHttpClient();
            for (int i = 0; i < MOST; i++) {
                client.sendAsync(API.request(path).GET().build(), BodyHandlers.discarding());
            }
            await().until(() -> stuck.requests("GET", "list-type=2").size() >= MOST);

            var refused = API.get(path);

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsKey("retry-after");
            assertThat(refused.json().path("detail").asText())
                    .contains("Connection " + connection, "wharf.browse.max-concurrent");
            assertThat(API.get("/vfsList?uri=s3://wharf/&limit=1").status()).isEqualTo(200);
        }
    }
}
