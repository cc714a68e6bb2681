package dev.wharf.kernel.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static Settings read(
            Map<String, String> system, Map<String, String> environment, Map<String, String> file) {
        return Settings.read(new SettingsReader(system, environment, file));
    }

    private static Map<String, String> shipped() throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(in);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    @Test
    void theShippedFileHoldsTheDefaults() throws IOException {
        assertThat(read(Map.of(), Map.of(), shipped())).isEqualTo(Settings.of(Map.of()));
    }

    @Test
    void theShippedFileNamesEverySetting() throws IOException {
        var reader = new SettingsReader(Map.of(), Map.of(), Map.of());
        Settings.read(reader);

        assertThat(shipped().keySet()).containsExactlyInAnyOrderElementsOf(reader.known());
    }

    @Test
    void theEnvironmentWinsOverTheFileAndTheCommandLineOverBoth() {
        Map<String, String> file = Map.of("wharf.http.port", "1");
        Map<String, String> environment = Map.of("WHARF_HTTP_PORT", "2");

        assertThat(read(Map.of(), environment, file).http().port()).isEqualTo(2);
        assertThat(read(Map.of("wharf.http.port", "3"), environment, file)
                        .http()
                        .port())
                .isEqualTo(3);
    }

    @Test
    void anUnknownSettingIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> Settings.of(Map.of("wharf.htp.port", "1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("wharf.htp.port is not a setting; the settings are wharf.data-dir, ");
        assertThatThrownBy(() -> read(Map.of(), Map.of("WHARF_HTP_PORT", "1"), Map.of()))
                .hasMessageStartingWith("WHARF_HTP_PORT is not a setting");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wharf.http.port|eighty|a whole number from 0 to 65535",
                "wharf.http.port|70000|a whole number from 0 to 65535",
                "wharf.trial|yes|true or false",
                "wharf.http.stall-timeout|soon|a duration such as",
                "wharf.storage.endpoint|ftp://x|an http:// or https:// address",
                "wharf.storage.endpoint|http://127.0.0.1:99999|an http:// or https:// address",
                "wharf.connections.sts-endpoint|sts|an http:// or https:// address",
                "wharf.connections.sts-endpoint|https://sts:0|an http:// or https:// address",
                "wharf.storage.credentials|instance|key-pair or default-chain",
                "wharf.storage.server-side-encryption|rot13|none, AES256 or aws:kms",
                "wharf.oidc.issuer|http://idp.example.com|an https:// address (http:// only of this machine)",
                "wharf.oidc.issuer|https://u:p@idp.example.com|an https:// address",
                "wharf.oidc.issuer|https://idp.example.com/?a=b|an https:// address",
                "wharf.oidc.jwks-url|file:///etc/passwd|an https:// address",
                "wharf.oidc.email-claim|''|the name of a claim, such as email",
                "wharf.openlineage.url|http://u:p@collector/|an address without a user",
                "wharf.openlineage.url|http://collector/?key=1|an address without a user",
                "wharf.running.max-concurrent|0|a whole number from 1 to 64",
                "wharf.publishing.max-concurrent|65|a whole number from 1 to 64",
                "wharf.publishing.max-concurrent-files|0|a whole number from 1 to 256",
                "wharf.running.memory|lots|an amount such as",
                "wharf.running.memory|10MB|an amount such as 256MB or 2GB, at least 64MB",
            })
    void aMalformedValueIsRefusedWithWhatIsAllowed(String name, String value, String allowed) {
        assertThatThrownBy(() -> Settings.of(Map.of(name, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(name + " must be " + allowed);
    }

    @Test
    void anIssuerWithoutAnAudienceIsRefused() {
        assertThatThrownBy(() -> Settings.of(Map.of("wharf.oidc.issuer", "https://idp.example.com")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("wharf.oidc.audience must be");
    }

    @Test
    void anIssuerIsKeptCharacterByCharacter() {
        String issuer = "https://IDP.example.com/realms/a%20b/";

        var oidc = Settings.of(Map.of("wharf.oidc.issuer", issuer, "wharf.oidc.audience", "wharf"))
                .oidc();

        assertThat(oidc.issuer()).isEqualTo(issuer);
        assertThat(oidc.enabled()).isTrue();
        assertThat(Settings.of(Map.of()).oidc().enabled()).isFalse();
    }

    @Test
    void secretsDoNotPrint() {
        var settings = Settings.of(Map.of(
                "wharf.storage.secret-access-key",
                "canary",
                "wharf.registry.password",
                "canary",
                "wharf.secrets.keyset",
                "canary",
                "wharf.broker.password",
                "canary",
                "wharf.openlineage.api-key",
                "canary"));

        assertThat(settings.toString()).doesNotContain("canary");
    }
}
