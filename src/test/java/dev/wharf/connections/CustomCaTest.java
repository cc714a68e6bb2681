package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.Authority;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of authorities that a connection brings, as the API has them. */
class CustomCaTest extends WharfTest {
    @TempDir
    Path folder;

    @Test
    void certificatesAreOffUnlessAnOperatorTurnsThemOn() {
        String pem = Authority.in(folder, "ip:127.0.0.1").pem("authority");

        var refused = API.post("/v4/connections", body(pem));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText())
                .contains("params.caCertificate", "wharf.limits.custom-ca=true");
        assertThat(API.get("/v4/connectorMetadata/aws").text()).doesNotContain("caCertificate");
    }

    @Test
    void manyCertificatesAreKeptAsTheyAreAndCheckedFirst() {
        var authority = Authority.in(folder, "ip:127.0.0.1");
        String one = authority.pem("authority");
        String many = one.repeat((64 << 10) / one.length());
        try (var wharf = start(Map.of("wharf.limits.custom-ca", "true"))) {
            var api = new Api(wharf.api(), token(wharf));

            var created = api.post("/v4/connections", body(many));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            var read = api.get("/v4/connections/" + created.json().path("id").asText());
            assertThat(read.json().at("/params/caCertificate").asText()).isEqualTo(many);
            assertThat(api.get("/v4/connectorMetadata/aws").text()).contains("caCertificate");

            var leaf = api.post("/v4/connections", body(authority.pem(Authority.SERVER)));
            assertThat(leaf.status()).isEqualTo(400);
            assertThat(leaf.json().path("detail").asText())
                    .startsWith("params.caCertificate")
                    .contains("CN=Own Authority");
        }
    }

    private static Map<String, Object> body(String pem) {
        return Map.of(
                "vendor",
                "aws",
                "type",
                "remotefile",
                "credentialType",
                "keySecret",
                "name",
                "authority " + UUID.randomUUID(),
                "params",
                Map.of("endpoint", S3.endpoint().toString(), "caCertificate", pem),
                "credentials",
                List.of(Map.of("key", S3.accessKeyId(), "secret", S3.secretAccessKey())));
    }
}
