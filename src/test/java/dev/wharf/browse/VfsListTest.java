package dev.wharf.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.FaultyS3;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VfsListTest extends WharfTest {
    private static final byte[] CONTENT = "a,b\n".getBytes(UTF_8);

    private final String bucket = newBucket();

    private void put(String... keys) {
        for (String key : keys) {
            S3.put(bucket, key, CONTENT);
        }
    }

    private static String encoded(String uri) {
        return "/vfsList?uri=" + URLEncoder.encode(uri, UTF_8).replace("+", "%20");
    }

    private static Api.Answer list(String uri) {
        return API.get(encoded(uri));
    }

    private static List<String> names(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return column(answer.json(), "name");
    }

    private static List<String> column(JsonNode page, String field) {
        return StreamSupport.stream(page.path("data").spliterator(), false)
                .map(row -> row.path(field).asText())
                .toList();
    }

    @Test
    void theCommandOfTheOriginalWorksAsItIs() throws Exception {
        put("path/to/object");
        long connection = newConnection(null);
        try (var socket = new Socket("127.0.0.1", WHARF.files().getPort())) {
            socket.getOutputStream()
                    .write(("GET /vfsList?uri=s3://" + bucket + "/path/to/object?connectionId=" + connection
                                    + " HTTP/1.1\r\nHost: localhost:41917\r\nConnection: close\r\n"
                                    + "x-trifacta-person-workspace-id: 1\r\n\r\n")
                            .getBytes(UTF_8));

            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 200").contains("\"name\":\"object\"", "\"type\":\"file\"");
        }
    }

    @Test
    void aFolderShowsItsFilesAndFolders() {
        put("in/a.csv", "in/2025/b.csv", "other/c.csv");
        var answer = list("s3://" + bucket + "/in/?connectionId=" + newConnection(null));

        assertThat(names(answer)).containsExactly("2025", "a.csv");
        JsonNode file = answer.json().path("data").get(1);
        assertThat(file.path("size").asLong()).isEqualTo(CONTENT.length);
        assertThat(file.path("etag").asText()).isNotEmpty();
        assertThat(file.path("lastModified").asText()).endsWith("Z");
        assertThat(file.path("storageClass").asText()).isEqualTo("STANDARD");
        assertThat(answer.json().path("nextToken").isNull()).isTrue();
    }

    @Test
    void withoutATrailingSlashAPathIsAFolderOrAFile() {
        put("data/a.csv", "database");
        String suffix = "?connectionId=" + newConnection(null);

        assertThat(names(list("s3://" + bucket + "/data" + suffix))).containsExactly("a.csv");
        assertThat(names(list("s3://" + bucket + "/database" + suffix))).containsExactly("database");
        assertThat(names(list("s3://" + bucket + suffix))).containsExactly("data", "database");
        for (String missing : List.of("/dat", "/nothing/")) {
            var answer = list("s3://" + bucket + missing + suffix);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().path("detail").asText()).contains("s3://" + bucket + missing);
        }
    }

    @Test
    void anEmptyBucketIsAnEmptyList() {
        assertThat(names(list("s3://" + bucket + "/?connectionId=" + newConnection(null))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://?connectionId=", "s3:///?connectionId="})
    void aConnectionBeginsWithItsDefaultBucket(String prefix) {
        put("a.csv");
        assertThat(names(list(prefix + newConnection(bucket)))).containsExactly("a.csv");
    }

    @Test
    void withoutADefaultBucketTheBucketsAreShownPageByPage() {
        long connection = newConnection(null);
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            var answer = API.get(encoded("s3://?connectionId=" + connection) + "&limit=1" + token);
            assertThat(names(answer)).hasSize(1);
            seen.addAll(column(answer.json(), "uri"));
            var next = answer.json().path("nextToken");
            token = next.isNull() ? null : "&nextToken=" + next.asText();
        } while (token != null);

        assertThat(seen)
                .contains("s3://" + bucket + "/?connectionId=" + connection)
                .doesNotHaveDuplicates();
    }

    @Test
    void allBucketsAreShownAlsoWhereThereIsADefaultBucket() {
        String uri = "s3://?connectionId=" + newConnection(bucket);

        assertThat(column(API.get(encoded(uri) + "&allBuckets=true").json(), "uri"))
                .contains("s3://" + bucket + "/" + uri.substring("s3://".length()))
                .allMatch(one -> one.matches("s3://[^/]+/\\?connectionId=\\d+"));
        assertThat(API.get(encoded(uri) + "&allBuckets=yes").status()).isEqualTo(400);
    }

    @Test
    void whoMayNotListBucketsIsToldWhatToDo() {
        try (var faults = FaultyS3.before(S3)) {
            faults.on("GET", "/").answer(403, "AccessDenied").always();

            var answer = list("s3://?connectionId=" + newConnection(faults.endpoint(), null));

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().path("detail").asText())
                    .contains("s3:ListAllMyBuckets", "default bucket", "paste a path");
        }
    }

    @Test
    void aPastedPathIsShownThoughItsFolderMayNotBeListed() {
        put("secret/a.csv");
        try (var faults = FaultyS3.before(S3)) {
            faults.on("GET", "list-type=2").answer(403, "AccessDenied").always();
            String suffix = "?connectionId=" + newConnection(faults.endpoint(), null);

            assertThat(names(list("s3://" + bucket + "/secret/a.csv" + suffix))).containsExactly("a.csv");
            assertThat(list("s3://" + bucket + "/secret/b.csv" + suffix).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void hiddenNamesAreShownOnRequestOnly() {
        put("in/a.csv", "in/.hidden", "in/_SUCCESS", "in/part_FAILED", "in/_tmp/b.csv", "in/b_$folder$");
        String uri = encoded("s3://" + bucket + "/in/?connectionId=" + newConnection(null));

        assertThat(names(API.get(uri))).containsExactly("a.csv");
        assertThat(names(API.get(uri + "&showHidden=true"))).hasSize(6);
    }

    @Test
    void aPageOfHiddenNamesIsPassedOver() {
        put("in/.1", "in/.2", "in/.3", "in/a.csv");
        String uri = encoded("s3://" + bucket + "/in/?connectionId=" + newConnection(null)) + "&limit=1";

        assertThat(names(API.get(uri))).containsExactly("a.csv");
    }

    @Test
    void aFolderIsReadPageByPageAndItsTokensAreForNothingElse() {
        put("in/1", "in/2", "in/3", "out/1");
        long connection = newConnection(null);
        String in = encoded("s3://" + bucket + "/in/?connectionId=" + connection);
        var first = API.get(in + "&limit=2");
        String token = first.json().path("nextToken").asText();

        assertThat(names(first)).containsExactly("1", "2");
        assertThat(names(API.get(in + "&limit=2&nextToken=" + token))).containsExactly("3");
        String out = encoded("s3://" + bucket + "/out/?connectionId=" + connection);
        assertThat(API.get(out + "&nextToken=" + token).status()).isEqualTo(400);
        assertThat(API.get(in + "&nextToken=in%2F2").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                " lead",
                "plus+",
                "50%",
                "a%2Fb",
                "a%46",
                "q?x=1#f",
                "x?connectionId=1",
                "x?connectionId=1\n",
                "é",
                "é",
                "日本語 😀",
                "<&>\"'",
                "new\nline",
                "${sysenv.HOME}",
                "{{wharf.http.port}}",
                "RAW(x)",
                "a;b=c",
                "back\\slash"
            })
    void aKeyIsFoundAgainByTheUriThatWasShown(String name) {
        put("odd/" + name);
        for (String suffix : List.of("?connectionId=" + newConnection(null), "")) {
            if (suffix.isEmpty()) {
                S3.put("wharf", bucket + "/odd/" + name, CONTENT);
            }
            String folder = suffix.isEmpty() ? "s3://wharf/" + bucket + "/odd/" : "s3://" + bucket + "/odd/" + suffix;
            var row = list(folder).json().path("data").path(0);
            assertThat(row.path("name").asText()).isEqualTo(name);

            var again = list(row.path("uri").asText());

            assertThat(names(again)).containsExactly(name);
            assertThat(again.json().path("data").path(0)).isEqualTo(row);
        }
    }

    @Test
    void aConnectionBesideTheUriCountsUnlessItContradicts() {
        put("a.csv");
        long connection = newConnection(null);
        String uri = "s3://" + bucket + "/";

        assertThat(names(API.get(encoded(uri) + "&connectionId=" + connection))).containsExactly("a.csv");
        var conflict = API.get(encoded(uri + "?connectionId=" + connection) + "&connectionId=" + (connection + 1));
        assertThat(conflict.status()).isEqualTo(400);
        assertThat(conflict.json().path("detail").asText()).startsWith("connectionId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/x", "s3a://bucket/", "https://b.s3.amazonaws.com/", "s3:///x", "s3://b/", "s3://..../x"})
    void whatIsNoAddressIsRefusedByName(String uri) {
        var answer = list(uri);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith("uri");
    }

    @Test
    void baseStorageIsForDataAdminsAndConnectionsForThoseWhoSeeThem() {
        put("a.csv");
        var member = new Api(WHARF.api(), newMember().token());
        long connection = newConnection(null);

        assertThat(API.get(encoded("s3://")).status()).isEqualTo(200);
        var refused = member.get(encoded("s3://wharf/"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("detail").asText()).contains("dataAdmin");
        assertThat(member.get(encoded("s3://" + bucket + "/?connectionId=" + connection))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void withoutATokenNothingIsShown() {
        assertThat(new Api(WHARF.api(), null).get(encoded("s3://")).status()).isEqualTo(401);
        var header = new Api(WHARF.api(), null)
                .send(new Api(WHARF.api(), null)
                        .request(encoded("s3://"))
                        .header("x-trifacta-person-workspace-id", "1")
                        .GET());
        assertThat(header.status()).isEqualTo(401);
        assertThat(FILES.get(encoded("s3://")).status()).isEqualTo(200);
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        for (var wrong : Map.of("limit", "0", "showHidden", "yes").entrySet()) {
            var answer = API.get(encoded("s3://") + "&" + wrong.getKey() + "=" + wrong.getValue());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("detail").asText()).startsWith(wrong.getKey());
        }
    }
}
