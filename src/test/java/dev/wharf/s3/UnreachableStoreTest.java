package dev.wharf.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.network.NetworkPolicy;
import dev.wharf.network.Tls;
import dev.wharf.s3.client.StoreSettings;
import dev.wharf.store.ProbeReport;
import dev.wharf.store.ProbeRequest;
import dev.wharf.store.ProbeRow.Outcome;
import dev.wharf.testing.S3Server;
import dev.wharf.testing.stub.StubS3;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a test of a connection says of a store that it cannot talk to: in plain words, once, and soon. */
@ParameterizedClass
@EnumSource(Tls.class)
class UnreachableStoreTest {
    private static final String STORES = "src/test/resources/tls/";
    private static final String PASSWORD = "changeit";
    private static final Map<String, String> TRUST =
            Map.of("javax.net.ssl.trustStore", STORES + "trusted.p12", "javax.net.ssl.trustStorePassword", PASSWORD);
    private static final Map<String, String> BEFORE = new HashMap<>();

    private final Vertx vertx = Vertx.vertx();

    @Parameter
    Tls tls;

    private SdkObjectStores stores;

    /** The tests' authority is believed in; the JDK looks whenever a client is made. */
    @BeforeAll
    static void trust() {
        TRUST.forEach((name, value) -> BEFORE.put(name, System.setProperty(name, value)));
    }

    @AfterAll
    static void trustAsBefore() {
        BEFORE.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @BeforeEach
    void open() {
        stores = new SdkObjectStores(
                new MemoryLedger(),
                ObjectStoreContract.SETTINGS,
                new NetworkPolicy(ObjectStoreContract.LOOPBACK, null, false, tls));
    }

    @AfterEach
    void close() throws Exception {
        stores.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "untrusted,  add the authority to the trust store",
        "other-host, its certificate is for another host",
        "expired,    its certificate has expired"
    })
    void aCertificatesFaultIsNamed(String certificate, String words) throws Exception {
        unreachable("https://127.0.0.1:" + secured(certificate), "no secure connection to", words);
    }

    @Test
    void aPortWithoutTlsIsTold() {
        try (StubS3 plain = StubS3.start("partner")) {
            unreachable(plain.endpoint().toString().replace("http:", "https:"), "does not speak TLS", "use http://");
        }
    }

    @Test
    void aPortThatWantsTlsIsTold() throws Exception {
        unreachable("http://127.0.0.1:" + secured("untrusted"), "https");
    }

    @Test
    void anUnknownHostIsTold() {
        unreachable("http://no-such-host.invalid", "is unknown");
    }

    @Test
    void aClosedPortIsTold() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        unreachable("http://127.0.0.1:" + free, "cannot be reached");
    }

    @Test
    void silenceIsWaitedForOnce() {
        var impatient = new StoreSettings(
                Duration.ofMillis(200),
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                5,
                Duration.ofMillis(5),
                50,
                0,
                Duration.ofMinutes(1));
        try (StubS3 silent = StubS3.start("partner");
                var quick = new SdkObjectStores(new MemoryLedger(), impatient, ObjectStoreContract.LOOPBACK)) {
            silent.when(request -> true).neverAnswer().always();

            ProbeReport report = quick.probe(silent.access(), new ProbeRequest("partner", "", true));

            assertThat(report.message()).contains("did not answer in time");
            assertThat(silent.requests("GET", "")).hasSizeLessThanOrEqualTo(2);
            assertOnce(report);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, could not be understood",
        "302, a web page is no answer of an S3 store",
        "404, a web page is no answer of an S3 store",
        "405, a web page is no answer of an S3 store"
    })
    void aWebServerIsNoStoreAndTheEndpointIsToBlame(int status, String words) throws Exception {
        String endpoint = "http://127.0.0.1:" + webServer(status);
        try (S3Server any = S3Server.start()) {
            ProbeReport report = stores.probe(any.access(URI.create(endpoint)), new ProbeRequest("partner", "", false));

            assertThat(report.works()).isFalse();
            assertThat(report.message()).contains(endpoint, words, "endpoint");
            assertThat(report.rows())
                    .filteredOn(row -> row.outcome() == Outcome.WRONG)
                    .isNotEmpty()
                    .allMatch(row -> "params.endpoint".equals(row.field()));
        }
    }

    private int webServer(int status) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(status)
                        .putHeader("content-type", "text/html; charset=utf-8")
                        .putHeader("location", "/login")
                        .end("<!DOCTYPE html><html><body>Welcome</body></html>"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private void unreachable(String endpoint, String... words) {
        try (S3Server any = S3Server.start()) {
            ProbeReport report = stores.probe(any.access(URI.create(endpoint)), new ProbeRequest("partner", "", true));

            assertThat(report.message())
                    .contains(words)
                    .contains(URI.create(endpoint).getHost());
            assertOnce(report);
        }
    }

    private static void assertOnce(ProbeReport report) {
        assertThat(report.works()).isFalse();
        assertThat(report.rows().get(0).outcome()).isEqualTo(Outcome.WRONG);
        assertThat(report.rows().stream().skip(1))
                .hasSizeGreaterThan(2)
                .allMatch(row -> row.outcome() == Outcome.SKIPPED);
    }

    private int secured(String certificate) throws Exception {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(STORES + certificate + ".p12")
                                .setAlias("server")
                                .setPassword(PASSWORD)))
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
    }
}
