package dev.wharf.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.wharf.Wharf;
import dev.wharf.testing.Logged;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.OidcProvider;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ways to a session of the page: a browser's, without the browser. */
class SignInTest extends WharfTest {
    private static final OidcProvider PROVIDER = new OidcProvider();
    private static Wharf wharf;
    private static Api browser;

    @BeforeAll
    static void open() {
        wharf = start(PROVIDER.signInSettings());
        browser = new Api(wharf.api(), null);
    }

    @AfterAll
    static void close() {
        wharf.close();
        PROVIDER.close();
    }

    private static Api.Answer get(String path, String cookie) {
        var request = browser.request(path).header("accept", "text/html");
        return browser.send((cookie == null ? request : request.header("cookie", cookie)).GET());
    }

    private static List<String> cookies(Api.Answer answer) {
        return answer.headers().getOrDefault("set-cookie", List.of());
    }

    private static String cookie(Api.Answer answer, String name) {
        return cookies(answer).stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.split(";")[0])
                .findFirst()
                .orElseThrow();
    }

    private static URI location(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        return URI.create(answer.headers().get("location").get(0));
    }

    /** On the way to the provider: where it goes, and what it keeps. */
    private record Leaving(URI address, String kept) {
        static Leaving begin() {
            var answer = get("/session/oidc", null);
            return new Leaving(location(answer), cookie(answer, "wharf-sign-in"));
        }

        String state() {
            return address.getQuery().replaceFirst(".*&state=([^&]+).*", "$1");
        }

        Api.Answer back(String code) {
            return get("/session/oidc?code=" + code + "&state=" + state(), kept);
        }
    }

    private static JWTClaimsSet.Builder claims() {
        return PROVIDER.claims(Instant.now());
    }

    private static void expectRefused(Api.Answer answer, int status, String words) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).contains("<title>Sign in").contains(words);
        assertThat(cookies(answer)).noneMatch(cookie -> cookie.startsWith("wharf-session="));
    }

    @Test
    void whoSignsInAtTheProviderHasASession() {
        var claims = claims();
        var leaving = Leaving.begin();

        var back = leaving.back(PROVIDER.letIn(leaving.address(), claims));

        assertThat(location(back)).hasToString("/");
        assertThat(cookies(back)).anyMatch(cookie -> cookie.startsWith("wharf-sign-in=;"));
        String session = cookie(back, "wharf-session");
        var me = get("/session", session).json();
        assertThat(me.path("email").asText()).isEqualTo(claims.getClaims().get("email"));
        assertThat(browser.send(browser.request("/session")
                                .header("cookie", session)
                                .header("origin", wharf.api().toString())
                                .DELETE())
                        .status())
                .isEqualTo(204);
        assertThat(get("/session", session).status()).isEqualTo(401);
    }

    @Test
    void theWayInIsShownWhereThereIsOne() {
        assertThat(get("/", null).text()).contains("href=\"/session/oidc\"");
        assertThat(new Api(WHARF.api(), null)
                        .send(new Api(WHARF.api(), null)
                                .request("/")
                                .header("accept", "text/html")
                                .GET())
                        .text())
                .contains("<title>Sign in")
                .doesNotContain("/session/oidc\"");
    }

    @Test
    void onlyTheBrowserThatBeganComesBackAndOnce() {
        var leaving = Leaving.begin();
        String code = PROVIDER.letIn(leaving.address(), claims());
        String path = "/session/oidc?code=" + code + "&state=";

        expectRefused(get(path + "guess", leaving.kept()), 401, "not begun in this browser");
        expectRefused(get(path + leaving.state(), null), 401, "not begun in this browser");
        expectRefused(get(path + leaving.state(), Leaving.begin().kept()), 401, "not begun in this browser");
        assertThat(leaving.back(code).status()).isEqualTo(303);
        expectRefused(leaving.back(code), 401, "refuses this sign-in");
    }

    @Test
    void aTokenOfAnotherSignInIsRefused() {
        var leaving = Leaving.begin();

        expectRefused(
                leaving.back(PROVIDER.letIn(leaving.address(), claims().claim("nonce", "stolen"))),
                401,
                "its nonce is of another sign-in");
        var other = Leaving.begin();
        expectRefused(
                other.back(PROVIDER.letIn(other.address(), claims().audience("another"))),
                401,
                "its aud does not hold");
    }

    @Test
    void whoIsNotLetInIsToldWhyInWordsThatDoNothing() {
        var leaving = Leaving.begin();
        String answer = "/session/oidc?state=" + leaving.state() + "&error=";

        expectRefused(get(answer + "access_denied", leaving.kept()), 401, "did not let you in (access_denied)");
        var made = get(answer + "%3Cscript%3E", leaving.kept());
        expectRefused(made, 401, "did not let you in: begin again");
        assertThat(made.text()).doesNotContain("<script>:");
        var taken = Leaving.begin();
        expectRefused(
                taken.back(PROVIDER.letIn(
                        taken.address(),
                        claims().claim("email", "admin@localhost").claim("email_verified", false))),
                403,
                "There is already a person with the address admin@localhost");
    }

    @Test
    void nothingLeadsElsewhereAndNoSecretIsTold() {
        try (var log = Logged.by("dev.wharf")) {
            var leaving = Leaving.begin();
            String code = PROVIDER.letIn(leaving.address(), claims());
            var back = get(
                    "/session/oidc?code=" + code + "&state=" + leaving.state() + "&next=https://evil.example",
                    leaving.kept());

            assertThat(location(back)).hasToString("/");
            String verifier = leaving.kept().substring(leaving.kept().lastIndexOf('.') + 1);
            assertThat(leaving.address().toString()).doesNotContain(verifier, OidcProvider.CLIENT_SECRET);
            assertThat(String.join("\n", log.lines()))
                    .doesNotContain(code, verifier, OidcProvider.CLIENT_SECRET, cookie(back, "wharf-session"));
        }
    }

    @Test
    void anAddressAndAPasswordBeginASessionThatEndsWithThePassword() {
        var administrator = new Api(wharf.api(), token(wharf));
        var ann = Newcomer.add(administrator);
        String path = "/v4/workspaces/current/people/" + ann.id();
        administrator.patch(path, Map.of("password", "first long password"));

        String session = cookie(begin(ann.email(), "first long password"), "wharf-session");

        assertThat(get("/session", session).json().path("email").asText()).isEqualTo(ann.email());
        assertThat(begin(ann.email(), "another").status()).isEqualTo(401);
        String other = cookie(begin(ann.email(), "first long password"), "wharf-session");
        assertThat(browser.send(browser.request(path)
                                .header("cookie", other)
                                .header("origin", wharf.api().toString())
                                .header("content-type", "application/json")
                                .method("PATCH", BodyPublishers.ofString("{\"password\":\"second long password\"}")))
                        .status())
                .isEqualTo(200);
        assertThat(get("/session", session).status()).isEqualTo(401);
        assertThat(get("/session", other).status()).as("where it was chosen").isEqualTo(200);
        administrator.patch(path, Map.of("password", "third long password"));
        assertThat(get("/session", other).status()).isEqualTo(401);
    }

    private static Api.Answer begin(String email, String password) {
        return browser.send(browser.request("/session")
                .header("authorization", BasicContract.basic(email, password))
                .header("origin", wharf.api().toString())
                .POST(BodyPublishers.noBody()));
    }
}
