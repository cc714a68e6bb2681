package dev.wharf.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When cron comes, by the clock on the wall. */
class PlanTest {
    private static List<String> next(String cron, String zone, String after, int times) {
        var plan = new Plan(cron, zone, "triggers[0].timeBased");
        List<String> next = new ArrayList<>();
        Instant time = Instant.parse(after);
        for (int i = 0; i < times; i++) {
            time = plan.next(time).orElseThrow();
            next.add(time.toString());
        }
        return next;
    }

    private static void assertRefused(String cron, String zone, String message) {
        assertThatThrownBy(() -> new Plan(cron, zone, "triggers[0].timeBased"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(message);
    }

    @Test
    void fiveFieldsAreMinutesAndSixBeginWithSeconds() {
        assertThat(next("*/15 * * * *", "UTC", "2026-01-01T00:01:00Z", 2))
                .containsExactly("2026-01-01T00:15:00Z", "2026-01-01T00:30:00Z");
        assertThat(next("*/5 * * * * *", "UTC", "2026-01-01T00:01:00Z", 2))
                .containsExactly("2026-01-01T00:01:05Z", "2026-01-01T00:01:10Z");
        assertThat(next("0 9 * * MON-FRI", null, "2026-01-02T09:00:00Z", 1)).containsExactly("2026-01-05T09:00:00Z");
    }

    @Test
    void aTimeThatTheClocksLeaveOutComesWhenTheyGoForward() {
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(next("10 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00:00Z", 2))
                .containsExactly("2018-11-04T03:00:00Z", "2018-11-05T02:10:00Z");
        assertThat(next("0 0 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z");
    }

    @Test
    void aTimeThatTheClocksShowTwiceComesOnceInANight() {
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25T00:59:59Z, 2026-10-26T01:30:00Z",
        "2026-10-25T01:00:00Z, 2026-10-26T01:30:00Z",
        "2026-10-25T01:29:59Z, 2026-10-26T01:30:00Z",
        "2026-10-25T01:59:59Z, 2026-10-26T01:30:00Z"
    })
    void askedWithinTheHourThatIsShownAgainItDoesNotComeAgain(String after, String next) {
        assertThat(next("30 2 * * *", "Europe/Berlin", after, 1)).containsExactly(next);
    }

    @Test
    void whatComesEveryHourComesInTheHourThatIsShownAgainWhereverItIsAskedFrom() {
        assertThat(next("30 * * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", 2))
                .containsExactly("2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
        assertThat(next("0 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", 3))
                .containsExactly("2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"2026-03-28T23:50:00Z", "2026-10-24T22:50:00Z"})
    void whatComesEveryTwentyMinutesDoesSoThroughEitherNight(String from) {
        var plan = new Plan("*/20 * * * *", "Europe/Berlin", "t");
        Instant time = plan.next(Instant.parse(from)).orElseThrow();
        for (int i = 0; i < 18; i++) {
            Instant next = plan.next(time).orElseThrow();
            assertThat(Duration.between(time, next)).isEqualTo(Duration.ofMinutes(20));
            time = next;
        }
    }

    @Test
    void whatIsNoCronIsRefusedByItsField() {
        assertRefused("hourly", "UTC", "triggers[0].timeBased.cron.expression must have five fields");
        assertRefused(null, "UTC", "triggers[0].timeBased.cron.expression must have five fields");
        assertRefused("99 * * * *", "UTC", "cron.expression cannot be read as cron: the minute is 99: Value 99");
        assertRefused(
                "0 0 1 1 * 2030",
                "UTC",
                "cron.expression cannot be read as cron: the day of the week is 2030: Value 2030");
        assertRefused("-", "UTC", "must have five fields");
        assertRefused("0 0 30 2 *", "UTC", "triggers[0].timeBased.cron.expression never comes");
        assertRefused("0 0 0 31 4,6 *", "UTC", "triggers[0].timeBased.cron.expression never comes");
        assertRefused("0 0 * * *", "Europe/Atlantis", "triggers[0].timeBased.timezone must be a time zone");
    }

    @Test
    void whatComesInLeapYearsAloneComes() {
        assertThat(next("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", 2))
                .containsExactly("2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z");
    }

    @Test
    void aStepOfNothingIsNamed() {
        assertThatThrownBy(() -> new Plan("*/0 * * * *", null, "triggers[1].timeBased"))
                .hasMessage("triggers[1].timeBased.cron.expression cannot be read as cron: the minute is */0: a step"
                        + " of 0 leads nowhere; the smallest is 1, as in */1");
    }
}
