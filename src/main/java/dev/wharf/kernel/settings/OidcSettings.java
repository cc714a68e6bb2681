package dev.wharf.kernel.settings;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * The identity provider whose tokens are taken (OpenID Connect).
 *
 * @param issuer as it stands in {@code iss}, character by character; empty where no tokens of others are taken
 * @param audience what {@code aud} must hold
 * @param jwksUrl where the provider's keys are; null to find it by discovery
 * @param signIn how people sign in on the page; null where they do not
 * @param emailClaim the claim that holds a person's address
 * @param nameClaim the claim that holds a person's name
 */
public record OidcSettings(
        String issuer, String audience, URI jwksUrl, SignIn signIn, String emailClaim, String nameClaim) {
    /**
     * The page as a client of the provider.
     *
     * @param clientSecret empty for a public client, which proves itself by PKCE alone
     * @param redirectUrl this service's {@code /session/oidc}, as the provider knows it
     */
    public record SignIn(String clientId, Secret clientSecret, URI redirectUrl) {}

    private static final String ISSUER = "wharf.oidc.issuer";
    private static final String REDIRECT_URL = "wharf.oidc.redirect-url";
    private static final String JWKS_URL = "wharf.oidc.jwks-url";

    /** What the registry can hold of it. */
    private static final int MAX_ADDRESS = 500;

    private static final String ADDRESS = "an https:// address (http:// only of this machine) of at most " + MAX_ADDRESS
            + " characters, without user and fragment";

    private static final Pattern LOOPBACK = Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    public boolean enabled() {
        return !issuer.isEmpty();
    }

    static OidcSettings read(SettingsReader reader) {
        String issuer = reader.text(ISSUER, "");
        String audience = reader.text("wharf.oidc.audience", "");
        String jwksUrl = reader.text(JWKS_URL, "");
        if (!issuer.isEmpty() && (!isAddress(issuer) || issuer.contains("?"))) {
            throw reader.malformed(ISSUER, ADDRESS + " and query");
        }
        if (!issuer.isEmpty() && audience.isEmpty()) {
            throw reader.malformed(
                    "wharf.oidc.audience",
                    "the audience (aud) of this service's tokens, such as its client id, where " + ISSUER + " is set");
        }
        if (!jwksUrl.isEmpty() && !isAddress(jwksUrl)) {
            throw reader.malformed(JWKS_URL, ADDRESS);
        }
        return new OidcSettings(
                issuer,
                audience,
                jwksUrl.isEmpty() ? null : URI.create(jwksUrl),
                signIn(reader, issuer),
                claim(reader, "wharf.oidc.email-claim", "email"),
                claim(reader, "wharf.oidc.name-claim", "name"));
    }

    private static SignIn signIn(SettingsReader reader, String issuer) {
        String clientId = reader.text("wharf.oidc.client-id", "");
        Secret secret = reader.secret("wharf.oidc.client-secret");
        String redirectUrl = reader.text(REDIRECT_URL, "");
        if (clientId.isEmpty()) {
            return null;
        }
        if (issuer.isEmpty()) {
            throw reader.malformed(ISSUER, ADDRESS + ", where wharf.oidc.client-id is set");
        }
        if (!isAddress(redirectUrl) || !redirectUrl.endsWith("/session/oidc")) {
            throw reader.malformed(REDIRECT_URL, "the page's address with /session/oidc behind it: " + ADDRESS);
        }
        return new SignIn(clientId, secret, URI.create(redirectUrl));
    }

    /** The same for tokens that the provider makes for the page. */
    public OidcSettings forSignIn() {
        return new OidcSettings(issuer, signIn.clientId(), jwksUrl, signIn, emailClaim, nameClaim);
    }

    private static String claim(SettingsReader reader, String name, String defaultValue) {
        String value = reader.text(name, defaultValue);
        if (value.isEmpty()) {
            throw reader.malformed(name, "the name of a claim, such as " + defaultValue);
        }
        return value;
    }

    /** Whether what is read there can be trusted to be the provider's: by HTTPS, or from this machine. */
    public static boolean isAddress(String value) {
        try {
            URI uri = URI.create(value);
            boolean secure = "https".equalsIgnoreCase(uri.getScheme())
                    || "http".equalsIgnoreCase(uri.getScheme())
                            && uri.getHost() != null
                            && LOOPBACK.matcher(uri.getHost()).matches();
            return secure
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && value.length() <= MAX_ADDRESS;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
