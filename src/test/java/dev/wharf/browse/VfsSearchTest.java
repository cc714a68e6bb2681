package dev.wharf.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.Tree;
import java.net.URLEncoder;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VfsSearchTest extends WharfTest {
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
            STUB.put(bucket, key, new byte[3]);
        }
    }

    private String path(String place, String query) {
        return "/vfsSearch?uri=" + URLEncoder.encode("s3://" + place + "?connectionId=" + connection, UTF_8) + "&query="
                + query;
    }

    private JsonNode search(String place, String query) {
        var answer = API.get(path(place, query));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static Api.Answer stream(String path) {
        return API.send(
                API.request(path).header("accept", "application/x-ndjson").GET());
    }

    private static List<String> names(JsonNode answer) {
        return answer.path("data").findValuesAsText("name");
    }

    @Test
    void namesAreFoundAtAnyDepth() {
        put("Weather/2024.csv", "old/weather.csv", "old/x.csv");
        var answer = search(bucket + "/", "weather");

        assertThat(names(answer)).containsExactly("Weather", "weather.csv");
        assertThat(answer.path("data").findValuesAsText("type")).containsExactly("folder", "file");
        assertThat(answer.path("scanned").asInt()).isEqualTo(3);
        assertThat(answer.path("complete").asBoolean()).isTrue();
        assertThat(answer.path("nextToken").isNull()).isTrue();
        assertThat(names(search(bucket + "/", "w*.%7Bcsv,json%7D&mode=glob"))).containsExactly("weather.csv");
    }

    @Test
    void theFileAloneIsFoundWhereAFolderHasItsNameAndTheFolderIsReachedByBrowsing() {
        put("data", "data/a.csv");

        for (String mode : List.of("prefix", "contains", "glob")) {
            var answer = search(bucket + "/", "data&mode=" + mode);
            assertThat(answer.path("data").findValuesAsText("type")).containsExactly("file");
        }
        assertThat(API.get("/vfsList?uri=s3://" + bucket + "/data/?connectionId=" + connection)
                        .text())
                .contains("a.csv");
    }

    @Test
    void aPrefixIsFoundByTheStorePageByPage() {
        STUB.tree(bucket, Tree.flat("in/", 2_500));
        var first = search(bucket + "/in/", "f&mode=prefix&limit=2000");
        var second = search(
                bucket + "/in/",
                "f&mode=prefix&limit=2000&nextToken=" + first.path("nextToken").asText());

        assertThat(names(first)).hasSize(2_000);
        assertThat(names(second)).hasSize(500);
        assertThat(second.path("complete").asBoolean()).isTrue();
        assertThat(API.get(path(
                                bucket + "/in/",
                                "f0&mode=prefix&nextToken="
                                        + first.path("nextToken").asText()))
                        .status())
                .isEqualTo(400);
        assertThat(stream(path(bucket + "/in/", "f&mode=prefix&limit=10000"))
                        .text()
                        .lines())
                .hasSize(2_500);
    }

    @Test
    void whatIsFoundIsSentAtOnceAndItsRowsAreThoseOfListings() {
        put("in/a1", "in/b/a2", "in/c");
        STUB.archive(bucket, "in/b/a2", "DEEP_ARCHIVE");
        var lines = stream(path(bucket + "/", "a&progress=true")).text().lines().toList();
        var data = API.get(path(bucket + "/", "a")).text();

        assertThat(lines).hasSize(3);
        assertThat(lines.subList(0, 2)).allSatisfy(line -> assertThat(data).contains(line));
        assertThat(lines.get(2)).isEqualTo("{\"type\":\"progress\",\"scanned\":3,\"count\":2,\"complete\":true}");
        assertThat(data).contains("\"archived\":true");
    }

    @Test
    void aScanLimitEndsTheSearch() {
        STUB.tree(bucket, Tree.flat("in/", 5_000));

        var answer = search(bucket + "/", "nothing&scanLimit=1500");

        assertThat(answer.path("scanned").asInt()).isEqualTo(1_500);
        assertThat(answer.path("complete").asBoolean()).isFalse();
        assertThat(Json.read(
                                stream(path(bucket + "/", "nothing&scanLimit=1500&progress=true"))
                                        .text(),
                                JsonNode.class)
                        .path("complete")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void bucketsAreSearchedWhereAConnectionIsThePlace() {
        String part = bucket.substring(2, 12);

        for (String query : List.of(part, "*" + part + "*&mode=glob", "b-" + part + "&mode=prefix")) {
            assertThat(names(search("", query))).as(query).containsExactly(bucket);
        }
        assertThat(stream(path("", part)).text().lines()).hasSize(1);
    }

    @Test
    void whoMayNotListIsToldWhatIsMissing() {
        STUB.on("GET", "list-type=2").answer(403, "AccessDenied").always();

        for (String query : List.of("a", "a&mode=prefix")) {
            var refused = API.get(path(bucket + "/", query));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().path("detail").asText()).contains("s3:ListBucket", bucket);
            assertThat(stream(path(bucket + "/", query)).status()).isEqualTo(403);
        }
        STUB.on("GET", "/").answer(403, "AccessDenied").always();
        assertThat(API.get(path("", "a")).json().path("detail").asText()).contains("s3:ListAllMyBuckets");
    }

    @Test
    void aFolderThatIsNotThereIsToldAndNotSearchedInVain() {
        assertThat(API.get(path(bucket + "/nope/", "a")).status()).isEqualTo(404);
    }

    @Test
    void theFileServiceAnswersToo() {
        put("a.csv");

        assertThat(FILES.get(path(bucket + "/", "a")).json().path("data")).hasSize(1);
        assertThat(new Api(WHARF.api(), newMember().token())
                        .get("/vfsSearch?uri=s3://wharf/&query=a")
                        .status())
                .isEqualTo(403);
    }
}
