package dev.wharf.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.Wharf;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.OidcProvider;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OidcTest extends OidcContract {
    private static final OidcProvider PROVIDER = new OidcProvider();
    private static Wharf wharf;

    @BeforeAll
    static void open() {
        wharf = start(PROVIDER.settings());
    }

    @AfterAll
    static void close() {
        wharf.close();
        PROVIDER.close();
    }

    @Override
    OidcProvider provider() {
        return PROVIDER;
    }

    @Override
    Wharf service() {
        return wharf;
    }

    @Test
    void everyPortTakesTheTokens() {
        String token = PROVIDER.sign(PROVIDER.claims(Instant.now()));

        assertThat(new Api(wharf.observe(), token).get("/observe/metrics").status())
                .isEqualTo(200);
        assertThat(new Api(wharf.files(), token).get("/vfsList?uri=s3://wharf/").status())
                .isEqualTo(403); // base storage wants a role
    }

    @Test
    void aSessionOfThePageEndsWithItsToken() {
        var page = new Api(wharf.api(), PROVIDER.sign(PROVIDER.claims(Instant.now())));

        var session = page.send(page.request("/session").POST(BodyPublishers.noBody()));

        assertThat(session.status()).isEqualTo(204);
        String cookie = session.headers().get("set-cookie").get(0).split(";")[0];
        var browser = new Api(wharf.api(), null);
        assertThat(browser.send(browser.request("/session")
                                .header("cookie", cookie)
                                .GET())
                        .status())
                .isEqualTo(200);
        String expired = PROVIDER.sign(PROVIDER.claims(Instant.now().minusSeconds(7_200)));
        var ended = browser.send(browser.request("/session")
                .header("cookie", "wharf-session=" + expired)
                .GET());
        assertThat(ended.status()).isEqualTo(401);
    }

    @Test
    void aTokenThatNoBrowserKeepsBeginsNoSession() {
        var claims = PROVIDER.claims(Instant.now()).claim("groups", "x".repeat(5_000));
        var page = new Api(wharf.api(), PROVIDER.sign(claims));

        var session = page.send(page.request("/session").POST(BodyPublishers.noBody()));

        assertThat(page.get("/v4/people/current").status()).isEqualTo(200);
        assertThat(session.status()).isEqualTo(400);
        assertThat(session.json().path("detail").asText()).contains("too long for a browser");
    }

    @Test
    void withoutAnIssuerNoTokensOfOthersAreTaken() {
        String token = PROVIDER.sign(PROVIDER.claims(Instant.now()));

        assertThat(API.as(token).get("/v4/people/current").status()).isEqualTo(401);
    }

    @Test
    void aServiceStartsWithoutItsProviderAndOwnTokensDoNotNeedIt() {
        var away = new OidcProvider();
        String token = away.sign(away.claims(Instant.now()));
        away.close();

        try (Wharf other = start(away.settings())) {
            var own = new Api(other.api(), token(other));

            var answer = own.as(token).get("/v4/people/current");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().path("exception").path("name").asText()).isEqualTo("ServiceUnavailable");
            assertThat(answer.json().path("detail").asText())
                    .contains("The identity provider cannot be reached", away.issuer(), "access token")
                    .doesNotContain("Exception");
            assertThat(answer.headers()).containsKey("retry-after").doesNotContainKey("www-authenticate");
            assertThat(own.get("/v4/people/current").status()).isEqualTo(200);
        }
    }
}
