package dev.wharf.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.wharf.kernel.OidcSettings;
import dev.wharf.kernel.Problem;
import dev.wharf.kernel.ProblemException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks ID and access tokens of the identity provider: JWTs (RFC 7519) signed with one of its published keys, as OpenID
 * Connect Core 3.1.3.7 and RFC 9068, section 4, have it. Keys and addresses that a token itself names are not looked at.
 */
final class ProviderTokens {
    /** How much clocks may differ. */
    static final Duration SKEW = Duration.ofSeconds(60);

    /** A public key must verify: with {@code HS256}, whoever knows it could sign. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA,
            JWSAlgorithm.Ed25519);

    /** RFC 7519, 5.1, and RFC 9068, section 4: logout tokens and others are no proof of who is calling. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    /** RFC 7518, 3.3. */
    private static final int MIN_RSA_BITS = 2048;

    /** OpenID Connect Core, section 2; blanks at an end would be lost where databases compare texts. */
    private static final Pattern SUBJECT = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");

    private static final Pattern SIGNED = Pattern.compile("[^.]*\\.[^.]*\\.[^.]*");
    private static final Pattern ENCRYPTED = Pattern.compile("[^.]*(\\.[^.]*){4}");

    private final OidcSettings settings;
    private final ProviderKeys keys;
    private final Clock clock;

    ProviderTokens(OidcSettings settings, ProviderKeys keys, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    /** Whether a bearer token has the form of a JWT; access tokens of this service have no dots. */
    static boolean isMeant(String token) {
        return SIGNED.matcher(token).matches() || ENCRYPTED.matcher(token).matches();
    }

    /**
     * What a token says of its bearer.
     *
     * @throws ProblemException 401 naming what is wrong with it; 503 if the provider's keys cannot be had
     */
    ProviderClaims check(String token) {
        if (ENCRYPTED.matcher(token).matches()) {
            throw refused("it is encrypted (JWE); have the identity provider sign its tokens only");
        }
        try {
            SignedJWT signed = SignedJWT.parse(token);
            checkHeader(signed);
            checkSignature(signed);
            JWTClaimsSet claims = signed.getJWTClaimsSet();
            checkClaims(claims);
            return claims(claims);
        } catch (ParseException e) {
            throw refused("it is malformed or not signed");
        }
    }

    private static void checkHeader(SignedJWT token) {
        var header = token.getHeader();
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw refused(
                    "its alg must be one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA");
        }
        var type = header.getType();
        if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
            throw refused("its typ must be JWT or at+jwt");
        }
    }

    private void checkSignature(SignedJWT token) {
        List<JWK> candidates = keys.matching(token.getHeader());
        if (candidates.isEmpty()) {
            throw refused("the identity provider publishes no key with its kid and alg");
        }
        if (candidates.stream().noneMatch(key -> verifies(key, token))) {
            throw refused("its signature is wrong");
        }
    }

    private static boolean verifies(JWK key, SignedJWT token) {
        try {
            return token.verify(verifier(key));
        } catch (JOSEException e) {
            return false; // the key is of another kind than the algorithm
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa && rsa.size() >= MIN_RSA_BITS) {
            return new RSASSAVerifier(rsa);
        }
        if (key instanceof ECKey curve) {
            return new ECDSAVerifier(curve);
        }
        if (key instanceof OctetKeyPair curve) {
            return new Ed25519Verifier(curve.toPublicJWK());
        }
        throw new JOSEException("A key that verifies nothing");
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
                claims.getClaim(settings.nameClaim()));
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(
                Problem.UNAUTHENTICATED, "The token of the identity provider is refused: " + reason);
    }
}
