package dev.wharf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.TooManyRequestsException;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission("requests", "wharf.test", new Admission.Bounds(4, 2, 3));

    private Runnable enter(long person, Long connection) {
        return admission.enter(() -> person, connection);
    }

    @Test
    void eachBoundIsToldByItsNameAndWhoLeavesMakesRoomOnce() {
        Runnable first = enter(1, 7L);
        enter(1, 7L);
        assertThatThrownBy(() -> enter(2, 7L))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.UNAVAILABLE);
                    assertThat(e.retryAfterSeconds()).isPositive();
                })
                .hasMessage(
                        "Connection 7 is busy: 2 requests are under way on it (wharf.test.max-concurrent); try again in a"
                                + " few seconds");
        enter(1, 8L);
        assertThatThrownBy(() -> enter(1, 9L))
                .isInstanceOf(TooManyRequestsException.class)
                .hasMessageStartingWith(
                        "You have 3 requests under way, as many as one person may (wharf.test.max-per-person)");
        enter(2, null);
        assertThatThrownBy(() -> enter(3, 9L))
                .hasMessageStartingWith("As many requests as may are under way (wharf.test.max-concurrent)");

        first.run();
        first.run();

        enter(3, 7L);
        assertThatThrownBy(() -> enter(4, 9L)).isInstanceOf(ProblemException.class);
    }

    @Test
    void whatIsOnNoConnectionCountsForItsPersonAndInAll() {
        for (int request = 0; request < 3; request++) {
            admission.enter(() -> 1);
        }
        assertThatThrownBy(() -> admission.enter(() -> 1)).hasMessageContaining("as many as one person may");
        admission.enter(() -> 2);
        assertThatThrownBy(() -> admission.enter(() -> 3)).hasMessageStartingWith("As many");
    }
}
