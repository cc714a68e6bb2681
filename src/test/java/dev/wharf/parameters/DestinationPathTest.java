package dev.wharf.parameters;

import static dev.wharf.parameters.Paths.json;
import static dev.wharf.parameters.Paths.parameter;
import static dev.wharf.parameters.Paths.values;
import static dev.wharf.parameters.Paths.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.store.S3Uri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationPathTest {
    private static final Instant NOW = Instant.parse("2025-03-30T00:30:00Z");

    /** The values stand for the {@code <>} of a path, in order; they have the keys p0, p1, …. */
    private static DestinationPath path(String written, String... values) {
        List<String> parameters = new ArrayList<>();
        String reduced = written;
        for (int i = 0; i < values.length; i++) {
            int index = reduced.indexOf("<>");
            reduced = reduced.substring(0, index) + reduced.substring(index + 2);
            parameters.add(parameter("path", "p" + i, index, i, values[i]));
        }
        return DestinationPath.of(S3Uri.parse(reduced), json("[" + String.join(",", parameters) + "]"));
    }

    private static String timestamp(String format, String zone, String offset) {
        return "{\"timestamp\":{\"format\":\"" + format + "\"" + (zone == null ? "" : ",\"timezone\":\"" + zone + "\"")
                + (offset == null ? "" : ",\"offset\":" + offset) + "}}";
    }

    private static String key(DestinationPath path, String... overrides) {
        List<RunOverrides.Given> given = new ArrayList<>();
        for (int i = 0; i < overrides.length; i += 2) {
            given.add(new RunOverrides.Given(overrides[i], overrides[i + 1]));
        }
        return path.resolve(values(new RunOverrides(null, new RunOverrides.Data(given)), NOW))
                .key();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            nullValues = "-",
            value = {
                "yyyy/MM/dd'T'HHmmss.SSS|-|-|2025/03/30T003000.000",
                "YYYY-DD-MM hh|UTC|-|2025-30-03 12",
                "yyyy-MM-dd_HH_X|Asia/Kolkata|-|2025-03-30_06_+0530",
                "dMMMMyy|-|-|30March25",
                "d MMM H|-|-|30 Mar 0",
                "yyyyMMdd|America/New_York|-|20250329",
                "yyyy/yyyyMM/yyyyMMdd|-|-|2025/202503/20250330",
                "yyyyMMdd|-|{\"unit\":\"days\",\"amount\":-1}|20250329",
                "yyyyMMdd|-|{\"unit\":\"month\",\"amount\":-1}|20250228",
                "yyyyMMdd|-|{\"unit\":\"weeks\",\"amount\":1}|20250406",
                "HH X|Europe/Berlin|{\"unit\":\"hours\",\"amount\":1}|03 +02",
                "yyyyMMdd HH|Europe/Berlin|{\"unit\":\"days\",\"amount\":-1}|20250329 01",
            })
    void aTimestampIsTheReferenceDateInItsZoneOrSomeUnitsFromIt(
            String format, String zone, String offset, String written) {
        assertThat(key(path("s3://bucket/out/<>.csv", timestamp(format, zone, offset))))
                .isEqualTo("out/" + written + ".csv");
    }

    @Test
    void parametersStandWhereTheWholePathSaysAndHaveTheirDefaultsOrTheRunsValues() {
        var path = path(
                "s3://bucket/<>/<><>.csv?connectionId=7",
                variable("de"),
                variable("a"),
                "{\"selector\":{\"default\":\"x\",\"options\":[\"x\",\"y\"]}}");

        assertThat(key(path)).isEqualTo("de/ax.csv");
        assertThat(key(path, "p0", "fr", "p2", "y", "other", "z")).isEqualTo("fr/ay.csv");
        assertThat(path.keys()).containsExactly("p0", "p1", "p2");
        var again = DestinationPath.read(path.path(), path.kept());
        assertThat(again).isEqualTo(path);
    }

    @Test
    void whatIsRefusedOnEveryDayIsToldWithoutTheDayThatItWasTriedOn() {
        var path = path("s3://bucket/out/<>.csv", timestamp("yyyy'/../'dd", null, null));

        assertThatThrownBy(path::sample)
                .hasMessage(
                        "path comes to s3://bucket/out/.csv with its parameters, which leads out of its folder: no part"
                                + " of it may be . or ..");
    }

    @Test
    void aValueNeverSaysThroughWhichConnectionOrIntoWhichBucketResultsGo() {
        var resolved = path("s3://bucket/out/<>?connectionId=7", variable("a"))
                .resolve(values(
                        new RunOverrides(
                                null, new RunOverrides.Data(List.of(new RunOverrides.Given("p0", "x?connectionId=8")))),
                        NOW));

        assertThat(resolved).isEqualTo(new S3Uri("bucket", "out/x?connectionId=8", 7L));
        assertThatThrownBy(() -> path("s3://buck<>et/x.csv", variable("a")))
                .hasMessageContaining("runParameters[0].insertionIndices[0].index is 9, which lies before the key")
                .hasMessageContaining("\"s3://bucket/\", from 12 on");
        assertThatThrownBy(() -> path("s3://bucket/x.csv?connectionId=<>7", variable("a")))
                .hasMessageContaining("which lies outside of path");
        assertThatThrownBy(() -> DestinationPath.of(
                        S3Uri.parse("s3://bucket/x"), json("[" + parameter("bucket", "b", 5, 0, variable("a")) + "]")))
                .hasMessageContaining("runParameters[0].type must be path, and is \"bucket\"")
                .hasMessageContaining("results go to the bucket that their path names");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "a/b|must be a part of one name",
                "..|must be a part of one name",
                ".|must be a part of one name",
                "|is empty",
                "a\\nb|must not hold control characters",
            })
    void aValueThatWouldLeaveItsFolderIsRefusedByName(String value, String why) {
        String given = value == null ? "" : value.replace("\\n", "\n");
        var path = path("s3://bucket/out/<>/x.csv", variable("a"));

        assertThatThrownBy(() -> key(path, "p0", given))
                .hasMessageContaining("runParameters.overrides.data[0].value " + (why.startsWith("is e") ? why : ""))
                .hasMessageContaining(why);
        assertThatThrownBy(() -> path("s3://bucket/out/<>/x.csv", variable(value == null ? "" : value)))
                .hasMessageContaining("runParameters[0].value.variable.value")
                .hasMessageContaining(why);
    }

    @Test
    void whatOnlyTogetherLeadsOutOfTheFolderIsRefusedToo() {
        var path = path("s3://bucket/out/<>./x.csv", variable("a"));
        var dots = path("s3://bucket/out/.<>/x.csv", timestamp("'.'yy", null, null));

        assertThat(key(path)).isEqualTo("out/a./x.csv");
        assertThat(key(dots)).isEqualTo("out/..25/x.csv");
        assertThatThrownBy(() -> path("s3://bucket/out/.<><>/x.csv", variable("a"), variable("."))
                        .resolve(values(null, NOW)))
                .hasMessageContaining("must be a part of one name");
        assertThatThrownBy(() -> key(path("s3://bucket/<>/x.csv", timestamp("yyyy'/../'MM", null, null))))
                .hasMessageContaining("path comes to s3://bucket/2025/../03/x.csv, which leads out of its folder");
        assertThatThrownBy(() -> key(path("s3://bucket/<>.csv", variable("x".repeat(1_024)))))
                .hasMessageContaining("path comes to a key longer than 1024 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"timestamp\":{\"format\":\"ww\"}}|timestamp.format \"ww\" holds \"ww\", which is no token",
                "{\"timestamp\":{\"format\":\"yyyy\",\"timezone\":\"Mars\"}}|timestamp.timezone names the zone",
                "{\"timestamp\":{\"format\":\"yyyy\",\"offset\":{\"unit\":\"eons\",\"amount\":1}}}|timestamp.offset.unit must be",
                "{\"timestamp\":{\"format\":\"yyyy\",\"offset\":{\"unit\":\"days\"}}}|timestamp.offset.amount must be",
                "{\"timestamp\":{\"format\":\"yyyy\",\"offset\":{\"unit\":\"years\",\"amount\":9000}}}|comes to the year",
                "{\"pattern\":{\"wildcard\":{}}}|windows of time and patterns are for what is read",
                "{}|must hold one of variable, selector and timestamp, and holds 0",
            })
    void whatIsNoParameterOfADestinationIsRefusedByName(String value, String why) {
        assertThatThrownBy(() -> key(path("s3://bucket/out/<>.csv", value)))
                .hasMessageContaining("runParameters[0].value")
                .hasMessageContaining(why);
    }

    @Test
    void aTimestampTakesNoValueAndADatasetNoTimestamp() {
        assertThatThrownBy(() -> key(path("s3://bucket/<>.csv", timestamp("yyyy", null, null)), "p0", "2024"))
                .hasMessageContaining("given to a timestamp")
                .hasMessageContaining("runParameters.referenceDate");
        assertThatThrownBy(() -> Paths.path("/in/<>.csv", timestamp("yyyy", null, null)))
                .hasMessageContaining("runParameters[0].value.timestamp is for where results go");
    }

    @Test
    void anEnvironmentParameterHasTheValueThatAdministratorsSayAndNoOther() {
        var path = DestinationPath.of(
                S3Uri.parse("s3://bucket//x.csv"),
                json("[" + parameter("path", "env.region", 12, 0, "{\"variable\":{\"value\":\"sent\"}}") + "]"));

        assertThat(path.resolve(RunValues.of(null, Map.of("env.region", "eu"), NOW))
                        .key())
                .isEqualTo("eu/x.csv");
        assertThat(path.sample().key()).isEqualTo("env.region/x.csv");
        assertThatThrownBy(() -> path.resolve(RunValues.of(null, Map.of("env.region", "../x"), NOW)))
                .hasMessageContaining("The environment parameter env.region is \"../x\"");
        assertThatThrownBy(() -> key(path))
                .hasMessageContaining("names the environment parameter env.region, which there is not");
        assertThatThrownBy(() -> key(path, "env.region", "us")).hasMessageContaining("whose value administrators say");
    }
}
