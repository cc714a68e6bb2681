package dev.wharf.identity.oidc;

import static dev.wharf.testing.api.OidcProvider.header;
import static dev.wharf.testing.api.OidcProvider.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.wharf.identity.tokens.AccessToken;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.testing.SettableClock;
import dev.wharf.testing.api.OidcProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTokensTest {
    private final OidcProvider provider = new OidcProvider();
    private final SettableClock clock = new SettableClock();
    private final ProviderTokens tokens = tokens(Map.of());

    @AfterEach
    void close() {
        provider.close();
    }

    private ProviderTokens tokens(Map<String, String> more) {
        var all = new HashMap<>(provider.settings());
        all.putAll(more);
        var settings = Settings.of(all).oidc();
        return new ProviderTokens(settings, new ProviderKeys(new ProviderDocuments(settings)::keys, clock), clock);
    }

    private JWTClaimsSet.Builder claims() {
        return provider.claims(clock.instant());
    }

    private ProblemException refusal(String token) {
        var refusal = catchThrowableOfType(ProblemException.class, () -> tokens.check(token));
        assertThat(refusal).isNotNull();
        assertThat(refusal.problem()).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(refusal.detail()).doesNotContain(token);
        return refusal;
    }

    private void assertRefused(JWTClaimsSet.Builder claims, String reason) {
        assertThat(refusal(provider.sign(claims))).hasMessageContaining(reason);
    }

    private void assertTaken(JWTClaimsSet.Builder claims) {
        assertThat(tokens.check(provider.sign(claims)).subject())
                .isEqualTo(claims.build().getSubject());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void rsaSignaturesAreTaken(String algorithm) {
        String token =
                sign(new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)), provider.key(), claims().subject("ann"));

        assertThat(tokens.check(token).subject()).isEqualTo("ann");
    }

    @Test
    void ellipticCurvesAreTakenAndKeysThatNobodyUnderstandsAreNoHindrance() {
        var algorithms = Map.of(
                JWSAlgorithm.ES256, OidcProvider.ec(Curve.P_256),
                JWSAlgorithm.ES384, OidcProvider.ec(Curve.P_384),
                JWSAlgorithm.ES512, OidcProvider.ec(Curve.P_521),
                JWSAlgorithm.EdDSA, OidcProvider.ed25519());
        provider.answerKeys(
                200,
                "{\"keys\":[{\"kty\":\"NTRU\"},{\"kty\":\"EC\",\"crv\":\"P-999\"},{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"},"
                        + String.join(
                                ",",
                                algorithms.values().stream()
                                        .map(key -> key.toPublicJWK().toJSONString())
                                        .toList())
                        + "]}");

        algorithms.forEach((algorithm, key) -> assertThat(
                        tokens.check(sign(new JWSHeader.Builder(algorithm), key, claims().subject("ann")))
                                .subject())
                .isEqualTo("ann"));
    }

    @Test
    void unsignedTokensAreRefused() {
        assertThat(refusal(new PlainJWT(claims().build()).serialize())).hasMessageContaining("not signed");
    }

    @Test
    void whoeverKnowsThePublicKeyCannotSign() throws JOSEException {
        for (String secret : List.of(
                provider.key().toPublicJWK().toJSONString(),
                new String(provider.key().toRSAPublicKey().getEncoded(), StandardCharsets.ISO_8859_1))) {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(provider.key().getKeyID())
                            .build(),
                    claims().build());
            token.sign(new MACSigner(secret.getBytes(StandardCharsets.ISO_8859_1)));

            assertThat(refusal(token.serialize())).hasMessageContaining("its alg must be one of RS256");
        }
    }

    @Test
    void keysThatATokenBringsAlongProveNothing() {
        var own = OidcProvider.rsa();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwk(own.toPublicJWK())
                .jwkURL(URI.create("http://127.0.0.1:1/keys"));

        assertThat(refusal(sign(header, own, claims()))).hasMessageContaining("no key with its kid");
        assertThat(refusal(sign(header.keyID(provider.key().getKeyID()).build(), own, claims())))
                .hasMessageContaining("signature is wrong");
    }

    @Test
    void aTokenWithoutAKeyIdIsTriedWithAllKeys() {
        var first = OidcProvider.rsa();
        provider.publish(OidcProvider.ec(Curve.P_256), first, provider.key());

        String token = sign(new JWSHeader(JWSAlgorithm.RS256), provider.key(), claims().subject("ann"));

        assertThat(tokens.check(token).subject()).isEqualTo("ann");
    }

    @Test
    void rsaKeysThatAreTooShortProveNothing() throws JOSEException {
        var weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
        provider.publish(weak);
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("weak").build(), claims().build());
        token.sign(new RSASSASigner(weak.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())));

        refusal(token.serialize());
    }

    @Test
    void extensionsThatMustBeUnderstoodAreRefused() {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .criticalParams(Set.of("exp"))
                .customParam("exp", 1);

        refusal(sign(header, provider.key(), claims()));
    }

    @Test
    void encryptedTokensAreRefusedInClearWords() throws JOSEException {
        var token =
                new EncryptedJWT(new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM), claims().build());
        token.encrypt(new RSAEncrypter(provider.key()));

        assertThat(ProviderTokens.isMeant(token.serialize())).isTrue();
        assertThat(refusal(token.serialize())).hasMessageContaining("encrypted (JWE)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "application/at+jwt"})
    void idTokensAndAccessTokensAreTaken(String type) {
        String token = sign(header(JWSAlgorithm.RS256, type), provider.key(), claims());

        assertThat(tokens.check(token)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "secevent+jwt", "dpop+jwt"})
    void tokensForOtherEndsAreRefused(String type) {
        assertThat(refusal(sign(header(JWSAlgorithm.RS256, type), provider.key(), claims())))
                .hasMessageContaining("typ");
    }

    @Test
    void theIssuerIsComparedCharacterByCharacter() {
        assertRefused(claims().issuer(provider.issuer() + "/"), "its iss is not wharf.oidc.issuer");
        assertRefused(claims().issuer(null), "its iss is not wharf.oidc.issuer");
    }

    @Test
    void theAudienceMustHoldOurs() {
        assertTaken(claims().audience(List.of("account", OidcProvider.AUDIENCE)));
        assertRefused(claims().audience("account"), "its aud does not hold wharf.oidc.audience");
        assertRefused(claims().audience(OidcProvider.AUDIENCE.toUpperCase()), "its aud");
        assertRefused(claims().audience((String) null), "its aud");
    }

    @Test
    void aTokenEndsAMinuteAfterItsTime() {
        Instant now = clock.instant();

        assertTaken(claims().expirationTime(Date.from(now.minusSeconds(59))));
        assertRefused(claims().expirationTime(Date.from(now.minusSeconds(60))), "it has expired (exp)");
        assertRefused(claims().expirationTime(null), "it has no exp");
    }

    @Test
    void aTokenBeginsAMinuteBeforeItsTime() {
        Instant now = clock.instant();

        assertTaken(claims().notBeforeTime(Date.from(now.plusSeconds(60))));
        assertRefused(claims().notBeforeTime(Date.from(now.plusSeconds(61))), "it is not good yet (nbf)");
    }

    @Test
    void aTokenThatWasGoodExpires() {
        String token = provider.sign(claims());
        tokens.check(token);

        clock.pass(Duration.ofMinutes(62));

        assertThat(refusal(token)).hasMessageContaining("expired");
    }

    @Test
    void aTokenOfAWithdrawnKeyIsRefusedSoon() {
        String token = provider.sign(claims());
        tokens.check(token);
        provider.rotate();

        clock.pass(ProviderKeys.STALE);

        assertThat(refusal(token)).hasMessageContaining("no key with its kid");
    }

    @Test
    void aTokenThatWasTakenIsTakenAgainAndOneThatWasChangedIsNot() {
        String token = provider.sign(claims().subject("ann"));
        assertThat(tokens.check(token).subject()).isEqualTo("ann");
        assertThat(tokens.check(token).subject()).isEqualTo("ann");

        String[] parts = token.split("\\.");
        String[] others = provider.sign(claims().subject("bob")).split("\\.");

        assertThat(refusal(parts[0] + "." + others[1] + "." + parts[2])).hasMessageContaining("signature is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ann ", " ann", "ann\r\nx", "änn", "\0"})
    void whatIsNoSubjectIsRefused(String subject) {
        assertRefused(claims().subject(subject), "its sub must have");
    }

    @Test
    void aSubjectHasItsBounds() {
        assertTaken(claims().subject("CN=Ann, O=Example|" + "x".repeat(237)));
        assertRefused(claims().subject("x".repeat(256)), "its sub");
        assertRefused(claims().subject(null), "its sub");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a.b.c", "e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9.W10.AA", "....", "eyJhbGciOjF9.e30.AA"})
    void whatIsNoTokenIsRefused(String token) {
        assertThat(ProviderTokens.isMeant(token)).isTrue();
        refusal(token);
    }

    @Test
    void ourOwnTokensAreNotMeant() {
        assertThat(ProviderTokens.isMeant(AccessToken.generate())).isFalse();
    }

    @Test
    void onlyTheClaimEmailIsSpokenForByEmailVerified() {
        String token = provider.sign(claims().claim("upn", "ann@example.com"));

        assertThat(tokens.check(token).emailVerified()).isTrue();
        var other = tokens(Map.of("wharf.oidc.email-claim", "upn")).check(token);
        assertThat(other.emailVerified()).isFalse();
        assertThat(other.email()).isEqualTo("ann@example.com");
        assertThat(tokens.check(provider.sign(claims().claim("email_verified", "true")))
                        .emailVerified())
                .isFalse();
    }
}
