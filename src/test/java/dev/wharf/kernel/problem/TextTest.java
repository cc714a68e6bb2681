package dev.wharf.kernel.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u0000b", "a\nb", "\u001b[31m", "\ud800", "a very long name"})
    void whatNotEveryDatabaseAndLogCanHoldIsNoName(String value) {
        assertThatThrownBy(() -> Text.name("name", value, 10))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("name must ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "+1", "01", "-01", " 1", "1.0", "1e3", "\uff11", "\u0661", "9223372036854775808", "0x1"})
    void whatJsonDoesNotWriteSoIsNoWholeNumber(String text) {
        assertThat(Text.wholeNumber(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "-1", "9223372036854775807"})
    void aWholeNumberHasOneName(String text) {
        assertThat(Text.wholeNumber(text)).hasValue(Long.parseLong(text));
    }

    @Test
    void peopleNameThingsInTheirOwnLanguage() {
        assertThat(Text.name("name", "données 日本 😀 <b>${x}", 50)).isEqualTo("données 日本 😀 <b>${x}");
    }

    @Test
    void aDescriptionMayHaveLines() {
        assertThat(Text.description("description", "a\nb", 10)).isEqualTo("a\nb");
        assertThat(Text.description("description", null, 10)).isNull();
    }
}
