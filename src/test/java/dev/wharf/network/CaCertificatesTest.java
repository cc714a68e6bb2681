package dev.wharf.network;

import static dev.wharf.s3.ObjectStoreContract.assertKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.s3.MemoryLedger;
import dev.wharf.s3.ObjectStoreContract;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.store.Credentials;
import dev.wharf.store.StoreAccess;
import dev.wharf.store.StoreException.Kind;
import dev.wharf.testing.Authority;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store whose certificate was signed by an authority that only its connection trusts. */
class CaCertificatesTest {
    @TempDir
    static Path folder;

    private static final Vertx VERTX = Vertx.vertx();
    private static Authority authority;
    private static int port;

    private final SdkObjectStores stores =
            new SdkObjectStores(new MemoryLedger(), ObjectStoreContract.SETTINGS, ObjectStoreContract.LOOPBACK);

    @BeforeAll
    static void start() throws Exception {
        authority = Authority.in(folder, "ip:127.0.0.1");
        port = VERTX.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(authority.store().toString())
                                .setAlias(Authority.SERVER)
                                .setPassword(Authority.PASSWORD)))
                .requestHandler(request -> request.response()
                        .end("<ListAllMyBucketsResult><Buckets><Bucket><Name>partner</Name></Bucket></Buckets>"
                                + "</ListAllMyBucketsResult>"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterAll
    static void stop() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    @Timeout(10)
    void textThatIsNearlyOneIsRefusedWithoutTryingEveryWayToReadIt() {
        String nearly = ("-----BEGIN CERTIFICATE-----A-----END CERTIFICATE-----" + "\n".repeat(20)).repeat(100) + "x";

        assertThatThrownBy(() -> CaCertificates.of(nearly)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theStoreIsReachedOnlyByTheConnectionThatTrustsItsAuthority() {
        assertThat(stores.open(access(1, "127.0.0.1", authority.pem("authority")))
                        .buckets())
                .containsExactly("partner");
        assertKind(Kind.UNAVAILABLE, () -> stores.open(access(2, "127.0.0.1", null))
                        .buckets())
                .hasMessageContaining("params.caCertificate")
                .hasMessageContaining("wharf.limits.custom-ca=true");
    }

    @Test
    void aTrustedAuthorityDoesNotMakeACertificateAnotherHosts() {
        assertKind(Kind.UNAVAILABLE, () -> stores.open(access(1, "localhost", authority.pem("authority")))
                        .buckets())
                .hasMessageContaining("its certificate is for another host");
    }

    @Test
    void whatJavaTrustsIsStillTrusted() {
        var trusted = CaCertificates.of(authority.pem("authority")).trustManagers();

        assertThat(((javax.net.ssl.X509TrustManager) trusted[0]).getAcceptedIssuers())
                .hasSizeGreaterThan(2);
    }

    @Test
    void severalCertificatesAreTaken() {
        assertThat(CaCertificates.of(authority.pem("authority") + "\n" + authority.pem("authority"))
                        .certificates())
                .hasSize(2);
    }

    @Test
    void whatIsNoAuthorityIsRefusedWithTheOneThatIsMeant() {
        assertThatThrownBy(() -> CaCertificates.of(authority.pem(Authority.SERVER)))
                .hasMessageContaining("CN=store")
                .hasMessageContaining("send that of CN=Own Authority");
        assertThatThrownBy(() -> CaCertificates.of("-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----"))
                .hasMessageContaining("holds a private key");
        assertThatThrownBy(() -> CaCertificates.of("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"))
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> CaCertificates.of("authority.pem"))
                .hasMessageContaining("must be certificates as PEM");
        assertThatThrownBy(() -> CaCertificates.of("x".repeat(70_000))).hasMessageContaining("at most 65536");
    }

    @Test
    void aCertificateThatIsOutOfItsTimeIsWarnedOf() {
        var certificates = CaCertificates.of(authority.pem("authority"));

        assertThat(certificates.warning(Instant.now())).isEmpty();
        assertThat(certificates.warning(Instant.now().plusSeconds(100_000_000)).orElseThrow())
                .contains("CN=Own Authority", "params.caCertificate");
    }

    private static StoreAccess access(long connection, String host, String pem) {
        return new StoreAccess(
                connection,
                "us-east-1",
                URI.create("https://" + host + ":" + port),
                true,
                StoreAccess.Checksums.WHEN_REQUIRED,
                new Credentials.KeyPair("key", "secret"),
                StoreAccess.Encryption.NONE,
                null,
                pem);
    }
}
