package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.run.ResultFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a value is in CSV, in JSON and in a preview: the same, with its own digits. */
class ResultValuesTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() {
        run = new RunFolder(folder);
    }

    private RunFolder parquet(String select) throws Exception {
        var file = folder.resolve("000001.parquet");
        RunFolder.query("COPY (SELECT " + select + ") TO '" + file + "' (FORMAT parquet)");
        return run.withInput(file, "a.parquet");
    }

    private String preview() throws Exception {
        return Sampling.of(folder, "a.parquet", Files.readAllBytes(folder.resolve("000001.parquet")))
                .rows()
                .toString();
    }

    @Test
    void numbersHaveTheirOwnDigits() throws Exception {
        parquet(
                "3.14::FLOAT AS f, 0.1::DOUBLE AS d, 0.5::DECIMAL(4,4) AS e, 12345678901234567890.10::DECIMAL(22,2) AS l,"
                        + " 18446744073709551615::UBIGINT AS u, [3.14::FLOAT, NULL] AS s");

        assertThat(run.json())
                .isEqualTo("{\"f\":3.14,\"d\":0.1,\"e\":0.5000,\"l\":12345678901234567890.10,"
                        + "\"u\":18446744073709551615,\"s\":[3.14,null]}\n");
        assertThat(preview())
                .isEqualTo("[[3.14, 0.1, 0.5, \"12345678901234567890.10\", \"18446744073709551615\", [3.14,null]]]");
        Files.delete(folder.resolve("result.json"));
        assertThat(run.csv())
                .endsWith("\n3.14,0.1,0.5000,12345678901234567890.10,18446744073709551615,\"[3.14,null]\"\n");
    }

    @Test
    void whatIsNoNumberIsText() throws Exception {
        parquet("'nan'::FLOAT AS f, 'inf'::DOUBLE AS d, {'x': [-'inf'::FLOAT, 'nan'], 'y': NULL::FLOAT} AS s,"
                + " MAP {'a\"b': 'nan'::DOUBLE} AS m");

        assertThat(run.json())
                .isEqualTo("{\"f\":\"NaN\",\"d\":\"Infinity\",\"s\":{\"x\":[\"-Infinity\",\"NaN\"],\"y\":null},"
                        + "\"m\":{\"a\\\"b\":\"NaN\"}}\n");
        assertThat(preview())
                .isEqualTo(
                        "[[\"NaN\", \"Infinity\", {\"x\":[\"-Infinity\",\"NaN\"],\"y\":null}, {\"a\\\"b\":\"NaN\"}]]");
        assertThat(run.csv())
                .endsWith("\nNaN,Infinity,\"{\"\"x\"\":[\"\"-Infinity\"\",\"\"NaN\"\"],\"\"y\"\":null}\","
                        + "\"{\"\"a\\\"\"b\"\":\"\"NaN\"\"}\"\n");
    }

    @Test
    void nestedValuesAreJsonInCsv() throws Exception {
        parquet("[{'a': 1, 'b c': ['x', NULL]}] AS l, {'d': DATE '2026-01-02', 't': true, 'n': 1.50::DECIMAL(4,2),"
                + " 'b': '\\xFFa'::BLOB} AS s, MAP {1: [[1], []]} AS m, NULL::INTEGER[] AS n, []::INTEGER[] AS e");

        assertThat(run.csv().lines().skip(1))
                .containsExactly("\"[{\"\"a\"\":1,\"\"b c\"\":[\"\"x\"\",null]}]\",\"{\"\"d\"\":\"\"2026-01-02\"\","
                        + "\"\"t\"\":true,\"\"n\"\":1.50,\"\"b\"\":\"\"\\\\xFFa\"\"}\",\"{\"\"1\"\":[[1],[]]}\",,[]");
        assertThat(preview())
                .isEqualTo("[[[{\"a\":1,\"b c\":[\"x\",null]}], {\"d\":\"2026-01-02\",\"t\":true,\"n\":1.5,"
                        + "\"b\":\"\\\\xFFa\"}, {\"1\":[[1],[]]}, null, []]]");
    }

    @Test
    void jsonKeepsItsNumbers() throws Exception {
        var json = "{\"a\":1.10,\"b\":12345678901234567890123,\"c\":1e400,\"d\":[0.12345678901234567890,-0.0,1E5]}\n";

        assertThat(run.with("a.json", json).json()).isEqualTo(json);
        assertThat(Sampling.of(folder, "a.json", json).rows().toString())
                .isEqualTo(
                        "[[1.1, \"12345678901234567890123\", \"1e400\", [\"0.12345678901234567890\",-0.0,100000.0]]]");
        assertThat(new RunFolder(Files.createDirectory(folder.resolve("b")))
                        .with("b.json", "{\"a\":1.5}\n{\"a\":1E5}\n{\"a\":1.2345678901234567e-7}\n{\"a\":NaN}\n")
                        .json())
                .isEqualTo("{\"a\":1.5}\n{\"a\":1E5}\n{\"a\":1.2345678901234567e-7}\n{\"a\":\"NaN\"}\n");
    }

    @Test
    void numbersOfJsonAreNumbersInParquetWhateverTheirNotation() throws Exception {
        var result = run.with("a.json", "[{\"a\":1.5},{\"a\":1E5},{\"a\":1.234567890123456e-7},{\"a\":-2}]")
                .run(ResultFormat.PQT)
                .file();

        assertThat(RunFolder.query("SELECT CAST(a AS VARCHAR), typeof(a) FROM read_parquet('" + result + "')"))
                .containsExactly(
                        List.of("1.5", "DOUBLE"),
                        List.of("100000.0", "DOUBLE"),
                        List.of("1.234567890123456e-07", "DOUBLE"),
                        List.of("-2.0", "DOUBLE"));
    }

    @Test
    void aZeroInATextIsRefusedInCsvWithItsRow() throws Exception {
        parquet("CASE WHEN range = 2 THEN 'a' || chr(0) ELSE 'b' END AS t FROM range(5)");

        assertThatThrownBy(run::csv)
                .hasMessage("Row 3 of the result has a character of zero (U+0000) in \"t\", which CSV cannot hold;"
                        + " choose JSON or Parquet.");
        assertThat(run.json()).contains("{\"t\":\"a\\u0000\"}\n");
    }

    @Test
    void datesOfAnyYearStayWhatTheyAre() {
        var schema = AvroFiles.schema("{\"type\":\"record\",\"name\":\"r\",\"fields\":["
                + "{\"name\":\"d\",\"type\":{\"type\":\"int\",\"logicalType\":\"date\"}},"
                + "{\"name\":\"t\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}}]}");
        run.with(
                "a.avro",
                AvroFiles.of(
                        schema,
                        List.of(
                                AvroFiles.record(schema, 2_932_897, 253_402_300_800_000_000L),
                                AvroFiles.record(schema, -719_163, -62_135_596_800_000_001L))));

        assertThat(run.csv())
                .isEqualTo("d,t\n10000-01-01,10000-01-01 00:00:00+00\n"
                        + "0001-12-31 (BC),0001-12-31 (BC) 23:59:59.999999+00\n");
    }

    @Test
    void textThatIsNotUtf8IsRefusedWithItsRecord() throws Exception {
        var avro = AvroFiles.numbered(3, org.apache.avro.file.CodecFactory.nullCodec());
        var broken = new String(avro, StandardCharsets.ISO_8859_1)
                .replace("name 1", "name \u00e9")
                .getBytes(StandardCharsets.ISO_8859_1);
        run.with("a.avro", broken);
        assertThatThrownBy(run::csv)
                .hasMessage("a.avro is not a sound Avro file: record 2 has text that is not UTF-8.");

        var file = folder.resolve("p.parquet");
        RunFolder.query("COPY (SELECT 'abcdef' AS t) TO '" + file + "' (FORMAT parquet, COMPRESSION uncompressed)");
        var bytes = Files.readString(file, StandardCharsets.ISO_8859_1).replace("abcdef", "abcd\u00e9f");
        var parquet = new RunFolder(Files.createDirectory(folder.resolve("b")))
                .with("a.parquet", bytes.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(parquet::csv).hasMessage("a.parquet has text that is not UTF-8.");
    }

    @Test
    void aKeyThatIsTwiceInAMapOfAvroIsNamed() {
        var map = AvroFiles.schema("{\"type\":\"map\",\"values\":\"int\"}");
        var bytes = AvroFiles.of(map, List.of(java.util.Map.of("ka", 1, "kb", 2)));
        var twice = new String(bytes, StandardCharsets.ISO_8859_1).replace("kb", "ka");
        run.with("a.avro", twice.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(run::csv).hasMessage("a.avro is not a sound Avro file: record 1 has the key \"ka\" twice.");
    }

    @Test
    void partsOfAvroWithoutATypeAreJson() {
        var either = AvroFiles.schema("{\"type\":\"array\",\"items\":[\"null\",\"float\",\"string\"]}");
        run.with("a.avro", AvroFiles.of(either, List.of(Arrays.asList(3.14f, "x", null, Float.NaN))));

        assertThat(run.json()).isEqualTo("{\"value\":[3.14,\"x\",null,\"NaN\"]}\n");
    }
}
