package dev.wharf.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.OidcSettings;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.testing.SettableClock;
import dev.wharf.testing.api.OidcProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderKeysTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(5);

    private final OidcProvider provider = new OidcProvider();
    private final SettableClock clock = new SettableClock();
    private final ProviderKeys keys = keys(LONG, Map.of());

    @AfterEach
    void close() {
        provider.close();
    }

    private ProviderKeys keys(Duration timeout, Map<String, String> more) {
        var all = new HashMap<>(provider.settings());
        all.putAll(more);
        OidcSettings settings = Settings.of(all).oidc();
        return new ProviderKeys(new ProviderDocuments(settings, timeout)::keys, clock);
    }

    private static JWSHeader header(String keyId) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build();
    }

    private static List<JWK> find(ProviderKeys keys, JWK key) {
        return keys.matching(header(key.getKeyID()));
    }

    private List<JWK> find() {
        return find(keys, provider.key());
    }

    private String unavailable(ProviderKeys keys) {
        var problem = catchThrowableOfType(
                ProblemException.class,
                () -> keys.matching(header(UUID.randomUUID().toString())));
        assertThat(problem).isNotNull();
        assertThat(problem.problem()).isEqualTo(Problem.UNAVAILABLE);
        return problem.detail();
    }

    @Test
    void keysAreAskedForOnceAndKept() {
        assertThat(find()).hasSize(1);
        assertThat(find()).hasSize(1);

        assertThat(provider.keyRequests()).isEqualTo(1);
    }

    @Test
    void keysAreRenewedWhileTheyAreStillGood() {
        var withdrawn = provider.key();
        find();
        provider.rotate();

        clock.pass(ProviderKeys.FRESH);

        assertThat(find(keys, withdrawn)).hasSize(1);
        await().untilAsserted(() -> assertThat(find(keys, withdrawn)).isEmpty());
        assertThat(provider.keyRequests()).isEqualTo(2);
    }

    @Test
    void aWithdrawnKeyIsNoLongerTakenAfterTenMinutesOfSilence() {
        var withdrawn = provider.key();
        find();
        provider.rotate();

        clock.pass(ProviderKeys.STALE);

        assertThat(find(keys, withdrawn)).isEmpty();
    }

    @Test
    void aNewKeyIsFoundAtOnce() {
        find();
        provider.rotate();
        clock.pass(ProviderKeys.PAUSE.plusMillis(1));

        assertThat(find()).hasSize(1);
        assertThat(provider.keyRequests()).isEqualTo(2);
    }

    @Test
    void keysThatNobodyKnowsDoNotMakeUsAskMoreThanOnceInTenSeconds() {
        for (int i = 0; i < 50; i++) {
            assertThat(keys.matching(header(UUID.randomUUID().toString()))).isEmpty();
        }
        assertThat(provider.keyRequests()).isEqualTo(1);

        clock.pass(ProviderKeys.PAUSE.plusMillis(1));
        keys.matching(header("unknown"));
        keys.matching(header("unknown"));

        assertThat(provider.keyRequests()).isEqualTo(2);
        assertThat(find()).hasSize(1);
    }

    @Test
    void whatWasKnownStaysGoodForHoursWhileTheProviderIsAway() {
        find();
        provider.close();

        clock.pass(Duration.ofHours(3));
        assertThat(find()).hasSize(1);
        assertThat(unavailable(keys)).contains("cannot be reached", provider.issuer());

        clock.pass(Duration.ofHours(1));
        assertThat(unavailable(keys)).contains("cannot be reached");
        assertThat(catchThrowableOfType(ProblemException.class, this::find)).isNotNull();
    }

    @Test
    void aProviderThatComesBackIsFoundAgain() {
        provider.fail();
        assertThat(unavailable(keys))
                .contains("The identity provider cannot be reached", "openid-configuration answers 500");

        provider.recover();
        clock.pass(ProviderKeys.PAUSE.plusMillis(1));

        assertThat(find()).hasSize(1);
    }

    @Test
    void aProviderThatDoesNotAnswerIsNotWaitedForLong() {
        var impatient = keys(SHORT, Map.of());
        provider.hang();
        assertThat(unavailable(impatient)).contains("has not answered in");
        provider.hangHalfWay();
        clock.pass(ProviderKeys.PAUSE.plusMillis(1));

        assertThat(unavailable(impatient)).contains("has not answered in");
    }

    @Test
    void whileOneAsksAFewWaitAndTheRestAreToldToComeAgain() {
        var answer = new CompletableFuture<JWKSet>();
        var slow = new ProviderKeys(() -> answer, clock);
        List<CompletableFuture<List<JWK>>> waiting = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            var found = new CompletableFuture<List<JWK>>();
            waiting.add(found);
            var thread = new Thread(() -> found.complete(find(slow, provider.key())));
            thread.start();
            threads.add(thread);
        }
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));

        assertThat(unavailable(slow)).contains("Too many requests wait");

        answer.complete(new JWKSet(provider.key().toPublicJWK()));
        assertThat(waiting).allSatisfy(found -> assertThat(found.join()).hasSize(1));
    }

    @Test
    void theConfigurationOfAnotherIssuerIsNotTaken() {
        provider.answerConfiguration(
                Json.write(Map.of("issuer", provider.issuer() + "/", "jwks_uri", provider.jwksUrl())));

        assertThat(unavailable(keys)).contains("is of another issuer than wharf.oidc.issuer");
        assertThat(provider.keyRequests()).isZero();
    }

    @Test
    void keysAreReadByHttpsOnly() {
        provider.answerConfiguration(
                Json.write(Map.of("issuer", provider.issuer(), "jwks_uri", "http://keys.example.com/keys")));

        assertThat(unavailable(keys)).contains("has no jwks_uri with an https:// address");
    }

    @Test
    void redirectsAreNotFollowed() {
        try (var other = new OidcProvider()) {
            provider.redirectKeys(other.jwksUrl());

            assertThat(unavailable(keys)).contains("answers 302");
            assertThat(other.keyRequests()).isZero();
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsGivenUp() {
        provider.answerKeys(200, "{\"keys\":[],\"x\":\"" + "x".repeat(2 << 20) + "\"}");

        assertThat(unavailable(keys)).contains("more than 1048576 bytes");
    }

    @Test
    void whatIsNoKeySetIsToldSo() {
        for (String text : List.of("<html>", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[1]}", "")) {
            provider.answerKeys(200, text);

            assertThat(unavailable(keys)).containsAnyOf("is no JSON Web Key Set", "something else than a JSON object");
            clock.pass(ProviderKeys.PAUSE.plusMillis(1));
        }
    }

    @Test
    void anAddressOfKeysNeedsNoDiscovery() {
        provider.fail();

        assertThat(find(keys(LONG, Map.of("wharf.oidc.jwks-url", provider.jwksUrl())), provider.key()))
                .hasSize(1);
    }
}
