package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SaidTypes;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.kernel.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types that the importing person has said. */
class SaidTypesTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() throws Exception {
        run = new RunFolder(Files.createTempDirectory(folder, ""));
    }

    private static Reading types(String... namesAndTypes) {
        var types = new java.util.LinkedHashMap<String, String>();
        for (int at = 0; at < namesAndTypes.length; at += 2) {
            types.put(namesAndTypes[at], namesAndTypes[at + 1]);
        }
        return Reading.UNSAID.with(new SaidTypes(types));
    }

    private List<String> preview(String name, String content, Reading said) throws Exception {
        var sample = Sampling.of(folder, name, content.getBytes(StandardCharsets.UTF_8), said);
        return sample.warnings().isEmpty()
                ? sample.rows().stream().map(String::valueOf).toList()
                : sample.warnings();
    }

    @Test
    void typedResultsAndPreviewsHaveTheTypesThatWereSaid() throws Exception {
        var csv = "id,zip,price,day\n1,01234,1.50,2026-01-31\n2,,,\n";
        var said = types("zip", "varchar", "id", "DOUBLE", "price", "decimal(9, 2)", "day", "TIMESTAMP");
        run.with("a.csv", csv).said(said);

        assertThat(RunFolder.query("SELECT column_type FROM (DESCRIBE SELECT * FROM read_parquet('"
                        + run.run(ResultFormat.PQT).file() + "'))"))
                .containsExactly(List.of("DOUBLE"), List.of("VARCHAR"), List.of("DECIMAL(9,2)"), List.of("TIMESTAMP"));
        assertThat(run.json())
                .startsWith("{\"id\":1.0,\"zip\":\"01234\",\"price\":1.50,\"day\":\"2026-01-31 00:00:00\"}\n");
        assertThat(preview("a.csv", csv, said))
                .containsExactly("[1.0, \"01234\", 1.5, \"2026-01-31 00:00:00\"]", "[2.0, null, null, null]");
    }

    @Test
    void csvResultsKeepEveryValueAsItIs() {
        run.with("a.csv", "id,n\n1,007\n2,x\n").said(types("n", "BIGINT"));

        assertThat(run.csv()).isEqualTo("id,n\n1,007\n2,x\n");
    }

    @ParameterizedTest
    @CsvSource({
        "BIGINT, 1.6",
        "BIGINT, 1e3",
        "BIGINT, 99999999999999999999",
        "BIGINT, one",
        "'DECIMAL(5,2)', 1.005",
        "'DECIMAL(5,2)', 1234.5",
        "DOUBLE, ten",
        "BOOLEAN, maybe",
        "DATE, 2026-02-30",
        "DATE, 2026-01-31 12:00:00",
        "DATE, 31.01.2026",
        "TIMESTAMP, noon"
    })
    void aValueOfAnotherTypeIsRefusedByFileLineColumnAndValue(String type, String value) throws Exception {
        var csv = "id,n\n\"1\n\",\n2," + value + "\n";
        var said = types("n", type);
        run.with("in/a.csv", "id,n\n1,\n").with("in/b.csv", csv).said(said);
        var words = "in/b.csv, line 4, has \"" + value + "\" in the column \"n\", which is no value of the type " + type
                + " (columnTypes).";

        assertThatThrownBy(run::json).hasMessage(words);
        assertThat(preview("in/b.csv", csv, said)).containsExactly(words);
    }

    @ParameterizedTest
    @CsvSource({
        "BIGINT, -007, -7",
        "'DECIMAL(5,2)', 1.500, 1.50",
        "DOUBLE, 1e3, 1000.0",
        "BOOLEAN, TRUE, true",
        "DATE, 2026-1-5, '\"2026-01-05\"'",
        "TIMESTAMP, 2026-01-31T12:00:00Z, '\"2026-01-31 12:00:00\"'"
    })
    void aValueInAnotherNotationIsRead(String type, String value, String json) {
        run.with("a.csv", "id,n\n1," + value + "\n").said(types("n", type));

        assertThat(run.json()).isEqualTo("{\"id\":1,\"n\":" + json + "}\n");
    }

    @Test
    void valuesOfJsonAreReadAsTheTypeThatWasSaid() throws Exception {
        var json = "{\"a\":\"5\",\"b\":5}\n{\"a\":6,\"b\":{\"c\":1}}\n";
        var said = types("a", "BIGINT", "b", "VARCHAR");
        run.with("a.json", json).said(said);

        assertThat(run.json()).isEqualTo("{\"a\":5,\"b\":\"5\"}\n{\"a\":6,\"b\":\"{\\\"c\\\":1}\"}\n");
        assertThat(preview("a.json", json, said)).containsExactly("[5, \"5\"]", "[6, \"{\\\"c\\\":1}\"]");
    }

    @Test
    void aRecordOfJsonWithAValueOfAnotherTypeIsNamed() throws Exception {
        var json = "[{\"a\":1},{\"a\":\"x\"}]";
        var words = "a.json, record 2, has \"x\" in the column \"a\", which is no value of the type BIGINT"
                + " (columnTypes).";
        run.with("a.json", json).said(types("a", "BIGINT"));

        assertThatThrownBy(() -> run.run(ResultFormat.PQT)).hasMessage(words);
        assertThat(preview("a.json", json, types("a", "BIGINT"))).containsExactly(words);
    }

    @Test
    void thePreviewShowsTheRowsBeforeAValueOfAnotherType() {
        var sample = Sampling.of(
                folder, "a.csv", "id,n\n1,2\n2,3\n3,x\n4,5\n".getBytes(StandardCharsets.UTF_8), types("n", "BIGINT"));

        assertThat(sample.rows()).hasSize(2);
        assertThat(sample.complete()).isFalse();
        assertThat(sample.warnings()).singleElement().asString().contains("line 4");
    }

    @Test
    void aNameThatIsNoColumnIsRefusedWithThoseThereAre() {
        run.with("a.csv", "id,n\n1,2\n").said(types("N", "BIGINT"));

        assertThatThrownBy(run::csv)
                .hasMessage("columnTypes names \"N\", which is no column of a.csv; it has \"id\", \"n\"");
    }

    @Test
    void unknownTypesAreRefusedByName() {
        for (var type : List.of("TEXT", "", "DECIMAL(39,2)", "DECIMAL(4,5)", "BIGINT); --")) {
            assertThatThrownBy(() -> new SaidTypes(Map.of("a", type)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageStartingWith("columnTypes gives \"a\" the type " + type + ":");
        }
    }

    @Test
    void typesAreNotSaidOfFormatsThatStateThem() throws Exception {
        RunFolder.query("COPY (SELECT 1 AS a) TO '" + folder.resolve("000001.parquet") + "' (FORMAT parquet)");
        var stated = new RunFolder(folder).withInput(folder.resolve("000001.parquet"), "a.parquet");

        assertThatThrownBy(() -> stated.said(types("a", "DOUBLE")).run(ResultFormat.PQT))
                .hasMessage("columnTypes: applies to delimited text and JSON only, and a.parquet is Parquet, which"
                        + " states its types.");
    }
}
