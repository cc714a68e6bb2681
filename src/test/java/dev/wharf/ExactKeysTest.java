package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.storage.ResultPath;
import dev.wharf.store.ObjectNames;
import dev.wharf.store.S3Uri;
import dev.wharf.testing.Keys;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.stub.StubS3;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A key goes through the whole service, in and out, as it is. */
@Domain(Keys.class)
class ExactKeysTest extends WharfTest {
    private static final int TRIES = 40;

    private static StubS3 s3;
    private static Wharf wharf;
    private static Api api;
    private static long connection;

    @BeforeContainer
    static void startOnAStoreThatHoldsEveryKey() {
        s3 = StubS3.start("base");
        wharf = start(Map.of(
                "wharf.storage.bucket",
                "base",
                "wharf.storage.endpoint",
                s3.endpoint().toString()));
        api = new Api(wharf.api(), token(wharf));
        var body = Map.of(
                "vendor", "aws",
                "vendorName", "aws",
                "type", "remotefile",
                "credentialType", "keySecret",
                "name", "exact",
                "params", Map.of("endpoint", s3.endpoint().toString()),
                "credentials", List.of(Map.of("key", s3.accessKeyId(), "secret", s3.secretAccessKey())));
        connection = api.post("/v4/connections", body).json().path("id").asLong();
    }

    @AfterContainer
    static void stop() {
        wharf.close();
        s3.close();
    }

    @Property(tries = TRIES)
    void aListingShowsItAndTheAddressShownFindsIt(@ForAll String key) throws IOException {
        String bucket = newStubBucket();
        s3.put(bucket, key, bytes(key));
        String uri = new S3Uri(bucket, key, connection).toString();

        var row = Json.read(
                stream("/vfsList?recursive=true&showHidden=true&uri=" + encoded(uri(bucket, ""))), JsonNode.class);
        assertThat(row.path("uri").asText()).isEqualTo(uri);

        assertThat(api.get("/vfsStat?uri=" + encoded(uri)).json().path("uri").asText())
                .isEqualTo(uri);
        assertThat(api.get("/vfsRead?uri=" + encoded(uri)).text()).isEqualTo(key);
        assertThat(raw("/vfsRead?uri=", uri)).endsWith("\r\n\r\n" + key);
    }

    @Property(tries = TRIES)
    void foldersLeadToItStepByStep(@ForAll String key) {
        String bucket = newStubBucket();
        s3.put(bucket, key, bytes(key));

        String uri = uri(bucket, "");
        String type = "folder";
        while (type.equals("folder")) {
            var page = api.get("/vfsList?showHidden=true&uri=" + encoded(uri))
                    .json()
                    .path("data");
            assertThat(page).as(uri).hasSize(1);
            uri = page.path(0).path("uri").asText();
            type = page.path(0).path("type").asText();
        }

        assertThat(uri).isEqualTo(uri(bucket, key));
    }

    @Property(tries = TRIES)
    void aDatasetReadsExactlyIt(@ForAll String key) {
        Assume.that(!key.endsWith("/") && !ObjectNames.isMarker(key));
        String bucket = newStubBucket();
        s3.put(bucket, key, bytes("a,b\n"));

        var dataset = api.post(
                "/v4/importedDatasets", Map.of("uri", uri(bucket, key), "name", "exact", "structureCheck", "none"));

        assertThat(dataset.status()).as(dataset.text()).isEqualTo(201);
        var files = api.get("/v4/importedDatasets/" + dataset.json().path("id").asLong() + "/files");
        assertThat(files.json().path("data")).hasSize(1);
        assertThat(files.json().path("data").path(0).path("key").asText()).isEqualTo(key);
    }

    @Property(tries = TRIES)
    void anUploadKeepsItsName(@ForAll String key) {
        String name = key.replace('/', '_');
        Assume.that(!name.isBlank() && !List.of(".", "..").contains(name) && bytes(name).length < 900);

        var upload = api.send(api.request("/v4/uploads?name=" + encoded(name)).PUT(BodyPublishers.ofString(key)));

        assertThat(upload.status()).as(upload.text()).isEqualTo(201);
        assertThat(s3.keys("base")).anyMatch(stored -> stored.endsWith("/" + name));
    }

    @Property(tries = 12)
    void aResultArrivesInExactlyThatFolder(@ForAll String key) {
        Assume.that(bytes(key).length < 900 && !leadsElsewhere(key));
        String bucket = newStubBucket();
        s3.put(bucket, "in.csv", bytes("a,b\n1,2\n"));
        long dataset = api.post("/v4/importedDatasets", Map.of("uri", uri(bucket, "in.csv"), "name", "exact"))
                .json()
                .path("id")
                .asLong();
        var job = api.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", dataset),
                        "overrides",
                        Map.of(
                                "execution",
                                "photon",
                                "writesettings",
                                List.of(Map.of(
                                        "path",
                                        uri(bucket, key + "/result.csv"),
                                        "action",
                                        "create",
                                        "format",
                                        "csv",
                                        "asSingleFile",
                                        true,
                                        "header",
                                        true)))));
        assertThat(job.status()).as(job.text()).isEqualTo(201);
        long id = job.json().path("id").asLong();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/v4/jobGroups/" + id + "/status").text().equals("\"Complete\""));

        String folder = key + "/result_" + id + "/";
        assertThat(s3.keys(bucket)).containsExactlyInAnyOrder("in.csv", folder + "_SUCCESS", folder + "result.csv");
    }

    /** Which is refused: {@link ResultPath}. */
    private static boolean leadsElsewhere(String key) {
        return Stream.of(key.split("/")).anyMatch(List.of(".", "..")::contains);
    }

    private static String newStubBucket() {
        String bucket = "exact-" + UUID.randomUUID();
        s3.createBucket(bucket);
        return bucket;
    }

    private static String uri(String bucket, String key) {
        return new S3Uri(bucket, key, connection).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String stream(String path) {
        return api.send(api.request(path)
                        .header("accept", "application/x-ndjson")
                        .GET())
                .text();
    }

    /** As {@code curl} sends it: only what would end the value, or the request line, is encoded. */
    private static String raw(String path, String value) throws IOException {
        String escaped = value.codePoints()
                .mapToObj(c ->
                        c <= ' ' || c == 0x7f || "%&#".indexOf(c) >= 0 ? "%%%02X".formatted(c) : Character.toString(c))
                .reduce("", String::concat);
        try (var socket = new Socket("127.0.0.1", wharf.files().getPort())) {
            socket.getOutputStream()
                    .write(bytes("GET " + path + escaped + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Authorization: Bearer " + token(wharf) + "\r\n\r\n"));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
