package dev.wharf.parameters;

import static dev.wharf.parameters.Paths.at;
import static dev.wharf.parameters.Paths.dates;
import static dev.wharf.parameters.Paths.exactly;
import static dev.wharf.parameters.Paths.inTheLast;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows are whole units in the parameter's zone, and a date is in one as its format shows it. */
class DateRangeTest {
    private static List<String> taken(PathPattern pattern, String... names) {
        return Stream.of(names).filter(pattern::matches).toList();
    }

    /** Of all days of three years, those that are taken. */
    private static List<LocalDate> days(PathPattern pattern, String format) {
        var formatter = DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
        return LocalDate.of(2024, 1, 1)
                .datesUntil(LocalDate.of(2027, 1, 1))
                .filter(day -> pattern.matches(formatter.format(day)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"exactly\":{\"unit\":\"days\",\"amount\":0}', 2025-11-28, 2025-11-28",
        "'\"exactly\":{\"unit\":\"days\",\"amount\":1}', 2025-11-27, 2025-11-27",
        "'\"exactly\":{\"unit\":\"month\",\"amount\":1}', 2025-10-01, 2025-10-31",
        "'\"inTheLast\":{\"unit\":\"days\",\"number\":3}', 2025-11-26, 2025-11-28",
        "'\"inTheLast\":{\"unit\":\"years\",\"number\":1}', 2025-01-01, 2025-12-31",
        "'\"last\":{\"unit\":\"months\"}', 2025-10-01, 2025-10-31",
        "'\"last\":{\"unit\":\"weeks\"}', 2025-11-17, 2025-11-23",
        "'\"last\":{\"unit\":\"weeks\",\"startDayOfWeek\":\"Sunday\"}', 2025-11-16, 2025-11-22",
        "'\"isAfter\":\"2026-12-25\"', 2026-12-25, 2026-12-31",
        "'\"isAfter\":{\"date\":\"2026-12-25\"}', 2026-12-25, 2026-12-31",
        "'\"isBefore\":\"2024-01-03\"', 2024-01-01, 2024-01-02",
        "'\"isBefore\":{\"date\":\"2024-01-03\"}', 2024-01-01, 2024-01-02",
        "'\"between\":{\"from\":\"2025-01-30\",\"to\":\"2025-02-02\"}', 2025-01-30, 2025-02-02",
        "'\"between\":{\"from\":\"2025-01-30T00:00:00Z\",\"to\":\"2025-02-02T00:00:00Z\"}', 2025-01-30, 2025-02-01",
        "'\"betweenAgo\":{\"unit\":\"days\",\"from\":400,\"to\":300}', 2024-10-24, 2025-02-01",
        "'\"betweenAgo\":{\"unit\":\"days\",\"from\":2,\"to\":3}', 2025-11-25, 2025-11-26",
        "'\"inTheLast\":{\"unit\":\"hours\",\"number\":11}', 2025-11-28, 2025-11-28",
        "'\"inTheLast\":{\"unit\":\"hours\",\"number\":12}', 2025-11-27, 2025-11-28",
    })
    void aWindowIsOfWholeUnitsCountedFromTheReferenceDate(String window, LocalDate first, LocalDate last) {
        for (String format : List.of("yyyy/MM/dd", "dd-MM-yy", "yyyyMMdd", "MMMM d yyyy")) {
            var pattern = at("2025-11-28T10:30:00Z", "<>", dates(format, window));

            assertThat(days(pattern, format))
                    .as(format)
                    .isEqualTo(first.datesUntil(last.plusDays(1)).toList());
        }
    }

    @Test
    void everyTokenIsReadAndYearsAndDaysInEitherCase() {
        String window = exactly(0, "minutes");
        String now = "2025-03-05T14:07:09.042Z";
        assertThat(at(now, "<>", dates("YYYY-MM-DD'T'HH:mm", window)).prefix()).isEqualTo("2025-03-05T14:07");
        assertThat(at(now, "<>", dates("yy.M.d H", window)).prefix()).isEqualTo("25.3.5 14");
        assertThat(taken(at(now, "<>", dates("MMM d, yyyy", window)), "Mar 5, 2025", "mar 5, 2025", "May 5, 2025"))
                .containsExactly("Mar 5, 2025", "mar 5, 2025");
        assertThat(taken(at(now, "<>", dates("yyyyMMdd-hhmm", window)), "20250305-0207", "20250305-1407"))
                .containsExactly("20250305-0207");
        assertThat(taken(
                        at(now, "<>", dates("mmssSSS", window)), "0700000", "0759999", "0709042", "0809042", "0760000"))
                .containsExactly("0700000", "0759999", "0709042");
    }

    @Test
    void whatIsNoDateIsNotTaken() {
        var pattern = at("2025-11-28T10:30:00Z", "<>", dates("yyyyMMdd", inTheLast(10, "years")));

        assertThat(taken(pattern, "20250229", "20251301", "20250431", "20250100", "2025010", "202501011", "20240229"))
                .containsExactly("20240229");
    }

    @Test
    void aCoarseFormatIsTakenWhereItsUnitTouchesTheWindow() {
        var pattern = at("2025-01-01T01:30:00Z", "<>", dates("yyyy/MM/dd", inTheLast(3, "hours")));

        assertThat(days(pattern, "yyyy/MM/dd")).containsExactly(LocalDate.of(2024, 12, 31), LocalDate.of(2025, 1, 1));
    }

    @Test
    void theDayIsThatOfTheZone() {
        String berlin = dates("Europe/Berlin", "yyyyMMdd", exactly(0, "days"));

        assertThat(at("2025-11-27T23:30:00Z", "<>", berlin).prefix()).isEqualTo("20251128");
        assertThat(at("2025-11-27T22:30:00Z", "<>", berlin).prefix()).isEqualTo("20251127");
    }

    @Test
    void hoursAreCountedAsTheyPassInTheNightsThatClocksAreMoved() {
        String hours = dates("Europe/Berlin", "yyyyMMddHH", inTheLast(3, "hours"));
        // 02:30 comes twice: at the second one, the last three hours are 02, 02 and 01.
        assertThat(hours(at("2025-10-26T01:30:00Z", "<>", hours), "20251026")).containsExactly(1, 2);
        // At the first one, 02, 01 and 00.
        assertThat(hours(at("2025-10-26T00:30:00Z", "<>", hours), "20251026")).containsExactly(0, 1, 2);
        // At 03:30 in spring, 03, 01 and 00, as there is no 02.
        assertThat(hours(at("2025-03-30T01:30:00Z", "<>", hours), "20250330"))
                .contains(0, 1, 3)
                .doesNotContain(4, 23);

        String exactly = dates("Europe/Berlin", "yyyyMMddHH", exactly(1, "hours"));
        assertThat(hours(at("2025-10-26T01:30:00Z", "<>", exactly), "20251026")).containsExactly(2);
        assertThat(hours(at("2025-03-30T01:30:00Z", "<>", exactly), "20250330")).containsExactly(1);

        String minutes = dates("Europe/Berlin", "HHmm", inTheLast(21, "minutes"));
        var overTheChange = at("2025-10-26T01:10:30Z", "<>", minutes);
        assertThat(taken(overTheChange, "0249", "0250", "0259", "0300", "0200", "0210", "0211"))
                .containsExactly("0250", "0259", "0200", "0210");
    }

    private static List<Integer> hours(PathPattern pattern, String day) {
        return IntStream.range(0, 24)
                .filter(hour -> pattern.matches(day + String.format(Locale.ROOT, "%02d", hour)))
                .boxed()
                .toList();
    }

    @Test
    void anOffsetInTheNameIsCounted() {
        var pattern = at("2025-11-28T10:30:00Z", "<>", dates("Europe/Berlin", "yyyyMMddHHX", exactly(0, "hours")));

        assertThat(taken(
                        pattern,
                        "2025112810Z",
                        "2025112811+01",
                        "2025112811+0100",
                        "2025112805-05:00",
                        "2025112816+0530",
                        "2025112811Z",
                        "2025112810+01",
                        "2025112810"))
                .containsExactly(
                        "2025112810Z", "2025112811+01", "2025112811+0100", "2025112805-05:00", "2025112816+0530");
    }

    @Test
    void severalFormatsAreAlternatives() {
        var pattern = at(
                "2025-11-28T10:30:00Z",
                "in/<>.csv",
                "{\"dateRange\":{\"formats\":[\"yyyy/MM/dd\",\"yyyyMMdd\"]," + exactly(0, "days") + "}}");

        assertThat(taken(pattern, "in/2025/11/28.csv", "in/20251128.csv", "in/2025/1128.csv"))
                .containsExactly("in/2025/11/28.csv", "in/20251128.csv");
    }

    /** Against Java's own reading of dates: every hour around the window. */
    @Property(tries = 200)
    void exactlyTheHoursOfTheWindowAreTaken(
            @ForAll @IntRange(max = 20_000) int startHour, @ForAll @IntRange(min = 1, max = 1_000) int number) {
        LocalDateTime now = LocalDateTime.of(2023, 12, 1, 0, 0).plusHours(startHour);
        var pattern =
                at(now.toInstant(ZoneOffset.UTC).toString(), "<>", dates("yyyy/MM/dd/HH", inTheLast(number, "hours")));
        var formatter = DateTimeFormatter.ofPattern("yyyy/MM/dd/HH");
        LocalDateTime first = now.minusHours(number - 1L);

        var expected = new TreeSet<String>();
        var taken = new TreeSet<String>();
        for (LocalDateTime hour = first.minusHours(800); hour.isBefore(now.plusHours(800)); hour = hour.plusHours(1)) {
            String name = formatter.format(hour);
            if (!hour.isBefore(first) && !hour.isAfter(now)) {
                expected.add(name);
            }
            if (pattern.matches(name)) {
                taken.add(name);
            }
        }
        assertThat(taken).isEqualTo(expected);
    }

    @Test
    void aWeekBeginsOnTheDayThatWasNamed() {
        for (DayOfWeek day : DayOfWeek.values()) {
            var pattern = at(
                    "2025-11-28T10:30:00Z",
                    "<>",
                    dates("yyyyMMdd", "\"last\":{\"unit\":\"weeks\",\"startDayOfWeek\":\"" + day.name() + "\"}"));

            assertThat(days(pattern, "yyyyMMdd")).hasSize(7).first().satisfies(first -> assertThat(first.getDayOfWeek())
                    .isEqualTo(day));
        }
    }
}
