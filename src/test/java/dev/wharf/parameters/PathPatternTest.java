package dev.wharf.parameters;

import static dev.wharf.parameters.Paths.WILDCARD;
import static dev.wharf.parameters.Paths.dates;
import static dev.wharf.parameters.Paths.exactly;
import static dev.wharf.parameters.Paths.inTheLast;
import static dev.wharf.parameters.Paths.pattern;
import static dev.wharf.parameters.Paths.regex;
import static dev.wharf.parameters.Paths.trifacta;
import static dev.wharf.parameters.Paths.variable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.store.KeyPattern.Look;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore.Order;
import dev.wharf.store.Place;
import dev.wharf.testing.MemoryStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where keys that match can lie is told folder by folder, and never is one missed for it. */
class PathPatternTest {
    @Test
    void aDateWithSlashesLeadsThroughYearsThenMonthsThenDays() {
        var pattern = pattern("/logs/<>/<>.csv", dates("yyyy/MM/dd", inTheLast(331 + 31, "days")), WILDCARD);

        assertThat(pattern.look("")).isEqualTo(new Look("logs/202", false));
        assertThat(pattern.look("logs/2023/")).isNull();
        assertThat(pattern.look("logs/2024/")).isEqualTo(new Look("logs/2024/12/", false));
        assertThat(pattern.look("logs/2024/12/")).isEqualTo(new Look("logs/2024/12/", false));
        assertThat(pattern.look("logs/2024/12/01/")).isNull();
        assertThat(pattern.look("logs/2024/12/02/")).isEqualTo(new Look("logs/2024/12/02/", false));
        assertThat(pattern.look("logs/2024/12/02/more/")).isNull();
        assertThat(pattern.look("logs/2025/02/30/")).isNull();
        assertThat(pattern.look("other/")).isNull();
    }

    @Test
    void theLongestFixedPrefixIsFoundAlsoWithinDates() {
        assertThat(pattern("/in/<>.csv", dates("yyyyMMdd", inTheLast(7, "days")))
                        .prefix())
                .isEqualTo("in/2025112");
        assertThat(pattern("/in/<>/<>.csv", dates("yyyy/MM/dd", exactly(1, "days")), WILDCARD)
                        .prefix())
                .isEqualTo("in/2025/11/27/");
        assertThat(pattern("/in/<>x<>/", variable("a/b"), WILDCARD).prefix()).isEqualTo("in/a/bx");
        assertThat(pattern("/<>", WILDCARD).prefix()).isEmpty();
    }

    @Test
    void whatIsFixedBehindAParameterIsLedToAtOnce() {
        var pattern = pattern("/in/<>/daily/report-<>.csv", WILDCARD, WILDCARD);

        assertThat(pattern.look("in/berlin/")).isEqualTo(new Look("in/berlin/daily/report-", false));
        assertThat(pattern.look("in/berlin/weekly/")).isNull();
    }

    @Test
    void aPathThatEndsInASlashMeansAllFilesInTheFoldersThatMatch() {
        var pattern = pattern("/in/<>/", dates("yyyy", exactly(1, "years")));

        assertThat(pattern.look("")).isEqualTo(new Look("in/2024/", true));
        assertThat(pattern.matches("in/2024/a/b.csv")).isTrue();
        assertThat(pattern.matches("in/2024/a\nb")).isTrue();
        assertThat(pattern.matches("in/2024/")).isFalse();
        assertThat(pattern.matches("in/2024/a/")).isFalse();
        assertThat(pattern.matches("in/2024")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\d{4}-\\d+", "[a-z0-9]+", "(a|b)?x", "[^/]+", "[\\w.-]*", "v[0-9]\\.csv", "(?i:abc)"})
    void aRegexThatCannotMatchASlashStaysWithinItsLevel(String regex) {
        assertThat(pattern("/in/<>/x", regex(regex)).look("")).isEqualTo(new Look("in/", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*",
                "[^a]+",
                "\\D+",
                "\\S",
                "a/b|c",
                "[ -~]",
                "[+-Z]+",
                "[A-z]",
                "\\x2f",
                "[[:punct:]]",
                "\\pP",
                "\\Q/\\E"
            })
    void ofARegexThatMayMatchASlashEverythingBelowIsLookedThrough(String regex) {
        assertThat(pattern("/in/<>/x", regex(regex)).look("")).isEqualTo(new Look("in/", true));
    }

    @Test
    void aRegexMayGoThroughFolders() {
        var pattern = pattern("/in/<>.csv", regex(".+"));

        assertThat(pattern.matches("in/a/b.csv")).isTrue();
        assertThat(pattern.matches("in/.csv")).isFalse();
    }

    @Test
    void manyDatesInOnePathStayExactWhenTheWaysAreTooMany() {
        String window = "\"betweenAgo\":{\"unit\":\"days\",\"from\":500,\"to\":31}";
        String both = dates("yyyy/MM/dd", window);
        var pattern = pattern("/<>/to/<>/to/<>/x", both, both, both);

        assertThat(pattern.matches("2025/01/02/to/2025/10/28/to/2024/07/16/x")).isTrue();
        assertThat(pattern.matches("2025/01/02/to/2025/10/29/to/2024/07/16/x")).isFalse();
        assertThat(pattern.look("2025/01/02/to/2025/10/28/to/")).isNotNull();
        assertThat(pattern.look("2024/01/")).isNull();
    }

    @Test
    void aHostileExpressionTakesLinearTime() {
        var pattern = pattern("/in/<>", regex("(a*)*(a*)*(a|aa)+$|(a*)*b".replace("$", "")));

        assertThat(pattern.matches("in/" + "a".repeat(1_000) + "c")).isFalse();
    }

    @Property(tries = 2_000)
    void aPrunedWalkFindsExactlyWhatAPlainWalkFinds(
            @ForAll("paths") PathPattern pattern, @ForAll("keys") Set<String> keys) {
        var store = new MemoryStore().with(keys.toArray(String[]::new));
        List<String> plain;
        try (Stream<ObjectInfo> all = store.walk("bucket", "", Order.BY_KEY)) {
            plain = all.map(ObjectInfo::key).filter(pattern::matches).toList();
        }
        try (Stream<ObjectInfo> pruned = new Place(store, "bucket", pattern).walk(Order.BY_KEY)) {
            assertThat(pruned.map(ObjectInfo::key)).isEqualTo(plain);
        }
    }

    @Provide
    Arbitrary<PathPattern> paths() {
        Arbitrary<String> values = Arbitraries.of(
                WILDCARD,
                variable(""),
                variable("a"),
                variable("a/"),
                variable("2025/1"),
                regex("[a-b]*"),
                regex("a|b"),
                regex(".*"),
                regex("a/?"),
                regex("\\d+"),
                trifacta("{alpha}"),
                trifacta("#+"),
                trifacta("%/a"),
                dates("yyyy/MM/dd", inTheLast(40, "days")),
                dates("yyyy/M", inTheLast(3, "months")),
                dates("MM/dd", inTheLast(40, "days")),
                dates("dd", inTheLast(3, "days")),
                dates("yyyyMM", inTheLast(2, "months")),
                dates("yyyy", exactly(0, "years")));
        Arbitrary<String> texts = Arbitraries.of("", "/", "a", "/a", "a/", "-", "/2025/", "//");
        return Combinators.combine(texts, values, texts, values, texts)
                .as((first, one, second, two, last) -> pattern("/a" + first + "<>" + second + "<>" + last, one, two));
    }

    @Provide
    Arbitrary<Set<String>> keys() {
        Arbitrary<String> names = Arbitraries.of(
                "a", "b", "", "ab", "2025", "2024", "11", "10", "1", "28", "27", "30", "202511", "-", "a-", "a2025",
                "é", "😀", "x1");
        return names.list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> String.join("/", parts))
                .map(key -> key.startsWith("a") ? key : "a/" + key)
                .set()
                .ofMaxSize(40);
    }
}
