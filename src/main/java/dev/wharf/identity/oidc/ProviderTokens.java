package dev.wharf.identity.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.OidcSettings;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Pattern;

/**
 * Checks ID and access tokens of the identity provider: signed JWTs (RFC 7519) that it has made for this service and that
 * are good now, as OpenID Connect Core 3.1.3.7 and RFC 9068, section 4, have it.
 */
public final class ProviderTokens {
    /** How much clocks may differ. */
    static final Duration SKEW = Duration.ofSeconds(60);

    /** OpenID Connect Core, section 2; blanks at an end would be lost where databases compare texts. */
    private static final Pattern SUBJECT = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");

    private static final Pattern SIGNED = Pattern.compile("[^.]*\\.[^.]*\\.[^.]*");
    private static final Pattern ENCRYPTED = Pattern.compile("[^.]*(\\.[^.]*){4}");

    private final OidcSettings settings;
    private final ProviderSignatures signatures;
    private final Clock clock;

    public ProviderTokens(OidcSettings settings, ProviderKeys keys, Clock clock) {
        this.settings = settings;
        this.signatures = new ProviderSignatures(keys, clock);
        this.clock = clock;
    }

    /** Whether a bearer token has the form of a JWT; access tokens of this service have no dots. */
    public static boolean isMeant(String token) {
        return SIGNED.matcher(token).matches() || ENCRYPTED.matcher(token).matches();
    }

    /**
     * What a token says of its bearer.
     *
     * @throws ProblemException 401 naming what is wrong with it; 503 if the provider's keys cannot be had
     */
    public ProviderClaims check(String token) {
        if (ENCRYPTED.matcher(token).matches()) {
            throw refused("it is encrypted (JWE); have the identity provider sign its tokens only");
        }
        try {
            SignedJWT signed = SignedJWT.parse(token);
            signatures.check(signed);
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            checkClaims(claims);
            return claims(claims);
        } catch (ParseException e) {
            throw refused("it is malformed or not signed");
        }
    }

    /** When a token that was checked ends. */
    public static Instant expiry(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getExpirationTime().toInstant();
        } catch (ParseException e) {
            throw refused("it is malformed or not signed");
        }
    }

    private void checkClaims(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date begins = claims.getNotBeforeTime();
        if (!settings.issuer().equals(claims.getIssuer())) {
            throw refused("its iss is not wharf.oidc.issuer");
        }
        if (!claims.getAudience().contains(settings.audience())) {
            throw refused("its aud does not hold wharf.oidc.audience");
        }
        if (expires == null || !now.minus(SKEW).isBefore(expires.toInstant())) {
            throw refused(expires == null ? "it has no exp" : "it has expired (exp)");
        }
        if (begins != null && now.plus(SKEW).isBefore(begins.toInstant())) {
            throw refused("it is not good yet (nbf)");
        }
        String subject = claims.getSubject();
        if (subject == null || !SUBJECT.matcher(subject).matches()) {
            throw refused("its sub must have 1 to 255 ASCII characters");
        }
    }

    private ProviderClaims claims(JWTClaimsSet claims) {
        return new ProviderClaims(
                claims.getSubject(),
                claims.getClaim(settings.emailClaim()),
                // It speaks of the claim email, not of any other that may hold an address.
                settings.emailClaim().equals("email") && Boolean.TRUE.equals(claims.getClaim("email_verified")),
                claims.getClaim(settings.nameClaim()),
                claims.getClaim("nonce"));
    }

    static ProblemException refused(String reason) {
        return new ProblemException(
                Problem.UNAUTHENTICATED, "The token of the identity provider is refused: " + reason);
    }
}
