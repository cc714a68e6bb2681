package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    @ParameterizedTest
    @MethodSource
    void anEndpointToWhichNobodyCanConnectIsRefused(String endpoint) {
        var body = new HashMap<>(body(name()));
        body.put("params", Map.of("endpoint", endpoint));

        var answer = API.post("/v4/connections", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith("params.endpoint must be");
    }

    static List<String> anEndpointToWhichNobodyCanConnectIsRefused() {
        return List.of(
                "http://127.0.0.1:99999",
                "http://store.example.com:0",
                "http://" + "a.".repeat(126) + "aa",
                "https://" + "a".repeat(140_000) + ".example.com",
                "http://store.example.com?" + "a".repeat(9_000),
                "ftp://store.example.com",
                "store.example.com");
    }

    @Test
    void anExecutionIdIsOnePersonsOwn() {
        String executionId = UUID.randomUUID().toString();
        var body = body(name());
        Api other = API.as(newMember().token());

        var created = createAs(API, executionId, body);
        assertThat(created.status()).isEqualTo(201);
        var again = createAs(API, executionId, body);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.headers().get("location"))
                .containsExactly("/v4/connections/" + created.json().path("id"));
        assertThat(createAs(other, executionId, body).status()).isEqualTo(201);
        assertThat(createAs(other, executionId, body(name())).status()).isEqualTo(409);
    }

    private static Api.Answer createAs(Api api, String executionId, Map<String, Object> body) {
        return api.send(api.request("/v4/connections")
                .header("content-type", "application/json")
                .header("x-execution-id", executionId)
                .POST(BodyPublishers.ofString(Json.write(body))));
    }

    @ParameterizedTest
    @CsvSource({"secret,********", "secret,\u2022\u2022\u2022", "key,****"})
    void aMaskedSecretIsNone(String field, String mask) {
        var pair = new HashMap<>(Map.of("key", "AKIAEXAMPLE", "secret", CANARY));
        pair.put(field, mask);
        var body = new HashMap<>(body(name()));
        body.put("credentials", List.of(pair));

        for (String path : List.of("/v4/connections", "/v4/connections/dryRun")) {
            var answer = API.post(path, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("detail").asText())
                    .isEqualTo("credentials[0]." + field + " is masked: send the " + field + " itself");
        }
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

    @Test
    void aListHasTheFieldsThatWereAskedFor() {
        String name = name();
        API.post("/v4/connections", body(name));

        var listed = API.get("/v4/connections?fields=id;name&filterType=exact&filter=" + encoded(name));

        assertThat(listed.json().path("data").size()).isEqualTo(1);
        var connection = listed.json().path("data").get(0);
        assertThat(connection.fieldNames()).toIterable().containsExactly("id", "name");
        assertThat(API.get("/v4/connections/" + connection.path("id") + "?fields=bucket")
                        .json()
                        .fieldNames())
                .toIterable()
                .containsExactly("bucket");
    }

    @Test
    void aFieldOrAssociationThatThereIsNotIsRefusedWithThoseThatThereAre() {
        String path = "/v4/connections/"
                + API.post("/v4/connections", body(name())).json().path("id");

        var field = API.get(path + "?fields=secret");
        assertThat(field.status()).isEqualTo(400);
        assertThat(field.json().path("detail").asText()).contains("secret").contains("name, description");
        var association = API.get(path + "?embed=creator,flows");
        assertThat(association.status()).isEqualTo(400);
        assertThat(association.json().path("detail").asText()).contains("flows").contains("creator, updater");
    }

    @Test
    void embeddedPeopleHaveTheirNames() {
        String path = "/v4/connections/"
                + API.post("/v4/connections", body(name())).json().path("id");

        var plain = API.get(path).json();
        var embedded = API.get(path + "?embed=creator").json();

        assertThat(plain.path("creator").fieldNames()).toIterable().containsExactly("id");
        assertThat(embedded.path("creator").path("email").asText()).isEqualTo("admin@localhost");
        assertThat(embedded.path("updater").has("email")).isFalse();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
