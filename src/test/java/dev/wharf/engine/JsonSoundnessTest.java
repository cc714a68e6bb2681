package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.run.ResultFormat;
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
        var words = "a.json is empty: there are no columns to write.";
        var sample = Sampling.of(folder, "a.json", json);
        assertThat(sample.rowCount()).isZero();
        assertThat(sample.warnings()).containsExactly(words);
        run.with("a.json", json);
        assertThatThrownBy(run::csv).hasMessage(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{\"a\":null}{\"a\":null}#a#[[null], [null]]",
                "[{\"a\":null,\"b\":1},{\"a\":null,\"b\":2}]#a,b#[[null, 1], [null, 2]]",
                "[{\"a\":null}]#a#[[null]]",
                "null#json#[[null]]",
                "[null,null]#json#[[null], [null]]",
            })
    void nullIsNull(String json, String names, String rows) throws Exception {
        assertThat(Sampling.of(folder, "a.json", json).rows()).hasToString(rows);
        run.with("a.json", json);
        assertThat(run.csv()).startsWith(names + "\n").doesNotContain("{");
        assertThat(run.json()).contains("null").doesNotContain("{}");
        var parquet = run.run(ResultFormat.PQT).file();
        var column = names.substring(0, Math.min(names.length(), names.equals("json") ? 4 : 1));
        assertThat(RunFolder.query("SELECT count(" + column + ") FROM read_parquet('" + parquet + "')")
                        .get(0))
                .containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "[{\"a\":1},{\"a\":2},]#] stands where a value is expected (line 1, column 18).",
                "{\"a\":1,}#} stands where a key in double quotes is expected (line 1, column 8).",
                "[{\"a\":1}]{\"a\":2}#there is more behind the end of its array, which has 1 records (line 1, column 10).",
                "[{\"a\":1} {\"a\":2}]#{ stands where a comma is expected (line 1, column 10).",
                "{\"a\" 1}#1 stands where a colon is expected (line 1, column 6).",
                "{\"a\":+1}#a number begins with +, as none of JSON does (line 1,",
                "{\"a\":.5}#. stands where a value is expected (line 1, column 6).",
                "{\"a\":5.}#a number ends in its decimal point (line 1, column 7).",
                "{\"a\":01}#a number begins with 0 and goes on (line 1, column 7).",
                "{\"a\":1e}#a number ends in its exponent's sign (line 1, column 7).",
                "{\"a\":1x}#x stands where a comma is expected (line 1, column 7).",
                "// x#it has a comment, as no JSON has (line 1, column 1).",
                "{\"a\":1 /* x */}#it has a comment, as no JSON has (line 1, column 8).",
                "{\"a\":undefined}#undefined is no value of JSON; a text stands in double quotes (line 1, column 6).",
                "{'a':1}#' stands where a key in double quotes is expected (line 1, column 2).",
                "{\"a\":\"\\x\"}#a text has \\x, which is no escape of JSON (line 1, column 8).",
                "{\"a\":\"\t\"}#a text has a control character (code 9) that is not escaped (line 1, column 7).",
                "[1}#} closes what it did not open (line 1, column 3).",
            })
    void theReasonAndItsPlaceAreInOurWords(String json, String reason) {
        run.with("a.json", json);
        assertThatThrownBy(run::csv).hasMessageContaining("is not valid JSON: " + reason);
    }

    @Test
    void whatIsNoNumberOfJsonIsReadAsTextAndDoubted() {
        assertThat(Sampling.of(folder, "a.json", "{\"a\":1}\n{\"a\":[-Infinity]}\n{\"a\":NaN}\n")
                        .warnings())
                .containsExactly("a.json, record 2, has -Infinity, which is no number of JSON; it is read as text.");
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
