package dev.wharf.identity.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.identity.Newcomer;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What access tokens promise, on each database that the registry can be in. */
abstract class AccessTokensContract extends WharfTest {
    private static final String PATH = "/v4/apiAccessTokens";

    /** The administrator. */
    abstract Api api();

    private JsonNode create(long lifetimeSeconds, String description) {
        var answer = api().post(PATH, Map.of("lifetimeSeconds", lifetimeSeconds, "description", description));
        assertThat(answer.status()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode create() {
        return create(-1, "for a test");
    }

    private Api with(JsonNode token) {
        return api().as(token.path("tokenValue").asText());
    }

    private static String path(JsonNode token) {
        return PATH + "/" + token.path("tokenInfo").path("tokenId").asText();
    }

    @Test
    void aNewTokenOpensTheDoorAndItsValueIsShownOnce() {
        var token = create(-1, "nightly import");
        String value = token.path("tokenValue").asText();

        assertThat(with(token).get("/v4/connections").status()).isEqualTo(200);
        var info = api().get(path(token));
        assertThat(info.json().path("description").asText()).isEqualTo("nightly import");
        assertThat(info.json().path("expiredAt").isNull()).isTrue();
        assertThat(info.text()).doesNotContain(value);
        assertThat(api().get(PATH + "?limit=1000").text())
                .contains(token.path("tokenInfo").path("tokenId").asText())
                .doesNotContain(value);
    }

    @Test
    void aLifetimeEnds() {
        var token = create(1, "short");
        var info = token.path("tokenInfo");
        Duration lifetime = Duration.between(
                Instant.parse(info.path("createdAt").asText()),
                Instant.parse(info.path("expiredAt").asText()));

        assertThat(lifetime).isEqualTo(Duration.ofSeconds(1));
        await().untilAsserted(() ->
                assertThat(with(token).get("/v4/connections").status()).isEqualTo(401));
        assertThat(api().get(path(token)).status()).isEqualTo(200);
    }

    @Test
    void aRevokedTokenIsRefusedAtOnce() {
        var token = create();
        assertThat(with(token).get(PATH).status()).isEqualTo(200);

        assertThat(with(token).delete(path(token)).status()).isEqualTo(204);

        assertThat(with(token).get(PATH).status()).isEqualTo(401);
        assertThat(api().get(path(token)).status()).isEqualTo(404);
        assertThat(api().delete(path(token)).status()).isEqualTo(404);
    }

    @Test
    void theLastUseIsWrittenDown() {
        var token = create();
        assertThat(api().get(path(token)).json().path("lastUsed").isNull()).isTrue();

        with(token).get("/v4/connections");

        await().untilAsserted(() -> {
            String lastUsed = api().get(path(token)).json().path("lastUsed").asText();
            assertThat(lastUsed).endsWith("Z");
            assertThat(Instant.parse(lastUsed))
                    .isAfterOrEqualTo(Instant.parse(
                            token.path("tokenInfo").path("createdAt").asText()));
        });
    }

    @Test
    void tokensComeInPagesOldestFirst() {
        var member = Newcomer.add(api()).api();
        member.post(PATH, Map.of("lifetimeSeconds", 60, "description", "second"));
        member.post(PATH, Map.of("lifetimeSeconds", 60, "description", "third"));

        var page = member.get(PATH + "?limit=1&offset=1&includeCount=true").json();

        assertThat(page.path("count").asInt()).isEqualTo(3);
        assertThat(page.path("data").size()).isEqualTo(1);
        assertThat(page.path("data").path(0).path("description").asText()).isEqualTo("second");
    }

    @Test
    void anothersTokenDoesNotExistButForAdministratorsWhoRevokeIt() {
        var newcomer = Newcomer.add(api());
        var other = Newcomer.add(api()).api();
        String list = PATH + "?includeCount=true&personId=" + newcomer.id();
        String path = PATH + "/"
                + api().get(list).json().path("data").path(0).path("tokenId").asText();

        assertThat(other.get(path).status()).isEqualTo(404);
        assertThat(other.delete(path).status()).isEqualTo(404);
        assertThat(other.get(list).status()).isEqualTo(403);
        assertThat(newcomer.api().get(list).json().path("count").asInt()).isEqualTo(1);
        assertThat(api().get(PATH + "?personId=777777").status()).isEqualTo(404);
        assertThat(api().get(path).json()).isEqualTo(newcomer.api().get(path).json());

        assertThat(api().delete(path).status()).isEqualTo(204);
        assertThat(newcomer.api().get(path).status()).isEqualTo(401);
        assertThat(api().get("/v4/auditEvents?limit=9").text()).contains("of person " + newcomer.id());
    }

    @Test
    void onlyAdministratorsMakeTokensForOthers() {
        var answer = Newcomer.add(api()).api().post(PATH, Map.of("lifetimeSeconds", 60, "personId", 1));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("detail").asText())
                .contains("workspaceAdmin")
                .contains("personId");
        assertThat(api().post(PATH, Map.of("lifetimeSeconds", 60, "personId", 777_777))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"lifetimeSeconds\":0}",
                "{\"lifetimeSeconds\":-2}",
                "{\"lifetimeSeconds\":9223372036854775807}",
                "{\"lifetimeSeconds\":1.5}",
                "{\"lifetimeSeconds\":\"1 h\"}",
            })
    void aLifetimeIsSecondsOrNever(String body) {
        var answer = api().post(PATH, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith("lifetimeSeconds must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "%00", "nothing", "00000000-0000-0000-0000-000000000000"})
    void whatIsNoTokenIsNotFound(String id) {
        assertThat(api().get(PATH + "/" + id).status()).isEqualTo(404);
        assertThat(api().delete(PATH + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void aDescriptionHasItsBounds() {
        var answer = api().post(PATH, Map.of("lifetimeSeconds", 60, "description", "x".repeat(256)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("description");
        assertThat(create(60, UUID.randomUUID().toString()).has("tokenValue")).isTrue();
    }
}
