package dev.wharf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.settings.SettingsException;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that encrypts key pairs is renewed while the service is stopped. */
class RotateKeysetTest extends WharfTest {
    @TempDir
    Path folder;

    private final String bucket = newBucket();

    @Test
    void everythingWorksAfterTheOldKeyIsGone() throws IOException {
        long connection = registered();
        String before = keyset();

        assertThat(rotate()).contains("2 key pairs", "--remove-old");
        assertThat(keyset()).isNotEqualTo(before).contains(keyId(before));
        assertWorks(connection);
        assertThat(rotate("--remove-old")).contains("Removed old keys: 1");
        assertThat(keyset()).doesNotContain(keyId(before));

        assertWorks(connection);
    }

    @Test
    void aRotationThatWasKilledGoesOnWithTheKeyThatItHasMade() throws Exception {
        long connection = registered();
        List<String> old = secrets();
        rotate();
        String begun = keyset();
        restore(old);

        assertThatThrownBy(() -> rotate("--remove-old"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("still encrypted");
        assertThat(rotate()).contains("1 key pairs", "not done");

        assertThat(keyset()).isEqualTo(begun);
        rotate("--remove-old");
        assertWorks(connection);
    }

    @Test
    void whatIsNoCommandIsToldAndChangesNothing() throws IOException {
        registered();
        String before = keyset();

        assertThatThrownBy(() -> rotate("--force")).hasMessageContaining("rotate-keyset --remove-old");
        assertThat(keyset()).isEqualTo(before);
    }

    @Test
    void aServiceThatRunsIsNotRotatedUnderneath() {
        try (var running = start(Map.of("wharf.data-dir", folder.toString()))) {
            assertThatThrownBy(this::rotate)
                    .hasMessageContaining(running.folder().path().toString())
                    .hasMessageContaining("in use by another process");
        }
    }

    private long registered() {
        try (var wharf = start(Map.of("wharf.data-dir", folder.toString()))) {
            var api = new Api(wharf.api(), token(wharf));
            api.post(
                    "/v4/awsConfigs",
                    Map.of("workspaceId", 1, "key", S3.accessKeyId(), "secret", S3.secretAccessKey()));
            long flow = api.post("/v4/flows", Map.of("name", "flow"))
                    .json()
                    .path("id")
                    .asLong();
            api.post(
                    "/v4/webhookFlowTasks",
                    Map.of(
                            "flowId", flow,
                            "name", "tell",
                            "url", "http://127.0.0.1:9/",
                            "method", "post",
                            "triggerEvent", "onJobDone",
                            "secretKey", "signs"));
            return newConnection(api, bucket);
        }
    }

    private void assertWorks(long connection) {
        try (var wharf = start(Map.of("wharf.data-dir", folder.toString()))) {
            var api = new Api(wharf.api(), token(wharf));
            var answer = api.get("/vfsList?uri=s3://" + bucket + "/?connectionId=" + connection);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(api.get("/vfsList?uri=s3://wharf/").status()).isEqualTo(200);
            var webhook = api.get("/v4/webhookFlowTasks").json().at("/data/0");
            assertThat(webhook.path("url").asText()).isEqualTo("http://127.0.0.1:9/");
            assertThat(webhook.path("hasSecretKey").asBoolean()).isTrue();
        }
    }

    private String rotate(String... options) {
        var out = new ByteArrayOutputStream();
        var args = new String[options.length + 1];
        args[0] = RotateKeyset.COMMAND;
        System.arraycopy(options, 0, args, 1, options.length);
        RotateKeyset.run(
                args,
                Settings.of(Map.of("wharf.data-dir", folder.toString())),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private String keyset() throws IOException {
        return Files.readString(folder.resolve("keyset.json"));
    }

    private static String keyId(String keyset) {
        return keyset.replaceAll("(?s).*\"primaryKeyId\": *(\\d+).*", "$1");
    }

    /** Both columns of the only credential. */
    private List<String> secrets() throws Exception {
        try (var registry = DriverManager.getConnection(url(), "sa", "");
                var rows = registry.createStatement()
                        .executeQuery("SELECT access_key_id, secret_access_key FROM credential")) {
            rows.next();
            return List.of(rows.getString(1), rows.getString(2));
        }
    }

    private void restore(List<String> values) throws Exception {
        try (var registry = DriverManager.getConnection(url(), "sa", "");
                var statement =
                        registry.prepareStatement("UPDATE credential SET access_key_id = ?, secret_access_key = ?")) {
            statement.setString(1, values.get(0));
            statement.setString(2, values.get(1));
            statement.executeUpdate();
        }
    }

    private String url() {
        return "jdbc:hsqldb:file:" + folder.resolve("registry") + ";shutdown=true";
    }
}
