package dev.wharf.engine.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.AvroFiles;
import dev.wharf.engine.RunFolder;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.Reading;
import dev.wharf.engine.file.SaidTypes;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.run.EngineResult;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Avro results, as Avro's own reader and ours see them. */
class AvroResultTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() throws IOException {
        run = new RunFolder(Files.createDirectory(folder.resolve("run")));
    }

    private EngineResult write() {
        return run.run(ResultFormat.AVRO);
    }

    private static List<GenericRecord> records(EngineResult result) throws IOException {
        try (var file = new DataFileReader<GenericRecord>(result.file().toFile(), new GenericDatumReader<>())) {
            var records = new ArrayList<GenericRecord>();
            file.forEach(records::add);
            return records;
        }
    }

    private static Schema schema(EngineResult result) throws IOException {
        try (var file = new DataFileReader<GenericRecord>(result.file().toFile(), new GenericDatumReader<>())) {
            return file.getSchema();
        }
    }

    private RunFolder over(String name) throws IOException {
        return new RunFolder(Files.createDirectory(folder.resolve(name)));
    }

    /** What a column may be beside null. */
    private static String type(Schema schema, String field) {
        var type = schema.getField(field).schema().getTypes().get(1);
        return type.getLogicalType() == null
                ? type.getType().getName()
                : type.getLogicalType().getName();
    }

    @Test
    void whatAnAvroFileHoldsComesBackTheSame() throws Exception {
        var file = AvroFiles.of(AvroTest.ALL, List.of(AvroTest.one(), AvroTest.one()));
        // It holds itself: no type of DuckDB does, so it is JSON there, and text in a result.
        var recursive = "{\"\"value\"\":2,\"\"next\"\":null}";
        var again = Files.readAllBytes(
                run.with("a.avro", file).run(ResultFormat.AVRO).file());

        assertThat(over("again").with("a.avro", again).csv())
                .isEqualTo(over("first")
                        .with("a.avro", file)
                        .csv()
                        .replace(recursive, "\"\"" + recursive.replace("\"\"", "\\\"\"") + "\"\""));
        assertThat(RunFolder.query("DESCRIBE SELECT * FROM read_parquet('"
                        + over("againParquet")
                                .with("a.avro", again)
                                .run(ResultFormat.PQT)
                                .file() + "')"))
                .extracting(column -> column.get(1))
                .contains("DECIMAL(20,3)", "DATE", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP", "TIME", "BLOB", "VARCHAR[]")
                .contains("MAP(VARCHAR, BLOB)", "STRUCT(x INTEGER, hash BLOB)");
    }

    @Test
    void typesOfTextAreThoseOfItsValues() throws IOException {
        run.with(
                "a.csv",
                "n,x,yes,day,at,text\\n1,1.5,true,2020-01-02,2020-01-02 03:04:05.000006,a\\n,,,,,\\n"
                        .replace("\\n", "\n"));

        var result = write();

        var schema = schema(result);
        assertThat(List.of("n", "x", "yes", "day", "at", "text"))
                .extracting(field -> type(schema, field))
                .containsExactly("long", "double", "boolean", "date", "local-timestamp-micros", "string");
        assertThat(records(result))
                .extracting(Object::toString)
                .containsExactly(
                        "{\"n\": 1, \"x\": 1.5, \"yes\": true, \"day\": 18263, \"at\": 1577934245000006, \"text\": \"a\"}",
                        "{\"n\": null, \"x\": null, \"yes\": null, \"day\": null, \"at\": null, \"text\": null}");
        assertThat(result.rows()).isEqualTo(2);
    }

    @Test
    void typesThatWereSaidHold() throws IOException {
        run.with("a.csv", "price,code\n1.50,01\n-20,02\n")
                .said(Reading.UNSAID.with(new SaidTypes(Map.of("price", "DECIMAL(10,2)", "code", "VARCHAR"))));

        var result = write();

        assertThat(type(schema(result), "price")).isEqualTo("decimal");
        assertThat(over("again")
                        .with("a.avro", Files.readAllBytes(result.file()))
                        .csv())
                .isEqualTo("price,code\n1.50,01\n-20.00,02\n");
    }

    @Test
    void aValueThatIsNotOfTheTypeThatWasSaidIsNamedAndLeavesNoFile() {
        run.with("a.csv", "n\n1\nx\n").said(Reading.UNSAID.with(new SaidTypes(Map.of("n", "BIGINT"))));

        assertThatThrownBy(this::write)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("a.csv, line 3, has \"x\" in the column \"n\"");
        assertThat(folder.resolve("run/result.avro")).doesNotExist();
    }

    @Test
    void namesThatAvroForbidsAreMadeValidAndKeptAsDoc() throws IOException {
        run.with("a.csv", "a b,a_b,A_B,2020,größe,\n1,2,3,4,5,6\n").said(new TextDialect(true, null, null, null));

        var fields = schema(write()).getFields();

        assertThat(fields)
                .extracting(Schema.Field::name)
                .containsExactly("a_b_2", "a_b", "A_B_3", "_2020", "gr__e", "column6");
        assertThat(fields).extracting(Schema.Field::doc).containsExactly("a b", null, "A_B", "2020", "größe", "");
    }

    @Test
    void fieldsWithinRecordsAreNamedByTheSameRule() throws Exception {
        var parquet = folder.resolve("nested.parquet");
        RunFolder.query("COPY (SELECT {'x y': 1, 'in': {'2': [{'z': DATE '2020-01-01'}]}} AS s, MAP {7: 'seven'} AS m)"
                + " TO '" + parquet + "'");

        var result = run.with("a.parquet", Files.readAllBytes(parquet)).run(ResultFormat.AVRO);

        assertThat(records(result).get(0))
                .hasToString("{\"s\": {\"x_y\": 1, \"in\": {\"_2\": [{\"z\": 18262}]}}, \"m\": {\"7\": \"seven\"}}");
    }

    @Test
    void thousandsOfRowsKeepTheirOrder() throws IOException {
        var lines = new StringBuilder("n\n");
        for (int n = 0; n < 300_000; n++) {
            lines.append(n).append('\n');
        }

        var records = records(run.with("a.csv", lines.toString()).run(ResultFormat.AVRO));

        for (int n = 0; n < 300_000; n++) {
            assertThat(records.get(n).get("n")).isEqualTo((long) n);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"DEFLATE", "BZIP2", "ZSTD", "SNAPPY"})
    void blocksAreCompressedAsAskedFor(Compression compression) throws IOException {
        var csv = "n,text\n" + "1,some text that repeats\n".repeat(20_000);

        var result = run.with("a.csv", csv).run(ResultFormat.AVRO, compression);

        assertThat(result.file()).hasFileName("result.avro");
        assertThat(result.size()).isLessThan(csv.length() / 4);
        assertThat(over("again")
                        .with("a.avro", Files.readAllBytes(result.file()))
                        .csv())
                .isEqualTo(csv);
    }

    @Test
    void aDateWithoutEndIsRefusedByItsColumn() throws Exception {
        var parquet = folder.resolve("infinite.parquet");
        RunFolder.query("COPY (SELECT 1 AS a, DATE 'infinity' AS until) TO '" + parquet + "'");

        assertThatThrownBy(
                        () -> run.with("a.parquet", Files.readAllBytes(parquet)).run(ResultFormat.AVRO))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("The column \"until\" has a date or time without end");
    }

    @Test
    void anInterruptEndsTheWritingAndLeavesNoFile() throws Exception {
        run.with("a.csv", "a,b\n" + "1,some text\n".repeat(3_000_000))
                .settings(new EngineSettings("256MB", 2, Duration.ofMinutes(5), "2GB"));
        var outcome = new CompletableFuture<Throwable>();
        var file = folder.resolve("run/result.avro");
        var caller = new Thread(() -> {
            try {
                write();
                outcome.complete(null);
            } catch (ProblemException canceled) {
                outcome.complete(canceled);
            }
        });
        caller.start();
        while (!(Files.exists(file) && Files.size(file) > 0) && caller.isAlive()) {
            Thread.onSpinWait();
        }
        caller.interrupt();

        assertThat(outcome.get(60, TimeUnit.SECONDS)).hasMessage("The run was canceled.");
        assertThat(file).doesNotExist();
    }
}
