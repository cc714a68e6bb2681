package dev.wharf.browse.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobPatternTest {
    private static boolean matches(String glob, String name) {
        return new GlobPattern(glob, false).matches(name, 0, name.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "*.csv|a.csv",
                "*.csv|.csv",
                "a*c|abbc",
                "a*c|ac",
                "*a*a*|banana",
                "?|x",
                "?|😀",
                "data-??|data-12",
                "[a-c]x|bx",
                "[!a-c]x|dx",
                "[^a-c]x|dx",
                "[]a]|]",
                "[a-]|-",
                "[\\]]|]",
                "[é日😀]|😀",
                "{csv,json}|json",
                "*.{csv,json{,l}}|x.jsonl",
                "*.{csv,json{,l}}|x.json",
                "{a,}b|b",
                "a\\*b|a*b",
                "\\{a\\}|{a}",
                "a]b}c,d|a]b}c,d",
                "2024/*/x|2024/05/x",
                "**/x|x",
                "**/x|a/b/x",
                "a/**/x|a/x",
                "a/**/x|a/b/c/x",
                "a/**|a/b/c",
                "a/**/|a/",
                "a/**/|a/b/",
                "***|abc",
                "a**c|a/b/c",
                "`日本*`|日本語",
            })
    void matchesTheWholeName(String glob, String name) {
        assertThat(matches(glob, name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "*.csv|a.csv.gz",
                "*.csv|a.CSV",
                "a*c|acb",
                "?|xy",
                "?|``",
                "*|a/b",
                "a?b|a/b",
                "a[!x]b|a/b",
                "[a-c]|A",
                "{csv,json}|cs",
                "{csv,json}|csvjson",
                "a\\*b|axb",
                "**/x|yx",
                "a/**/x|ax",
                "a/**/x|a/bx",
                "2024/*/x|2024/05/06/x",
            })
    void doesNotMatch(String glob, String name) {
        assertThat(matches(glob, name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"*.csv,A.CSV", "REPORT*,report-1", "[a-c]*,BETA", "[A-C]*,beta", "straẞe,STRAßE", "ÉTÉ,été"})
    void eitherCaseMatchesWhereItIsIgnored(String glob, String name) {
        assertThat(new GlobPattern(glob, true).matches(name, 0, name.length())).isTrue();
        assertThat(matches(glob, name)).isFalse();
    }

    @Test
    void aPartOfAKeyIsLookedAtOnly() {
        var glob = new GlobPattern("b*", false);

        assertThat(glob.matches("a/bc/d", 2, 4)).isTrue();
        assertThat(glob.matches("a/bc/d", 0, 4)).isFalse();
        assertThat(glob.ofPaths()).isFalse();
        assertThat(new GlobPattern("a/b", false).ofPaths()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[]", "[!", "[a-", "a[b", "{", "{a", "{a,{b}", "a\\", "[\\"})
    void whatIsNotClosedIsRefused(String glob) {
        assertThatThrownBy(() -> new GlobPattern(glob, false))
                .hasMessageStartingWith("query ")
                .hasMessageContaining("for the character itself");
    }

    @Test
    void noPatternTakesLongerThanItsLengthTimesTheNames() {
        String name = "a".repeat(1024);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(matches("*a".repeat(500) + "b", name)).isFalse();
            assertThat(matches("{a,a*}".repeat(150) + "b", name)).isFalse();
            assertThat(matches("{".repeat(500) + "a*" + "}".repeat(500), name)).isTrue();
            assertThat(matches("{" + ",".repeat(1000) + "}b", name)).isFalse();
            assertThat(matches("**/".repeat(300) + "b", "a/".repeat(512))).isFalse();
        });
    }
}
