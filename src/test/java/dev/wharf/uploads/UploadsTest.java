package dev.wharf.uploads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Member;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest extends WharfTest {
    private static final String BOUNDARY = "----boundary4711";
    private static final String END = "--" + BOUNDARY + "--\r\n";

    private static String path(String name) {
        return "/v4/uploads?name=" + URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }

    private static Api.Answer put(String name, String content) {
        return API.send(API.request(path(name)).PUT(BodyPublishers.ofString(content)));
    }

    private static Api.Answer post(String form) {
        return API.send(API.request("/v2/vfs")
                .header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(form)));
    }

    private static String file(String field, String name, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + name
                + "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n";
    }

    private static String text(String field, String value) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value + "\r\n";
    }

    private static JsonNode stored(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private static String refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }

    private static String content(JsonNode upload) {
        return new String(S3.get("wharf", upload.path("path").asText().substring(1)), UTF_8);
    }

    private static boolean isStored(String name) {
        return S3.keys("wharf").stream().anyMatch(key -> key.endsWith("/" + name));
    }

    private static boolean isRecorded(String name) {
        String url = "jdbc:hsqldb:file:" + WHARF.folder().resolve("registry");
        try (var registry = DriverManager.getConnection(url, "sa", "");
                var statement = registry.prepareStatement("SELECT 1 FROM upload WHERE file_name = ?")) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aNameLongerThanFileSystemsHaveIsRefusedByItsField() {
        String name = "ä".repeat(126);
        stored(put(name + ".cs", "1"));

        var longer = put(name + ".csv", "1");
        assertThat(longer.status()).isEqualTo(400);
        assertThat(longer.json().path("detail").asText())
                .startsWith("name has a file name that is too long: at most 255");
        var form = post(file("file", "x".repeat(304), "1") + END);
        assertThat(form.status()).isEqualTo(400);
        assertThat(form.json().path("detail").asText()).startsWith("file has a file name that is too long");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-MD5    | CY9rzUYh03PK3k6DJie09g== | 201 |",
                "Content-MD5    | AAAAAAAAAAAAAAAAAAAAAA== | 400 | Content-MD5 says AAAAAAAAAAAAAAAAAAAAAA==",
                "Content-MD5    | nonsense                 | 400 | Content-MD5 must be the 16 bytes",
                "Content-Digest | sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:, crc32c=:AAAA: | 201 |",
                "Content-Digest | sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=: | 400 | Content-Digest says AAAA",
                "Repr-Digest    | sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=: | 400 | nothing of it was kept",
                "Content-Digest | crc32c=:AAAA:            | 400 | names no digest that is checked here",
                "Content-Digest | sha-256                  | 400 | must be digests such as",
                "Digest         | SHA-256=AAAA             | 400 | Digest is not checked here",
                "x-amz-checksum-crc32c | AAAA             | 400 | is not checked here"
            })
    void whatAClientSaysOfTheBytesIsTrueOrNothingIsStored(String header, String value, int status, String reason) {
        String name = UUID.randomUUID() + ".csv";

        var whole = API.request(path(name)).header(header, value).PUT(BodyPublishers.ofString("test"));
        var inChunks = API.request(path(name))
                .header(header, value)
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream("test".getBytes(UTF_8))));

        for (var request : List.of(whole, inChunks)) {
            var answer = API.send(request);
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            if (reason != null) {
                assertThat(answer.json().path("detail").asText()).contains(reason);
            }
        }
        assertThat(isStored(name)).isEqualTo(status == 201);
    }

    @Test
    void anEmptyFileThatWasToHoldSomethingIsNotStored() {
        String name = UUID.randomUUID() + ".csv";

        var answer = API.send(API.request(path(name))
                .header("Content-MD5", "CY9rzUYh03PK3k6DJie09g==")
                .PUT(BodyPublishers.ofByteArray(new byte[0])));

        assertThat(refused(answer, 400)).startsWith("Content-MD5 says CY9rzUYh03PK3k6DJie09g==");
        assertThat(isStored(name)).isFalse();
    }

    @Test
    void aFileIsKeptUnchangedUnderItsOwnersFolder() {
        JsonNode upload = stored(put("orders.csv", "a,b\n"));

        assertThat(upload.path("path").asText())
                .isEqualTo("/trifacta/uploads/1/1/" + upload.path("uuid").asText() + "/orders.csv");
        assertThat(upload.path("type").asText()).isEqualTo("s3");
        assertThat(upload.path("bucket").asText()).isEqualTo("wharf");
        assertThat(upload.path("name").asText()).isEqualTo("orders.csv");
        assertThat(upload.path("size").asInt()).isEqualTo(4);
        assertThat(content(upload)).isEqualTo("a,b\n");
    }

    @Test
    void theFileOfAFormIsKeptAsItIs() {
        JsonNode upload = stored(post(file("file", "orders é.csv", "a,b\r\n") + END));

        assertThat(upload.path("name").asText()).isEqualTo("orders é.csv");
        assertThat(content(upload)).isEqualTo("a,b\r\n");
    }

    @Test
    void otherFieldsOfAFormAreRefusedByTheirNames() {
        String name = UUID.randomUUID() + ".csv";

        assertThat(refused(post(text("name", "x.csv") + file("file", name, "a") + END), 400))
                .startsWith("name is not known here");
        assertThat(refused(post(file("file", name, "a") + text("path", "/elsewhere") + END), 400))
                .startsWith("path is not known here");
        assertThat(refused(post(text("file", "a,b") + END), 400)).startsWith("file is missing: the form has text");
        assertThat(isStored(name)).isFalse();
        assertThat(isRecorded(name)).isFalse();
    }

    @Test
    void aFormOrAPackedBodyIsNoFile() {
        String name = UUID.randomUUID() + ".csv";
        var form = API.request(path(name))
                .header("content-type", "Multipart/form-data; boundary=" + BOUNDARY)
                .PUT(BodyPublishers.ofString(file("file", name, "a") + END));

        assertThat(refused(API.send(form), 415)).contains("/v2/vfs");
        for (String coding : new String[] {"gzip", "br", "identity, gzip"}) {
            var packed =
                    API.request(path(name)).header("content-encoding", coding).PUT(BodyPublishers.ofString("a"));
            assertThat(refused(API.send(packed), 415)).contains("Content-Encoding: " + coding);
        }
        assertThat(isStored(name)).isFalse();
        stored(API.send(
                API.request(path(name)).header("content-encoding", "Identity").PUT(BodyPublishers.ofString("a"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a,b.csv | a,b.csv",
                "a;b.csv | a;b.csv",
                "dt=2024-01-01.csv | dt=2024-01-01.csv",
                "12:30.csv | 12:30.csv",
                "a\\\"b.csv | a\"b.csv",
                "x%22y.csv | x\"y.csv",
            })
    void aFileOfAFormHasTheNameThatItHasByPut(String sent, String name) {
        JsonNode form = stored(post(file("file", sent, "a") + END));

        assertThat(form.path("name").asText()).isEqualTo(name);
        assertThat(form.path("path").asText()).endsWith("/" + name);
        assertThat(stored(put(name, "a")).path("name").asText()).isEqualTo(name);
    }

    @Test
    void anEmptyFileIsAFile() {
        assertThat(stored(put("empty.csv", "")).path("size").asInt()).isZero();
        assertThat(stored(post(file("file", "empty.csv", "") + END))
                        .path("size")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${sysenv.HOME}.csv", "{{wharf.http.port}}", "日本語 😀.csv", "a b+c%20.csv", "x?y#z", "_a"})
    void aNameIsTextAndNothingElse(String name) {
        for (var answer : List.of(put(name, "a"), post(file("file", name, "a") + END))) {
            JsonNode upload = stored(answer);
            assertThat(upload.path("name").asText()).isEqualTo(name);
            assertThat(upload.path("path").asText()).endsWith("/" + name);
            assertThat(content(upload)).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "a/b.csv", "../b.csv", "/b.csv", "a\u0000b"})
    void aNameThatCannotBeTheLastPartOfAPathIsRefused(String name) {
        assertThat(refused(put(name, "a"), 400)).startsWith("name ");
    }

    @Test
    void aNameThatDoesNotFitIsRefused() {
        assertThat(refused(put("x".repeat(1024), "a"), 400)).startsWith("name ").contains("bytes");
        assertThat(refused(post(file("file", "a/b.csv", "a") + END), 400)).startsWith("file ");
        assertThat(refused(API.send(API.request("/v4/uploads").PUT(BodyPublishers.ofString("a"))), 400))
                .startsWith("name ");
    }

    @Test
    void aFormWithoutExactlyOneFileIsRefusedAndNothingIsKept() {
        String name = UUID.randomUUID() + ".csv";

        assertThat(refused(post(text("file", "a") + END), 400)).startsWith("file is missing");
        assertThat(refused(post(END), 400)).startsWith("file is missing");
        assertThat(refused(post(file("other", name, "a") + END), 400))
                .startsWith("file ")
                .contains("other");
        assertThat(refused(post(file("file", name, "a") + file("file", "b.csv", "b") + END), 400))
                .startsWith("file ")
                .contains("more than one");
        assertThat(refused(post(file("file", name, "a")), 400)).contains("last boundary");
        assertThat(isStored(name)).isFalse();
        assertThat(isRecorded(name)).isFalse();
    }

    @Test
    void whatIsNoFormIsRefused() {
        var json = API.post("/v2/vfs", "{}");
        assertThat(refused(json, 415)).contains("multipart/form-data");
        var silent = API.send(API.request("/v2/vfs").POST(BodyPublishers.ofString("a")));
        assertThat(refused(silent, 415)).contains("no content-type").doesNotContain("null");
        var bare = API.send(API.request("/v2/vfs")
                .header("content-type", "multipart/form-data")
                .POST(BodyPublishers.ofString("a")));
        assertThat(refused(bare, 400)).contains("boundary");
    }

    @Test
    void fortyMegabytesOfUnknownLengthArriveAsTheyWereSent() {
        byte[] block = new byte[1 << 20];
        new java.util.Random(1).nextBytes(block);

        JsonNode upload = stored(
                API.send(API.request(path("large.bin")).PUT(BodyPublishers.ofInputStream(() -> blocks(block, 40)))));

        assertThat(upload.path("size").asLong()).isEqualTo(40L << 20);
        byte[] kept = S3.get("wharf", upload.path("path").asText().substring(1));
        assertThat(Arrays.mismatch(Arrays.copyOf(kept, block.length), block)).isNegative();
        assertThat(Arrays.mismatch(Arrays.copyOfRange(kept, 39 << 20, 40 << 20), block))
                .isNegative();
    }

    private static InputStream blocks(byte[] block, int count) {
        return new SequenceInputStream(
                Collections.enumeration(Stream.generate(() -> (InputStream) new ByteArrayInputStream(block))
                        .limit(count)
                        .toList()));
    }

    @Test
    void aLargeFileOfAFormStreamsThrough() {
        String content = "0123456789abcdef\r\n".repeat(1 << 20);

        JsonNode upload = stored(post(file("file", "large.csv", content) + END));

        assertThat(upload.path("size").asLong()).isEqualTo(content.length());
        assertThat(content(upload)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUploadThatBreaksOffLeavesNothing(boolean form) throws Exception {
        String name = UUID.randomUUID() + ".bin";
        try (var socket = new Socket("127.0.0.1", WHARF.api().getPort())) {
            String head =
                    (form ? "POST /v2/vfs" : "PUT " + path(name)) + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                            + TOKEN + "\r\nContent-Length: 99999999\r\n"
                            + (form ? "Content-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\n" : "") + "\r\n"
                            + (form ? file("file", name, "") : "");
            socket.getOutputStream().write(head.substring(0, head.length() - 2).getBytes(UTF_8));
            socket.getOutputStream().write(form ? new byte[0] : "\r\n".getBytes(UTF_8));
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 20; i++) {
                socket.getOutputStream().write(block);
            }
            await().until(() -> S3.uploads("wharf").stream().anyMatch(key -> key.endsWith(name)));
        }

        await().until(() -> S3.uploads("wharf").stream().noneMatch(key -> key.endsWith(name)));
        assertThat(isStored(name)).isFalse();
        assertThat(isRecorded(name)).isFalse();
    }

    @Test
    void aFileThatIsTooLargeIsRefusedBeforeItIsSentOrOnTheWay() throws Exception {
        String name = UUID.randomUUID() + ".bin";
        try (var small = start(Map.of("wharf.uploads.max-bytes", "1000000"))) {
            var api = new Api(small.api(), token(small));

            assertThat(answerToHead(small.api(), token(small), path(name), 1_000_001))
                    .startsWith("HTTP/1.1 413")
                    .contains("wharf.uploads.max-bytes");
            var onTheWay = api.send(
                    api.request(path(name)).PUT(BodyPublishers.ofInputStream(() -> blocks(new byte[1_000_001], 1))));
            assertThat(refused(onTheWay, 413)).contains("1000000");
            var form = api.send(api.request("/v2/vfs")
                    .header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(BodyPublishers.ofString(file("file", name, "x".repeat(1_000_001)) + END)));
            assertThat(refused(form, 413)).contains("1000000");
            var fits = api.send(
                    api.request(path("fits")).PUT(BodyPublishers.ofInputStream(() -> blocks(new byte[1_000_000], 1))));
            stored(fits);
        }
        assertThat(isStored(name)).isFalse();
    }

    private static String answerToHead(URI address, String token, String path, long length) throws IOException {
        try (var socket = new Socket("127.0.0.1", address.getPort())) {
            socket.getOutputStream()
                    .write(("PUT " + path + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nAuthorization: Bearer "
                                    + token + "\r\nContent-Length: " + length + "\r\n\r\n")
                            .getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void aRefusalIsHeardByClientsThatSendAllFirst() {
        var body = BodyPublishers.ofInputStream(() -> blocks(new byte[1 << 20], 20));

        assertThat(refused(API.send(API.request(path("..")).PUT(body)), 400)).startsWith("name ");
        assertThat(refused(API.send(API.request("/v2/vfs").POST(body)), 415)).contains("multipart/form-data");
        var nobody = new Api(WHARF.api(), null);
        assertThat(nobody.send(nobody.request(path("a.csv")).PUT(body)).status())
                .isEqualTo(401);
    }

    @Test
    void aClientThatNeverStopsIsCutOffAfterItsRefusal() throws Exception {
        try (var socket = new Socket("127.0.0.1", WHARF.api().getPort())) {
            socket.getOutputStream()
                    .write(("PUT " + path("..") + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKEN
                                    + "\r\nContent-Length: 99999999999\r\n\r\n")
                            .getBytes(UTF_8));

            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").containsIgnoringCase("connection: close");
        }
    }

    @Test
    void withoutBaseStorageTheOperatorIsNamedWhatToSet() {
        try (var bare = start(Map.of("wharf.storage.bucket", ""))) {
            var api = new Api(bare.api(), token(bare));
            var answer = api.send(api.request(path("a.csv")).PUT(BodyPublishers.ofString("a")));
            assertThat(refused(answer, 400)).contains("wharf.storage.bucket");
        }
    }

    @Test
    void anUploadIsImportedByItsOwnerThoughNotDataAdmin() {
        Member member = newMember();
        var api = new Api(WHARF.api(), member.token());
        JsonNode upload = stored(api.send(api.request(path("mine.csv")).PUT(BodyPublishers.ofString("a,b\n"))));
        var body = Map.of("uri", upload.path("uri").asText(), "name", "mine");

        assertThat(upload.path("path").asText()).startsWith("/trifacta/uploads/1/" + member.personId() + "/");
        var dataset = api.post("/v4/importedDatasets", body);
        assertThat(dataset.status()).as(dataset.text()).isEqualTo(201);
        assertThat(dataset.json().path("path")).isEqualTo(upload.path("path"));
        assertThat(refused(API.post("/v4/importedDatasets", body), 403)).contains("uploads");
        api.delete("/v4/importedDatasets/" + dataset.json().path("id"));
        assertThat(content(upload)).isEqualTo("a,b\n");
    }

    @Test
    void withoutATokenNothingIsTaken() {
        var nobody = new Api(WHARF.api(), null);
        assertThat(nobody.send(nobody.request(path("a.csv")).PUT(BodyPublishers.ofString("a")))
                        .status())
                .isEqualTo(401);
    }
}
