package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.Faults;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import jakarta.jms.JMSContext;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;

/** A key pair is changed while a large file comes down and another goes up. */
class RotationInFlightTest extends WharfTest {
    private static final long SIZE = 256L << 20;
    private static final String OLD = S3.accessKeyId();
    private static final String NEW = "AKIANEWPAIR000000000";

    private static boolean isSignedBy(String keyId, Faults.Request request) {
        return request.headers().getOrDefault("authorization", "").contains("Credential=" + keyId + "/");
    }

    @Test
    void whatIsUnderWayEndsWithTheOldPairAndTheNextRequestUsesTheNewOne() throws Exception {
        String broker = "vm://" + ThreadLocalRandom.current().nextInt(1, 1_000_000_000);
        try (var store = StubS3.start(StubOptions.TESTS.discarding(), "source", "target");
                Wharf wharf = start(Map.of("wharf.broker.url", broker));
                var messages = new ActiveMQConnectionFactory(broker);
                JMSContext queue = messages.createContext()) {
            store.generated("source", "big.bin", SIZE);
            var api = new Api(wharf.api(), token(wharf));
            long rotated = newConnection(api, store.endpoint(), null);
            long other = newConnection(api, store.endpoint(), null);
            store.on("PUT", "partNumber=3").delay(Duration.ofSeconds(2));

            var download = new CheckedInputStream(
                    open(api.request("/vfsRead?uri=s3://source/big.bin?connectionId=" + rotated)), new CRC32());
            download.readNBytes(1 << 20);
            queue.createProducer()
                    .send(
                            queue.createQueue("publishing.jobs"),
                            announcement(
                                    "s3://target/out/?connectionId=" + rotated,
                                    "s3://source/big.bin?connectionId=" + other));
            await().until(() -> !store.requests("PUT", "partNumber=3").isEmpty());

            var change = api.patch(
                    "/v4/connections/" + rotated,
                    Map.of("credentials", List.of(Map.of("key", NEW, "secret", "another-secret"))));
            assertThat(change.status()).as(change.text()).isEqualTo(200);
            assertThat(api.get("/vfsList?uri=s3://source/?connectionId=" + rotated)
                            .status())
                    .isEqualTo(200);
            int before = parts(store, OLD);
            download.transferTo(OutputStream.nullOutputStream());
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(api.get("/v4/jobGroups/1/status").text()).isEqualTo("\"Complete\""));

            assertThat(store.requests("GET", "/source?").stream().filter(request -> isSignedBy(NEW, request)))
                    .as("the listing after the change")
                    .isNotEmpty();
            assertThat(download.getChecksum().getValue())
                    .isEqualTo(checksum(store.endpoint().resolve("/source/big.bin")));
            assertThat(parts(store, OLD))
                    .as("parts that went up after the change")
                    .isGreaterThan(before);
            assertThat(parts(store, NEW)).isZero();
            assertThat(store.requests("POST", "?uploads"))
                    .as("the target was tried once and written once")
                    .hasSize(2);
        }
    }

    private static int parts(StubS3 store, String keyId) {
        return (int) store.requests("PUT", "partNumber=").stream()
                .filter(request -> isSignedBy(keyId, request))
                .count();
    }

    private static String announcement(String path, String file) {
        return Json.write(Map.of(
                "announcedAs",
                "big",
                "personWorkspaceId",
                1,
                "name",
                "big",
                "execution",
                "spark",
                "results",
                List.of(Map.of("path", path, "action", "create", "format", "csv", "files", List.of(file)))));
    }

    private static InputStream open(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.GET().build(), BodyHandlers.ofInputStream())
                .body();
    }

    private static long checksum(URI object) throws Exception {
        try (var in = new CheckedInputStream(open(HttpRequest.newBuilder(object)), new CRC32())) {
            in.transferTo(OutputStream.nullOutputStream());
            return in.getChecksum().getValue();
        }
    }
}
