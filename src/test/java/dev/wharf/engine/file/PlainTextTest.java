package dev.wharf.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    private static final int LENGTH = 32;

    @Test
    void asciiIsPlainAndItsLinesAreCounted() {
        byte[] text = "\na,b\r\n\u007f\u000b\t,\n\n\n0123456789~".getBytes(StandardCharsets.US_ASCII);

        var plain = PlainText.of(text, text.length);

        assertThat(plain.length()).isEqualTo(text.length / 8 * 8);
        assertThat(plain.lines()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, -128, -1, (byte) 0xc3, (byte) 0x8a})
    void whateverElseThereIsEndsItWhereverItStands(byte other) {
        for (int at = 0; at < LENGTH; at++) {
            byte[] text = "\n".repeat(LENGTH).getBytes(StandardCharsets.US_ASCII);
            text[at] = other;

            assertThat(PlainText.of(text, LENGTH)).isEqualTo(new PlainText(at / 8 * 8, at / 8 * 8));
        }
    }

    @Test
    void bytesBehindTheEndAreNone() {
        assertThat(PlainText.of(new byte[] {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 0}, 8))
                .isEqualTo(new PlainText(8, 0));
        assertThat(PlainText.of(new byte[] {'a'}, 1)).isEqualTo(new PlainText(0, 0));
    }
}
