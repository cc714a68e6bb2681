package dev.wharf.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.storage.UploadReaper;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.FaultyS3;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that go on, by the tus protocol. */
class ResumableUploadsTest extends WharfTest {
    private static final int MIB = 1 << 20;
    private static final int PART = 8 * MIB;
    private static final byte[] CONTENT = new byte[21 * MIB];
    private static final TusClient CLIENT = new TusClient(WHARF.api(), TOKEN);

    static {
        var random = new Random(1);
        for (int index = 0; index < CONTENT.length; index++) {
            CONTENT[index] = (byte) (index % 32 == 31 ? '\n' : 'a' + random.nextInt(26));
        }
    }

    private final String name = UUID.randomUUID() + ".csv";

    private static Api.Answer refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }

    private static String detail(Api.Answer answer) {
        return answer.json().path("detail").asText();
    }

    private boolean isVisible() {
        return S3.keys("wharf").stream().anyMatch(key -> key.endsWith(name));
    }

    private boolean isPending() {
        return S3.uploads("wharf").stream().anyMatch(key -> key.endsWith(name));
    }

    /** Cut off with a part and a half sent. */
    private static void cutOff(TusClient client, String path) throws IOException {
        client.sendSome(path, CONTENT, (int) client.offset(path), PART + PART / 2)
                .close();
    }

    private void expectWhole(TusClient client, String path) {
        JsonNode upload = client.api().get(path).json().path("upload");
        assertThat(upload.path("name").asText()).isEqualTo(name);
        assertThat(upload.path("size").asInt()).isEqualTo(CONTENT.length);
        String key = upload.path("path").asText().substring(1);
        assertThat(key).startsWith("trifacta/uploads/1/1/").endsWith("/" + name);
        assertThat(Arrays.equals(S3.get("wharf", key), CONTENT))
                .as("the same bytes")
                .isTrue();
        assertThat(S3.contentType("wharf", key)).isEqualTo("text/csv");
        var dataset = client.api()
                .post("/v4/importedDatasets", Map.of("uri", upload.path("uri").asText(), "name", name));
        assertThat(dataset.status()).isEqualTo(201);
    }

    @Test
    void aFileThatIsCutOffGoesOnWithWhatHasArrived() throws IOException {
        String path = CLIENT.begin(name, CONTENT.length);
        cutOff(CLIENT, path);

        await().until(() -> CLIENT.offset(path) == PART);
        assertThat(isVisible()).isFalse();
        assertThat(CLIENT.api().get(path).json().path("upload").isNull()).isTrue();
        String encoded = Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
        assertThat(CLIENT.head(path).headers().get("upload-metadata")).containsExactly("filename " + encoded);
        var rest = await().until(() -> CLIENT.sendRest(path, CONTENT), answer -> answer.status() != 423);

        assertThat(rest.status()).as(rest.text()).isEqualTo(204);
        assertThat(rest.headers().get("upload-offset")).containsExactly(String.valueOf(CONTENT.length));
        expectWhole(CLIENT, path);
        assertThat(isPending()).isFalse();
    }

    private static void goOn(TusClient first, TusClient then, String path) throws IOException {
        cutOff(first, path);
        await().until(() -> first.offset(path) == PART);

        var rest = await().until(() -> then.sendRest(path, CONTENT), answer -> answer.status() != 423);
        assertThat(rest.status()).as(rest.text()).isEqualTo(204);
    }

    @Test
    void aRestartInBetweenLosesNothing(@TempDir Path folder) throws IOException {
        var settings = Map.of("wharf.data-dir", folder.toString());
        Wharf before = start(settings);
        var first = new TusClient(before.api(), token(before));
        String path = first.begin(name, CONTENT.length);
        cutOff(first, path);
        await().until(() -> first.offset(path) == PART);
        before.close();

        try (Wharf after = start(settings)) {
            after.camel().lookup("uploadReaper", UploadReaper.class).reap();
            var then = new TusClient(after.api(), token(after));
            assertThat(then.sendRest(path, CONTENT).status()).isEqualTo(204);
            expectWhole(then, path);
        }
    }

    @Test
    void anotherNodeGoesOnWithIt() throws IOException {
        try (var postgres = EmbeddedPostgres.start()) {
            Map<String, String> shared = new HashMap<>();
            shared.put("wharf.registry.url", postgres.getJdbcUrl("postgres", "postgres"));
            shared.put("wharf.registry.user", "postgres");
            try (Wharf one = start(shared)) {
                var keyset = one.folder().resolve("keyset.json");
                shared.put("wharf.secrets.keyset", Files.readString(keyset).strip());
                try (Wharf other = start(shared)) {
                    var first = new TusClient(one.api(), token(one));
                    String path = first.begin(name, CONTENT.length);

                    goOn(first, new TusClient(other.api(), token(one)), path);

                    expectWhole(first, path);
                }
            }
        }
    }

    @Test
    void oneRequestWritesAtATime() throws IOException {
        String path = CLIENT.begin(name, CONTENT.length);

        try (var writing = CLIENT.sendSome(path, CONTENT, 0, MIB)) {
            await().until(() -> CLIENT.send(path, 0, CONTENT).status() == 423);
            writing.getOutputStream().write(CONTENT, MIB, CONTENT.length - MIB);
            await().until(() -> CLIENT.offset(path) == CONTENT.length);
        }

        expectWhole(CLIENT, path);
    }

    @Test
    void anotherOffsetThanTheUploadsIsRefusedWithTheRightOne() {
        String path = CLIENT.begin(name, CONTENT.length);

        assertThat(detail(refused(CLIENT.send(path, PART, CONTENT), 409))).startsWith("Upload-Offset must be 0");
        CLIENT.sendRest(path, CONTENT);
        assertThat(detail(refused(CLIENT.send(path, 0, CONTENT), 409))).contains(String.valueOf(CONTENT.length));
    }

    @Test
    void whatIsTooMuchOrTooLittleIsRefused() throws IOException {
        String path = CLIENT.begin(name, 10);

        assertThat(detail(refused(CLIENT.send(path, 0, new byte[11]), 400))).contains("10 bytes were announced");
        assertThat(detail(refused(CLIENT.send(path, 0, new byte[9]), 400))).contains("best all that is left");
        assertThat(isVisible()).isFalse();
        assertThat(CLIENT.send(path, 0, new byte[10]).status()).isEqualTo(204);
        assertThat(detail(refused(CLIENT.send(path, 10, new byte[1]), 400))).contains("10 bytes were announced");
        try (Wharf small = start(Map.of("wharf.uploads.max-bytes", "10"))) {
            var client = new TusClient(small.api(), token(small));
            assertThat(detail(refused(client.create(name, 11), 413))).contains("wharf.uploads.max-bytes");
        }
    }

    @Test
    void piecesAreTakenFromTheSizeOfAPartOn() {
        String path = CLIENT.begin(name, CONTENT.length);

        assertThat(detail(refused(CLIENT.send(path, 0, Arrays.copyOf(CONTENT, 5 * MIB - 1)), 400)))
                .contains("5 MiB or more");
        var kept = CLIENT.send(path, 0, Arrays.copyOf(CONTENT, PART));
        assertThat(kept.headers().get("upload-offset")).containsExactly(String.valueOf(PART));
        assertThat(CLIENT.sendRest(path, CONTENT).status()).isEqualTo(204);

        expectWhole(CLIENT, path);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void lessThanNothingIsRefused(long bytes) {
        String path = CLIENT.begin(name, 10);

        assertThat(detail(refused(CLIENT.create(name, bytes), 400))).startsWith("Upload-Length must be");
        assertThat(detail(refused(CLIENT.send(path, bytes, new byte[10]), 400))).startsWith("Upload-Offset must be");
    }

    @Test
    void anEmptyFileIsThereAtOnce() {
        var created = CLIENT.create(name, 0);

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().path("upload").path("size").asInt(-1)).isZero();
        assertThat(isVisible()).isTrue();
    }

    @Test
    void aStoreThatIsAwayForAWhileCostsNothing() {
        try (var store = FaultyS3.before(S3);
                Wharf wharf =
                        start(Map.of("wharf.storage.endpoint", store.endpoint().toString()))) {
            var client = new TusClient(wharf.api(), token(wharf));
            String path = client.begin(name, CONTENT.length);
            store.on("PUT", "partNumber=2").always().answer(503, "SlowDown");

            var failed = refused(client.sendRest(path, CONTENT), 503);
            assertThat(failed.headers()).containsKey("retry-after");
            assertThat(client.offset(path)).isEqualTo(PART);
            store.reset();

            assertThat(client.sendRest(path, CONTENT).status()).isEqualTo(204);
            expectWhole(client, path);
        }
    }

    @Test
    void whatIsEndedLeavesNothing() throws IOException {
        String path = CLIENT.begin(name, CONTENT.length);
        cutOff(CLIENT, path);
        await().until(() -> CLIENT.offset(path) == PART);
        assertThat(isPending()).isTrue();

        assertThat(CLIENT.api().delete(path).status()).isEqualTo(204);

        assertThat(isPending()).isFalse();
        assertThat(isVisible()).isFalse();
        assertThat(CLIENT.head(path).status()).isEqualTo(404);
        refused(CLIENT.send(path, PART, CONTENT), 404);
        refused(CLIENT.api().delete(path), 404);
    }

    @Test
    void whatIsEndedWhileItIsSentLeavesNothingEither() throws IOException {
        String path = CLIENT.begin(name, CONTENT.length);
        try (var writing = CLIENT.sendSome(path, CONTENT, 0, MIB)) {
            await().until(() -> CLIENT.send(path, 0, CONTENT).status() == 423);

            assertThat(CLIENT.api().delete(path).status()).isEqualTo(204);
            writing.getOutputStream().write(CONTENT, MIB, CONTENT.length - MIB);
            assertThat(new String(writing.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 409");
        }
        assertThat(isPending()).isFalse();
        assertThat(isVisible()).isFalse();
    }

    @Test
    void whatNobodyGoesOnWithEnds() throws IOException {
        try (Wharf hasty = start(Map.of("wharf.uploads.resumable-for", "1s"))) {
            var client = new TusClient(hasty.api(), token(hasty));
            String path = client.begin(name, CONTENT.length);
            assertThat(isPending()).isTrue();

            await().until(() -> client.head(path).status() == 410);
            refused(client.send(path, 0, CONTENT), 410);
            hasty.camel().lookup("resumableUploads", ResumableUploads.class).expire();

            assertThat(client.head(path).status()).isEqualTo(404);
            assertThat(isPending()).isFalse();
        }
    }

    @Test
    void toOthersAnUploadDoesNotExist() {
        String path = CLIENT.begin(name, CONTENT.length);
        var other = new TusClient(WHARF.api(), newMember().token());

        assertThat(other.head(path).status()).isEqualTo(404);
        refused(other.send(path, 0, CONTENT), 404);
        refused(other.api().delete(path), 404);
        assertThat(CLIENT.offset(path)).isZero();
    }

    @Test
    void theServerSaysWhichProtocolItSpeaks() {
        var options = API.send(API.request("/v4/uploads").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(options.status()).isEqualTo(204);
        assertThat(options.headers().get("tus-version")).containsExactly("1.0.0");
        assertThat(options.headers().get("tus-extension")).containsExactly("creation,expiration,termination");
        assertThat(options.headers().get("tus-max-size")).containsExactly("68719476736");
        var other = API.send(API.request("/v4/uploads")
                .header("tus-resumable", "0.2.2")
                .header("upload-length", "1")
                .header("upload-metadata", "filename YQ==")
                .POST(BodyPublishers.noBody()));
        assertThat(refused(other, 412).headers().get("tus-version")).containsExactly("1.0.0");
        assertThat(CLIENT.head(CLIENT.begin(name, 1)).headers().get("tus-resumable"))
                .containsExactly("1.0.0");
    }
}
