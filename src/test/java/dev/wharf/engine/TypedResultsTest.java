package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.run.EngineResult;
import dev.wharf.engine.run.ResultFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedResultsTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() {
        run = new RunFolder(folder);
    }

    @Test
    void jsonOfManyKeysHasAColumnForEach() {
        run.with(
                "a.json",
                IntStream.range(0, 300).mapToObj(i -> "{\"k" + i + "\":1}").collect(Collectors.joining("\n")));

        assertThat(run.csv()).startsWith("k0,k1,k2,").contains("k299\n");
    }

    @Test
    void jsonWithoutObjectsHasOneColumn() {
        run.with("a.json", "[\"a\", \"2026-01-01\"]").with("b.json", "[1]");

        assertThat(run.csv()).isEqualTo("json\na\n2026-01-01\n1\n");
    }

    @Test
    void csvBecomesTypedJsonLines() {
        run.with(
                "a.csv",
                "id,code,amount,ok,day,at,long\n1,007,1.10,true,2026-01-02,2026-01-02 03:04:05,"
                        + "12345678901234567890\n2,x,,false,2026-01-03,2026-01-03 00:00:00,1\n");

        assertThat(run.json())
                .isEqualTo("{\"id\":1,\"code\":\"007\",\"amount\":1.1,\"ok\":true,\"day\":\"2026-01-02\","
                        + "\"at\":\"2026-01-02 03:04:05\",\"long\":\"12345678901234567890\"}\n"
                        + "{\"id\":2,\"code\":\"x\",\"amount\":null,\"ok\":false,\"day\":\"2026-01-03\","
                        + "\"at\":\"2026-01-03 00:00:00\",\"long\":\"1\"}\n");
    }

    @Test
    void withoutInferenceEverythingIsText() {
        run.with("a.csv", "id,amount\n1,1.10\n").inferTypes(false);

        assertThat(run.json()).isEqualTo("{\"id\":\"1\",\"amount\":\"1.10\"}\n");
    }

    @Test
    void aTypeHoldsForEveryRow() throws Exception {
        run.with("a.csv", "id\n" + "1\n".repeat(100_000) + "n/a\n");

        assertThat(types(run.run(ResultFormat.PQT))).containsExactly(List.of("id", "VARCHAR"));
    }

    @ParameterizedTest
    @CsvSource({
        "1|2.50, DOUBLE",
        "0.30000000000000004|1.5e-07, DOUBLE",
        "9999999999999999|-1, BIGINT",
        "9999999999999999|0.5, VARCHAR",
        "1.23456789012345678901, VARCHAR",
        "1e5, VARCHAR",
        "007, VARCHAR",
        "+5, VARCHAR",
        "99999999999999999, VARCHAR",
        "2026-02-30, VARCHAR",
        "2026-02-28T10:00:00.5, TIMESTAMP",
        "2026-02-28T10:00:00Z, VARCHAR",
        "TRUE|false, BOOLEAN",
        "0|true, VARCHAR"
    })
    void aTypeIsTakenOnlyWhereItLosesNothing(String values, String type) throws Exception {
        run.with("a.csv", "name\n" + values.replace('|', '\n') + "\n").said(new TextDialect(true, null, null, null));

        assertThat(types(run.run(ResultFormat.PQT))).containsExactly(List.of("name", type));
    }

    @Test
    void csvBecomesTypedParquet() throws Exception {
        run.with("seattle-weather.csv", RunFolder.sample("seattle-weather.csv"));

        var result = run.run(ResultFormat.PQT);

        assertThat(result.rows()).isEqualTo(1461);
        assertThat(types(result))
                .containsExactly(
                        List.of("date", "DATE"),
                        List.of("precipitation", "DOUBLE"),
                        List.of("temp_max", "DOUBLE"),
                        List.of("temp_min", "DOUBLE"),
                        List.of("wind", "DOUBLE"),
                        List.of("weather", "VARCHAR"));
        assertThat(RunFolder.query("SELECT * FROM read_parquet('" + result.file() + "')"))
                .isEqualTo(RunFolder.query("SELECT * FROM '" + folder.resolve("000001.csv") + "'"));
    }

    @Test
    void repeatedNamesDifferInJson() {
        run.with("a.csv", ",id,Id,id\nx,1,2,3\n").said(new TextDialect(true, null, null, null));

        assertThat(run.json()).isEqualTo("{\"column1\":\"x\",\"id\":1,\"Id\":2,\"id_2\":3}\n");
    }

    @Test
    void headerOnlyFilesGiveAnEmptyParquetFileWithColumns() throws Exception {
        var result = run.with("a.csv", "id,name\n").run(ResultFormat.PQT);

        assertThat(result.rows()).isZero();
        assertThat(types(result)).containsExactly(List.of("id", "VARCHAR"), List.of("name", "VARCHAR"));
    }

    @Test
    void jsonKeysAreUnitedAndMissingOnesAreNull() {
        run.with("a.json", "[{\"a\":1,\"b\":\"x\"},\n{\"a\":2.5}]")
                .with("b.jsonl", "{\"b\":\"y\",\"c\":{\"d\":[1,null]}}\n{\"a\":null}\n")
                .with("c.json", "");

        assertThat(run.json())
                .isEqualTo("{\"a\":1,\"b\":\"x\",\"c\":null}\n{\"a\":2.5,\"b\":null,\"c\":null}\n"
                        + "{\"a\":null,\"b\":\"y\",\"c\":{\"d\":[1,null]}}\n{\"a\":null,\"b\":null,\"c\":null}\n");
    }

    @Test
    void aKeyOfTheLastRecordIsAColumn() {
        run.with("a.jsonl", "{\"a\":1}\n".repeat(50_000) + "{\"late\":\"é \\\"x\\\"\"}\n");

        assertThat(run.csv()).startsWith("a,late\n1,\n").endsWith("1,\n,\"é \"\"x\"\"\"\n");
    }

    @Test
    void jsonStringsStayStringsInParquet() throws Exception {
        run.with("a.json", "[{\"s\":\"5\",\"n\":5,\"d\":\"2026-01-02\",\"o\":{\"x\":1}}]");

        var result = run.run(ResultFormat.PQT);

        assertThat(types(result))
                .containsExactly(
                        List.of("s", "VARCHAR"), List.of("n", "BIGINT"), List.of("d", "DATE"), List.of("o", "VARCHAR"));
        assertThat(RunFolder.query("SELECT * FROM read_parquet('" + result.file() + "')"))
                .containsExactly(List.of("5", "5", "2026-01-02", "{\"x\":1}"));
    }

    @Test
    void jsonArraysBecomeCsv() throws Exception {
        var result =
                run.with("flights.json", RunFolder.sample("flights-200.json")).run(ResultFormat.CSV);

        assertThat(result.rows()).isEqualTo(200);
        assertThat(result.file())
                .content()
                .startsWith("date,delay,distance,origin,destination\n2001/01/01 01:10,95,2399,HNL,SFO\n");
    }

    @Test
    void jsonThatIsCutOffIsRefusedByFile() {
        run.with("a.jsonl", "{\"a\":1}\n").with("in/b.jsonl", "{\"a\":1}\n{\"a\":");

        assertThatThrownBy(run::json).hasMessageStartingWith("in/b.jsonl").hasMessageContaining("not valid JSON");
    }

    @Test
    void parquetKeepsItsTypesAndOrder() throws Exception {
        var first = parquet("000001.parquet", "SELECT range AS id, DATE '2026-01-01' AS day FROM range(3)");
        var second = parquet("000002.parquet", "SELECT 9 + range AS id, NULL::DATE AS day FROM range(2)");
        run.withInput(first, "a.parquet").withInput(second, "b.parquet");

        assertThat(types(run.run(ResultFormat.PQT))).containsExactly(List.of("id", "BIGINT"), List.of("day", "DATE"));
        assertThat(run.csv()).isEqualTo("id,day\n0,2026-01-01\n1,2026-01-01\n2,2026-01-01\n9,\n10,\n");
        assertThat(run.json()).endsWith("{\"id\":10,\"day\":null}\n");
    }

    @Test
    void parquetOfAnotherSchemaIsRefused() throws Exception {
        var first = parquet("000001.parquet", "SELECT 1::BIGINT AS id");
        var second = parquet("000002.parquet", "SELECT 'x' AS id, 2 AS extra");
        run.withInput(first, "a.parquet").withInput(second, "b.parquet");

        assertThatThrownBy(run::csv)
                .hasMessage("b.parquet has other columns than a.parquet: \"id\" is VARCHAR instead of BIGINT"
                        + " and it has \"extra\" (INTEGER) in addition.");
    }

    @Test
    void parquetThatIsNoneIsRefusedByFile() throws Exception {
        var first = parquet("000001.parquet", "SELECT 1::BIGINT AS id");
        run.withInput(first, "a.parquet").withInput(first, "again.parquet").with("in/b.parquet", "id\n1\n");

        assertThatThrownBy(run::csv).hasMessage("in/b.parquet is not a sound Parquet file.");
    }

    private Path parquet(String name, String sql) throws Exception {
        var file = folder.resolve(name);
        RunFolder.query("COPY (" + sql + ") TO '" + file + "' (FORMAT parquet)");
        return file;
    }

    private static List<List<String>> types(EngineResult result) throws Exception {
        return RunFolder.query("DESCRIBE SELECT * FROM read_parquet('" + result.file() + "')").stream()
                .map(column -> column.subList(0, 2))
                .toList();
    }
}
