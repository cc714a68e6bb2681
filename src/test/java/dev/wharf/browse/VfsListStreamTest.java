package dev.wharf.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.Tree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VfsListStreamTest extends WharfTest {
    private static final StubS3 STUB = StubS3.start();
    private static final String LINES = "application/x-ndjson";

    private final String bucket = "b-" + java.util.UUID.randomUUID();
    private final long connection = connection();

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

    private void put(String... keys) {
        for (String key : keys) {
            STUB.put(bucket, key, new byte[key.endsWith("/") ? 0 : 3]);
        }
    }

    private String path(String key, String more) {
        String uri = "s3://" + bucket + "/" + key + "?connectionId=" + connection;
        return "/vfsList?uri=" + URLEncoder.encode(uri, UTF_8).replace("+", "%20") + more;
    }

    private static Api.Answer stream(String path) {
        return API.send(API.request(path).header("accept", LINES).GET());
    }

    private static List<String> lines(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.headers().get("content-type")).containsExactly(LINES);
        assertThat(answer.text()).matches(text -> text.isEmpty() || text.endsWith("\n"));
        return answer.text().lines().toList();
    }

    private static List<String> names(List<String> lines) {
        return lines.stream()
                .map(line -> Json.read(line, JsonNode.class).path("name").asText())
                .toList();
    }

    private String keys(JsonNode rows) {
        return String.join(
                " ",
                rows.findValuesAsText("uri").stream()
                        .map(uri -> uri.replace("s3://" + bucket + "/", "").replace("?connectionId=" + connection, ""))
                        .toList());
    }

    private HttpResponse<java.io.InputStream> open(String path) throws Exception {
        var request = HttpRequest.newBuilder(WHARF.api().resolve(path))
                .header("authorization", "Bearer " + TOKEN)
                .header("accept", LINES)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    }

    @Test
    void linesAreTheRowsOfThePagesByteForByte() {
        put(
                "in/a.csv",
                "in/cold",
                "in/thawing",
                "in/thawed",
                "in/sub/b",
                "in/\"é日😀\\\u0001",
                "in/x?connectionId=7",
                "in/i");
        put("in/frozen");
        STUB.archive(bucket, "in/cold", "DEEP_ARCHIVE");
        STUB.archive(bucket, "in/thawing", "GLACIER");
        STUB.restoring(bucket, "in/thawing");
        STUB.archive(bucket, "in/thawed", "GLACIER");
        STUB.restored(bucket, "in/thawed", Instant.parse("2030-01-02T03:04:05Z"));
        STUB.archive(bucket, "in/i", "GLACIER_IR");
        STUB.tree(bucket, Tree.flat("in/old/", 2).modified(Instant.parse("1969-12-31T23:59:59.999Z")));

        for (String more : List.of("", "&recursive=true&sort=name")) {
            String page = API.get(path("in/", more)).text();

            assertThat(page)
                    .isEqualTo("{\"data\":[" + String.join(",", lines(stream(path("in/", more))))
                            + "],\"nextToken\":null}");
        }
    }

    @Test
    void rowsSayWhatCannotBeRead() {
        put("cold", "ready");
        STUB.archive(bucket, "cold", "GLACIER");
        STUB.archive(bucket, "ready", "GLACIER_IR");

        var rows = API.get(path("", "")).json().path("data");

        assertThat(rows.findValuesAsText("archived")).containsExactly("true", "false");
    }

    @Test
    void recursiveGivesTheFilesAtEveryDepthInOrderAndPageByPage() {
        put("in/b", "in/a/2", "in/a/1", "in/a/_tmp/x", "in/.git/config", "in/c/d/e/f", "in/_SUCCESS", "in/c/", "out/z");

        assertThat(keys(API.get(path("in", "&recursive=true")).json())).isEqualTo("in/a/1 in/a/2 in/b in/c/d/e/f");
        assertThat(lines(stream(path("in/", "&recursive=true")))).hasSize(4);
        assertThat(keys(API.get(path("in/", "&recursive=true&showHidden=true")).json()))
                .isEqualTo("in/.git/config in/_SUCCESS in/a/1 in/a/2 in/a/_tmp/x in/b in/c/d/e/f");

        List<String> pages = new ArrayList<>();
        String token = "";
        do {
            var page = API.get(path("in/", "&recursive=true&limit=3" + token)).json();
            pages.add(keys(page));
            token = page.path("nextToken").isNull()
                    ? null
                    : "&nextToken=" + page.path("nextToken").asText();
        } while (token != null);
        assertThat(pages).containsExactly("in/a/1 in/a/2 in/b", "in/c/d/e/f");
    }

    @Test
    void aTokenOfATreeIsNotForAFolder() {
        put("in/a", "in/b");
        var page = API.get(path("in/", "&recursive=true&limit=1")).json();

        var refused = API.get(path("in/", "&nextToken=" + page.path("nextToken").asText()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("nextToken");
        assertThat(stream(path("in/", "&nextToken=x")).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-name", "size", "lastModified", ""})
    void anOrderThatNoStoreHasIsRefused(String sort) {
        for (var answer : List.of(API.get(path("", "&sort=" + sort)), stream(path("", "&sort=" + sort)))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("detail").asText()).startsWith("sort can only be name");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&recursive=true", "&recursive=true&sort=name"})
    void aListingOfManyPagesIsOneAnswer(String how) {
        STUB.tree(bucket, Tree.flat("many/", 3_456));

        assertThat(names(lines(stream(path("many/", how))))).hasSize(3_456).doesNotHaveDuplicates();
        var some = lines(stream(path("many/", how + "&limit=1234&progress=true")));
        assertThat(some).hasSize(1_235);
        assertThat(some.get(1_234))
                .isEqualTo("{\"type\":\"progress\",\"scanned\":1234,\"count\":1234,\"complete\":false}");
    }

    @Test
    void theLastLineOfAProgressSaysThatThisWasAll() {
        put("in/a", "in/_b");

        assertThat(lines(stream(path("in/", "&progress=true"))))
                .last()
                .isEqualTo("{\"type\":\"progress\",\"scanned\":2,\"count\":1,\"complete\":true}");
        assertThat(lines(stream(path("in/", "")))).hasSize(1);
    }

    @Test
    void bucketsAndFilesAreLinesToo() {
        put("a.csv");

        assertThat(names(lines(stream("/vfsList?uri=s3://?connectionId=" + connection))))
                .contains(bucket);
        assertThat(names(lines(stream(path("a.csv", ""))))).containsExactly("a.csv");
        assertThat(lines(stream(path("", "&limit=1")))).hasSize(1);
    }

    @Test
    void aFailureBeforeTheFirstByteIsAnErrorDocument() {
        put("made/");

        assertThat(lines(stream(path("made/", "")))).isEmpty();
        for (String missing : List.of("nothing/", "nothing")) {
            for (String how : List.of("", "&recursive=true")) {
                var answer = stream(path(missing, how));
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.json().path("detail").asText()).contains("s3://" + bucket + "/" + missing);
            }
        }
        STUB.on("GET", "list-type=2").answer(403, "AccessDenied").always();
        assertThat(stream(path("made/", "")).status()).isEqualTo(403);
    }

    @Test
    void aPastedPathIsShownThoughItsFolderMayNotBeListed() {
        put("secret/a.csv");
        STUB.on("GET", "list-type=2").answer(403, "AccessDenied").always();

        assertThat(names(lines(stream(path("secret/a.csv", ""))))).containsExactly("a.csv");
    }

    @Test
    void firstRowsArriveWhileTheStoreStillLists() throws Exception {
        STUB.tree(bucket, Tree.flat("many/", 5_000));
        STUB.on("GET", "continuation-token").neverAnswer().always();

        var answer = open(path("many/", ""));
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
            for (int row = 0; row < 1_000; row++) {
                assertThat(lines.readLine()).contains("many/");
            }
        }
    }

    @Test
    void aFailureInBetweenEndsWithALineThatSaysWhyAndBreaksOff() throws Exception {
        STUB.tree(bucket, Tree.flat("many/", 5_000));
        STUB.on("GET", "continuation-token").answer(403, "AccessDenied").always();

        List<String> seen = new ArrayList<>();
        // Hands out what came before the connection broke, while the newer client may throw it away.
        var answer = (HttpURLConnection)
                WHARF.api().resolve(path("many/", "")).toURL().openConnection();
        answer.setRequestProperty("authorization", "Bearer " + TOKEN);
        answer.setRequestProperty("accept", LINES);
        assertThatThrownBy(() -> {
                    try (var lines = new BufferedReader(new InputStreamReader(answer.getInputStream(), UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            seen.add(line);
                        }
                    }
                })
                .isInstanceOf(IOException.class);

        assertThat(answer.getResponseCode()).isEqualTo(200);
        assertThat(seen).hasSize(1_001);
        JsonNode last = Json.read(seen.get(1_000), JsonNode.class);
        assertThat(last.path("type").asText()).isEqualTo("error");
        assertThat(last.path("status").asInt()).isEqualTo(403);
        assertThat(last.path("detail").asText()).contains(bucket);
        assertThat(last.path("exception").path("name").asText()).isEqualTo("AccessControlException");
    }

    @Test
    void whoLeavesEndsTheListingAlsoWhereNothingIsShown() throws Exception {
        STUB.tree(bucket, Tree.flat("in/_hidden/", 1_000_000));
        STUB.on("GET", "list-type=2").delay(Duration.ofMillis(20)).always();

        var answer = open(path("in/", "&recursive=true&sort=name&progress=true"));
        answer.body().read();
        answer.body().close();

        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(20))
                .until(() -> STUB.requests("GET", "list-type=2").size(), new Unchanged());
        assertThat(STUB.requests("GET", "list-type=2")).hasSizeLessThan(900);
    }

    /** Whether a number is as it was the last time. */
    private static final class Unchanged extends org.hamcrest.TypeSafeMatcher<Integer> {
        private int before = -1;

        @Override
        protected boolean matchesSafely(Integer now) {
            boolean same = now == before;
            before = now;
            return same;
        }

        @Override
        public void describeTo(org.hamcrest.Description description) {
            description.appendText("as before");
        }
    }
}
