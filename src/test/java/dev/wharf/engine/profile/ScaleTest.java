package dev.wharf.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the buckets of a histogram end. */
class ScaleTest {
    private static List<BigDecimal> numbers(String least, String largest, boolean whole) {
        return Scale.ofNumbers(new BigDecimal(least), new BigDecimal(largest), whole ? BigDecimal.ONE : null);
    }

    @Test
    void bucketsEndAtRoundNumbersAndTheLastOneAtTheLargest() {
        assertThat(numbers("1", "97", true))
                .hasSize(20)
                .startsWith(new BigDecimal("5"), new BigDecimal("10"))
                .endsWith(new BigDecimal("95"), new BigDecimal("97"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5e-324, false",
        "-1.7976931348623157e308, 1.7976931348623157e308, false",
        "-9223372036854775808, 9223372036854775807, true",
        "0, 1, true",
        "-0.3, 0.3, false",
        "999999999999, 1000000000100, true",
    })
    void fewBucketsHoldAllNumbers(String least, String largest, boolean whole) {
        var ends = numbers(least, largest, whole);

        assertThat(ends).hasSizeBetween(1, 22).doesNotHaveDuplicates().isSorted();
        assertThat(ends.get(0)).isGreaterThan(new BigDecimal(least));
        assertThat(ends.get(ends.size() - 1)).isEqualByComparingTo(largest);
    }

    @Test
    void equalNumbersAndThoseThatNoDoubleTellsApartHaveNoScale() {
        assertThat(numbers("7", "7", true)).isEmpty();
        assertThat(numbers("0", "0", false)).isEmpty();
        assertThat(numbers("1e300", "1.00000000000001e300", false)).isEmpty();
    }

    @Test
    void largeWholeNumbersHaveBucketsHoweverCloseTheyAre() {
        assertThat(numbers("9223372036854775800", "9223372036854775802", true))
                .containsExactly(new BigDecimal("9223372036854775801"), new BigDecimal("9223372036854775802"));
    }

    @Test
    void timesAreCutAtDaysAndHours() {
        long day = 86_400_000_000L;

        assertThat(Scale.ofTimes(day / 2, 20 * day)).hasSize(20).allMatch(end -> end.longValueExact() % day == 0);
        assertThat(Scale.ofTimes(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2)).hasSizeBetween(2, 22);
        assertThat(Scale.ofTimes(5, 5)).isEmpty();
    }
}
