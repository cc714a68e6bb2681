package dev.wharf.kernel.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wharf.kernel.problem.ClientGoneException;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to real clients: quick, slow, silent, and gone. */
class StreamedAnswerTest {
    private static final Transfers TRANSFERS = new Transfers(caller -> caller, Duration.ofHours(1));

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] CONTENT = content(5_000_001);

    private interface Work {
        void answer(StreamedAnswer answer) throws Exception;
    }

    /** What the service of this process may come to keep meanwhile; fewer than there are tests here. */
    private static final int OF_OTHERS = 20;

    private static final long HELD_BEFORE = held();

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();
    private HttpServer server;

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Buffers of Netty's pool that nobody has given back. */
    private static long held() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }

    @AfterEach
    void allBuffersAreGivenBack() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(held()).isLessThanOrEqualTo(HELD_BEFORE + OF_OTHERS));
    }

    /** Serves every request by this, as Camel does: on a worker, and then the conversation is over. */
    private void serve(Duration patience, Work work) throws Exception {
        server = vertx.createHttpServer(new HttpServerOptions().setCompressionSupported(true))
                .requestHandler(request -> {
                    if (request.path().equals("/upgrade")) {
                        request.response().end();
                    } else {
                        serve(request, patience, work);
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private void serve(HttpServerRequest request, Duration patience, Work work) {
        vertx.executeBlocking(() -> answer(request, patience, work), false).onComplete(answered -> {
            answered.result().free();
            if (!request.response().ended()) {
                request.connection().close();
            }
        });
    }

    private StreamedAnswer answer(HttpServerRequest request, Duration patience, Work work) {
        var answer = new StreamedAnswer(request, patience, TRANSFERS, null);
        try {
            work.answer(answer);
            outcome.complete(null);
        } catch (Exception e) {
            outcome.completeExceptionally(e);
        }
        return answer;
    }

    private static Work sending(byte[] bytes, Map<String, String> headers) {
        return answer -> {
            try (OutputStream out = answer.begin(200, headers)) {
                out.write(bytes[0]);
                out.write(bytes, 1, bytes.length - 1);
            }
        };
    }

    private static Map<String, String> length(long length) {
        return Map.of("content-length", String.valueOf(length));
    }

    private HttpResponse<byte[]> get(Version version) throws Exception {
        return client(version).send(request().build(), BodyHandlers.ofByteArray());
    }

    /** With a connection that speaks the version already: at the upgrade to HTTP/2, this client can lose bytes. */
    private HttpClient client(Version version) throws Exception {
        var client = HttpClient.newBuilder().version(version).build();
        client.send(
                HttpRequest.newBuilder(request().build().uri().resolve("/upgrade"))
                        .build(),
                BodyHandlers.discarding());
        return client;
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/"));
    }

    /** A client that asks and takes nothing, with a small window. */
    private Socket silentClient() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(16 << 10);
        socket.connect(new InetSocketAddress("127.0.0.1", server.actualPort()));
        socket.getOutputStream().write("GET / HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void assertGone() {
        assertThatThrownBy(() -> outcome.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClientGoneException.class);
    }

    /** Or Camel, which looks whether it has, would end it once more, with a status of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void anAnswerHasEndedWhenItsWorkerGoesOn(String method) throws Exception {
        var ended = new CompletableFuture<Boolean>();
        server = vertx.createHttpServer()
                .requestHandler(request -> vertx.executeBlocking(
                        () -> {
                            var answer = new StreamedAnswer(request, PATIENCE, TRANSFERS, null);
                            answer.begin(200, Map.of()).close();
                            ended.complete(request.response().ended());
                            answer.free();
                            return null;
                        },
                        false))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        var answer = HttpClient.newHttpClient()
                .send(request().method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void bytesArriveAsTheyWereWritten(Version version) throws Exception {
        serve(PATIENCE, sending(CONTENT, length(CONTENT.length)));

        var answer = get(version);

        assertThat(answer.body()).isEqualTo(CONTENT);
        assertThat(answer.headers().firstValue("content-length")).contains(String.valueOf(CONTENT.length));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void bytesOfUnknownNumberArriveAsWell(Version version) throws Exception {
        serve(PATIENCE, sending(CONTENT, Map.of()));

        assertThat(get(version).body()).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void bytesThatAreCountedAreNotCompressed(Version version) throws Exception {
        byte[] zeros = new byte[100_000];
        serve(PATIENCE, sending(zeros, length(zeros.length)));

        var answer =
                client(version).send(request().header("accept-encoding", "gzip").build(), BodyHandlers.ofByteArray());

        assertThat(answer.body()).isEqualTo(zeros);
    }

    @Test
    void whatIsFlushedIsSent() throws Exception {
        var taken = new CountDownLatch(1);
        serve(PATIENCE, answer -> {
            try (OutputStream out = answer.begin(200, Map.of())) {
                out.write('a');
                out.flush();
                taken.await();
                out.write('b');
            }
        });

        var answer = client(Version.HTTP_1_1).send(request().build(), BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            assertThat(in.read()).isEqualTo('a');
            taken.countDown();
            assertThat(in.readAllBytes()).containsExactly('b');
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void headHasNoBody(Version version) throws Exception {
        serve(PATIENCE, answer -> answer.begin(200, length(1L << 40)).close());

        var answer = client(version)
                .send(request().method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("content-length")).contains(String.valueOf(1L << 40));
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aConnectionServesOneAnswerAfterTheOther() throws Exception {
        serve(PATIENCE, sending(CONTENT, length(CONTENT.length)));
        var client = client(Version.HTTP_1_1);

        for (int round = 0; round < 3; round++) {
            assertThat(client.send(request().build(), BodyHandlers.ofByteArray())
                            .body())
                    .isEqualTo(CONTENT);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void whatIsShorterThanAnnouncedBreaksOff(Version version) throws Exception {
        serve(PATIENCE, sending(CONTENT, length(CONTENT.length + 1)));

        assertThatThrownBy(() -> get(version)).isInstanceOf(IOException.class);

        assertThatThrownBy(outcome::get).hasRootCauseMessage("Only 5000001 of 5000002 bytes were written");
    }

    @Test
    void whatIsLongerThanAnnouncedBreaksOff() throws Exception {
        serve(PATIENCE, sending(CONTENT, length(CONTENT.length - 1)));

        assertThatThrownBy(() -> get(Version.HTTP_1_1)).isInstanceOf(IOException.class);

        assertThatThrownBy(outcome::get)
                .hasRootCauseMessage("More bytes are written than the 5000000 that were announced");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void whatIsNotClosedBreaksOff(Version version) throws Exception {
        serve(PATIENCE, answer -> {
            answer.begin(200, Map.of()).write(CONTENT);
            throw new IllegalStateException("half-way");
        });

        assertThatThrownBy(() -> get(version)).isInstanceOf(IOException.class);
    }

    @Test
    void aClientThatTakesNothingHoldsALittleMemoryAndIsGivenUp() throws Exception {
        var written = new AtomicLong();
        serve(Duration.ofMillis(300), answer -> {
            OutputStream out = answer.begin(200, Map.of());
            while (true) {
                out.write(CONTENT, 0, 10_000);
                written.addAndGet(10_000);
            }
        });

        try (var silent = silentClient()) {
            assertThat(silent.isConnected()).isTrue();
            assertGone();
            assertThat(written.get()).as("the sockets' buffers, and a mebibyte").isLessThan(16 << 20);
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aClientThatLeavesIsNoticedWhileItIsWrittenTo(Version version) throws Exception {
        serve(PATIENCE, answer -> {
            OutputStream out = answer.begin(200, Map.of());
            while (true) {
                out.write(CONTENT);
            }
        });

        leave(version);

        assertGone();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aClientThatLeavesEndsWhatItsAnswerWaitsFor(Version version) throws Exception {
        var left = new CountDownLatch(1);
        serve(PATIENCE, answer -> {
            OutputStream out = answer.begin(200, Map.of());
            answer.whenGone(left::countDown);
            out.write(CONTENT, 0, 1000);
            out.flush();
            left.await();
            assertThat(answer.isGone()).isTrue();
            var late = new CountDownLatch(1);
            answer.whenGone(late::countDown);
            late.await();
        });

        leave(version);

        outcome.get(20, TimeUnit.SECONDS);
    }

    private void leave(Version version) throws Exception {
        var answer = client(version).send(request().build(), BodyHandlers.ofInputStream());
        answer.body().read();
        answer.body().close();
    }
}
