package dev.wharf.kernel.http.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDoorTest extends WharfTest {
    private static final Api STRANGER = new Api(WHARF.api(), null);
    private static final Api IMPOSTOR = new Api(WHARF.api(), "wharf_guess");

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/v4/connections", "/v4/connections/1", "/v4/open-api-spec", "/nope", "/vfsList?uri=s3://b/"
            })
    void withoutATokenEverythingIs401(String path) {
        assertThat(STRANGER.get(path).status()).isEqualTo(401);
        assertThat(IMPOSTOR.get(path).status()).isEqualTo(401);
        assertThat(STRANGER.post(path, "{}").status()).isEqualTo(401);
    }

    @Test
    void theFileServiceTrustsNoBareMembershipUnlessItIsSetTo() {
        try (var wary = start(Map.of("wharf.vfs.trust-membership-header", "false"))) {
            assertThat(asMember(wary.files()).status()).isEqualTo(401);
        }
        assertThat(asMember(WHARF.files()).status()).isEqualTo(200);
        assertThat(asMember(WHARF.api()).status()).isEqualTo(401);
    }

    private static Api.Answer asMember(URI server) {
        return API.send(new Api(server, null)
                .request("/vfsList?uri=s3://wharf/")
                .header("x-trifacta-person-workspace-id", "1")
                .GET());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # what the request has beside its membership,    status
                    host: localhost,                                200
                    host: 127.0.0.1:41917,                          200
                    host: [::1]:41917,                              200
                    host: evil.example,                             401
                    host: localhost|origin: http://evil.example,    401
                    host: localhost|origin: null,                   401
                    host: localhost|origin: http://localhost:3000,  200
                    host: localhost|x-trifacta-person-workspace-id: 2, 401
                    """)
    void aBareMembershipIsTakenFromProgramsOnThisMachineAndFromNoWebPage(String headers, int status)
            throws IOException {
        String answer = raw(
                WHARF.files(),
                "GET /vfsList?uri=s3://wharf/ HTTP/1.1\r\nconnection: close\r\nx-trifacta-person-workspace-id: 1\r\n"
                        + headers.replace("|", "\r\n") + "\r\n\r\n");

        assertThat(status(answer)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.0,x: y,411",
        "HTTP/1.1,x: y,411",
        "HTTP/1.0,transfer-encoding: chunked,400",
        "HTTP/1.1,transfer-encoding: identity,400",
        "HTTP/1.1,'transfer-encoding: gzip, chunked',400",
        "HTTP/1.1,host: twice,400"
    })
    void aBodyWhoseEndIsNotCertainIsRefusedAndNothingIsStored(String version, String header, int status)
            throws IOException {
        String answer = raw(
                WHARF.api(),
                "PUT /v4/uploads?name=short.csv " + version + "\r\nhost: wharf\r\nconnection: close\r\n"
                        + "authorization: Bearer " + TOKEN + "\r\n" + header + "\r\n\r\n3\r\nabc\r\n0\r\n\r\n");

        assertThat(status(answer)).as(answer).isEqualTo(status);
        assertThat(answer).contains("exception");
    }

    static Stream<Arguments> requestsThatCannotBeParsed() {
        return Stream.of(
                arguments("GET /v4/connections?name=" + "a".repeat(20_000) + " HTTP/1.1\r\nhost: wharf\r\n\r\n", 414),
                arguments("GET / HTTP/1.1\r\nhost: wharf\r\nx-long: " + "a".repeat(20_000) + "\r\n\r\n", 431),
                arguments("GET / HTTP/1.1\r\nhost: wharf\r\nno colon\r\n\r\n", 400),
                arguments("PUT /v4/uploads?name=a HTTP/1.1\r\nhost: wharf\r\ncontent-length: x\r\n\r\n", 400));
    }

    @ParameterizedTest
    @MethodSource("requestsThatCannotBeParsed")
    void aRequestThatCannotBeParsedIsAnsweredByAnErrorDocument(String request, int status) throws IOException {
        String answer = raw(WHARF.api(), request);

        assertThat(status(answer)).as(answer).isEqualTo(status);
        assertThat(answer)
                .contains("application/problem+json")
                .contains("exception")
                .contains("x-trifacta-request-id: ");
    }

    @Test
    void aFormThatComesWithAGetIsIgnored() {
        var answer = API.tolerated()
                .send(API.request("/v4/connections")
                        .header("content-type", "application/x-www-form-urlencoded")
                        .method("GET", BodyPublishers.ofString("a=b")));

        assertThat(answer.status()).isEqualTo(200);
    }

    private static String raw(URI server, String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ")[1]);
    }

    @Test
    void healthIsForEverybodyAndMetricsAreNot() {
        var observe = new Api(WHARF.observe(), null);

        assertThat(observe.get("/observe/health").status()).isEqualTo(200);
        assertThat(observe.get("/observe/health/live").status()).isEqualTo(200);
        assertThat(observe.get("/observe/health/ready").json().path("status").asText())
                .isEqualTo("UP");
        assertThat(observe.get("/observe/metrics").status()).isEqualTo(401);
        assertThat(new Api(WHARF.observe(), TOKEN).get("/observe/metrics").text())
                .contains("camel");
    }

    @Test
    void everyAnswerHasANumberAndAnErrorIsBothDocuments() {
        var answer = API.get("/v4/connections/77777");

        assertThat(answer.headers()).containsKey("x-trifacta-request-id");
        assertThat(answer.headers().get("content-type")).containsExactly("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(404);
        assertThat(answer.json().path("detail").asText()).isEqualTo("There is no connection 77777");
        assertThat(answer.json().path("exception").path("name").asText()).isEqualTo("DataNotFoundException");
        assertThat(answer.json().path("exception").path("details").asText()).isEqualTo("There is no connection 77777");
    }

    @Test
    void headersThatWouldSteerCamelDoNotReachIt() {
        var answer = API.send(API.request("/v4/connections")
                .header("CamelHttpResponseCode", "201")
                .header("camelhttpresponsecode", "202")
                .header("X-Secret", "echo?")
                .GET());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).doesNotContainKeys("x-secret", "authorization", "camelhttpresponsecode");
    }

    @Test
    void anIdIsTheOneInThePathWhateverElseIsSent() {
        var answer =
                API.send(API.request("/v4/connections/77777").header("id", "2").GET());

        assertThat(answer.json().path("detail").asText()).isEqualTo("There is no connection 77777");
        assertThat(API.get("/v4/connections/77777?id=1").json().path("detail").asText())
                .startsWith("id is no query parameter of this address");
    }

    @Test
    void pathsMayEndInASlashAndJobGroupsMayBeInLowerCase() {
        assertThat(API.get("/v4/connections/?limit=1&includeCount=true").json().has("count"))
                .isTrue();
        assertThat(API.get("/v4/jobgroups?includeCount=true").json().has("count"))
                .isTrue();
        assertThat(API.get("/v4/jobgroups/77777/status/").json().path("status").asInt())
                .isEqualTo(404);
        assertThat(API.get("/v4/jobgroups/77777/status/").headers()).containsKey("x-trifacta-request-id");
    }

    @Test
    void anotherContentTypeIs415() {
        var answer = API.send(API.request("/v4/connections")
                .header("content-type", "text/xml")
                .POST(BodyPublishers.ofString("<a/>")));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.json().path("detail").asText()).contains("application/json");
    }

    @Test
    void aBodyOverTheLimitIs413() {
        assertThat(API.post("/v4/connections", "{\"name\":\"" + "x".repeat(2 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/v4/%", "/v4/connections/%4"})
    void aPathThatCannotBeReadIsACallersMistake(String path) throws IOException {
        assertThat(statusOf(path, "authorization: Bearer " + TOKEN)).isEqualTo(400);
        assertThat(statusOf(path, "x-none: 1")).isEqualTo(401);
    }

    /** No client library sends such a path. */
    private static int statusOf(String path, String header) throws IOException {
        return status(raw(
                WHARF.api(),
                "GET " + path + " HTTP/1.1\r\nhost: wharf\r\nconnection: close\r\n" + header + "\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v4/connections", "/v4/importedDatasets", "/v4/jobGroups"})
    void nullIsNoBody(String path) {
        var answer = API.post(path, "null");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("JSON object");
    }

    @Test
    void anUnknownPathAndAnUnknownVerbAreTold() {
        assertThat(API.get("/v4/nothing").json().path("exception").path("name").asText())
                .isEqualTo("RouteNotFoundException");
        assertThat(API.delete("/v4/connections").status()).isIn(404, 405);
    }

    @Test
    void malformedQueriesAreACallersMistake() {
        assertThat(API.get("/v4/connections?limit=0").json().path("detail").asText())
                .isEqualTo("limit must be a whole number from 1 to 1000");
    }
}
