package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.WharfTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConnectionsApiTest extends WharfTest {
    private static final String CANARY = "canary-secret-4711";

    private static Map<String, Object> body(String name) {
        return Map.of(
                "vendor", "aws",
                "vendorName", "aws",
                "type", "remotefile",
                "credentialType", "keySecret",
                "name", name,
                "params", Map.of("region", "eu-west-1"),
                "credentials", List.of(Map.of("key", "AKIAEXAMPLE", "secret", CANARY)));
    }

    private static String name() {
        return "connection " + UUID.randomUUID();
    }

    @Test
    void aNewConnectionIsAnsweredWholeButWithoutItsSecret() {
        var created = API.post("/v4/connections", body(name()));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("vendor").asText()).isEqualTo("aws");
        assertThat(created.json().path("hasCredentials").asBoolean()).isTrue();
        assertThat(created.json().path("params").path("region").asText()).isEqualTo("eu-west-1");
        assertThat(created.text()).doesNotContain(CANARY).doesNotContain("AKIAEXAMPLE");
    }

    @Test
    void aDeletedConnectionIsGoneAndItsNameIsFree() {
        String name = name();
        String path = "/v4/connections/"
                + API.post("/v4/connections", body(name)).json().path("id");

        assertThat(API.delete(path).status()).isEqualTo(204);
        assertThat(API.get(path).status()).isEqualTo(404);
        assertThat(API.post("/v4/connections", body(name)).status()).isEqualTo(201);
    }

    @Test
    void aNameIsTakenWhateverItsCase() {
        String name = name();
        API.post("/v4/connections", body(name));

        var second = API.post("/v4/connections", body(name.toUpperCase()));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().path("exception").path("details").asText()).startsWith("name");
    }

    @Test
    void malformedJsonIsToldWithLineAndColumn() {
        var answer = API.post("/v4/connections", "{\n  \"name\": oops }");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("line 2, column");
    }

    @Test
    void anEmptyBodyIsACallersMistake() {
        assertThat(API.post("/v4/connections", "").status()).isEqualTo(400);
    }
}
