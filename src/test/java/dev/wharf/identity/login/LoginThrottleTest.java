package dev.wharf.identity.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.TooManyRequestsException;
import dev.wharf.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginThrottleTest {
    private static final String ANN = "ann@example.com";
    private static final String HERE = "192.0.2.1";

    private final SettableClock clock = new SettableClock();
    private final LoginThrottle throttle = new LoginThrottle(clock);

    private void guess(int times, String email, String address) {
        for (int i = 0; i < times; i++) {
            throttle.begin(email, address);
        }
    }

    private void assertLocked(String email, String address) {
        assertThatThrownBy(() -> throttle.refuseLocked(email, address)).isInstanceOf(TooManyRequestsException.class);
        assertThatThrownBy(() -> throttle.begin(email, address)).isInstanceOf(TooManyRequestsException.class);
    }

    private void assertOpen(String email, String address) {
        assertThatCode(() -> throttle.refuseLocked(email, address)).doesNotThrowAnyException();
    }

    @Test
    void tenWrongPasswordsLockAnEmailAddressWhereverTheyCameFrom() {
        for (int i = 0; i < 10; i++) {
            assertOpen(ANN, HERE);
            guess(1, ANN, "198.51.100." + i);
        }

        assertLocked(ANN, HERE);
        assertOpen("bob@example.com", HERE);
    }

    @Test
    void tenWrongPasswordsLockANetworkAddressWhoeverTheyWereFor() {
        for (int i = 0; i < 10; i++) {
            guess(1, i + "@example.com", HERE);
        }

        assertLocked(ANN, HERE);
        assertOpen(ANN, "192.0.2.2");
    }

    @Test
    void theLockEndsWhenTheFirstWrongOneIsAQuarterOfAnHourAgo() {
        guess(1, ANN, HERE);
        clock.pass(Duration.ofMinutes(5));
        guess(9, ANN, HERE);
        clock.pass(Duration.ofMinutes(10).minusMillis(1));
        assertLocked(ANN, HERE);

        clock.pass(Duration.ofMillis(1));
        guess(1, ANN, HERE);

        assertLocked(ANN, HERE);
        clock.pass(Duration.ofMinutes(5));
        assertOpen(ANN, HERE);
    }

    @Test
    void whatIsRefusedDoesNotProlongTheLock() {
        guess(10, ANN, HERE);
        clock.pass(Duration.ofMinutes(14));
        assertLocked(ANN, HERE);

        clock.pass(Duration.ofMinutes(1));

        assertOpen(ANN, HERE);
    }

    @Test
    void aRightPasswordDoesNotCountAndForgivesNothing() {
        for (int i = 0; i < 30; i++) {
            throttle.begin(ANN, HERE);
            throttle.right(ANN, HERE);
        }
        guess(9, ANN, HERE);
        throttle.begin(ANN, HERE);
        throttle.right(ANN, HERE);
        assertOpen(ANN, HERE);

        guess(1, ANN, HERE);

        assertLocked(ANN, HERE);
    }

    @Test
    void theWaitIsToldInSecondsRoundedUp() {
        guess(10, ANN, HERE);
        clock.pass(Duration.ofMinutes(14).plusMillis(500));

        assertThatThrownBy(() -> throttle.refuseLocked(ANN, HERE))
                .isInstanceOfSatisfying(
                        TooManyRequestsException.class,
                        refusal -> assertThat(refusal.retryAfterSeconds()).isEqualTo(60));
    }

    @ParameterizedTest
    @CsvSource({"0,15 minutes", "1,15 minutes", "60000,14 minutes", "840000,1 minute", "899999,1 minute"})
    void peopleAreToldTheWaitInMinutesRoundedUp(long passedMillis, String wait) {
        guess(10, ANN, HERE);
        clock.pass(Duration.ofMillis(passedMillis));

        assertThatThrownBy(() -> throttle.refuseLocked(ANN, HERE)).hasMessageContaining("wait for " + wait + ",");
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:3:4:5:6,2001:db8:1:2::1,true",
        "2001:db8:1:2::1,2001:db8:1:3::1,false",
        "fe80::1%eth0,fe80::2%eth0,true",
        "192.0.2.1,192.0.2.2,false",
    })
    void whoHasAnIpv6NetworkHasAllItsAddresses(String one, String other, boolean same) {
        for (int i = 0; i < 10; i++) {
            guess(1, i + "@example.com", one);
        }

        if (same) {
            assertLocked(ANN, other);
        } else {
            assertOpen(ANN, other);
        }
    }
}
