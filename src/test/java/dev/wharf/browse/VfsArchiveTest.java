package dev.wharf.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VfsArchiveTest extends WharfTest {
    private static final StubS3 STUB = StubS3.start();
    private static final int MIB = 1 << 20;

    private final String bucket = "b-" + UUID.randomUUID();
    private final long connection = connection();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private long connection() {
        STUB.createBucket(bucket);
        return newConnection(STUB.endpoint(), null);
    }

    @AfterEach
    void heal() {
        STUB.reset();
    }

    @AfterAll
    static void stop() {
        STUB.close();
    }

    private String path(String... keys) {
        var path = new StringBuilder("/vfsArchive?connectionId=" + connection);
        for (String key : keys) {
            path.append("&uri=")
                    .append(URLEncoder.encode("s3://" + bucket + "/" + key, UTF_8)
                            .replace("+", "%20"));
        }
        return path.toString();
    }

    private byte[] generated(String key, long size) {
        STUB.generated(bucket, key, size);
        return STUB.get(bucket, key);
    }

    private HttpResponse<byte[]> get(String... keys) throws Exception {
        return client.send(API.request(path(keys)).build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    private String refused(int status, String... keys) throws Exception {
        var answer = get(keys);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
        return Json.read(new String(answer.body(), UTF_8), JsonNode.class)
                .path("detail")
                .asText();
    }

    /** As whoever unpacks it sees it: by its directory, and as a stream, which have to agree. */
    private Map<String, byte[]> unpacked(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(200);
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (var zip = new ZipFile(saved(answer).toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                assertThat(files.put(entry.getName(), zip.getInputStream(entry).readAllBytes()))
                        .as("another entry " + entry.getName())
                        .isNull();
            }
        }
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (var expected : files.entrySet()) {
                assertThat(zip.getNextEntry().getName()).isEqualTo(expected.getKey());
                assertThat(zip.readAllBytes()).isEqualTo(expected.getValue());
            }
            assertThat(zip.getNextEntry()).isNull();
        }
        return files;
    }

    private Path saved(HttpResponse<byte[]> answer) throws IOException {
        return Files.write(folder.resolve(UUID.randomUUID() + ".zip"), answer.body());
    }

    @Test
    void aFolderComesWhole() throws Exception {
        byte[] large = generated("data/sales/2020/large.bin", 3L * MIB + 7);
        byte[] small = generated("data/sales/a.csv", 1000);
        STUB.put(bucket, "data/sales/_SUCCESS", new byte[0]);
        STUB.put(bucket, "data/sales/", new byte[0]);
        STUB.put(bucket, "data/sales/empty/", new byte[0]);
        generated("data/salesman.csv", 10);

        var answer = get("data/sales/");

        assertThat(unpacked(answer))
                .containsOnlyKeys("sales/", "sales/2020/large.bin", "sales/_SUCCESS", "sales/a.csv", "sales/empty/")
                .containsEntry("sales/2020/large.bin", large)
                .containsEntry("sales/a.csv", small)
                .containsEntry("sales/_SUCCESS", new byte[0]);
        assertThat(header(answer, "content-type")).isEqualTo("application/zip");
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(answer.body().length));
        assertThat(header(answer, "content-disposition"))
                .isEqualTo("attachment; filename=\"sales.zip\"; filename*=UTF-8''sales.zip");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(unpacked(get("data/sales")).keySet())
                .isEqualTo(unpacked(answer).keySet());
    }

    @Test
    void aSelectionHasTheNamesBelowTheFolderThatItIsIn() throws Exception {
        byte[] one = generated("data/x/one.csv", 10);
        byte[] two = generated("data/y/z/two.csv", 20);
        generated("data/y/z/three.csv", 20);
        generated("data/no.csv", 20);

        var answer = get("data/x/one.csv", "data/y/", "data/y/z/two.csv", "data/y/z", "data/x/one.csv");

        assertThat(unpacked(answer))
                .containsOnlyKeys("x/one.csv", "y/z/two.csv", "y/z/three.csv")
                .containsEntry("x/one.csv", one)
                .containsEntry("y/z/two.csv", two);
        assertThat(header(answer, "content-disposition")).contains("\"data.zip\"");
        assertThat(unpacked(get("data/x/one.csv"))).containsOnlyKeys("one.csv");
        assertThat(header(get(""), "content-disposition")).contains(bucket + ".zip");
    }

    @Test
    void otherToolsUnpackItAsItWas() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unzip")), "no unzip here");
        byte[] content = generated("d/日本語 😀.csv", 200_000);
        generated("d/a b", 0);

        Path zip = saved(get("d/"));

        Process unzip = new ProcessBuilder(
                        "unzip",
                        "-q",
                        zip.toString(),
                        "-d",
                        folder.resolve("out").toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(unzip.getInputStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(unzip.waitFor()).isZero();
        Path file = folder.resolve("out/d/日本語 😀.csv");
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        assertThat(Files.getLastModifiedTime(file).toInstant())
                .isBetween(Instant.now().minusSeconds(600), Instant.now());
    }

    @Test
    void hostileNamesLeadNowhereElse() throws Exception {
        for (String key :
                new String[] {"../../up", "/root", "a\\b", "C:/boot", "new\nline", "a//b", "x/", "a%5Cb", "ok%41"}) {
            generated("in/" + key, 10);
        }

        assertThat(unpacked(get("in/")))
                .containsOnlyKeys(
                        "in/%2E%2E/%2E%2E/up",
                        "in/%2Froot",
                        "in/a%5Cb",
                        "in/C:/boot",
                        "in/new%0Aline",
                        "in/a/%2Fb",
                        "in/x%2F",
                        "in/a%255Cb",
                        "in/ok%41");
    }

    @Test
    void manyFilesComeInTheirOrder() throws Exception {
        STUB.tree(bucket, Tree.nested("many/", 20, 50).sized(3));

        var files = unpacked(get("many/"));

        assertThat(files).hasSize(1000);
        files.forEach((name, content) -> assertThat(content).isEqualTo(STUB.get(bucket, name)));
    }

    @Test
    void headIsTheAnswerWithoutItsBytes() throws Exception {
        generated("d/a", 10);
        var head = API.request(path("d/")).method("HEAD", BodyPublishers.noBody());

        var answer = client.send(head.build(), BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "content-length"))
                .isEqualTo(String.valueOf(get("d/").body().length));
    }

    @Test
    void whatCannotBeSentWholeIsRefusedBeforeItBegins() throws Exception {
        generated("d/a", 10);
        generated("d/b", 10);
        STUB.archive(bucket, "d/b", "GLACIER");

        assertThat(refused(400, "d/")).contains("s3://" + bucket + "/d/b is archived", "/vfsRestore");
        assertThat(refused(404, "d/a", "none/")).contains(bucket + "/none/");
        assertThat(refused(404, "none")).contains(bucket + "/none/");
        assertThat(refused(400)).startsWith("uri is missing");
        var others = API.get(path("d/a") + "&uri=s3://another-bucket/a");
        assertThat(others.status()).isEqualTo(400);
        assertThat(others.json().path("detail").asText()).contains("another-bucket", "one bucket");
        assertThat(API.get("/vfsArchive?uri=s3://&connectionId=" + connection).status())
                .isEqualTo(400);
        assertThat(API.get(path("d/a") + "&connectionId=" + connection).status())
                .isEqualTo(400);
        STUB.on("GET", bucket + "/d/a").answer(403, "AccessDenied").always();
        assertThat(refused(403, "d/a")).contains("s3:GetObject");
    }

    @Test
    void aRestoredFileIsReadWhateverTheListingSays() throws Exception {
        byte[] content = generated("d/old", 10);
        STUB.archive(bucket, "d/old", "GLACIER");
        STUB.restored(bucket, "d/old", Instant.now().plusSeconds(3600));

        assertThat(unpacked(get("d/"))).containsEntry("d/old", content);
    }

    @Test
    void moreThanMayBeInOneAreRefused() {
        STUB.tree(bucket, Tree.flat("many/", 100));
        try (Wharf wharf = start(Map.of("wharf.downloads.max-archive-entries", "99"))) {
            var api = new Api(wharf.api(), token(wharf));
            long id = newConnection(api, STUB.endpoint(), null);
            String uri = "/vfsArchive?connectionId=" + id + "&uri=s3://" + bucket + "/many/";

            assertThat(api.get(uri).status()).isEqualTo(400);
            assertThat(api.get(uri).json().path("detail").asText())
                    .contains("more than 99", "wharf.downloads.max-archive-entries");
            assertThat(api.get(uri + "f0").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 3L * MIB})
    void aFileThatFailsBreaksTheArchiveOff(long size) {
        for (int number = 0; number < 20; number++) {
            STUB.generated(bucket, "d/" + (10 + number), size);
        }
        STUB.on("GET", bucket + "/d/27").breakBodyAfter(size / 2);
        STUB.on("GET", bucket + "/d/27").answer(403, "AccessDenied").always();

        assertThatThrownBy(() -> get("d/")).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatFailsBeforeAnythingWasSentIsAProblem() throws Exception {
        generated("d/a", 10);
        generated("d/b", 1000);
        STUB.on("GET", bucket + "/d/b").answer(403, "AccessDenied").always();

        assertThat(refused(403, "d/")).contains("d/b", "s3:GetObject");
        assertThat(header(get("d/"), "content-disposition")).isNull();
    }

    @Test
    void aFileThatWasReplacedBreaksTheArchiveOff() {
        generated("d/a", 3L * MIB);
        generated("d/b", 3L * MIB);
        STUB.on("GET", bucket + "/d/b").answer(412, "PreconditionFailed").always();

        assertThatThrownBy(() -> get("d/")).isInstanceOf(IOException.class);
    }

    @Test
    void smallFilesDoNotWaitForEachOther() throws Exception {
        for (int number = 0; number < 40; number++) {
            generated("d/" + (10 + number), 100);
        }
        STUB.on("GET", bucket + "/d/").delay(Duration.ofMillis(100)).always();
        get("d/"); // the connections to the store

        long begin = System.nanoTime();
        get("d/");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void whoLeavesFreesEverythingAtOnce() throws Exception {
        STUB.generated(bucket, "d/huge", 1L << 40);
        STUB.generated(bucket, "silent/a", MIB);
        STUB.generated(bucket, "silent/b", 1L << 30);
        STUB.on("GET", "silent/b").drip(100, Duration.ofHours(1)).always();
        try (Wharf wharf = start(Map.of("wharf.downloads.max-concurrent", "2"))) {
            var api = new Api(wharf.api(), token(wharf));
            long id = newConnection(api, STUB.endpoint(), null);
            for (int round = 0; round < 10; round++) {
                String name = round % 2 == 0 ? "d/" : "silent/";
                var request = api.request("/vfsArchive?connectionId=" + id + "&uri=s3://" + bucket + "/" + name)
                        .build();
                await().until(() -> {
                    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
                    try (InputStream in = answer.body()) {
                        in.readNBytes(50);
                    }
                    return answer.statusCode() == 200;
                });
            }
        }
    }

    @Test
    void itCountsAmongTheDownloads() throws Exception {
        STUB.generated(bucket, "d/huge", 1L << 40);
        try (Wharf wharf = start(Map.of("wharf.downloads.max-concurrent", "2"))) {
            var api = new Api(wharf.api(), token(wharf));
            String where = "connectionId=" + newConnection(api, STUB.endpoint(), null) + "&uri=s3://" + bucket;
            var first = client.send(api.request("/vfsRead?" + where + "/d/huge").build(), BodyHandlers.ofInputStream());

            var second = api.get("/vfsArchive?" + where + "/d/");

            assertThat(second.status()).isEqualTo(503);
            assertThat(second.json().path("detail").asText()).contains("wharf.downloads.max-concurrent");
            first.body().close();
        }
    }

    @Test
    void whoMayNotReadGetsNoArchiveAndTheTrailTellsOfThoseWhoDo() throws Exception {
        generated("d/a", 10);
        S3.put("wharf", bucket + "/a", "a,b".getBytes(UTF_8));
        var member = new Api(WHARF.api(), newMember().token());

        assertThat(member.get(path("d/")).status()).isEqualTo(404);
        assertThat(member.get("/vfsArchive?uri=s3://wharf/" + bucket + "/").status())
                .isEqualTo(403);
        assertThat(new Api(WHARF.files(), null).get(path("d/")).status()).isEqualTo(401);
        assertThat(FILES.get(path("d/")).status()).isEqualTo(200);
        assertThat(API.get("/v4/auditEvents?connectionId=" + connection).json().path("data"))
                .extracting(
                        event -> event.path("operation").asText(),
                        event -> event.path("key").asText(),
                        event -> event.path("detail").asText())
                .contains(tuple("archive", "d/", "1 files and folders, 10 bytes"));
    }
}
