package dev.wharf.s3;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wharf.network.NetworkPolicy;
import dev.wharf.network.Tls;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.s3.wire.ParsedAnswers;
import dev.wharf.store.Credentials;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.StagedObject;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.faulty.EndlessAnswer;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.StubSts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hostile store: whatever it answers without end is given up, by all that parse answers, after a bounded part of it. */
@Timeout(120)
class EndlessAnswersTest {
    private static final String BUCKET = "hostile";
    /** What may be on its way, in the buffers of sockets, when the client breaks off. */
    private static final long ON_ITS_WAY = 256 << 20;

    private static final StoreSettings PATIENT = ObjectStoreContract.SETTINGS;
    private static final StoreSettings SHORT_OF_TIME = new StoreSettings(
            PATIENT.connectTimeout(),
            PATIENT.socketTimeout(),
            Duration.ofSeconds(1),
            PATIENT.attempts(),
            PATIENT.retryDelay(),
            PATIENT.maxConnections(),
            PATIENT.bufferBytes(),
            PATIENT.bufferWait());

    private final StubS3 s3 = StubS3.start(BUCKET);
    private final StubSts sts = StubSts.of(s3);
    private final SdkObjectStores stores = stores(PATIENT);
    private final SdkObjectStores hurried = stores(SHORT_OF_TIME);

    private SdkObjectStores stores(StoreSettings settings) {
        return new SdkObjectStores(
                new MemoryLedger(),
                settings,
                new NetworkPolicy(ObjectStoreContract.LOOPBACK, sts.endpoint(), false, Tls.NATIVE));
    }

    @AfterEach
    void close() {
        stores.close();
        hurried.close();
        sts.close();
        s3.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"listBuckets", "listUploads", "beginUpload", "put", "listParts", "complete"})
    void aSuccessWithoutEndIsGivenUpAfterAFewMebibytes(String operation) throws IOException {
        StagedObject staged = operation.equals("listParts") || operation.equals("complete") ? stage(stores) : null;
        var endless = EndlessAnswer.quick(200, "<Result><Name>", "<Name>b</Name>");
        s3.when(request -> switch (operation) {
                    case "listBuckets" ->
                        request.uri().startsWith("/?") || request.uri().equals("/");
                    case "listUploads" ->
                        request.method().equals("GET") && request.uri().contains("uploads");
                    case "beginUpload" -> request.method().equals("POST");
                    case "put" -> request.method().equals("PUT");
                    default -> request.uri().contains("uploadId=");
                })
                .neverEnd(endless)
                .always();

        refusedForGood(
                () -> {
                    switch (operation) {
                        case "listBuckets" -> store(stores).buckets();
                        case "listUploads" -> store(stores).abortAll(BUCKET, "a");
                        case "beginUpload" -> stage(stores);
                        case "put" -> write(stores);
                        case "listParts" -> store(stores).abort(staged);
                        default -> store(stores).commit(staged);
                    }
                },
                "has answered with more than 8 MiB");

        assertThat(endless.sent()).isLessThan(ParsedAnswers.MOST_BYTES + ON_ITS_WAY);
    }

    @Test
    void aListingWithoutEndIsGivenUpAsWell() {
        var endless = EndlessAnswer.quick(200, "<ListBucketResult>", "<Owner>nobody</Owner>");
        s3.on("GET", "list-type=2").neverEnd(endless).always();

        refusedForGood(() -> store(stores).folder(BUCKET, "", 10, null), "it is longer than 16777216 bytes");
        assertThat(endless.sent()).isLessThan((16 << 20) + ON_ITS_WAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "HEAD"})
    void ofAnErrorWithoutEndTheBeginningCounts(String method) {
        var endless = EndlessAnswer.quick(403, "<Error><Code>QuotaExceeded</Code><Message>", "full ");
        s3.on(method, "/hostile/a").neverEnd(endless).always();

        var failure = catchThrowableOfType(StoreException.class, () -> {
            switch (method) {
                case "GET" -> store(stores).read(BUCKET, "a", null).close();
                case "PUT" -> write(stores);
                default -> store(stores).stat(BUCKET, "a");
            }
        });

        assertThat(failure.problem().transientFailure()).isFalse();
        assertThat(failure.getMessage()).hasSizeLessThan(600);
        if (!method.equals("HEAD")) { // whose answers have no body
            assertThat(failure).hasMessageContaining("its quota is used up (QuotaExceeded: \"full full");
        }
        assertThat(endless.sent()).isLessThan(ON_ITS_WAY);
    }

    @Test
    void anAnswerOfStsWithoutEndIsGivenUp() {
        var endless = EndlessAnswer.quick(200, "<AssumeRoleResponse>", "<a>b</a>");
        sts.on("POST", "").neverEnd(endless).always();
        var role = new Credentials.Role("arn:aws:iam:::role/reader", null, "session", s3.credentials());

        refusedForGood(
                () -> stores.open(ObjectStoreContract.withCredentials(s3.access(), 7L, role))
                        .buckets(),
                "has answered with more than 8 MiB");
        assertThat(endless.sent()).isLessThan(ParsedAnswers.MOST_BYTES + ON_ITS_WAY);
    }

    /** Never silent for long, so that no socket's timeout ends it. */
    @Test
    void anAnswerThatDripsIsNotWaitedForForEver() {
        s3.on("POST", "uploads")
                .neverEnd(EndlessAnswer.slow(200, "<Result>", " ", Duration.ofMillis(100)))
                .always();
        s3.on("PUT", "/hostile/a")
                .neverEnd(EndlessAnswer.slow(403, "<Error>", " ", Duration.ofMillis(100)))
                .always();

        assertKind(Kind.UNAVAILABLE, () -> stage(hurried)).hasMessageContaining("did not answer in time");
        assertKind(Kind.DENIED, () -> write(hurried)).hasMessageContaining("(HTTP 403)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\r\nx: y"})
    void headersWithoutEndAreGivenUp(String again) throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread pouring = new Thread(() -> pour(server, again));
            pouring.setDaemon(true);
            pouring.start();
            URI endpoint = URI.create("http://127.0.0.1:" + server.getLocalPort());
            StoreAccess s3 = this.s3.access();
            var access = new StoreAccess(
                    null, s3.region(), endpoint, true, s3.checksums(), s3.credentials(), s3.encryption(), null);

            refusedForGood(() -> stores.open(access).stat(BUCKET, "a"), "has sent more headers, or longer ones");
        }
    }

    private static void pour(ServerSocket server, String again) {
        byte[] piece = again.repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        while (!server.isClosed()) {
            try (Socket client = server.accept();
                    OutputStream out = client.getOutputStream()) {
                out.write("HTTP/1.1 200 OK\r\nx: ".getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write(piece);
                }
            } catch (IOException e) {
                // The client has enough, or the test is over.
            }
        }
    }

    private static void refusedForGood(ThrowingCallable call, String words) {
        var failure = catchThrowableOfType(StoreException.class, call);
        assertThat(failure).hasMessageContaining(words).hasMessageContaining("http://127.0.0.1");
        assertThat(failure.problem().transientFailure()).isFalse();
    }

    private ObjectStore store(SdkObjectStores by) {
        return by.open(s3.access());
    }

    private StagedObject stage(SdkObjectStores by) throws IOException {
        return store(by).stage(BUCKET, "a", ObjectStoreContract.bytes(new byte[1]), OptionalLong.of(1), null);
    }

    private void write(SdkObjectStores by) throws IOException {
        store(by).write(BUCKET, "a", ObjectStoreContract.bytes(new byte[1]), OptionalLong.of(1), null);
    }
}
