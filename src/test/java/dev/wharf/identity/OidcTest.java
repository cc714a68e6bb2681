package dev.wharf.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.Wharf;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.OidcProvider;
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
        var brief = PROVIDER.claims(Instant.now().minusSeconds(3_600)) // good for the minute that clocks may differ
                .claim("groups", "x".repeat(5_000)); // longer than a cookie may be
        var browser = new Api(wharf.api(), null);

        String cookie = new Api(wharf.api(), PROVIDER.sign(PROVIDER.claims(Instant.now()))).session();
        String ended = new Api(wharf.api(), PROVIDER.sign(brief)).session();

        assertThat(status(browser, cookie)).isEqualTo(200);
        assertThat(status(browser, ended)).isEqualTo(401);
    }

    private static int status(Api browser, String cookie) {
        return browser.send(browser.request("/session").header("cookie", cookie).GET())
                .status();
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
