package dev.wharf.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.run.CsvOptions;
import dev.wharf.engine.run.ResultFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every format and compression that a run writes, opened by the tools that people use, as far as this machine has them. */
class ReadersTest {
    private static final String ROWS = """
            n,text,amount,paid,day,at
            1,"comma, ""quote""
            and a line",1.5,true,2026-01-31,2026-01-31 10:00:00
            2,é 日本 😀,-0.25,false,2024-02-29,1999-12-31 23:59:59
            3,,,,,
            """;
    private static final List<List<String>> EXPECTED = List.of(
            List.of("1", "comma, \"quote\"\nand a line", "1.5", "true", "2026-01-31", "2026-01-31 10:00:00"),
            List.of("2", "é 日本 😀", "-0.25", "false", "2024-02-29", "1999-12-31 23:59:59"),
            Arrays.asList("3", null, null, null, null, null));
    private static final List<String> NAMES = List.of("n", "text", "amount", "paid", "day", "at");
    private static final int MISSING = 77;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void rows() throws IOException {
        run = new RunFolder(Files.createDirectory(folder.resolve("run"))).with("a.csv", ROWS);
    }

    @ParameterizedTest
    @CsvSource({
        "excel_csv, CSV, NONE",
        "excel_csv, CSV, GZIP",
        "excel_csv, CSV, BZIP2",
        "excel_csv, CSV, ZSTD",
        "arrow_csv, CSV, NONE",
        "arrow_csv, CSV, GZIP",
        "arrow_csv, CSV, BZIP2",
        "arrow_csv, CSV, ZSTD",
        "pandas_csv, CSV, NONE",
        "pandas_csv, CSV, GZIP",
        "pandas_csv, CSV, BZIP2",
        "json_lines, JSON, NONE",
        "json_lines, JSON, GZIP",
        "json_lines, JSON, BZIP2",
        "json_lines, JSON, ZSTD",
        "arrow_json, JSON, NONE",
        "arrow_json, JSON, GZIP",
        "arrow_json, JSON, BZIP2",
        "arrow_json, JSON, ZSTD",
        "arrow_parquet, PQT, NONE",
        "arrow_parquet, PQT, SNAPPY",
        "arrow_parquet, PQT, GZIP",
        "arrow_parquet, PQT, ZSTD",
        "fastavro, AVRO, NONE",
        "fastavro, AVRO, BZIP2",
        "fastavro, AVRO, SNAPPY",
        "fastavro, AVRO, ZSTD",
    })
    void pythonReadsWhatWasWritten(String reader, ResultFormat format, Compression compression) throws Exception {
        assertThat(python(reader, run.run(format, compression).file())).isEqualTo(EXPECTED);
    }

    private static List<List<String>> python(String reader, Path file) throws Exception {
        var script = Path.of(ReadersTest.class.getResource("/readers/rows.py").toURI());
        Process python;
        try {
            python = new ProcessBuilder("python3", script.toString(), reader, file.toString()).start();
        } catch (IOException missing) {
            return abort("There is no python3 here");
        }
        var rows = new String(python.getInputStream().readAllBytes(), UTF_8);
        var errors = new String(python.getErrorStream().readAllBytes(), UTF_8);
        if (python.waitFor() == MISSING) {
            return abort(reader + ": " + errors.strip());
        }
        assertThat(python.exitValue()).as(errors).isZero();
        var found = new ArrayList<List<String>>();
        for (JsonNode row : JSON.readTree(rows)) {
            found.add(NAMES.stream().map(name -> row.path(name).textValue()).toList());
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "CSV, NONE",
        "CSV, GZIP",
        "CSV, ZSTD",
        "JSON, NONE",
        "JSON, GZIP",
        "JSON, ZSTD",
        "PQT, NONE",
        "PQT, SNAPPY",
        "PQT, GZIP",
        "PQT, ZSTD"
    })
    void duckDbReadsWhatWasWritten(ResultFormat format, Compression compression) throws Exception {
        var file = run.run(format, compression).file();
        var reader =
                switch (format) {
                    case CSV -> "read_csv";
                    case JSON -> "read_json";
                    default -> "read_parquet";
                };

        var rows = RunFolder.query("SELECT "
                + NAMES.stream()
                        .map(name -> "CAST(\"" + name + "\" AS VARCHAR)")
                        .collect(Collectors.joining(", "))
                + " FROM " + reader + "('" + file + "')");

        assertThat(rows)
                .isEqualTo(EXPECTED.stream()
                        .map(row -> row.stream().map(String::valueOf).toList())
                        .toList());
    }

    /** Its Snappy would need a library of its own. */
    @ParameterizedTest
    @CsvSource({"NONE", "DEFLATE", "BZIP2", "ZSTD"})
    void avrosOwnReaderReadsWhatWasWritten(Compression compression) throws IOException {
        var file = run.run(ResultFormat.AVRO, compression).file();

        var texts = new ArrayList<String>();
        try (var records = new DataFileReader<GenericRecord>(file.toFile(), new GenericDatumReader<>())) {
            records.forEach(row -> texts.add(row.get("n") + " " + row.get("text") + " " + row.get("paid")));
        }
        assertThat(texts).containsExactly("1 comma, \"quote\"\nand a line true", "2 é 日本 😀 false", "3 null null");
    }

    @ParameterizedTest
    @CsvSource({"59, false", "44, true", "9, true"})
    void excelsDialectReadsEveryDelimiterAndQuoting(int delimiter, boolean quotes) throws Exception {
        var file = run.csv(new CsvOptions(true, (char) delimiter, quotes))
                .run(ResultFormat.CSV, Compression.NONE)
                .file();

        var python = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import csv, sys; print([list(csv.reader(open(sys.argv[1], encoding='utf-8', newline=''),"
                                + " dialect='excel', delimiter=sys.argv[2]))])",
                        file.toString(),
                        String.valueOf((char) delimiter))
                .redirectErrorStream(true);
        String read;
        try {
            read = new String(python.start().getInputStream().readAllBytes(), UTF_8);
        } catch (IOException missing) {
            abort("There is no python3 here");
            return;
        }
        assertThat(read)
                .contains("['n', 'text', 'amount', 'paid', 'day', 'at']")
                .contains("['1', 'comma, \"quote\"\\nand a line', '1.5', 'true'")
                .contains("['3', '', '', '', '', '']");
    }

    @Test
    void csvHasNoByteOrderMarkWhichOtherReadersWouldTakeForAPartOfAName() throws IOException {
        assertThat(Files.readAllBytes(
                        run.run(ResultFormat.CSV, Compression.NONE).file()))
                .startsWith("n,text".getBytes(UTF_8));
    }
}
