package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.settings.SettingsException;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator meets. */
class StartTest extends WharfTest {
    @TempDir
    Path folder;

    @Test
    void aPortInUseIsOneLine() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());

            assertThatThrownBy(() -> start(Map.of("wharf.vfs.port", port)))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith("wharf.vfs.port 127.0.0.1:" + port + " cannot be listened on: ")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aDataFolderBelongsToOneProcess() {
        String used = WHARF.folder().path().toString();

        assertThatThrownBy(() -> start(Map.of("wharf.data-dir", used)))
                .isInstanceOf(SettingsException.class)
                .hasMessage("wharf.data-dir " + used + " is in use by another process");
    }

    @Test
    void aWrongPasswordOfTheRegistryIsOneLine() {
        String data = folder.toString();
        start(Map.of("wharf.data-dir", data)).close();

        assertThatThrownBy(() -> start(Map.of("wharf.data-dir", data, "wharf.registry.password", "wrong")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("wharf.registry.url ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void anUnreachableQueueIsOneLine() {
        assertThatThrownBy(() -> start(Map.of("wharf.broker.url", "tcp://127.0.0.1:1")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("wharf.broker.url tcp://127.0.0.1:1 cannot be reached");
    }

    @Test
    void aForeignKeysetIsRefusedBeforeAnythingIsAnswered() {
        String data = folder.toString();
        start(Map.of("wharf.data-dir", data)).close();
        assertThat(folder.resolve("keyset.json").toFile().delete()).isTrue();

        assertThatThrownBy(() -> start(Map.of("wharf.data-dir", data)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("keyset");
    }

    @Test
    void theFirstStartKeepsATokenForItsUserAloneAndTheSecondStartTakesIt() throws IOException {
        String data = folder.toString();
        start(Map.of("wharf.data-dir", data)).close();
        String token = Files.readString(folder.resolve("admin.token"));

        try (Wharf again = start(Map.of("wharf.data-dir", data))) {
            var api = new dev.wharf.testing.api.Api(again.api(), token.strip());
            assertThat(api.get("/v4/connections").status()).isEqualTo(200);
        }
        assertThat(Files.readString(folder.resolve("admin.token"))).isEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("admin.token"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatComesWhileItStopsIsToldSoAndWhatIsUnderWayIsCarriedOut() throws Exception {
        Wharf stopping = start(Map.of());
        var api = new Api(stopping.api(), token(stopping));
        try (var upload = new Socket("127.0.0.1", stopping.api().getPort())) {
            var out = upload.getOutputStream();
            out.write(("PUT /v4/uploads?name=late.csv HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                            + token(stopping) + "\r\nContent-Length: 4\r\n\r\na,b")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            Awaitility.await().until(() -> isUnderWay(stopping, "uploadFile"));

            var closed = CompletableFuture.runAsync(stopping::close);
            Awaitility.await().until(() -> api.get("/v4/people/current").status() == 503);

            var refused = api.get("/v4/people/current");
            assertThat(refused.text()).contains("The service is stopping");
            assertThat(refused.headers()).containsKey("retry-after");
            assertThat(closed).isNotDone();

            out.write('\n');
            out.flush();
            assertThat(new String(upload.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 201");
            closed.get(30, TimeUnit.SECONDS);
        }
    }

    private static boolean isUnderWay(Wharf wharf, String route) {
        return wharf.camel().getCamelContext().getInflightRepository().size(route) > 0;
    }
}
