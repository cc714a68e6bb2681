package dev.wharf.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.Packed;
import dev.wharf.engine.RunFolder;
import dev.wharf.engine.StoredFile;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    private static final Sampler SAMPLER =
            new Sampler(new EngineSettings("256MB", 1, Duration.ofMinutes(1), "256MB"), 2, Duration.ofMinutes(1));

    @TempDir
    Path temporary;

    private Sample sample(String name, String content) {
        return sample(name, content.getBytes(StandardCharsets.UTF_8), 100);
    }

    private Sample sample(String name, byte[] content, int limit) {
        return sample(new StoredFile(content), name, limit);
    }

    private Sample sample(StoredFile file, String name, int limit) {
        try {
            return SAMPLER.sample(
                    file, "bucket", name, TextDialect.UNSAID, Files.createTempDirectory(temporary, ""), limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String types(Sample sample) {
        return sample.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> i + ",name " + i + "\n").collect(Collectors.joining());
    }

    @Test
    void delimitedTextHasItsDialectNamesTypesAndValues() throws Exception {
        var sample = sample("in/seattle-weather.csv", RunFolder.sample("seattle-weather.csv"));

        assertThat(types(sample))
                .isEqualTo("date DATE, precipitation DOUBLE, temp_max DOUBLE, temp_min DOUBLE, wind DOUBLE, weather"
                        + " VARCHAR");
        assertThat(sample.delimiter()).isEqualTo(',');
        assertThat(sample.header()).isTrue();
        assertThat(sample.encoding()).isEqualTo("UTF-8");
        assertThat(sample.rows()).hasSize(100);
        assertThat(sample.rows().get(0)).hasToString("[\"2012-01-01\", 0.0, 12.8, 5.0, 4.7, \"drizzle\"]");
        assertThat(sample.complete()).isFalse();
        assertThat(sample.rowCount()).isNull();
    }

    @Test
    void aSmallFileIsCompleteAndCounted() {
        var sample = sample("a.csv", "id;name\n1;x\n2;\n3;\"\"\n");

        assertThat(types(sample)).isEqualTo("id BIGINT, name VARCHAR");
        assertThat(sample.rows()).hasToString("[[1, \"x\"], [2, null], [3, \"\"]]");
        assertThat(sample.complete()).isTrue();
        assertThat(sample.rowCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.tsv.gz", "a.txt", "a.json", "a.json.bz2"})
    void anEmptyFileHasNothingAndIsNoFailure(String name) {
        var sample = sample(name, "");

        assertThat(sample.columns()).isEmpty();
        assertThat(sample.rows()).isEmpty();
        assertThat(sample.complete()).isTrue();
        assertThat(sample.warnings()).containsExactly(name + " is empty: there are no columns to write.");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, \ufeff, UTF-16", "UTF-16BE, \ufeff, UTF-16", "UTF-8, \ufeff, UTF-8", "UTF-8, '', UTF-8"})
    void theEncodingIsFound(String charset, String mark, String encoding) throws Exception {
        for (var content : List.of("id,name\n1,é\n", "[{\"id\":1,\"name\":\"é\"}]")) {
            var name = content.startsWith("[") ? "a.json" : "a.csv";
            var sample = sample(name, (mark + content).getBytes(charset), 10);

            assertThat(sample.encoding()).isEqualTo(encoding);
            assertThat(types(sample)).isEqualTo("id BIGINT, name VARCHAR");
            assertThat(sample.rows()).hasToString("[[1, \"é\"]]");
            assertThat(sample.warnings()).isEmpty();
        }
    }

    @Test
    void latin1IsShownWithAWarning() {
        var sample = sample("a.csv", "id,price\n1,5 \u0080\n2,é\n".getBytes(StandardCharsets.ISO_8859_1), 10);

        assertThat(sample.rows()).hasToString("[[1, \"5 €\"], [2, \"é\"]]");
        assertThat(sample.encoding()).isEqualTo("windows-1252");
        assertThat(sample.warnings())
                .containsExactly(
                        "a.csv is neither UTF-8 nor UTF-16 with a byte order mark. It is shown as windows-1252;"
                                + " jobs do not read it. Save it in one of these, or say its encoding"
                                + " (encoding=windows-1252).");
    }

    @ParameterizedTest
    @EnumSource
    void compressedTextIsRead(Packed packed) {
        for (var name : List.of("a.csv", "a.jsonl")) {
            var content = name.equals("a.csv") ? "id,name\n" + lines(1, 4) : "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n";
            var sample = sample(name + packed.compression().extension(), packed.pack(content), 2);

            assertThat(sample.rows()).hasSize(2);
            assertThat(sample.rows().get(1).get(0).asInt()).isEqualTo(2);
            assertThat(sample.rowCount()).isEqualTo(3);
            assertThat(sample.complete()).isFalse();
        }
    }

    @Test
    void whatIsNotWhatItsNameSaysIsToldSo() {
        var zeros = new byte[100];
        assertRefused(
                "a.csv",
                Packed.GZIP.pack("a\n1\n"),
                "a.csv is compressed with gzip, but its name does not end in .gz.");
        assertRefused("a.csv.gz", "a\n1\n".getBytes(), "a.csv.gz ends in .gz but is not sound gzip data.");
        assertRefused(
                "a.txt",
                "PAR1\u0015\u0004".getBytes(),
                "a.txt is a Parquet file, but its name does not end in .parquet.");
        assertRefused(
                "a.json",
                zeros,
                "a.json, line 1, is not text: it holds bytes of zero. UTF-16 is read with a byte order mark only.");
        assertRefused("a.parquet", zeros, "a.parquet is not a sound Parquet file.");
        assertRefused("a.parquet", "PAR1".getBytes(), "a.parquet is not a sound Parquet file.");
        assertRefused("a.avro", zeros, "a.avro is not a sound Avro file.");
        assertRefused("a.json", "{\"a\":}".getBytes(), "a.json, record 1, is not valid JSON: .*");
        assertRefused("a.orc", zeros, "a.orc: .orc is not a format that can be read. Wharf reads .*");
    }

    private void assertRefused(String name, byte[] content, String message) {
        assertThatThrownBy(() -> sample(name, content, 10)).as(name).hasMessageMatching(message);
    }

    @Test
    void rowsBeforeABrokenOneAreShownAndItIsNamed() {
        var csv = sample("a.csv", "id,name\n" + lines(0, 50) + "x,y,z\n" + lines(50, 2_000));
        assertThat(csv.rows()).hasSize(50);
        assertThat(csv.warnings()).containsExactly("a.csv, line 52, has 3 columns where 2 are expected.");
        assertThat(csv.complete()).isFalse();

        var json = sample("a.json", "{\"a\":1}\n{\"a\":2}\n{\"a\":}\n{\"a\":4}\n");
        assertThat(json.rows()).hasToString("[[1], [2]]");
        assertThat(json.warnings()).singleElement().asString().startsWith("a.json, record 3, is not valid JSON");
    }

    @Test
    void jsonIsReadInEveryLayout() {
        for (var content : List.of(
                "[{\"a\":1,\"b\":{\"c\":[1,\"}\"]}},\n {\"a\":2.5}]",
                "{\"a\":1,\"b\":{\"c\":[1,\"}\"]}}\n{\"a\":2.5}\n",
                "{\n  \"a\": 1,\r\n  \"b\": {\"c\": [1, \"}\"]}\n}\n{\"a\":2.5}")) {
            var sample = sample("a.json", content);

            assertThat(types(sample)).isEqualTo("a DOUBLE, b JSON");
            assertThat(sample.rows()).hasToString("[[1, {\"c\":[1,\"}\"]}], [2.5, null]]");
            assertThat(sample.complete()).isTrue();
        }
        assertThat(sample("a.json", "[1,2]\n[3]\n").rows()).hasToString("[[[1,2]], [[3]]]");
        assertThat(sample("a.json", "[1, \"two\", null]").rows()).hasToString("[[1], [\"two\"], [null]]");
    }

    @Test
    void numbersThatADoubleDoesNotHoldAreText() throws Exception {
        var json = sample("a.json", "{\"a\":9007199254740993,\"b\":0.1,\"c\":[12345678901234567890,1e3]}");
        assertThat(json.rows()).hasToString("[[\"9007199254740993\", 0.1, [\"12345678901234567890\",1000.0]]]");

        var file = temporary.resolve("a.parquet");
        RunFolder.query("COPY (SELECT 0.1::FLOAT AS f, 12345678901234567890.12::DECIMAL(22,2) AS d, 1.50::DECIMAL(4,2)"
                + " AS e, 'nan'::DOUBLE AS n, 'ab'::BLOB AS x, {'b': '\\xFF'::BLOB, 'n': 'inf'::DOUBLE} AS s) TO '"
                + file
                + "' (FORMAT parquet)");
        var parquet = sample("a.parquet", Files.readAllBytes(file), 10);
        assertThat(parquet.rows())
                .hasToString(
                        "[[0.1, \"12345678901234567890.12\", 1.5, \"NaN\", \"YWI=\", {\"b\":\"\\\\xFF\",\"n\":\"Infinity\"}]]");
    }

    @Test
    void longValuesManyColumnsAndManyCharactersAreCutAndItIsSaid() {
        var sample = sample("a.csv", "id,text\n1,short\n2," + "é".repeat(5_000) + "\n");
        assertThat(sample.rows().get(1).get(1).asText()).isEqualTo("é".repeat(1_000));
        assertThat(sample.cuts()).containsExactly(new Sample.Cut(1, 1, 5_000));
        assertThat(sample.complete()).isFalse();

        var nested = sample("a.json", "{\"a\":[" + "1,".repeat(1_000) + "1]}");
        assertThat(nested.rows().get(0).get(0).asText()).hasSize(1_000).startsWith("[1,1,");
    }

    @Test
    void ofVeryManyColumnsTheFirstAreShown() {
        var names = IntStream.range(0, 2_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        var wide = sample("a.csv", names + "\n" + "1,".repeat(1_999) + "1\n");
        assertThat(wide.columns()).hasSize(1_000);
        assertThat(wide.rows().get(0)).hasSize(1_000);
        assertThat(wide.columnCount()).isEqualTo(2_000);
        assertThat(wide.omitted()).hasSize(100).startsWith("c1000");
        assertThat(wide.complete()).isFalse();
    }

    @Test
    void ofVeryManyKeysTheFirstAreShown() {
        var keys = IntStream.range(0, 1_010)
                .mapToObj(i -> "\"k" + i + "\":[" + i + "]")
                .collect(Collectors.joining(","));
        var json = sample("a.json", "{" + keys + "}");
        assertThat(json.rows().get(0)).hasSize(1_000).last().hasToString("[999]");
        assertThat(json.omitted()).startsWith("k1000");
    }

    @Test
    void fiveThousandKeysTakeSeconds() {
        var record = IntStream.range(0, 5_000)
                .mapToObj(i -> "\"k" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}\n"));
        long start = System.nanoTime();

        var json = sample("a.json", record.repeat(3));

        assertThat(json.columnCount()).isEqualTo(5_000);
        assertThat(json.rows()).hasSize(3);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void fewerRowsAreShownWhereTheirValuesAreLong() {
        var row = ("x".repeat(900) + ",").repeat(99) + "x\n";

        var sample = sample("a.csv", row.repeat(100).getBytes(), 100);

        assertThat(sample.rows()).hasSizeBetween(40, 50);
        assertThat(sample.complete()).isFalse();
    }

    @Test
    void aFirstRowThatIsTooLongIsNamed() {
        var line = "x".repeat(20_000_000);
        assertThatThrownBy(() -> sample("a.txt", line))
                .hasMessage("a.txt, line 1, has a line of more than 2,000,000 bytes.");
        assertThatThrownBy(() -> sample("a.json", "[\"" + line))
                .hasMessageMatching("a.json has a first row that does not end within .*");
    }

    @Test
    void aFileThatUnpacksToNoEndIsReadUpToABound() {
        var sample = sample("a.csv.gz", Packed.GZIP.pack("id\n" + "1\n".repeat(10) + "\n".repeat(70_000_000)), 20);

        assertThat(sample.rows()).hasSize(20);
        assertThat(sample.complete()).isFalse();
    }

    @Test
    void onlyTheFirstBytesOfALargeFileAreRead() {
        var file = new StoredFile(("id,name\n" + lines(0, 500_000)).getBytes());

        var sample = sample(file, "a.csv", 100);

        assertThat(sample.rows()).hasSize(100);
        assertThat(sample.bytesRead()).isEqualTo(1 << 20);
        assertThat(sample.size()).isGreaterThan(8_000_000);
    }

    @Test
    void moreIsReadWhereRowsAreLong() {
        var text = "x".repeat(50_000);
        var file = new StoredFile(IntStream.range(0, 200)
                .mapToObj(i -> i + "," + text + "\n")
                .collect(Collectors.joining())
                .getBytes());

        var sample = sample(file, "a.csv", 50);

        assertThat(sample.rows()).hasSize(50);
        assertThat(sample.bytesRead()).isEqualTo(4 << 20);
    }

    @Test
    void aStoreWithoutRangesIsReadInOrder() throws Exception {
        var csv = new StoredFile(("id,name\n" + lines(0, 500_000)).getBytes()).withoutRanges();
        assertThat(sample(csv, "a.csv", 100).rows()).hasSize(100);

        var path = temporary.resolve("a.parquet");
        RunFolder.query(
                "COPY (SELECT range AS id, hash(range) AS h FROM range(200000)) TO '" + path + "' (FORMAT parquet)");
        var parquet = new StoredFile(Files.readAllBytes(path)).withoutRanges();
        assertThat(sample(parquet, "a.parquet", 100).rows()).hasSize(100);
    }

    @Test
    void whoFindsNoPlaceIsToldToComeAgain() {
        var full = new Sampler(EngineSettings.defaults(), 0, Duration.ZERO);

        assertThatThrownBy(() -> full.sample(
                        new StoredFile("a\n1\n".getBytes()), "bucket", "a.csv", TextDialect.UNSAID, temporary, 1))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.problem())
                        .isEqualTo(Problem.UNAVAILABLE))
                .hasMessageContaining("try again");
    }

    @Test
    void whatTakesTooLongIsStopped() {
        var hasty = new Sampler(new EngineSettings("256MB", 1, Duration.ofMillis(1), "1GB"), 1, Duration.ofMinutes(1));

        assertThatThrownBy(() -> hasty.sample(
                        new StoredFile("a\n1\n".getBytes()), "bucket", "a.csv", TextDialect.UNSAID, temporary, 1))
                .hasMessage("The preview was stopped at the time limit of 0.001 seconds.");
    }
}
