package dev.wharf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Member;
import dev.wharf.testing.stub.StubS3;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one person takes, others still have; and what somebody may not have any more, they do not get to the end of. */
class FairnessTest extends WharfTest {
    private static final Duration SECONDS = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();

    /** An upload that has begun and will not end by itself. */
    private static Socket beginUpload(URI server, String token) throws IOException {
        var socket = new Socket("127.0.0.1", server.getPort());
        socket.setSoTimeout((int) SECONDS.toMillis());
        socket.getOutputStream()
                .write(("PUT /v4/uploads?name=slow.csv HTTP/1.1\r\nhost: wharf\r\nauthorization: Bearer " + token
                                + "\r\ncontent-length: 1000000\r\n\r\nabc")
                        .getBytes(US_ASCII));
        return socket;
    }

    private static Api.Answer upload(Api api) {
        return api.send(api.request("/v4/uploads?name=quick.csv").PUT(BodyPublishers.ofString("a,b\n")));
    }

    @Test
    void onePersonsUploadsLeaveRoomForOthers() throws IOException {
        try (Wharf wharf = start(Map.of("wharf.uploads.max-concurrent", "3", "wharf.uploads.max-per-person", "1"))) {
            var greedy = new Api(wharf.api(), Member.join(wharf.folder()).token());
            var other = new Api(wharf.api(), Member.join(wharf.folder()).token());
            var slow = new ArrayList<Socket>();
            try {
                // One that is overtaken by a quick one is refused itself.
                await().atMost(SECONDS).until(() -> {
                    slow.add(beginUpload(wharf.api(), tokenOf(greedy)));
                    return upload(greedy).status() == 429;
                });
                var refused = upload(greedy);
                assertThat(refused.headers()).containsKey("retry-after");
                assertThat(refused.json().path("detail").asText())
                        .contains("as many as one person may", "wharf.uploads.max-per-person");
                assertThat(upload(other).status()).isEqualTo(201);
            } finally {
                for (Socket socket : slow) {
                    socket.close();
                }
            }
            await().atMost(SECONDS).until(() -> upload(greedy).status() == 201);
        }
    }

    private static String tokenOf(Api api) {
        return api.request("/")
                .build()
                .headers()
                .firstValue("authorization")
                .orElseThrow()
                .substring("Bearer ".length());
    }

    @Test
    void anUploadThatTricklesIsEndedAndItsSenderToldWhy() throws Exception {
        try (Wharf wharf = start(Map.of("wharf.http.stall-timeout", "1s"));
                var trickle = beginUpload(wharf.api(), token(wharf))) {
            var answer = CompletableFuture.supplyAsync(() -> {
                try {
                    byte[] begin = trickle.getInputStream().readNBytes(4_000);
                    return new String(begin, UTF_8);
                } catch (IOException e) {
                    return e.toString();
                }
            });
            await().atMost(SECONDS).pollInterval(Duration.ofMillis(200)).until(() -> {
                try {
                    trickle.getOutputStream().write('x');
                } catch (IOException e) {
                    return true; // cut off
                }
                return answer.isDone();
            });
            assertThat(answer.get()).contains("It came too slowly: fewer than 1024 bytes a second");
        }
    }

    private static Map<String, Object> candidate(URI endpoint) {
        return Map.of(
                "vendor", "aws",
                "vendorName", "aws",
                "type", "remotefile",
                "credentialType", "keySecret",
                "name", "candidate",
                "bucket", "bucket",
                "params", Map.of("endpoint", endpoint.toString()),
                "credentials", List.of(Map.of("key", S3.accessKeyId(), "secret", S3.secretAccessKey())));
    }

    @Test
    void whoWaitsForAStoreThatDoesNotAnswerLeavesWorkersToOthers() throws Exception {
        try (Wharf wharf = start(Map.of("wharf.browse.max-per-person", "3"));
                var stuck = StubS3.start("bucket")) { // closed first: the service waits for who waits for it
            stuck.on("GET", "").neverAnswer().always();
            var greedy = new Api(wharf.api(), Member.join(wharf.folder()).token());
            var other = new Api(wharf.api(), Member.join(wharf.folder()).token());
            String body = dev.wharf.kernel.api.Json.write(candidate(stuck.endpoint()));
            List<CompletableFuture<HttpResponse<Void>>> waiting = new ArrayList<>();
            for (int run = 0; run < 3; run++) {
                waiting.add(client.sendAsync(
                        greedy.request(DRY_RUN)
                                .header("content-type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding()));
            }
            await().atMost(SECONDS).until(() -> stuck.requests("GET", "").size() >= 3);

            var refused = greedy.post(DRY_RUN, candidate(S3.endpoint()));

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.headers()).containsKey("retry-after");
            assertThat(refused.json().path("detail").asText()).contains("wharf.browse.max-per-person");
            assertThat(greedy.get("/v4/connections").status()).isEqualTo(200);
            assertThat(other.post(DRY_RUN, candidate(S3.endpoint())).status()).isEqualTo(200);
            waiting.forEach(run -> run.cancel(true));
        }
    }

    private static final String DRY_RUN = "/v4/connections/dryRun";

    private static void disable(Member member) {
        assertThat(API.patch("/v4/workspaces/current/people/" + member.personId(), Map.of("isDisabled", true))
                        .status())
                .isEqualTo(200);
    }

    private enum Loss {
        PERSON {
            @Override
            void happen(Member member, long connection) {
                disable(member);
            }
        },
        TOKEN {
            @Override
            void happen(Member member, long connection) {
                var api = API.as(member.token());
                String id = api.get("/v4/apiAccessTokens")
                        .json()
                        .at("/data/0/tokenId")
                        .asText();
                assertThat(api.delete("/v4/apiAccessTokens/" + id).status()).isEqualTo(204);
            }
        },
        SHARE {
            @Override
            void happen(Member member, long connection) {
                assertThat(API.delete("/v4/connections/" + connection + "/permissions/" + member.personId())
                                .status())
                        .isEqualTo(204);
            }
        };

        abstract void happen(Member member, long connection);
    }

    @ParameterizedTest
    @EnumSource
    void aDownloadEndsSoonAfterTheLossOf(Loss loss) throws Exception {
        try (var stub = StubS3.start("bucket")) {
            stub.generated("bucket", "huge", 1L << 40);
            Member member = newMember();
            long connection = newConnection(stub.endpoint(), null);
            API.post(
                    "/v4/connections/" + connection + "/permissions",
                    Map.of(
                            "data",
                            List.of(Map.of(
                                    "person", Map.of("id", member.personId()), "policyTag", "connection_viewer"))));
            var answer = client.send(
                    API.as(member.token())
                            .request("/vfsRead?uri=s3://bucket/huge&connectionId=" + connection)
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            try (InputStream in = answer.body()) {
                assertThat(in.readNBytes(1 << 20)).hasSize(1 << 20);

                loss.happen(member, connection);

                await().atMost(SECONDS).until(() -> isCut(in));
            }
        }
    }

    private static boolean isCut(InputStream in) {
        try {
            return in.readNBytes(4 << 20).length < 4 << 20;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void anUploadEndsSoonAfterItsPersonIsDisabled() throws IOException {
        Member member = newMember();
        try (var upload = beginUpload(WHARF.api(), member.token())) {
            disable(member);

            assertThat(isOver(upload)).isTrue();
        }
    }

    private static boolean isOver(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) { // reset
            return true;
        }
    }

    @Test
    void whoWaitsForASlowStoreGetsAnAnswerBeforeTheConnectionIsGivenUp() {
        try (Wharf wharf = start(Map.of("wharf.http.stall-timeout", "2s"));
                var stuck = StubS3.start("bucket")) { // closed first: the service waits for who waits for it
            stuck.on("GET", "list-type=2").neverAnswer().always();
            var api = new Api(wharf.api(), token(wharf));
            long connection = newConnection(api, stuck.endpoint(), null);

            var answer = api.get("/vfsList?uri=s3://bucket/&connectionId=" + connection);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsKey("retry-after");
            assertThat(answer.json().path("detail").asText()).startsWith("There is no answer after 3 s");
        }
    }
}
