package dev.wharf.kernel.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest extends WharfTest {
    private static final Api STRANGER = new Api(WHARF.api(), null);
    private static final String ORIGIN = WHARF.api().toString();

    private static HttpRequest.Builder with(String cookie, String path) {
        return STRANGER.request(path).header("cookie", cookie);
    }

    private static HttpRequest.Builder withSession(String path) {
        return with(API.session(), path);
    }

    private static Api.Answer begin(Map<String, String> headers) {
        var request = API.request("/session").POST(BodyPublishers.noBody());
        headers.forEach(request::header);
        return API.send(request);
    }

    private static String cookie(Api.Answer answer) {
        return answer.headers().get("set-cookie").get(0);
    }

    @Test
    void aTokenBecomesACookieThatNoScriptReadsAndNoOtherSiteSends() {
        var answer = begin(Map.of());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(cookie(answer))
                .startsWith("wharf-session=")
                .containsIgnoringCase("; HttpOnly")
                .contains("; SameSite=Strict", "; Path=/")
                .doesNotContain("Secure", "Max-Age", "Expires", TOKEN);
        assertThat(cookie(answer).split(";")[0]).matches("wharf-session=[A-Za-z0-9_-]{43}");
    }

    @Test
    void aPageActsForNobodyButWhoeverItWasOpenedBy() {
        assertThat(STRANGER.send(with(API.session(), "/v4/connections")
                                .header("wharf-person", "1")
                                .GET())
                        .status())
                .isEqualTo(200);

        var answer = STRANGER.send(with(API.session(), "/v4/connections")
                .header("wharf-person", "2")
                .GET());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("detail").asText()).contains("has signed in meanwhile");
    }

    @Test
    void theTokenItselfIsNoSession() {
        assertThat(STRANGER.send(with("wharf-session=" + TOKEN, "/session").GET())
                        .status())
                .isEqualTo(401);
        String session = API.session().split("=", 2)[1];
        assertThat(API.as(session).get("/v4/connections").status()).isEqualTo(401);
    }

    @Test
    void behindTlsTheCookieStaysThere() {
        assertThat(cookie(begin(Map.of("x-forwarded-proto", "https")))).contains("; Secure");
    }

    @Test
    void aWrongTokenBecomesNothing() {
        var impostor = new Api(WHARF.api(), "wharf_guess");
        var answer = impostor.send(impostor.request("/session").POST(BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void aSessionBeginsWithNoOther() {
        var answer =
                STRANGER.send(withSession("/session").header("origin", ORIGIN).POST(BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void aSessionSaysWhoseItIsAndKeepsTheTokenToItself() {
        var answer = STRANGER.send(withSession("/session").GET());

        assertThat(answer.json().path("email").asText()).isEqualTo("admin@localhost");
        assertThat(answer.json().path("roles").size()).isEqualTo(2);
        assertThat(answer.text()).doesNotContain(TOKEN);
    }

    @Test
    void whoSignsOutTakesTheCookieWithThemAndWhoeverStoleIt() {
        String session = API.session();
        String other = API.session();

        var answer =
                STRANGER.send(with(session, "/session").header("origin", ORIGIN).DELETE());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(cookie(answer)).startsWith("wharf-session=;").contains("Max-Age=0");
        var stolen = STRANGER.send(with(session, "/v4/connections").GET());
        assertThat(stolen.status()).isEqualTo(401);
        assertThat(stolen.json().path("detail").asText()).isEqualTo("The session has ended; sign in again");
        assertThat(STRANGER.send(with(other, "/session").GET()).status()).isEqualTo(200);
    }

    @Test
    void aBrowserThatSignsInAnewLeavesNoSessionBehind() {
        String before = API.session();

        begin(Map.of("cookie", before));

        assertThat(STRANGER.send(with(before, "/session").GET()).status()).isEqualTo(401);
    }

    @Test
    void aMadeUpSessionIsNone() {
        var answer = STRANGER.send(STRANGER.request("/v4/connections")
                .header("cookie", "wharf-session=x")
                .GET());

        assertThat(answer.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none"})
    void whatAnotherSiteMadeABrowserSendIsRefused(String site) {
        var request = withSession("/v4/connections")
                .header("content-type", "application/json")
                .header("origin", ORIGIN) // the finer of the two decides
                .header("sec-fetch-site", site)
                .POST(BodyPublishers.ofString("{}"));
        var answer = STRANGER.send(request);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("detail").asText()).contains("session");
        assertThat(STRANGER.send(withSession("/session")
                                .header("sec-fetch-site", site)
                                .DELETE())
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1", "https://evil.example", "null", "http://127.0.0.1"})
    void anotherOriginIsRefusedWhereTheBrowserSaysNoMore(String origin) {
        assertThat(STRANGER.send(
                                withSession("/session").header("origin", origin).DELETE())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aSessionWithoutAnyOriginIsRefused() {
        assertThat(STRANGER.send(withSession("/session").DELETE()).status()).isEqualTo(403);
    }

    @Test
    void thePageItselfMayChangeThings() {
        var request = withSession("/v4/connections")
                .header("content-type", "application/json")
                .header("sec-fetch-site", "same-origin")
                .POST(BodyPublishers.ofString("{}"));

        assertThat(STRANGER.send(request).status()).isEqualTo(400);
    }

    @Test
    void aTokenNeedsNoOrigin() {
        var request = API.request("/v4/connections")
                .header("content-type", "application/json")
                .header("sec-fetch-site", "cross-site")
                .POST(BodyPublishers.ofString("{}"));

        assertThat(API.send(request).status()).isEqualTo(400);
    }

    @Test
    void withoutAnIdentityItIs401WhateverTheOrigin() {
        var request = STRANGER.request("/v4/connections")
                .header("cookie", "wharf-session=x")
                .header("sec-fetch-site", "cross-site")
                .DELETE();

        assertThat(STRANGER.send(request).status()).isEqualTo(401);
    }

    @Test
    void aSessionIsOfThePageAndOpensNoOtherPort() {
        for (var address : new Api[] {new Api(WHARF.files(), null), new Api(WHARF.observe(), null)}) {
            for (String path : new String[] {"/vfsList?uri=s3://bucket/", "/observe/metrics"}) {
                var request = address.request(path).header("cookie", API.session());
                assertThat(address.send(request.GET()).status()).isEqualTo(401);
            }
        }
    }
}
