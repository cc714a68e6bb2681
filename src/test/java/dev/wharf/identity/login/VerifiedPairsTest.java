package dev.wharf.identity.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.kernel.settings.Secret;
import dev.wharf.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VerifiedPairsTest {
    private static final BasicCredentials PAIR = new BasicCredentials("ann@example.com", new Secret("secret"));

    private final SettableClock clock = new SettableClock();
    private final VerifiedPairs verified = new VerifiedPairs(clock);

    @Test
    void aPairIsRememberedForAMinute() {
        verified.add(PAIR, "hash");

        clock.pass(Duration.ofSeconds(59));
        assertThat(verified.contains(PAIR, "hash")).isTrue();
        clock.pass(Duration.ofSeconds(1));
        assertThat(verified.contains(PAIR, "hash")).isFalse();
    }

    @Test
    void anotherPasswordOrAnotherHashIsAnotherPair() {
        verified.add(PAIR, "hash");

        assertThat(verified.contains(PAIR, "other")).isFalse();
        assertThat(verified.contains(new BasicCredentials(PAIR.email(), new Secret("Secret")), "hash"))
                .isFalse();
    }
}
