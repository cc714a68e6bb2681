package dev.wharf.identity.oidc;

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
import com.nimbusds.jwt.SignedJWT;
import dev.wharf.identity.VerificationCache;
import dev.wharf.identity.tokens.AccessToken;
import dev.wharf.kernel.problem.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes sure that the provider has signed a token, and remembers it for a minute. Keys and addresses that the token itself
 * names are not looked at.
 */
final class ProviderSignatures {
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

    private final ProviderKeys keys;
    /** A signature on an elliptic curve takes a millisecond to verify, and clients send theirs with each request. */
    private final VerificationCache verified;

    ProviderSignatures(ProviderKeys keys, Clock clock) {
        this.keys = keys;
        this.verified = new VerificationCache(clock);
    }

    /**
     * @throws ProblemException 401 if it is not, or not in a way that proves anything; 503 if the provider's keys cannot be
     *     had
     */
    void check(SignedJWT token) {
        String hash = AccessToken.hash(token.getParsedString());
        if (!verified.contains(hash)) {
            checkHeader(token);
            checkSignature(token);
            verified.add(hash);
        }
    }

    private static void checkHeader(SignedJWT token) {
        var header = token.getHeader();
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            throw ProviderTokens.refused(
                    "its alg must be one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA");
        }
        var type = header.getType();
        if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
            throw ProviderTokens.refused("its typ must be JWT or at+jwt");
        }
    }

    private void checkSignature(SignedJWT token) {
        List<JWK> candidates = keys.matching(token.getHeader());
        if (candidates.isEmpty()) {
            throw ProviderTokens.refused("the identity provider publishes no key with its kid and alg");
        }
        if (candidates.stream().noneMatch(key -> verifies(key, token))) {
            throw ProviderTokens.refused("its signature is wrong");
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
}
