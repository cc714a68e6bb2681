package dev.wharf.s3.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegibleXmlTest {
    @ParameterizedTest
    @CsvSource({
        "<Key>a&#x1;b</Key>, <Key>a\uFFFDb</Key>",
        "<Key>a&#11;b</Key>, <Key>a\uFFFDb</Key>",
        "<Key>a\u0001b</Key>, <Key>a\uFFFDb</Key>",
        "<Key>\uFFFF</Key>, <Key>\uFFFD</Key>",
        "<Key>&#xD;&#10;&amp;&#x1F600;</Key>, <Key>&#xD;&#10;&amp;&#x1F600;</Key>",
        "<Key>$1\\</Key>, <Key>$1\\</Key>",
    })
    void whatXmlCannotHoldIsReplacedAndNothingElse(String answer, String legible) {
        assertThat(LegibleXml.legible(answer)).isEqualTo(legible);
    }
}
