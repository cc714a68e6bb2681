package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SaidTypes;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.profile.Profile;
import dev.wharf.engine.profile.Profiler;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a profile says of columns. */
class ProfilesTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() throws IOException {
        run = new RunFolder(Files.createDirectory(folder.resolve("run")));
    }

    private Profile.Column only(String values) {
        return run.with("a.csv", "c\n" + values).profile().columns().get(0);
    }

    private static String lines(IntStream numbers) {
        return numbers.mapToObj(String::valueOf).collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void numbersHaveTheirExtentMeanDeviationAndQuantiles() {
        var column = only(lines(IntStream.rangeClosed(1, 1000)));

        assertThat(column.type()).isEqualTo("Integer");
        assertThat(column.valid()).isEqualTo(1000);
        assertThat(column.distinct()).isEqualTo(1000);
        assertThat(column.distinctExact()).isTrue();
        assertThat(column.min()).isEqualTo(1L);
        assertThat(column.max()).isEqualTo(1000L);
        assertThat(column.mean()).isEqualTo(500.5);
        assertThat(column.deviation()).isCloseTo(288.8194, within(0.001));
        for (int at = 0; at < Profile.QUANTILES.size(); at++) {
            assertThat(((Number) column.quantiles().get(at)).doubleValue())
                    .isCloseTo(Profile.QUANTILES.get(at) * 1000, within(10.0));
        }
    }

    @Test
    void aHistogramCountsEveryValidNumberOnce() {
        var histogram = only(lines(IntStream.rangeClosed(1, 1000))).histogram();

        assertThat(histogram.buckets()).hasSizeBetween(10, 20);
        assertThat(histogram.buckets().stream().mapToLong(Profile.Bucket::count).sum())
                .isEqualTo(1000);
        assertThat(histogram.buckets().get(0).from()).isEqualTo(1L);
        assertThat(histogram.to()).isEqualTo(1000L);
        assertThat(new RunFolder(folder.resolve("run"))
                        .with("b.csv", "c\n7\n7\n")
                        .profile()
                        .columns()
                        .get(0)
                        .histogram())
                .isEqualTo(new Profile.Histogram(List.of(new Profile.Bucket(7L, 2)), 7L));
    }

    @Test
    void whatIsNotOfTheTypeOfMostIsMismatchedAndCountsForNothingElse() {
        var column = only("1\n2\n3\n4\n5\n6\n7\n8\n9\nn/a\n\n\"\"\n");

        assertThat(column.type()).isEqualTo("Integer");
        assertThat(column.valid()).isEqualTo(9);
        assertThat(column.mismatched()).isEqualTo(1);
        assertThat(column.missing()).isEqualTo(2);
        assertThat(column.max()).isEqualTo(9L);
        assertThat(column.mean()).isEqualTo(5.0);
        assertThat(column.top()).extracting(Profile.Top::value).doesNotContain("n/a");
    }

    @Test
    void aColumnOfNoCommonTypeIsTextInWhichNothingIsMismatched() {
        var column = only("1\n2\nred\ngreen\nred\n");

        assertThat(column.type()).isEqualTo("String");
        assertThat(column.mismatched()).isZero();
        assertThat(column.valid()).isEqualTo(5);
        assertThat(column.min()).isEqualTo("1");
        assertThat(column.max()).isEqualTo("red");
        assertThat(column.mean()).isNull();
        assertThat(column.histogram()).isNull();
        assertThat(column.top().get(0)).isEqualTo(new Profile.Top("red", 2));
    }

    @Test
    void theMostFrequentValuesAreCountedExactlyAmongManyRareOnes() {
        var values = new StringBuilder();
        for (int n = 0; n < 100_000; n++) {
            values.append(n % 10 == 0 ? "often" : n % 25 == 1 ? "at times" : "rare " + n)
                    .append('\n');
        }

        var top = only(values.toString()).top();

        assertThat(top.subList(0, 2))
                .containsExactly(new Profile.Top("often", 10_000), new Profile.Top("at times", 4_000));
    }

    @Test
    void datesAndTimesHaveAnOrderAndAHistogram() {
        var dates = only(
                IntStream.range(1, 29).mapToObj("2026-02-%02d\n"::formatted).collect(Collectors.joining()));

        assertThat(dates.type()).isEqualTo("Datetime");
        assertThat(dates.engineType()).isEqualTo("DATE");
        assertThat(dates.min()).isEqualTo("2026-02-01");
        assertThat(dates.max()).isEqualTo("2026-02-28");
        assertThat(dates.quantiles()).hasSize(Profile.QUANTILES.size());
        assertThat(dates.histogram().buckets().stream()
                        .mapToLong(Profile.Bucket::count)
                        .sum())
                .isEqualTo(28);
        var times = new RunFolder(folder.resolve("run"))
                .with("b.csv", "t\n2026-02-01 10:00:00\n2026-02-01T12:30:00\n2026-02-02\n")
                .profile()
                .columns()
                .get(0);
        assertThat(times.engineType()).isEqualTo("TIMESTAMP");
        assertThat(times.max()).isEqualTo("2026-02-02 00:00:00");
        assertThat(times.mismatched()).isZero();
    }

    @Test
    void booleansAndDecimalsAreFound() {
        var columns = run.with("a.csv", "b,d\ntrue,1.5\nFalse,2\ntrue,-0.25\n")
                .profile()
                .columns();

        assertThat(columns).extracting(Profile.Column::type).containsExactly("Bool", "Float");
        assertThat(columns.get(0).top()).containsExactly(new Profile.Top("true", 2), new Profile.Top("False", 1));
        assertThat(columns.get(1).min()).isEqualTo(-0.25);
    }

    @Test
    void typesThatWereSaidAreJudgedByAsResultsAre() {
        var said = Reading.UNSAID.with(new SaidTypes(Map.of("zip", "VARCHAR", "n", "BIGINT")));

        var columns = run.said(said)
                .with("a.csv", "zip,n\n1234,1\n5678,1.5\n")
                .profile()
                .columns();

        assertThat(columns.get(0).type()).isEqualTo("String");
        assertThat(columns.get(1).valid()).isEqualTo(1);
        assertThat(columns.get(1).mismatched()).isEqualTo(1);
    }

    @Test
    void withoutInferenceTextIsText() {
        assertThat(run.inferTypes(false)
                        .with("a.csv", "n\n1\n")
                        .profile()
                        .columns()
                        .get(0)
                        .type())
                .isEqualTo("String");
    }

    @Test
    void parquetAvroAndJsonKeepTheirTypes() throws Exception {
        RunFolder.query("COPY (SELECT 1::TINYINT AS i, 18446744073709551615::UBIGINT AS h, 'NaN'::FLOAT AS f,"
                + " 1.25::DECIMAL(9,2) AS d, [1, 2] AS l, {'a': 1} AS s, TIMESTAMPTZ '2026-01-01 00:00:00+01' AS tz,"
                + " TIMESTAMP '2026-01-01' AS e, ''::BLOB AS b, TIME '10:00' AS t, true AS o, NULL::INTEGER AS n) TO '"
                + folder.resolve("p.parquet") + "' (FORMAT parquet)");
        var parquet = run.with("p.parquet", Files.readAllBytes(folder.resolve("p.parquet")));
        var columns = parquet.profile().columns().stream().collect(Collectors.toMap(Profile.Column::name, c -> c));

        assertThat(columns.get("i").min()).isEqualTo(1L);
        assertThat(columns.get("h").type()).isEqualTo("Integer");
        assertThat(columns.get("f").mismatched()).isEqualTo(1);
        assertThat(columns.get("d").mean()).isEqualTo(1.25);
        assertThat(columns.get("l").type()).isEqualTo("Array");
        assertThat(columns.get("l").top()).containsExactly(new Profile.Top("[1,2]", 1));
        assertThat(columns.get("s").type()).isEqualTo("Map");
        assertThat(columns.get("tz").min()).isEqualTo("2025-12-31 23:00:00");
        assertThat(columns.get("b").missing()).isEqualTo(1);
        assertThat(columns.get("t").type()).isEqualTo("String");
        assertThat(columns.get("o").type()).isEqualTo("Bool");
        assertThat(columns.get("n").missing()).isEqualTo(1);
        assertThat(columns.get("n").min()).isNull();

        var avro = new RunFolder(Files.createDirectory(folder.resolve("avro")))
                .with(
                        "a.avro",
                        Files.readAllBytes(
                                parquet.run(ResultFormat.AVRO, Compression.NONE).file()));
        assertThat(avro.profile().columns())
                .hasSize(12)
                .extracting(Profile.Column::missing)
                .contains(0L, 1L);
        var json = new RunFolder(Files.createDirectory(folder.resolve("json")))
                .with("a.json", "{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2.5, \"b\": null}\n{\"c\": {\"d\": [1]}}\n");
        assertThat(json.profile().columns())
                .extracting(Profile.Column::type, Profile.Column::valid, Profile.Column::missing)
                .containsExactly(tuple("Float", 2L, 1L), tuple("String", 1L, 2L), tuple("String", 1L, 2L));
    }

    @Test
    void extremeNumbersBreakNothing() {
        var column = only("1e+300\n-1e+300\n1.7976931348623157e+308\n-1.7976931348623157e+308\n5e-324\n0\n1\n");

        assertThat(column.type()).isEqualTo("Float");
        assertThat(column.valid()).isEqualTo(7);
        assertThat(column.deviation()).isNull();
        assertThat(column.histogram().buckets().stream()
                        .mapToLong(Profile.Bucket::count)
                        .sum())
                .isEqualTo(7);
    }

    @Test
    void momentsWithoutEndAreMismatched() throws Exception {
        RunFolder.query(
                "COPY (SELECT unnest(['infinity'::TIMESTAMP, '2026-01-01'::TIMESTAMP, '290000-01-01'::TIMESTAMP]) AS t,"
                        + " unnest(['-infinity'::DATE, '2026-01-01'::DATE, '5000000-01-01'::DATE]) AS d) TO '"
                        + folder.resolve("p.parquet") + "' (FORMAT parquet)");

        var columns = run.with("p.parquet", Files.readAllBytes(folder.resolve("p.parquet")))
                .profile()
                .columns();

        assertThat(columns).extracting(Profile.Column::valid).containsExactly(2L, 2L);
        assertThat(columns).extracting(Profile.Column::mismatched).containsExactly(1L, 1L);
    }

    @Test
    void repeatedAndBlankNamesAreToldApart() {
        assertThat(run.with("a.csv", "x,x,\n1,2,3\n").profile().columns())
                .extracting(Profile.Column::name)
                .containsExactly("x", "x_2", "column3");
    }

    @Test
    void longTextIsCutAndQuotesAreText() {
        var column = only("\"it's\"\n" + "z".repeat(100_000) + "\n");

        assertThat(column.max()).isEqualTo("z".repeat(Profiler.LONGEST_TEXT));
        assertThat(column.top()).extracting(Profile.Top::value).contains("it's");
    }

    @Test
    void textsThatDifferBehindWhatIsShownAreCountedApart() {
        var shown = "z".repeat(Profiler.LONGEST_TEXT);

        var column = only((shown + "a\n").repeat(3) + shown + "b\n" + (shown + "\n").repeat(2));

        assertThat(column.distinct()).isEqualTo(3);
        assertThat(column.top())
                .containsExactly(new Profile.Top(shown, 3), new Profile.Top(shown, 2), new Profile.Top(shown, 1));
    }

    @Test
    void upToTenThousandDifferentValuesAreCountedExactly() {
        var numbers = only(lines(IntStream.range(0, 100_000).map(n -> n % 791)));
        var texts = new RunFolder(folder.resolve("run"))
                .with(
                        "b.csv",
                        "c\n"
                                + IntStream.range(0, 30_000)
                                        .mapToObj(n -> "text " + n % 10_000 + "\n")
                                        .collect(Collectors.joining()))
                .profile()
                .columns()
                .get(0);

        assertThat(numbers.distinct()).isEqualTo(791);
        assertThat(numbers.distinctExact()).isTrue();
        assertThat(texts.distinct()).isEqualTo(10_000);
        assertThat(texts.distinctExact()).isTrue();
    }

    @Test
    void numbersLargerThanADoubleTellsApartKeepTheirDigits() throws Exception {
        var large = Map.of(
                "BIGINT", "9223372036854775805",
                "UBIGINT", "18446744073709551613",
                "HUGEINT", "170141183460469231731687303715884105725",
                "UHUGEINT", "340282366920938463463374607431768211453",
                "DECIMAL(38,2)", "999999999999999999999999999999999997.00",
                "DECIMAL(18,1)", "99999999999999997.0");
        RunFolder.query("COPY (SELECT "
                + large.entrySet().stream()
                        .map(type -> "CAST('" + type.getValue() + "' AS " + type.getKey() + ") + CAST(n AS "
                                + (type.getKey().startsWith("DECIMAL") ? "DECIMAL(2,0)" : type.getKey()) + ") AS \""
                                + type.getKey() + "\"")
                        .collect(Collectors.joining(", "))
                + " FROM (VALUES (0), (1), (2)) t(n)) TO '" + folder.resolve("p.parquet") + "' (FORMAT parquet)");

        var columns = run.with("p.parquet", Files.readAllBytes(folder.resolve("p.parquet")))
                .profile()
                .columns();

        for (var column : columns) {
            var least = large.get(column.name());
            if (column.engineType().equals("DOUBLE")) {
                continue; // Parquet has no type for it
            }
            assertThat(column.min()).hasToString(least);
            assertThat(new BigDecimal(column.max().toString()).subtract(new BigDecimal(least)))
                    .isEqualByComparingTo("2");
            assertThat(column.distinct()).isEqualTo(3);
            assertThat(column.mean())
                    .isEqualTo(new BigDecimal(least).add(BigDecimal.ONE).doubleValue());
            assertThat(column.deviation()).isEqualTo(1);
            assertThat(column.histogram().buckets().stream()
                            .mapToLong(Profile.Bucket::count)
                            .sum())
                    .isEqualTo(3);
        }
        assertThat(columns).extracting(Profile.Column::engineType).contains("BIGINT", "UBIGINT", "DECIMAL(38,2)");
    }

    @Test
    void aRangeOfLargeNumbersThatNothingHoldsIsMeasuredAsWellAsADoubleCan() throws Exception {
        RunFolder.query("COPY (SELECT unnest(['-99999999999999999999999999999999999999', '0',"
                + " '99999999999999999999999999999999999999'])::DECIMAL(38,0) AS d) TO '" + folder.resolve("p.parquet")
                + "' (FORMAT parquet)");

        var column = run.with("p.parquet", Files.readAllBytes(folder.resolve("p.parquet")))
                .profile()
                .columns()
                .get(0);

        assertThat(column.max()).hasToString("99999999999999999999999999999999999999");
        assertThat(column.mean()).isEqualTo(0);
        assertThat(column.deviation()).isCloseTo(1e38, within(1e23));
        assertThat(column.quantiles()).hasSize(Profile.QUANTILES.size());
        assertThat(column.histogram().buckets().stream()
                        .mapToLong(Profile.Bucket::count)
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void oneThousandColumnsAreLookedAtAndTheOthersCounted() {
        var names = IntStream.range(0, 1_200).mapToObj(n -> "c" + n).collect(Collectors.joining(","));
        var values = IntStream.range(0, 1_200).mapToObj(String::valueOf).collect(Collectors.joining(","));

        var profile = run.with("a.csv", names + "\n" + values + "\n").profile();

        assertThat(profile.columns()).hasSize(Profiler.MOST_COLUMNS);
        assertThat(profile.allColumns()).isEqualTo(1_200);
    }

    @Test
    void aTableWithoutRowsHasAProfileOfZeros() {
        var column = only("");

        assertThat(column.valid()).isZero();
        assertThat(column.missing()).isZero();
        assertThat(column.type()).isEqualTo("String");
        assertThat(column.top()).isEmpty();
    }

    @Test
    void aProfileKeepsTheBoundsOfARun() {
        var hasty = new EngineSettings("64MB", 1, Duration.ofMillis(1), "1MB");

        assertThatThrownBy(() -> run.settings(hasty)
                        .with("a.csv", "n\n" + lines(IntStream.range(0, 1_000_000)))
                        .profile())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("profile was stopped at the time limit");
        assertThat(folder.resolve("run")).isDirectoryNotContaining("glob:**.spilled");
    }

    @Test
    void aMillionDifferentTextsFitIntoTheSmallestMemory() {
        var settings = new EngineSettings("64MB", 2, Duration.ofMinutes(2), "1MB");
        var values =
                IntStream.range(0, 1_000_000).mapToObj(n -> "text " + n).collect(Collectors.joining("\n", "", "\n"));

        var column = run.settings(settings)
                .with("a.csv", "c\n" + values)
                .profile()
                .columns()
                .get(0);

        assertThat(column.valid()).isEqualTo(1_000_000);
        assertThat(column.distinct()).isBetween(600_000L, 1_000_000L);
        assertThat(column.distinctExact()).isFalse();
    }
}
