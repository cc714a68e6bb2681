package dev.wharf.parameters;

import static dev.wharf.parameters.Paths.BUCKET;
import static dev.wharf.parameters.Paths.NOW;
import static dev.wharf.parameters.Paths.WILDCARD;
import static dev.wharf.parameters.Paths.dates;
import static dev.wharf.parameters.Paths.exactly;
import static dev.wharf.parameters.Paths.inTheLast;
import static dev.wharf.parameters.Paths.json;
import static dev.wharf.parameters.Paths.parameter;
import static dev.wharf.parameters.Paths.path;
import static dev.wharf.parameters.Paths.pattern;
import static dev.wharf.parameters.Paths.regex;
import static dev.wharf.parameters.Paths.trifacta;
import static dev.wharf.parameters.Paths.values;
import static dev.wharf.parameters.Paths.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.ProblemException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent of parameters is read as v4 means it, or refused by the name of the field. */
class ParameterisedPathTest {
    private static ParameterisedPath sent(String dynamicPath, String... parameters) {
        return ParameterisedPath.of(dynamicPath, null, json("[" + String.join(",", parameters) + "]"));
    }

    @Test
    void aPathThatVariesFromItsBeginningLooksThroughTheWholeBucket() {
        var resolved = path("<>", regex(".*")).resolve(BUCKET, values(null, NOW));

        assertThat(resolved.pattern().prefix()).isEmpty();
        assertThat(resolved.pattern().matches("a/b.csv")).isTrue();
        assertThat(resolved.location()).isEqualTo("s3://bucket/…");
    }

    private static String prefix(ParameterisedPath path) {
        return path.resolve(BUCKET, values(null, NOW)).pattern().prefix();
    }

    private static RunOverrides overrides(String key, String value) {
        return new RunOverrides(null, new RunOverrides.Data(List.of(new RunOverrides.Given(key, value))));
    }

    @Test
    void offsetsCountInThePathWithoutTheTextsOfItsParameters() {
        var path = sent(
                "//jobrun/_/.profiler/rules.json/",
                parameter("path", "jobid", 10, 0, variable("7315625")),
                parameter("path", "user", 1, 0, variable("alice@x.com")),
                parameter("path", "output_dataset", 9, 0, variable("Clicks___4")));

        assertThat(prefix(path)).isEqualTo("alice@x.com/jobrun/Clicks___4_7315625/.profiler/rules.json/");
    }

    @Test
    void aVariableHasItsDefaultUntilARunGivesItAValue() {
        var path = sent("/data/.csv", parameter("path", "Fichier", 6, 0, variable("Contrats")));

        assertThat(prefix(path)).isEqualTo("data/Contrats.csv");
        var overridden = path.resolve(BUCKET, values(overrides("Fichier", "Clients"), NOW))
                .pattern();
        assertThat(overridden.matches("data/Clients.csv")).isTrue();
        assertThat(overridden.matches("data/Contrats.csv")).isFalse();
    }

    @Test
    void theOrderBreaksTiesAndAParameterMayStandInSeveralPlaces() {
        var twice = sent(
                "/in/",
                "{\"type\":\"path\",\"overrideKey\":\"a\",\"insertionIndices\":[{\"index\":4,\"order\":2},"
                        + "{\"index\":4,\"order\":0}],\"value\":" + variable("x") + "}",
                parameter("path", "b", 4, 1, variable("-")));

        assertThat(prefix(twice)).isEqualTo("in/x-x");
    }

    @Test
    void aBucketMayBeAVariable() {
        var path = ParameterisedPath.of(
                "/in/.csv",
                "sales-",
                json("["
                        + parameter(
                                "bucket",
                                "land",
                                6,
                                0,
                                "{\"selector\":{\"default\":\"de\",\"options\":[\"de\",\"fr\"]}}")
                        + "," + parameter("path", "x", 4, 0, WILDCARD) + "]"));

        assertThat(path.resolve(BUCKET, values(null, NOW)).bucket()).isEqualTo("sales-de");
        assertThat(path.resolve(BUCKET, values(overrides("land", "fr"), NOW)).bucket())
                .isEqualTo("sales-fr");
        assertThatThrownBy(() -> path.resolve(BUCKET, values(overrides("land", "../x"), NOW)))
                .hasMessageStartingWith(
                        "runParameters.overrides.data[0].value must be one of the options \"de\", \"fr\"");
    }

    @Test
    void whatIsKeptAndWhatIsShownIsReadAgain() {
        var path = path("/in/<>/<>", dates("yyyy", exactly(1, "years")), WILDCARD);

        assertThat(ParameterisedPath.read(path.kept())).isEqualTo(path);
        var shown = Json.object().set("data", Json.tree(path.runParameters()));
        assertThat(ParameterisedPath.of(path.dynamicPath(), null, shown)).isEqualTo(path);
        assertThat(shown.toString()).doesNotContain("null");
    }

    @Test
    void theReferenceDateMovesTheWindow() {
        var path = path("/in/<>.csv", dates("yyyyMMdd", exactly(1, "days")));

        var moved = new RunOverrides("2025-01-01T00:00:00+02:00", null);
        assertThat(prefix(path)).isEqualTo("in/20251127.csv");
        assertThat(path.resolve(BUCKET, values(moved, NOW)).pattern().prefix()).isEqualTo("in/20241230.csv");
        assertThat(path.resolve(BUCKET, values(moved, NOW)).location())
                .as("whole, and said to be")
                .isEqualTo("s3://bucket/in/20241230.csv");
    }

    @Test
    void aTextOfAParameterIsTakenAsItIs() {
        var odd = pattern("/in/<>", variable("a.b*[1]{x}\\\\E"));

        assertThat(odd.matches("in/a.b*[1]{x}\\E")).isTrue();
        assertThat(odd.matches("in/aXb*[1]{x}\\E")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "a%c, abc, true",
        "a%c, a/c, false",
        "%*, anything.csv, true",
        "{digit}+, 2025, true",
        "{digit}+, 20a5, false",
        "#{4}, 2025, true",
        "#{4}, 205, false",
        "'#{1,2}x', 12x, true",
        "{alpha}{upper}{lower}?, aB, true",
        "{alphanum}{delim}{any}, a-é, true",
        "{start}v#{end}, v1, true",
        "\\{digit\\}, {digit}, true",
        "\\#\\%, '#%', true",
        "a.c, abc, false",
        "(a|b), a, false",
        "(a|b), (a|b), true",
    })
    void trifactaPatternsAreTranslated(String pattern, String name, boolean matches) {
        assertThat(pattern("/in/<>", trifacta(pattern)).matches("in/" + name)).isEqualTo(matches);
    }

    static Stream<Arguments> refusedParameters() {
        return Stream.of(
                refused(
                        parameter("path", "a", 99, 0, WILDCARD),
                        "runParameters[0].insertionIndices[0].index is 99, which lies outside of dynamicPath"),
                refused(parameter("path", "a", -1, 0, WILDCARD), "runParameters[0].insertionIndices[0].index is -1"),
                refused(
                        parameter("path", "a", 4, 0, WILDCARD) + "," + parameter("path", "b", 4, 0, WILDCARD),
                        "runParameters[1].insertionIndices[0] has the index 4 and the order 0 of another parameter"),
                refused(
                        "{\"type\":\"path\",\"overrideKey\":\"a\",\"insertionIndices\":[],\"value\":" + WILDCARD + "}",
                        "runParameters[0].insertionIndices is missing"),
                refused(
                        "{\"type\":\"path\",\"insertionIndices\":[{\"index\":1}],\"value\":" + variable("x") + "}",
                        "runParameters[0].overrideKey must have 1 to 255 characters"),
                refused(
                        parameter("path", "a", 4, 0, WILDCARD) + "," + parameter("path", "a", 3, 0, WILDCARD),
                        "runParameters[1].overrideKey is \"a\", as that of another parameter"),
                refused(
                        parameter("host", "a", 4, 0, WILDCARD),
                        "runParameters[0].type must be path or bucket, and is \"host\""),
                refused(
                        parameter("sql", "a", 4, 0, WILDCARD),
                        "runParameters[0].type must be path or bucket, and is \"sql\""),
                refused(
                        parameter("bucket", "a", 0, 0, WILDCARD),
                        "runParameters[0].value must be a variable or a selector"),
                refused(
                        value("{}"),
                        "runParameters[0].value must hold one of variable, selector, dateRange and pattern"),
                refused(
                        value("{\"variable\":{\"value\":\"x\"},\"pattern\":{\"wildcard\":{}}}"),
                        "runParameters[0].value must hold one of"),
                refused(value("{\"vairable\":{\"value\":\"x\"}}"), "runParameters[0].value.vairable is not known here"),
                refused(
                        value("{\"timestamp\":{\"format\":\"yyyy\"}}"),
                        "runParameters[0].value.timestamp is for where results go"),
                refused(
                        value("{\"pattern\":{\"wildcard\":{\"x\":1}}}"),
                        "runParameters[0].value.pattern.wildcard must be an empty object"),
                refused(
                        value(dates("yyyy/ww", exactly(1, "days"))),
                        "runParameters[0].value.dateRange.formats[0] \"yyyy/ww\" holds \"ww\""),
                refused(value(dates("yyyyMMddT", exactly(1, "days"))), "put in quotes, as in 'T'"),
                refused(
                        value(dates("-", exactly(1, "days"))),
                        "runParameters[0].value.dateRange.formats[0] \"-\" holds no token"),
                refused(
                        value(dates("yyyy/yyyyMM", exactly(1, "days"))),
                        "runParameters[0].value.dateRange.formats[0] \"yyyy/yyyyMM\" holds the year twice"),
                refused(
                        value(dates("Mars/Olympus", "yyyy", exactly(1, "days"))),
                        "runParameters[0].value.dateRange.timezone names the zone \"Mars/Olympus\""),
                refused(
                        value(dates("yyyy", inTheLast(0, "days"))),
                        "runParameters[0].value.dateRange.inTheLast.number must be a whole number from 1 to 100000: a window"
                                + " of nothing"),
                refused(
                        value(dates("yyyy", exactly(1, "fortnights"))),
                        "runParameters[0].value.dateRange.exactly.unit must be years, months, weeks, days, hours or minutes"),
                refused(
                        value(dates("yyyy", "\"last\":{\"unit\":\"days\",\"startDayOfWeek\":\"monday\"}")),
                        "runParameters[0].value.dateRange.last.startDayOfWeek is for weeks only"),
                refused(
                        value(dates("yyyy", "\"isAfter\":\"yesterday\"")),
                        "runParameters[0].value.dateRange.isAfter must be a date"),
                refused(
                        value(dates("yyyy", exactly(1, "days") + "," + inTheLast(1, "days"))),
                        "runParameters[0].value.dateRange must hold one of exactly, inTheLast, last, isAfter, betweenAgo, isBefore"
                                + " and between, and holds 2"),
                refused(
                        value(regex("a".repeat(10_240))),
                        "runParameters[0].value.pattern.regex.value must be a regular expression of 1 to 1000 characters, and"
                                + " has 10240"),
                refused(
                        value(regex("((a{100}){100}){100}")),
                        "runParameters[0].value.pattern.regex.value repeats too much"),
                refused(
                        value(regex("a)(b")),
                        "runParameters[0].value.pattern.regex.value is no regular expression of RE2/J"),
                refused(value(regex("^a$")), "runParameters[0].value.pattern.regex.value must have no ^"),
                refused(
                        value(trifacta("{colour}")),
                        "runParameters[0].value.pattern.trifactaPattern.value holds {colour}"),
                refused(
                        value(trifacta("+")),
                        "runParameters[0].value.pattern.trifactaPattern.value has \"+\" after nothing"),
                refused(
                        value("{\"selector\":{\"default\":\"c\",\"options\":[\"a\",\"b\"]}}"),
                        "runParameters[0].value.selector.default must be one of the options \"a\", \"b\", and is \"c\""),
                refused(
                        value("{\"selector\":{\"default\":\"a\",\"options\":[\"a\",\"a\"]}}"),
                        "runParameters[0].value.selector.options hold one of them twice"));
    }

    private static Arguments refused(String parameters, String why) {
        return Arguments.of(parameters, why);
    }

    private static String value(String value) {
        return parameter("path", "a", 4, 0, value);
    }

    @ParameterizedTest
    @MethodSource("refusedParameters")
    void whatMakesNoSenseIsRefusedByTheNameOfTheField(String parameters, String why) {
        assertThatThrownBy(() -> sent("/in/x.csv", parameters))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(why);
    }

    @Test
    void allThatIsWrongIsToldTogether() {
        assertThatThrownBy(() -> sent(
                        "/in/x.csv",
                        parameter("path", "a", 99, 0, variable("x")),
                        parameter("path", "b", 4, 0, dates("Mars/Olympus", "ww", inTheLast(0, "days")))))
                .hasMessageContaining("runParameters[0].insertionIndices[0].index")
                .hasMessageContaining("runParameters[1].value.dateRange.timezone")
                .hasMessageContaining("runParameters[1].value.dateRange.formats[0]")
                .hasMessageContaining("runParameters[1].value.dateRange.inTheLast.number");
    }

    static Stream<Arguments> refusedOverrides() {
        return Stream.of(
                Arguments.of(
                        new RunOverrides("yesterday", null),
                        "runParameters.referenceDate must be a time with its offset such as"),
                Arguments.of(
                        overrides("p3", "x"),
                        "runParameters.overrides.data[0].key is \"p3\", which is the override key of"),
                Arguments.of(overrides("p1", "x"), "runParameters.overrides.data[0].value is given to a date range"),
                Arguments.of(overrides("p2", "x"), "runParameters.overrides.data[0].value is given to a pattern"),
                Arguments.of(overrides("p0", null), "runParameters.overrides.data[0].value must be text"),
                Arguments.of(overrides("p0", "x".repeat(1_020)), "dynamicPath comes to a path longer than 1024 bytes"),
                Arguments.of(overrides(null, "x"), "runParameters.overrides.data[0].key is missing"));
    }

    @ParameterizedTest
    @MethodSource("refusedOverrides")
    void whatARunSaysAndFitsNoParameterIsRefused(RunOverrides overrides, String why) {
        var path = path("/in/<>/<>/<>", variable("a"), dates("yyyy", exactly(1, "years")), WILDCARD);

        assertThatThrownBy(() -> {
                    overrides.requireFit(path.keys());
                    path.resolve(BUCKET, values(overrides, NOW));
                })
                .hasMessageContaining(why);
    }

    @Test
    void aWholeBucketIsNoFolderAlsoWhenAVariableMakesItOne() {
        assertThatThrownBy(() -> pattern("/<>", variable(""))).hasMessageContaining("comes to a whole bucket");
    }

    @Test
    void pastAHundredThousandFilesNothingIsLeftOutInSilence() {
        var resolved = path("/in/<>", WILDCARD).resolve(BUCKET, values(null, NOW));

        resolved.requireFewEnough(100_000);
        assertThatThrownBy(() -> resolved.requireFewEnough(100_001))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("dynamicPath matches more than 100000 files in s3://bucket/in/…");
    }

    @ParameterizedTest
    @CsvSource({
        "/in/<>, in/a.csv, true",
        "/in/<>, in/_a.csv, false",
        "/in/<>, in/a_SUCCESS, false",
        "/in/_<>, in/_a.csv, true",
        "/in/_<>, in/_a_SUCCESS, false",
        "/in/_<>/, in/_a/b.csv, true",
        "/in/_<>/, in/_a/_b.csv, false",
        "/_in/x<>, _in/xa.csv, true",
    })
    void hiddenNamesAreIgnoredWhereThePathDoesNotSayThem(String written, String key, boolean isData) {
        var resolved = path(written, WILDCARD).resolve(BUCKET, values(null, NOW));

        assertThat(resolved.pattern().matches(key)).isTrue();
        assertThat(resolved.noData(key) == null).isEqualTo(isData);
    }

    @Test
    void withoutAnyParameterThereIsNothingDynamic() {
        assertThatThrownBy(() -> sent("/in/x.csv")).hasMessageStartingWith("runParameters is missing");
        assertThatThrownBy(() -> ParameterisedPath.of(null, null, json("[]")))
                .hasMessageStartingWith("dynamicPath is missing");
    }
}
