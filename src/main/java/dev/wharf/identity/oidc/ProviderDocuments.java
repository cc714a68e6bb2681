package dev.wharf.identity.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.wharf.kernel.settings.OidcSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What an identity provider publishes: its configuration (OpenID Connect Discovery 1.0) and its keys (RFC 7517). No
 * redirect is followed, so that what is read comes from the address that the operator or the issuer's own document named.
 */
public final class ProviderDocuments {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1 << 20;

    private final OidcSettings settings;
    private final Duration timeout;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(Redirect.NEVER)
            .version(Version.HTTP_1_1)
            .build();

    public ProviderDocuments(OidcSettings settings) {
        this(settings, TIMEOUT);
    }

    /**
     * @param timeout of each exchange, to its end
     */
    public ProviderDocuments(OidcSettings settings, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
    }

    /** The provider's keys, within 10 s; fails with an {@link IOException} that says in one line what is wrong. */
    public CompletableFuture<JWKSet> keys() {
        return jwksUrl().thenCompose(this::get).thenApply(ProviderDocuments::keySet);
    }

    private CompletableFuture<URI> jwksUrl() {
        if (settings.jwksUrl() != null) {
            return CompletableFuture.completedFuture(settings.jwksUrl());
        }
        return endpoint("jwks_uri");
    }

    /** An address that the provider's configuration names; fails as {@link #keys}. */
    CompletableFuture<URI> endpoint(String name) {
        // Discovery, section 4: without a slash at the end of the issuer's path.
        String issuer = settings.issuer().replaceFirst("/$", "");
        return get(URI.create(issuer + "/.well-known/openid-configuration"))
                .thenApply(configuration -> endpoint(configuration, name));
    }

    private URI endpoint(Document configuration, String name) {
        // Section 4.3: exactly, so that no provider can speak for another.
        if (!settings.issuer().equals(configuration.json().get("issuer"))) {
            throw failure(configuration.address(), "is of another issuer than wharf.oidc.issuer");
        }
        if (configuration.json().get(name) instanceof String url && OidcSettings.isAddress(url)) {
            return URI.create(url);
        }
        throw failure(configuration.address(), "has no " + name + " with an https:// address");
    }

    /** What the provider answers to a form; fails as {@link #keys}, also where it refuses. */
    CompletableFuture<Map<String, Object>> post(HttpRequest.Builder form) {
        return exchange(form.header("content-type", "application/x-www-form-urlencoded"))
                .thenApply(Document::json);
    }

    private static JWKSet keySet(Document document) {
        try {
            Map<String, Object>[] entries = JSONObjectUtils.getJSONObjectArray(document.json(), "keys");
            if (entries != null) {
                return new JWKSet(Arrays.stream(entries)
                        .flatMap(ProviderDocuments::understood)
                        .toList());
            }
        } catch (ParseException e) {
            // told below
        }
        throw failure(document.address(), "is no JSON Web Key Set");
    }

    /** A key that is not understood is to be ignored (RFC 7517, section 5). */
    private static Stream<JWK> understood(Map<String, Object> entry) {
        try {
            return Stream.of(JWK.parse(entry));
        } catch (ParseException | RuntimeException e) {
            return Stream.empty();
        }
    }

    /** The provider does not want to answer. */
    static final class RefusedException extends IOException {
        private RefusedException(String message) {
            super(message);
        }
    }

    private record Document(URI address, Map<String, Object> json) {}

    private CompletableFuture<Document> get(URI address) {
        return exchange(HttpRequest.newBuilder(address));
    }

    /** The timeout of a request would end with the head of its answer. */
    private CompletableFuture<Document> exchange(HttpRequest.Builder asked) {
        var request = asked.header("accept", "application/json").build();
        URI address = request.uri();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, head -> new LimitedBody(MAX_BYTES));
        return exchange.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (failure != null) {
                        exchange.cancel(true);
                        throw failure(address, reason(failure));
                    }
                    return document(address, response);
                });
    }

    private static Document document(URI address, HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 == 4) {
            throw new CompletionException(new RefusedException(address + " answers " + response.statusCode()));
        }
        if (response.statusCode() != 200) {
            throw failure(address, "answers " + response.statusCode());
        }
        try {
            return new Document(address, JSONObjectUtils.parse(new String(response.body(), StandardCharsets.UTF_8)));
        } catch (ParseException e) {
            throw failure(address, "answers with something else than a JSON object");
        }
    }

    private String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return "has not answered in " + timeout.toMillis() + " ms";
        }
        if (cause instanceof ConnectException) {
            return "cannot be connected to";
        }
        return "cannot be read: "
                + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    private static CompletionException failure(URI address, String what) {
        return new CompletionException(new IOException(address + " " + what));
    }
}
