package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.run.ResultFormat;
import dev.wharf.engine.sample.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultNamesTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() {
        run = new RunFolder(folder);
    }

    @Test
    void keysOfJsonStayAsTheyAre() {
        var json = "{\"\":1,\"C0\":2,\"Image\":\"a\",\"image\":\"b\",\"Image_1\":\"c\",\" \":3,\"a.b\":4,"
                + "\"q\\\"'\\\\\":5,\"é😀\":6,\"" + "long".repeat(5_000) + "\":7}\n";
        var names = List.of("", "C0", "Image", "image", "Image_1", " ", "a.b", "q\"'\\", "é😀", "long".repeat(5_000));

        assertThat(Sampling.of(folder, "a.json", json).columns())
                .extracting(Sample.Column::name)
                .isEqualTo(names);
        assertThat(run.with("a.json", json).json()).isEqualTo(json);
        assertThat(new RunFolder(folder).with("a.json", json).csv().lines().findFirst())
                .hasValueSatisfying(header ->
                        assertThat(header).startsWith("\"\",C0,Image,image,Image_1, ,a.b,\"q\"\"'\\\",é😀,longlong"));
    }

    @Test
    void parquetRenamesOnlyWhatClashesAndNeverAKeyThatIsThere() throws Exception {
        run.with("a.json", "{\"a\":1,\"A\":2,\"a_2\":3,\"\":4,\"column4\":5}\n");

        var result = run.run(ResultFormat.PQT).file();

        assertThat(RunFolder.query("SELECT name FROM parquet_schema('" + result + "')"))
                .containsExactly(
                        List.of("duckdb_schema"),
                        List.of("a"),
                        List.of("A_3"),
                        List.of("a_2"),
                        List.of("column4_2"),
                        List.of("column4"));
    }

    @Test
    void aZeroInANameIsRefusedWhereItCannotBe() {
        run.with("a.json", "{\"a\\u0000b\":1}\n");

        assertThat(Sampling.of(folder, "a.json", "{\"a\\u0000b\":1}\n")
                        .columns()
                        .get(0)
                        .name())
                .isEqualTo("a\0b");
        assertThat(run.json()).isEqualTo("{\"a\\u0000b\":1}\n");
        assertThatThrownBy(run::csv).hasMessageContaining("\"a\\u0000b\"").hasMessageContaining("CSV cannot hold");
        assertThatThrownBy(() -> run.run(ResultFormat.PQT)).hasMessageContaining("Parquet cannot hold");
    }

    @Test
    void columnsOfParquetAndAvroStayAsTheyAre() throws Exception {
        var file = folder.resolve("000001.parquet");
        RunFolder.query(
                "COPY (SELECT 1 AS \"bbb\", 2 AS \"bb_\", 3 AS \"x.y\"\"z\") TO '" + file + "' (FORMAT parquet)");
        // DuckDB refuses to write names that differ in case only.
        var bytes = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        Files.write(file, bytes.replace("bb_", "BBB").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        run.withInput(file, "a.parquet");
        var schema =
                AvroFiles.schema("{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"b\",\"type\":\"int\"},"
                        + "{\"name\":\"B\",\"type\":\"int\"},{\"name\":\"b_1\",\"type\":\"int\"}]}");
        var avro = AvroFiles.of(schema, List.of(AvroFiles.record(schema, 1, 2, 3)));

        assertThat(run.csv()).isEqualTo("bbb,BBB,\"x.y\"\"z\"\n1,2,3\n");
        assertThat(Sampling.of(folder, "a.parquet", Files.readAllBytes(file)).columns())
                .extracting(Sample.Column::name)
                .containsExactly("bbb", "BBB", "x.y\"z");
        assertThat(new RunFolder(folder).with("b.avro", avro).json()).isEqualTo("{\"b\":1,\"B\":2,\"b_1\":3}\n");
    }
}
