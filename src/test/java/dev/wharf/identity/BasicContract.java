package dev.wharf.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.Wharf;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code Authorization: Basic} promises, on each database that the registry can be in. All come from one network
 * address, which may be wrong nine times: each test as often as it says.
 */
abstract class BasicContract extends WharfTest {
    private static final String OTHER = "another fifteen letters";

    private Newcomer newcomer;

    /** One that no other class of tests uses. */
    abstract Wharf service();

    Api administrator() {
        return new Api(service().api(), token(service()));
    }

    @BeforeEach
    void somebodyWithAPassword() {
        newcomer = Newcomer.add(administrator());
    }

    private Api stranger() {
        return new Api(service().api(), null);
    }

    static String basic(String email, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((email + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path, String password) {
        return stranger().request(path).header("authorization", basic(newcomer.email(), password));
    }

    private int status(String password) {
        return stranger().send(request("/v4/people/current", password).GET()).status();
    }

    private void change(Map<String, Object> change) {
        assertThat(administrator().patch(newcomer.path(), change).status()).isEqualTo(200);
    }

    @Test
    void addressAndPasswordOpenTheDoorOnEveryPort() {
        var answer =
                stranger().send(request("/v4/people/current", Newcomer.PASSWORD).GET());

        assertThat(answer.json().path("id").asLong()).isEqualTo(newcomer.id());
        for (var port : List.of(service().files(), service().observe())) {
            var api = new Api(port, null);
            var request = api.request(port == service().observe() ? "/observe/metrics" : "/vfsList?uri=s3://wharf/")
                    .header("authorization", basic(newcomer.email().toUpperCase(), Newcomer.PASSWORD));
            assertThat(api.send(request.GET()).status()).isNotEqualTo(401);
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressAreRefusedInTheSameWords() { // wrong twice
        var wrong = stranger().send(request("/v4/people/current", "wrong").GET());
        var unknown = stranger()
                .send(stranger()
                        .request("/v4/people/current")
                        .header("authorization", basic("nobody@example.com", Newcomer.PASSWORD))
                        .GET());

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(wrong.text()).isEqualTo(unknown.text());
    }

    @Test
    void aWrongPasswordIsAnEventOfThePersonAndKeptByNobody() { // wrong once
        assertThat(status("guessed-by-a-stranger")).isEqualTo(401);

        await().untilAsserted(() -> {
            var events = administrator().get("/v4/auditEvents?operation=signIn&personId=" + newcomer.id());
            var event = events.json().path("data").get(0);
            assertThat(event.path("outcome").asText()).isEqualTo("denied");
            assertThat(event.path("actor").isNull()).isTrue();
            assertThat(event.path("detail").asText()).isEqualTo("a wrong password, from 127.0.0.1");
            assertThat(events.text()).doesNotContain("guessed-by-a-stranger");
        });
    }

    @Test
    void whoHasNoPasswordComesWithTokensOnly() { // wrong once
        var request = stranger().request("/v4/connections").header("authorization", basic("admin@localhost", ""));

        assertThat(stranger().send(request.GET()).status()).isEqualTo(401);
    }

    @Test
    void aNewPasswordEndsTheOldOneAtOnce() { // wrong once
        assertThat(status(Newcomer.PASSWORD)).isEqualTo(200);

        change(Map.of("password", OTHER));

        assertThat(status(Newcomer.PASSWORD)).isEqualTo(401);
        assertThat(status(OTHER)).isEqualTo(200);
    }

    @Test
    void whoIsDisabledIsRefusedAtOnce() { // wrong once
        assertThat(status(Newcomer.PASSWORD)).isEqualTo(200);

        change(Map.of("isDisabled", true));

        assertThat(status(Newcomer.PASSWORD)).isEqualTo(401);
        change(Map.of("isDisabled", false));
        assertThat(status(Newcomer.PASSWORD)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic", "Basic ", "Basic %%%", "Basic YQ==", "Basic /////w==", "Basic YTpiCg==", "Digest a=b"})
    void whatIsNoPairIs401(String authorization) {
        var request = stranger().request("/v4/connections").header("authorization", authorization);

        assertThat(stranger().send(request.GET()).status()).isEqualTo(401);
    }

    @Test
    void clientsAreToldOfBothWaysInAndBrowsersOfTokensOnly() {
        var client = stranger().get("/v4/connections");
        var page = stranger()
                .send(stranger()
                        .request("/v4/connections")
                        .header("sec-fetch-mode", "cors")
                        .GET());

        assertThat(client.headers().get("www-authenticate"))
                .containsExactly("Bearer realm=\"wharf\"", "Basic realm=\"wharf\", charset=\"UTF-8\"");
        assertThat(page.headers().get("www-authenticate")).containsExactly("Bearer realm=\"wharf\"");
    }

    @Test
    void aPasswordThatABrowserKeepsIsNotForOtherSites() {
        var request = request("/v4/apiAccessTokens", Newcomer.PASSWORD)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"lifetimeSeconds\":60}"));

        assertThat(stranger().send(request).status()).isEqualTo(201);
        assertThat(stranger()
                        .send(request.header("origin", "https://evil.example"))
                        .status())
                .isEqualTo(403);
    }
}
