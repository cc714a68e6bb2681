package dev.wharf.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.SettableClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerificationCacheTest {
    private final SettableClock clock = new SettableClock();
    private final VerificationCache memory = new VerificationCache(clock);

    @Test
    void whatComesAgainIsRememberedForAnotherMinute() {
        memory.add("pair");
        clock.pass(Duration.ofSeconds(40));
        memory.add("pair");

        clock.pass(Duration.ofSeconds(59));
        assertThat(memory.contains("pair")).isTrue();
        clock.pass(Duration.ofSeconds(1));
        assertThat(memory.contains("pair")).isFalse();
    }

    @Test
    void neverMoreIsRememberedThanTheBound() {
        int many = 3 * VerificationCache.MAX_ENTRIES;
        IntStream.range(0, many).forEach(i -> memory.add("pair " + i));

        assertThat(IntStream.range(0, many).filter(i -> memory.contains("pair " + i)))
                .hasSizeLessThanOrEqualTo(VerificationCache.MAX_ENTRIES);
    }
}
