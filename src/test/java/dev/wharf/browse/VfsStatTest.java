package dev.wharf.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.stub.StubS3;
import java.net.URLEncoder;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VfsStatTest extends WharfTest {
    private static final StubS3 STUB = StubS3.start();

    private final String bucket = "b-" + UUID.randomUUID();
    private long connection;

    @BeforeEach
    void connect() {
        STUB.reset();
        STUB.createBucket(bucket);
        connection = newConnection(STUB.endpoint(), null);
    }

    @AfterAll
    static void stop() {
        STUB.close();
    }

    private void put(String... keys) {
        for (String key : keys) {
            STUB.put(bucket, key, new byte[key.endsWith("/") ? 0 : 3]);
        }
    }

    private Api.Answer stat(String place) {
        return API.get("/vfsStat?uri=" + encoded("s3://" + place + "?connectionId=" + connection));
    }

    private static String encoded(String uri) {
        return URLEncoder.encode(uri, UTF_8).replace("+", "%20");
    }

    private JsonNode found(String key) {
        var answer = stat(bucket + "/" + key);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void aFileIsTheRowThatListingsHave() {
        put("in/a.csv");
        var row = API.get("/vfsList?uri=" + encoded("s3://" + bucket + "/in/?connectionId=" + connection))
                .json()
                .path("data")
                .path(0);

        var stat = found("in/a.csv");

        for (var field : row.properties()) {
            if (!field.getKey().equals("lastModified")) { // seconds, in HEAD
                assertThat(stat.path(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
            }
        }
        assertThat(stat.path("lastModified").asText()).endsWith("Z");
        assertThat(stat.path("alsoFolder").asBoolean()).isFalse();
    }

    @Test
    void ofAFileAndAFolderOfOneNameBothAreReached() {
        put("data", "data/a.csv");

        assertThat(found("data").path("type").asText()).isEqualTo("file");
        assertThat(found("data").path("alsoFolder").asBoolean()).isTrue();
        assertThat(found("data/").path("type").asText()).isEqualTo("folder");
    }

    @Test
    void foldersBucketsAndConnectionsAreFolders() {
        put("in/a.csv", "made/");

        for (var expected : Map.of("in", "in/", "in/", "in/", "made", "made/", "made/", "made/", "", "")
                .entrySet()) {
            var stat = found(expected.getKey());
            assertThat(stat.path("type").asText()).isEqualTo("folder");
            assertThat(stat.path("uri").asText())
                    .isEqualTo("s3://" + bucket + "/" + expected.getValue() + "?connectionId=" + connection);
            assertThat(stat.path("size").isNull()).isTrue();
        }
        assertThat(found("").path("name").asText()).isEqualTo(bucket);
        var whole = stat("").json();
        assertThat(whole.path("type").asText()).isEqualTo("folder");
        assertThat(whole.path("uri").asText()).isEqualTo("s3:///?connectionId=" + connection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "nothing/", "in/a", "in/a.csv/", "i"})
    void whatIsNotThereIsSaidByName(String key) {
        put("in/a.csv");

        var answer = stat(bucket + "/" + key);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asText())
                .startsWith("There is ")
                .endsWith("s3://" + bucket + "/" + key);
        assertThat(stat("no-such-bucket/").status()).isEqualTo(404);
    }

    @Test
    void aFileIsFoundByWhicheverMeansThereAre() {
        put("secret/a.csv");
        STUB.on("GET", "list-type=2").answer(403, "AccessDenied").always();
        assertThat(found("secret/a.csv").path("size").asInt()).isEqualTo(3);
        assertThat(found("secret/a.csv").path("alsoFolder").isNull()).isTrue();
        assertThat(stat(bucket + "/secret/").status()).isEqualTo(403);

        STUB.reset();
        STUB.on("HEAD", bucket).answer(403, "").always();
        assertThat(found("secret/a.csv").path("size").asInt()).isEqualTo(3);
        assertThat(found("secret").path("type").asText()).isEqualTo("folder");

        STUB.on("GET", "list-type=2").answer(403, "AccessDenied").always();
        assertThat(stat(bucket + "/secret/a.csv").status()).isEqualTo(403);
    }

    @Test
    void anArchivedFileIsMarked() {
        put("cold");
        STUB.archive(bucket, "cold", "GLACIER");

        assertThat(found("cold").path("archived").asBoolean()).isTrue();
        assertThat(found("cold").path("storageClass").asText()).isEqualTo("GLACIER");
    }

    @Test
    void theFileServiceAnswersToo() {
        put("a.csv");

        assertThat(FILES.get("/vfsStat?uri=" + encoded("s3://" + bucket + "/a.csv?connectionId=" + connection))
                        .status())
                .isEqualTo(200);
        assertThat(new Api(WHARF.api(), newMember().token())
                        .get("/vfsStat?uri=s3://wharf/")
                        .status())
                .isEqualTo(403);
    }
}
