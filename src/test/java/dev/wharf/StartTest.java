package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.settings.SettingsException;
import dev.wharf.testing.WharfTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
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
}
