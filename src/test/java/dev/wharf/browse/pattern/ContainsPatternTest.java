package dev.wharf.browse.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainsPatternTest {
    @ParameterizedTest
    @CsvSource({
        "dat,data,true,true",
        "ta,data,true,true",
        "data,data,true,true",
        "aab,aaab,true,true",
        "datas,data,false,false",
        "DAT,data,false,true",
        "été,ÉTÉ,false,true",
        "k,\u212A,false,true",
        "😀,x😀y,true,true"
    })
    void namesThatHoldTheTextMatch(String text, String name, boolean exactly, boolean inEitherCase) {
        assertThat(new ContainsPattern(text, false).matches(name, 0, name.length()))
                .isEqualTo(exactly);
        assertThat(new ContainsPattern(text, true).matches(name, 0, name.length()))
                .isEqualTo(inEitherCase);
    }

    @Test
    void onlyThePartThatIsMeantIsLookedAt() {
        assertThat(new ContainsPattern("bc", false).matches("abcd", 1, 3)).isTrue();
        assertThat(new ContainsPattern("bc", false).matches("abcd", 1, 2)).isFalse();
        assertThat(new ContainsPattern("ab", false).matches("abcd", 1, 4)).isFalse();
    }

    @Test
    void aSlashMeansPaths() {
        assertThat(new ContainsPattern("a/b", true).ofPaths()).isTrue();
        assertThat(new ContainsPattern("ab", true).ofPaths()).isFalse();
    }
}
