package dev.wharf.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.stub.StubS3;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VfsReadTest extends WharfTest {
    private static final StubS3 STUB = StubS3.start();
    private static final int MIB = 1 << 20;

    private final String bucket = "b-" + UUID.randomUUID();
    private final long connection = connection();
    private final HttpClient client = HttpClient.newHttpClient();

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

    private String path(String key) {
        return "/vfsRead?uri="
                + URLEncoder.encode("s3://" + bucket + "/" + key + "?connectionId=" + connection, UTF_8)
                        .replace("+", "%20");
    }

    private byte[] generated(String key, long size) {
        STUB.generated(bucket, key, size);
        return STUB.get(bucket, key);
    }

    private HttpResponse<byte[]> get(String key, String... headers) throws Exception {
        return client.send(request(key, headers).build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String key, String... headers) {
        var request = API.request(path(key));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    private static String detail(HttpResponse<byte[]> answer) {
        assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
        return Json.read(new String(answer.body(), UTF_8), com.fasterxml.jackson.databind.JsonNode.class)
                .path("detail")
                .asText();
    }

    @Test
    void aFileComesAsItIs() throws Exception {
        byte[] content = generated("data/a.csv", 3L * MIB + 7);

        var answer = client.send(
                request("data/a.csv", "accept-encoding", "gzip, deflate").build(), BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content);
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(content.length));
        assertThat(header(answer, "content-encoding")).isIn(null, "identity");
        assertThat(header(answer, "transfer-encoding")).isNull();
        assertThat(header(answer, "content-type")).isEqualTo("text/csv");
        assertThat(header(answer, "accept-ranges")).isEqualTo("bytes");
        assertThat(header(answer, "etag")).matches("\"[0-9a-f]+-1\"");
        assertThat(header(answer, "last-modified")).endsWith(" GMT");
        assertThat(header(answer, "content-disposition")).startsWith("attachment; filename=\"a.csv\"");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "content-security-policy")).contains("default-src 'none'");
        assertThat(answer.headers().map()).doesNotContainKeys("range", "accept", "authorization");
        assertThat(STUB.requests("HEAD", bucket))
                .as("what is not needed is not asked for")
                .isEmpty();
    }

    @Test
    void bothServersSendFiles() throws Exception {
        byte[] content = generated("a", 10);
        var request = FILES.request(path("a")).build();

        assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(content);
        assertThat(new Api(WHARF.files(), null).get(path("a")).status()).isEqualTo(401);
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        STUB.put(bucket, "empty", new byte[0]);

        var answer = get("empty");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-length")).isEqualTo("0");
        assertThat(get("empty", "range", "bytes=0-").statusCode()).isEqualTo(416);
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-9,0,10", "bytes=100-,100,1000", "bytes=-1,999,1000", "bytes=0-99999,0,1000"})
    void aPartComesAlone(String range, int from, int to) throws Exception {
        byte[] content = generated("a", 1000);
        var answer = get("a", "range", range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, from, to));
        assertThat(header(answer, "content-range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/1000");
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(to - from));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,4-5", "bytes=9-1", "nonsense"})
    void whatIsNoSingleRangeIsTheWholeFile(String range) throws Exception {
        byte[] content = generated("a", 1000);

        var answer = get("a", "range", range);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content);
        assertThat(header(answer, "content-range")).isNull();
    }

    @Test
    void bytesBehindTheEndAre416() throws Exception {
        generated("a", 1000);

        var answer = get("a", "range", "bytes=1000-");

        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "content-range")).isEqualTo("bytes */1000");
        assertThat(detail(answer)).contains(bucket + "/a", "1000 bytes");
    }

    @Test
    void aVersionIsToldApartFromAnother() throws Exception {
        generated("a", 1000);
        String etag = header(get("a"), "etag");

        assertThat(get("a", "if-none-match", etag).statusCode()).isEqualTo(304);
        assertThat(header(get("a", "if-none-match", etag), "etag")).isEqualTo(etag);
        assertThat(get("a", "if-none-match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(get("a", "if-match", etag).statusCode()).isEqualTo(200);
        assertThat(get("a", "range", "bytes=0-9", "if-range", etag).statusCode())
                .isEqualTo(206);
        assertThat(get("a", "range", "bytes=0-9", "if-range", "\"other\"").statusCode())
                .isEqualTo(200);
        var refused = get("a", "if-match", "\"other\"");
        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(detail(refused)).contains("If-Match");
    }

    @Test
    void headIsTheAnswerWithoutItsBytes() throws Exception {
        generated("a.csv", 1000);
        var answer = client.send(
                request("a.csv", "range", "bytes=0-9")
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "content-length")).isEqualTo("1000");
        assertThat(header(answer, "content-type")).isEqualTo("text/csv");
        assertThat(header(answer, "etag")).isNotNull();
        assertThat(STUB.requests("GET", bucket)).isEmpty();

        var missing =
                client.send(request("b").method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());
        assertThat(missing.statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "plus+",
                "50%",
                "a%2Fb",
                "q?x=1#f",
                "日本語 😀.csv",
                "new\nline",
                "quo\"te",
                "a//b",
                "..",
                "&"
            })
    void anyKeyIsSentUnderItsName(String key) throws Exception {
        byte[] content = generated(key, 100);

        var answer = get(key);

        assertThat(answer.body()).isEqualTo(content);
        String disposition = header(answer, "content-disposition");
        assertThat(java.net.URLDecoder.decode(
                        disposition.substring(disposition.indexOf("''") + 2).replace("+", "%2B"), UTF_8))
                .isEqualTo(key.substring(key.lastIndexOf('/') + 1));
    }

    @Test
    void aFolderAndAMissingFileAreToldApart() throws Exception {
        generated("data/a.csv", 10);

        assertThat(get("data/").statusCode()).isEqualTo(400);
        assertThat(detail(get("data/"))).startsWith("uri ").contains("folder");
        assertThat(get("").statusCode()).isEqualTo(400);
        assertThat(get("data").statusCode()).isEqualTo(404);
        assertThat(detail(get("data"))).contains("is a folder");
        assertThat(get("dat").statusCode()).isEqualTo(404);
        assertThat(detail(get("dat"))).contains(bucket + "/dat").doesNotContain("folder");
    }

    @Test
    void anArchivedFileIsRefusedByNameBeforeAnyByte() throws Exception {
        generated("old.csv", 10);
        STUB.archive(bucket, "old.csv", "GLACIER");

        for (String[] headers : new String[][] {{}, {"range", "bytes=0-1"}}) {
            var answer = get("old.csv", headers);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(detail(answer)).contains("old.csv", "archived");
        }
        assertThat(client.send(
                                request("old.csv")
                                        .method("HEAD", BodyPublishers.noBody())
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whoMayReadAndNothingElseReads() throws Exception {
        byte[] content = generated("a", 1000);
        STUB.on("HEAD", bucket).answerWith(403, Map.of(), "").always();
        STUB.on("GET", "list-type=2").answer(403, "AccessDenied").always();

        assertThat(get("a", "range", "bytes=-10").body()).isEqualTo(Arrays.copyOfRange(content, 990, 1000));
        assertThat(get("missing").statusCode()).isEqualTo(404);
        STUB.on("GET", bucket + "/a").answer(403, "AccessDenied").always();
        assertThat(get("a").statusCode()).isEqualTo(403);
        assertThat(detail(get("a", "range", "bytes=0-1"))).contains("s3:GetObject");
    }

    @Test
    void baseStorageIsForDataAdminsAndConnectionsForThoseWhoSeeThem() throws Exception {
        generated("a", 10);
        S3.put("wharf", bucket, "a,b".getBytes(UTF_8));
        var member = new Api(WHARF.api(), newMember().token());

        assertThat(API.get("/vfsRead?uri=s3://wharf/" + bucket).text()).isEqualTo("a,b");
        var refused = member.get("/vfsRead?uri=s3://wharf/" + bucket);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("detail").asText()).contains("dataAdmin");
        assertThat(member.get(path("a")).status()).isEqualTo(404);
        assertThat(new Api(WHARF.api(), null).get(path("a")).status()).isEqualTo(401);
    }

    @Test
    void aQueryCannotPoseAsAHeader() {
        generated("a", 1000);

        assertThat(API.get(path("a") + "&Range=bytes%3D0-1")
                        .json()
                        .path("detail")
                        .asText())
                .startsWith("Range is no query parameter");
    }

    @Test
    void aFailureInBetweenBreaksTheAnswerOff() throws Exception {
        generated("a", 3L * MIB);
        STUB.on("GET", bucket + "/a").breakBodyAfter(2L * MIB);
        STUB.on("GET", bucket + "/a").answer(403, "AccessDenied").always();

        assertThatThrownBy(() -> client.send(request("a").build(), BodyHandlers.ofByteArray()))
                .isInstanceOf(IOException.class);
        assertThat(get("a").statusCode()).isEqualTo(403);
    }

    @Test
    void aVersionThatIsReplacedInBetweenIsNotMixedWithTheOther() {
        generated("a", 3L * MIB);
        STUB.on("GET", bucket + "/a").breakBodyAfter(2L * MIB);
        STUB.on("GET", bucket + "/a").answer(412, "PreconditionFailed").always();

        assertThatThrownBy(() -> get("a")).isInstanceOf(IOException.class);
    }

    @Test
    void whoLeavesFreesEverythingAtOnce() throws Exception {
        STUB.generated(bucket, "huge", 1L << 40);
        STUB.generated(bucket, "silent", 1L << 30);
        STUB.on("GET", "silent").drip(100, Duration.ofHours(1)).always();
        try (var service = new SmallService("30s")) {
            for (int round = 0; round < 20; round++) {
                var request =
                        service.request(round % 2 == 0 ? "huge" : "silent").build();
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
    void asManyAsMayAreSentAndTheNextIsToldToComeAgain() throws Exception {
        STUB.generated(bucket, "huge", 1L << 40);
        try (var service = new SmallService("30s")) {
            var first = client.send(service.request("huge").build(), BodyHandlers.ofInputStream());

            var second = client.send(service.request("huge").build(), BodyHandlers.ofByteArray());

            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(header(second, "retry-after")).isNotNull();
            assertThat(detail(second)).contains("wharf.downloads.max-concurrent");
            first.body().close();
        }
    }

    @Test
    void whoTakesNothingIsCutOff() throws Exception {
        STUB.generated(bucket, "huge", 1L << 40);
        try (var service = new SmallService("500ms");
                var silent = new Socket("127.0.0.1", service.wharf.api().getPort())) {
            silent.getOutputStream()
                    .write(("GET " + service.path("huge") + " HTTP/1.1\r\nhost: wharf\r\nauthorization: Bearer "
                                    + service.token + "\r\n\r\n")
                            .getBytes(UTF_8));
            await().until(() -> service.status("none") == 503);
            await().until(() -> service.status("none") == 404);
        }
    }

    /** One that sends a single file from a connection at a time. */
    private final class SmallService implements AutoCloseable {
        private final Wharf wharf;
        private final String token;
        private final Api api;
        private final long connection;

        SmallService(String stallTimeout) {
            wharf = start(Map.of("wharf.downloads.max-concurrent", "2", "wharf.http.stall-timeout", stallTimeout));
            token = token(wharf);
            api = new Api(wharf.api(), token);
            connection = newConnection(api, STUB.endpoint(), null);
        }

        String path(String key) {
            return "/vfsRead?uri=s3://" + bucket + "/" + key + "&connectionId=" + connection;
        }

        HttpRequest.Builder request(String key) {
            return api.request(path(key));
        }

        int status(String key) {
            return api.get(path(key)).status();
        }

        @Override
        public void close() {
            wharf.close();
        }
    }
}
