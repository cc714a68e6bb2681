package dev.wharf.identity.oidc;

import dev.wharf.identity.tokens.AccessToken;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.OidcSettings;
import dev.wharf.kernel.sql.Sha256;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Signing in at the provider: the authorization code flow (OpenID Connect Core, 3.1) with PKCE (RFC 7636). A code is worth
 * nothing without the verifier, which only the browser has that began.
 */
public final class ProviderCodes {
    private final OidcSettings settings;
    private final ProviderDocuments documents;
    private final ProviderTokens tokens;

    /** @param settings with {@link OidcSettings#signIn} */
    public ProviderCodes(OidcSettings settings, ProviderDocuments documents, ProviderKeys keys, Clock clock) {
        this.settings = settings;
        this.documents = documents;
        this.tokens = new ProviderTokens(settings.forSignIn(), keys, clock);
    }

    /** What a browser keeps while its person is at the provider; none of it is told to anybody but by its purpose. */
    public record Attempt(String state, String nonce, String verifier) {
        public static Attempt begin() {
            return new Attempt(AccessToken.random(), AccessToken.random(), AccessToken.random());
        }

        @Override
        public String toString() {
            return "Attempt[]";
        }
    }

    /**
     * Where the person signs in.
     *
     * @throws ProblemException 503 if the provider cannot be reached
     */
    public URI address(Attempt attempt) {
        URI endpoint = await(documents.endpoint("authorization_endpoint"));
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("response_type", "code");
        asked.put("client_id", settings.signIn().clientId());
        asked.put("redirect_uri", settings.signIn().redirectUrl().toString());
        asked.put("scope", "openid email profile");
        asked.put("state", attempt.state());
        asked.put("nonce", attempt.nonce());
        asked.put("code_challenge", challenge(attempt.verifier()));
        asked.put("code_challenge_method", "S256");
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + form(asked));
    }

    /**
     * Who has signed in.
     *
     * @throws ProblemException 401 if the code or the token that it is exchanged for proves nothing; 503 if the provider
     *     cannot be reached
     */
    public ProviderClaims redeem(String code, Attempt attempt) {
        URI endpoint = await(documents.endpoint("token_endpoint"));
        Map<String, String> sent = new LinkedHashMap<>();
        sent.put("grant_type", "authorization_code");
        sent.put("code", code);
        sent.put("redirect_uri", settings.signIn().redirectUrl().toString());
        sent.put("client_id", settings.signIn().clientId());
        sent.put("code_verifier", attempt.verifier());
        var request = HttpRequest.newBuilder(endpoint).POST(BodyPublishers.ofString(form(sent)));
        if (!settings.signIn().clientSecret().value().isEmpty()) {
            request.header("authorization", "Basic " + client());
        }
        if (!(await(documents.post(request)).get("id_token") instanceof String token)) {
            throw ProviderTokens.refused("the identity provider has given none for the code (id_token)");
        }
        ProviderClaims claims = tokens.check(token);
        if (!attempt.nonce().equals(claims.nonce())) {
            throw ProviderTokens.refused("its nonce is of another sign-in");
        }
        return claims;
    }

    /** RFC 6749, 2.3.1: each encoded as in a form. */
    private String client() {
        String pair = encoded(settings.signIn().clientId()) + ":"
                + encoded(settings.signIn().clientSecret().value());
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.bytes(verifier));
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProviderDocuments.RefusedException) {
                throw new ProblemException(
                        Problem.UNAUTHENTICATED, "The identity provider refuses this sign-in: begin it again", e);
            }
            throw new ProblemException(
                    Problem.UNAVAILABLE,
                    "The identity provider cannot be asked: " + e.getCause().getMessage()
                            + ". Begin again, or use an access token of this service",
                    e);
        }
    }
}
