package dev.wharf.s3.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wharf.network.CaCertificates;
import dev.wharf.network.Tls;
import dev.wharf.testing.Authority;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpService;

/** What the SDK, and who reads and writes by it, count on. The client has one connection at a time, so none may be lost. */
@Timeout(60)
@ParameterizedClass
@EnumSource(StoreHttpClientTest.Wire.class)
class StoreHttpClientTest {
    private static final String EMPTY = "HTTP/1.1 200 OK\nContent-Length: 0\n\n";
    private static final String LONG = "HTTP/1.1 200 OK\nContent-Length: 1000000\n\nabc";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private static TrustManager[] trusted;
    private static SSLSocketFactory certified;

    @Parameter
    Wire wire;

    private SdkHttpClient client;
    private Peer peer;

    enum Wire {
        PLAIN(null),
        NATIVE_TLS(Tls.NATIVE),
        JAVA_TLS(Tls.JAVA);

        final Tls tls;

        Wire(Tls tls) {
            this.tls = tls;
        }
    }

    @BeforeAll
    static void found() throws Exception {
        Authority authority = Authority.in(folder, "ip:127.0.0.1");
        trusted = CaCertificates.of(authority.pem("authority")).trustManagers();
        certified = certified(authority);
    }

    @BeforeEach
    void open() throws Exception {
        peer = new Peer(wire == Wire.PLAIN ? null : certified);
        client = over(wire, new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), 1));
    }

    private static SSLSocketFactory certified(Authority authority) throws GeneralSecurityException, IOException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        char[] password = Authority.PASSWORD.toCharArray();
        keys.init(KeyStore.getInstance(authority.store().toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getSocketFactory();
    }

    private static SdkHttpClient over(Wire wire, HttpSettings settings) {
        return (wire == Wire.PLAIN ? settings : settings.trusting(trusted).encrypting(wire.tls))
                .buildWithDefaults(null);
    }

    @AfterEach
    void close() {
        client.close();
        peer.close();
    }

    @Test
    void aHeadIsSentAsItWasSigned() throws Exception {
        peer.thenSay(EMPTY);

        call(request(SdkHttpMethod.GET, "/b/k?x=a%20b")
                .putHeader("x-amz-Date", "now")
                .putHeader("User-Agent", "sdk"));

        String port = String.valueOf(peer.at("/").getPort());
        assertThat(peer.heads)
                .containsExactly("GET /b/k?x=a%20b HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nUser-Agent: sdk\r\nx-amz-Date: now\r\nConnection: keep-alive\r\n\r\n");
    }

    @Test
    void aBodyIsOpenedAnewForEachTry() throws Exception {
        for (int attempt = 0; attempt < 2; attempt++) {
            peer.then(line -> line.say("HTTP/1.1 200 OK\nContent-Length: 4\n\n" + line.read(4)));
        }
        var put = with(
                request(SdkHttpMethod.PUT, "/k").putHeader("Content-Length", "4"),
                ContentStreamProvider.fromUtf8String("body"));

        assertThat(text(client.prepareRequest(put).call())).isEqualTo("body");
        assertThat(text(client.prepareRequest(put).call())).isEqualTo("body");
    }

    @Test
    void aLargeBodyArrivesWholeAndInOrder() throws Exception {
        byte[] body = new byte[(3 << 20) + 17];
        for (int index = 0; index < body.length; index++) {
            body[index] = (byte) (index * 31 >> 3);
        }
        var received = new CompletableFuture<byte[]>();
        peer.then(line -> {
            received.complete(line.socket().getInputStream().readNBytes(body.length));
            line.say(EMPTY);
        });

        client.prepareRequest(with(
                        request(SdkHttpMethod.PUT, "/k").putHeader("Content-Length", String.valueOf(body.length)),
                        ContentStreamProvider.fromByteArrayUnsafe(body)))
                .call();

        assertThat(received.get()).isEqualTo(body);
    }

    @Test
    void aBodyThatTellsNoLengthIsSentWithIt() throws Exception {
        peer.then(line -> line.say("HTTP/1.1 200 OK\nContent-Length: 3\n\n" + line.read(3)));

        var answer = client.prepareRequest(
                        with(request(SdkHttpMethod.POST, "/"), ContentStreamProvider.fromUtf8String("doc")))
                .call();

        assertThat(text(answer)).isEqualTo("doc");
        assertThat(peer.heads.get(0)).contains("Content-Length: 3\r\n").doesNotContain("Transfer-Encoding");
    }

    @Test
    void aBodyThatWaitsForLeaveIsSentWhenItComes() throws Exception {
        peer.then(line -> {
            line.say("HTTP/1.1 100 Continue\n\n");
            line.say("HTTP/1.1 200 OK\nContent-Length: 4\n\n" + line.read(4));
        });

        assertThat(text(client.prepareRequest(expecting(4, ContentStreamProvider.fromUtf8String("body")))
                        .call()))
                .isEqualTo("body");
    }

    @Test
    void aRefusedBodyIsNeverOpened() throws Exception {
        peer.thenSay("HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n").thenSay(EMPTY);

        var answer = client.prepareRequest(expecting(2_000_000, () -> {
                    throw new AssertionError("the body was opened");
                }))
                .call();

        assertThat(answer.httpResponse().statusCode()).isEqualTo(403);
        assertThat(status("/next")).isEqualTo(200);
    }

    @Test
    void aRedirectIsAnAnswer() throws Exception {
        peer.thenSay("HTTP/1.1 307 Temporary Redirect\nLocation: /elsewhere\nContent-Length: 0\n\n");

        assertThat(status("/k")).isEqualTo(307);
        assertThat(peer.heads).hasSize(1);
    }

    @Test
    void packedAnswersStayPacked() throws Exception {
        peer.thenSay("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 3\n\nabc");

        assertThat(text(call(request(SdkHttpMethod.GET, "/k")))).isEqualTo("abc");
    }

    @Test
    void answersWithoutABodyGiveTheirConnectionBackAtOnce() throws Exception {
        peer.thenSay("HTTP/1.1 200 OK\nContent-Length: 1000\n\n")
                .thenSay("HTTP/1.1 204 No Content\n\n")
                .thenSay(EMPTY)
                .thenSay("HTTP/1.1 304 Not Modified\n\n");

        assertThat(call(request(SdkHttpMethod.HEAD, "/k")).httpResponse().firstMatchingHeader("content-length"))
                .contains("1000");
        for (int expected : new int[] {204, 200, 304}) {
            assertThat(status("/k")).isEqualTo(expected);
        }
        assertThat(peer.connections).hasValue(1);
    }

    @Test
    void anAnswerThatWasReadGivesItsConnectionBack() throws Exception {
        peer.thenSay("HTTP/1.1 200 OK\nContent-Length: 3\n\nabc")
                .thenSay("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n")
                .thenSay(EMPTY);

        assertThat(text(call(request(SdkHttpMethod.GET, "/k")))).isEqualTo("abc");
        assertThat(text(call(request(SdkHttpMethod.GET, "/k")))).isEqualTo("abc");
        assertThat(status("/k")).isEqualTo(200);
        assertThat(peer.connections).hasValue(1);
    }

    @Test
    void anAnswerThatIsAbortedEndsItsConnectionAndIsNotReadOn() throws Exception {
        var ended = new CountDownLatch(1);
        peer.then(line -> {
                    line.say(LONG);
                    line.awaitEnd();
                    ended.countDown();
                })
                .thenSay(EMPTY);

        var body = call(request(SdkHttpMethod.GET, "/k")).responseBody().orElseThrow();
        assertThat(body.readNBytes(3)).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
        body.abort();

        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(status("/next")).isEqualTo(200);
        assertThat(peer.connections).hasValue(2);
    }

    @Test
    void aRequestThatIsAbortedFailsAtOnce() throws Exception {
        var arrived = new CountDownLatch(1);
        peer.then(line -> {
                    arrived.countDown();
                    line.awaitEnd();
                })
                .thenSay(EMPTY);
        ExecutableHttpRequest call = client.prepareRequest(with(request(SdkHttpMethod.GET, "/k"), null));
        var answer = CompletableFuture.supplyAsync(() -> failure(call));

        arrived.await();
        call.abort();

        assertThat(answer.get()).isInstanceOf(IOException.class);
        assertThat(status("/next")).isEqualTo(200);
    }

    @Test
    void aRequestWhoseBodyIsNotTakenFailsAtOnceWhenItIsAborted() throws Exception {
        var ended = new CountDownLatch(1);
        peer.then(line -> waitFor(ended)).thenSay(EMPTY);
        byte[] body = new byte[64 << 20];
        ExecutableHttpRequest call = client.prepareRequest(with(
                request(SdkHttpMethod.PUT, "/k").putHeader("Content-Length", String.valueOf(body.length)),
                ContentStreamProvider.fromByteArrayUnsafe(body)));
        var answer = CompletableFuture.supplyAsync(() -> failure(call));
        await().until(() -> !peer.heads.isEmpty());

        call.abort();

        assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        ended.countDown();
        assertThat(status("/next")).isEqualTo(200);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Over TLS there was no farewell either, so that whoever stands between could have cut it. */
    @Test
    void anAnswerThatEndsTooSoonIsAFailure() throws Exception {
        for (String answer : List.of(LONG, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nabcde\n")) {
            peer.then(line -> {
                line.say(answer);
                line.hangUp();
            });

            assertThatThrownBy(() -> text(call(request(SdkHttpMethod.GET, "/k"))))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void silenceIsNotWaitedForForEver() throws Exception {
        peer.then(Peer.Line::awaitEnd);
        // Long enough for a handshake on a machine that does much else.
        try (var impatient = over(wire, new HttpSettings(Duration.ofSeconds(5), Duration.ofSeconds(1), 1))) {
            assertThatThrownBy(() -> impatient
                            .prepareRequest(with(request(SdkHttpMethod.GET, "/k"), null))
                            .call())
                    .isInstanceOf(SocketTimeoutException.class);
        }
        await().until(() -> peer.ended.get() == 1);
    }

    @Test
    void aConnectionThatNobodyUsesIsClosed() throws Exception {
        peer.thenSay(EMPTY);
        try (var brief = over(
                wire,
                new HttpSettings(
                        MINUTE, MINUTE, 1, Duration.ofMillis(50), SystemDefaultDnsResolver.INSTANCE, null, Tls.JAVA))) {
            brief.prepareRequest(with(request(SdkHttpMethod.GET, "/k"), null)).call();

            await().until(() -> peer.ended.get() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: close", "Keep-Alive: timeout=1"})
    void aConnectionIsUsedAgainOnlyAsTheServerAllows(String header) throws Exception {
        peer.thenSay("HTTP/1.1 200 OK\n" + header + "\nContent-Length: 0\n\n").thenSay(EMPTY);

        assertThat(status("/k")).isEqualTo(200);
        // A second is what the server has allowed; it keeps the line open, so that only the client can know.
        await().pollDelay(Duration.ofMillis(1_100)).until(() -> true);

        assertThat(status("/k")).isEqualTo(200);
        assertThat(peer.connections).hasValue(2);
    }

    @Test
    void aConnectionThatTheServerHasClosedLongAgoIsNotUsed() throws Exception {
        peer.then(line -> {
                    line.say(EMPTY);
                    line.socket().close();
                })
                .thenSay(EMPTY);

        assertThat(status("/k")).isEqualTo(200);
        // After two seconds of idleness a connection is looked at before it is used.
        await().pollDelay(Duration.ofMillis(2_100)).until(() -> true);

        assertThat(status("/k")).isEqualTo(200);
    }

    @Test
    void anErrorWithinARequestEndsThatRequestOnly() throws Exception {
        peer.then(Peer.Line::awaitEnd).thenSay(EMPTY);
        int sent = 1 << 20; // more than is kept back, so that the request is on its way
        var put = with(
                request(SdkHttpMethod.PUT, "/k").putHeader("Content-Length", String.valueOf(sent + 1)),
                () -> new InputStream() {
                    private int read;

                    @Override
                    public int read() {
                        if (read++ < sent) {
                            return 0;
                        }
                        // Else the next request may come before this one, and meet what is meant for it.
                        await().until(() -> !peer.heads.isEmpty());
                        throw new OutOfMemoryError("of somebody else");
                    }
                });

        assertThatThrownBy(() -> client.prepareRequest(put).call()).hasMessage("of somebody else");

        assertThat(status("/next")).isEqualTo(200);
    }

    @Test
    void whoIsInterruptedWhileWaitingForAConnectionTakesNone() throws Exception {
        peer.thenSay(LONG).thenSay(EMPTY);
        var body = call(request(SdkHttpMethod.GET, "/k")).responseBody().orElseThrow();
        var failure = new CompletableFuture<Throwable>();
        var waiting = new Thread(
                () -> failure.complete(failure(client.prepareRequest(with(request(SdkHttpMethod.GET, "/k"), null)))));
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        waiting.interrupt();

        assertThat(failure.get()).isInstanceOf(IOException.class);
        body.abort();
        assertThat(status("/next")).isEqualTo(200);
    }

    @Test
    void nothingIsSentAfterTheClientIsClosed() {
        client.close();

        assertThatThrownBy(() -> status("/k")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theSdkFindsThisClientForItsOwnUse() {
        assertThat(ServiceLoader.load(SdkHttpService.class)).singleElement().isInstanceOf(StoreHttpService.class);
    }

    private SdkHttpRequest.Builder request(SdkHttpMethod method, String path) {
        return SdkHttpRequest.builder().method(method).uri(peer.at(path));
    }

    private HttpExecuteRequest expecting(int length, ContentStreamProvider body) {
        return with(
                request(SdkHttpMethod.PUT, "/k")
                        .putHeader("Content-Length", String.valueOf(length))
                        .putHeader("Expect", "100-continue"),
                body);
    }

    private static HttpExecuteRequest with(SdkHttpRequest.Builder request, ContentStreamProvider body) {
        return HttpExecuteRequest.builder()
                .request(request.build())
                .contentStreamProvider(body)
                .build();
    }

    private HttpExecuteResponse call(SdkHttpRequest.Builder request) throws IOException {
        return client.prepareRequest(with(request, null)).call();
    }

    private int status(String path) throws IOException {
        return call(request(SdkHttpMethod.GET, path)).httpResponse().statusCode();
    }

    private static String text(HttpExecuteResponse answer) throws IOException {
        return new String(answer.responseBody().orElseThrow().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static Throwable failure(ExecutableHttpRequest call) {
        try {
            call.call();
            return null;
        } catch (IOException | RuntimeException e) {
            return e;
        }
    }
}
