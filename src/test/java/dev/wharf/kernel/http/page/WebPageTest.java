package dev.wharf.kernel.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebPageTest extends WharfTest {
    private static final Api STRANGER = new Api(WHARF.api(), null);
    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    private static final Pattern MODULE = Pattern.compile("\\b(?:from|import)\\s*\\(?\\s*[\"']([^\"'\\s]+)[\"']");

    private static Api.Answer browse(Api who, String path) {
        return who.send(who.request(path).header("accept", BROWSER).GET());
    }

    private static String header(Api.Answer answer, String name) {
        return String.join(", ", answer.headers().get(name));
    }

    @Test
    void aBrowserWithoutASessionIsShownTheWayInWith401() {
        var answer = browse(STRANGER, "/");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(header(answer, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(answer, "www-authenticate")).startsWith("Bearer");
        assertThat(header(answer, "cache-control")).isEqualTo("no-store");
        assertThat(answer.text()).contains("Access token");
    }

    @Test
    void otherClientsWithoutATokenGetTheErrorDocument() {
        var answer = STRANGER.get("/");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/web/app.js", "/web/app.css", "/web/icon.svg", "/web/nothing.js", "/favicon.ico", "/session"})
    void nothingElseIsShownWithoutASession(String path) {
        var answer = browse(STRANGER, path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void theWayInNeedsNothingElseAndItsPolicyNamesWhatStandsInIt() throws Exception {
        var answer = browse(STRANGER, "/");

        String policy = header(answer, "content-security-policy");
        assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe");
        for (String element : new String[] {"script", "style"}) {
            var content = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                    .matcher(answer.text());
            assertThat(content.find()).isTrue();
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(content.group(1).getBytes(StandardCharsets.UTF_8));
            assertThat(policy)
                    .contains(element + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        }
        assertThat(answer.text()).doesNotContainPattern("(src|href)=\"(?!data:)");
    }

    @Test
    void thePageRunsOnlyItsOwnFiles() {
        var answer = browse(API, "/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(header(answer, "content-security-policy"))
                .contains(
                        "default-src 'none'",
                        "script-src 'self' 'sha256-",
                        "trusted-types lit-html",
                        "frame-ancestors 'none'",
                        "form-action 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.text()).doesNotContain("<style", "style=", " on").doesNotContainPattern("<script>|https?://");
    }

    @Test
    void answersOfTheApiCannotBecomeAPage() {
        assertThat(header(API.get("/v4/connections"), "content-security-policy"))
                .contains("default-src 'none'");
    }

    @Test
    void filesAreKeptForEverByBrowsersUnderNamesThatChangeWithThem() throws Exception {
        var first = API.get(address("app.js"));

        assertThat(first.status()).isEqualTo(200);
        assertThat(header(first, "content-type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(header(first, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
        var hash = MessageDigest.getInstance("SHA-256").digest(first.text().getBytes(StandardCharsets.UTF_8));
        assertThat(address("app.js")).isEqualTo("/web/app." + HexFormat.of().formatHex(hash, 0, 8) + ".js");
        assertThat(header(API.get(address("app.css")), "content-type")).startsWith("text/css");
        assertThat(header(API.get(address("icon.svg")), "content-type")).isEqualTo("image/svg+xml");
    }

    @Test
    void thePageItselfIsAskedForAnewEachTime() {
        var first = browse(API, "/");
        var second = API.send(
                API.request("/").header("if-none-match", header(first, "etag")).GET());

        assertThat(header(first, "cache-control")).isEqualTo("private, no-cache");
        assertThat(second.status()).isEqualTo(304);
        assertThat(second.text()).isEmpty();
    }

    @Test
    void everyModuleThatAnotherNamesIsServedAndThoseOfTheFirstScreenAreNamedAhead() {
        JsonNode imports = imports();
        Deque<String> toSee = new ArrayDeque<>(List.of("/web/app.js"));
        Set<String> seen = new HashSet<>();
        while (!toSee.isEmpty()) {
            String name = toSee.pop();
            if (seen.add(name)) {
                var answer = API.get(imports.path(name).asText());
                assertThat(answer.status()).as(name).isEqualTo(200);
                MODULE.matcher(answer.text())
                        .results()
                        .map(found -> found.group(1))
                        .forEach(imported -> toSee.push(
                                imported.startsWith(".")
                                        ? URI.create(name).resolve(imported).toString()
                                        : imported));
            }
        }

        assertThat(seen).hasSizeGreaterThan(40);
        assertThat(browse(API, "/").text())
                .contains("<link rel=\"modulepreload\" href=\"" + address("app.js") + "\">")
                .contains("<link rel=\"modulepreload\" href=\"" + address("api.js") + "\">")
                .doesNotContain("<link rel=\"modulepreload\" href=\"" + address("audit.js") + "\">");
    }

    /** Where the page's import map leads. */
    private static JsonNode imports() {
        var map = Pattern.compile("<script type=\"importmap\">(.*?)</script>")
                .matcher(browse(API, "/").text());
        assertThat(map.find()).isTrue();
        return Json.read(map.group(1), JsonNode.class).path("imports");
    }

    private static String address(String name) {
        return imports().path("/web/" + name).asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/web/",
                "/web/app.js",
                "/web/../openapi.yaml",
                "/web/..%2fopenapi.yaml",
                "/web/%2e%2e/logback.xml",
                "/web/..%5clogback.xml",
                "/web/%2e%2e%2fsql%2fconnections%2ffind.sql",
                "/web//etc/passwd",
                "/web/.hidden.js",
                "/web/app.js%00.css",
                "/web/app.js/../../../logback.xml",
                "/web/sub/app.js"
            })
    void nothingOutsideTheFolderCanBeNamed(String path) {
        // By hand: Java's client would tidy the path up.
        assertThat(raw(path)).startsWith("HTTP/1.1 404");
    }

    private static String raw(String path) {
        try (var socket = new Socket("127.0.0.1", WHARF.api().getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
