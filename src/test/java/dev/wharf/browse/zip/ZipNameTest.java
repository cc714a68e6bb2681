package dev.wharf.browse.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZipNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.csv",
                "dir/a b+c.csv",
                "日本語 😀.csv",
                "dt=2012-01-01 00%3A00%3A00/part",
                "100%",
                "a%2Fb",
                "12:30",
                "..a",
                "a..",
                ".hidden/...",
                "q?x=1#f",
                "quo\"te",
                " blank "
            })
    void aSafeKeyIsItsOwnName(String key) {
        assertThat(ZipName.of(key)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "..,%2E%2E",
                "a/../b,a/%2E%2E/b",
                "./a,%2E/a",
                "/etc/passwd,%2Fetc/passwd",
                "a//b,a/%2Fb",
                "a///b,a/%2F%2Fb",
                "a/,a%2F",
                "a//,a/%2F",
                "/,%2F",
                "C:/x,C%3A/x",
                "c:x,c%3Ax",
                "a\\..\\b,a%5C..%5Cb",
                "5%/../x,5%25/%2E%2E/x",
                "a%5Cb,a%255Cb",
                "a%255Cb,a%25255Cb"
            })
    void whatWouldBeTakenForSomethingElseIsWrittenAsInAUrl(String key, String name) {
        assertThat(ZipName.of(key)).isEqualTo(name);
    }

    @Test
    void charactersThatTurnTextAreWrittenAsInAUrl() {
        assertThat(ZipName.of("safe\u202Evsc.exe")).isEqualTo("safe%E2%80%AEvsc.exe");
        assertThat(ZipName.of("\u2067a\u061Cb")).isEqualTo("%E2%81%A7a%D8%9Cb");
    }

    @Test
    void controlCharactersAreWrittenAsInAUrl() {
        assertThat(ZipName.of("a\nb\0\u007f\u0085")).isEqualTo("a%0Ab%00%7F%C2%85");
    }

    @Test
    void noTwoKeysHaveOneNameAndNoNameIsUnsafe() {
        Map<String, String> names = new HashMap<>();
        for (String key : texts(List.of("a", "C:", "/", ".", "%", "25", "2F", "2E", "\\", "5C"), 5)) {
            String name = ZipName.of(key);
            assertThat(names.put(name, key))
                    .as("another key that is called " + name)
                    .isNull();
            assertThat(name)
                    .doesNotStartWith("/")
                    .doesNotStartWith("C:")
                    .doesNotContain("\\", "//")
                    .doesNotEndWith("/");
            assertThat(name.split("/")).doesNotContain(".", "..");
        }
    }

    private static List<String> texts(List<String> parts, int most) {
        List<String> all = new java.util.ArrayList<>();
        List<String> longest = List.of("");
        for (int length = 1; length <= most; length++) {
            longest = longest.stream()
                    .flatMap(text -> parts.stream().map(part -> text + part))
                    .distinct()
                    .toList();
            all.addAll(longest);
        }
        return all.stream().distinct().toList();
    }
}
