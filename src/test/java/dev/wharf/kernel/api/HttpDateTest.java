package dev.wharf.kernel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-12-01T09:05:00.999Z|Tue, 01 Dec 2026 09:05:00 GMT",
                "2026-09-30T23:59:59Z|Wed, 30 Sep 2026 23:59:59 GMT",
            })
    void aTimeIsAnHttpDateWithADayOfTwoDigits(Instant time, String date) {
        assertThat(HttpDate.of(time)).isEqualTo(date);
    }
}
