package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSoundnessTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() {
        run = new RunFolder(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "[{\"a\":1},{\"a\":2},# is not complete: its array does not end behind record 2 (line 1, column 18).#2",
                "[{\"a\":1},{\"a\":2}# is not complete: its array does not end behind record 2 (line 1, column 17).#2",
                "[{\"a\":1},{\"a\":2# , record 2, is not valid JSON: it does not end (line 1, column 16).#1",
                "[{\"a\":1} {\"a\":2}]# , record 2, is not valid JSON: #1",
                "[{\"a\":1},,{\"a\":2}]# , record 2, is not valid JSON: #1",
                "[{\"a\":1},{\"a\":2},]# , record 3, is not valid JSON: #2",
                "[{\"a\":1}] {\"a\":2}# is not valid JSON: there is more behind the end of its array, which has 1 #1",
                "[{\"a\":1}] ]# , record 2, is not valid JSON: #1",
                "{\"a\":1}{\"a\":2,\"a\":3}#: record 2 has the key \"a\" twice.#1",
                "[{\"a\":1},{\"a\":{\"b\":[{\"c\":1,\"c\":1}]}}]#: record 2 has the key \"c\" twice.#1",
                "{\"a\":1}{\"a\":\"\\ud800\"}#: record 2 has the character \\ud800, which is but half of a pair#1",
            })
    void whatIsWrongIsAFailureOfAJobAndAWarningOfAPreview(String json, String problem, int rows) {
        var words = "a.json" + (",:".indexOf(problem.charAt(0)) < 0 ? " " : "") + problem;

        var sample = Sampling.of(folder, "a.json", json);
        assertThat(sample.rows()).hasSize(rows);
        assertThat(sample.complete()).isFalse();
        assertThat(sample.warnings()).singleElement().asString().startsWith(words);
        run.with("a.json", json);
        assertThatThrownBy(run::csv).hasMessageStartingWith(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[\"x", "{\"a\":1,\"a\":2}", "{\"a\":1,}", "{\"a\":01}", "{a:1}", "\u0001"})
    void whatIsWrongWithTheFirstRecordIsRefused(String json) {
        assertThatThrownBy(() -> Sampling.of(folder, "a.json", json)).hasMessageStartingWith("a.json");
        run.with("a.json", json);
        assertThatThrownBy(run::csv).hasMessageStartingWith("a.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " \n", "[ ]\n"})
    void withoutRecordsThereAreNoRows(String json) {
        assertThat(Sampling.of(folder, "a.json", json).rowCount()).isZero();
        assertThat(run.with("a.json", json).csv()).isEqualTo("json\n");
    }

    @Test
    void linesMayBeArrays() {
        assertThat(run.with("a.json", "[1,2]\n[{\"a\":3}]\n").json())
                .isEqualTo("{\"json\":[1,2]}\n{\"json\":[{\"a\":3}]}\n");
    }

    @Test
    void whereOneRecordIsNoObjectAllAreValues() {
        run.with("b.json", "{\"a\":1}\nnull\n").with("c.json", "5 \"x\" {}");

        assertThat(run.csv()).isEqualTo("json\n\"{\"\"a\"\":1}\"\n\n5\nx\n{}\n");
    }

    @Test
    void latin1IsRefusedInTheWordsOfThePreview() {
        var latin1 = "{\"a\":\"café\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        var words = "is neither UTF-8 nor UTF-16 with a byte order mark.";

        assertThat(Sampling.of(folder, "a.json", latin1).warnings())
                .singleElement()
                .asString()
                .startsWith("a.json " + words);
        run.with("a.json", latin1);
        assertThatThrownBy(run::csv).hasMessageStartingWith("a.json, line 1, " + words);
    }
}
