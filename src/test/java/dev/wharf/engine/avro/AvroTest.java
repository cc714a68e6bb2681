package dev.wharf.engine.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.engine.AvroFiles;
import dev.wharf.engine.RunFolder;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.kernel.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroTest {
    static final Schema ALL = AvroFiles.schema("""
            {"type": "record", "name": "All", "fields": [
              {"name": "Flag", "type": "boolean"},
              {"name": "flag2", "type": ["null", "int"]},
              {"name": "big", "type": "long"},
              {"name": "single", "type": "float"},
              {"name": "number", "type": "double"},
              {"name": "text", "type": ["string", "null"]},
              {"name": "bytes", "type": "bytes"},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 3}},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
              {"name": "time", "type": {"type": "int", "logicalType": "time-millis"}},
              {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "GREEN"]}},
              {"name": "either", "type": ["null", "int", "string"]},
              {"name": "list", "type": {"type": "array", "items": ["null", "string"]}},
              {"name": "map", "type": {"type": "map", "values": "bytes"}},
              {"name": "inner", "type": {"type": "record", "name": "Inner", "fields": [
                {"name": "x", "type": "int"},
                {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 2}}]}},
              {"name": "node", "type": {"type": "record", "name": "Node", "fields": [
                {"name": "value", "type": "int"},
                {"name": "next", "type": ["null", "Node"]}]}}
            ]}
            """);

    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() {
        run = new RunFolder(folder);
    }

    static Object one() {
        var node = ALL.getField("node").schema();
        var inner = ALL.getField("inner").schema();
        return AvroFiles.record(
                ALL,
                true,
                7,
                Long.MAX_VALUE,
                0.1f,
                Double.NaN,
                "é \" \n",
                ByteBuffer.wrap(new byte[] {0, (byte) 0xff, 'a'}),
                ByteBuffer.wrap(new BigInteger("-12345678901234567").toByteArray()),
                -1,
                1_577_836_800_123_456L,
                -1L,
                3_723_004,
                new GenericData.EnumSymbol(ALL.getField("colour").schema(), "GREEN"),
                "s",
                Arrays.asList("a", null),
                Map.of("k", ByteBuffer.wrap(new byte[] {1})),
                AvroFiles.record(
                        inner,
                        5,
                        new GenericData.Fixed(inner.getField("hash").schema(), new byte[] {(byte) 0xca, (byte) 0xfe})),
                AvroFiles.record(node, 1, AvroFiles.record(node, 2, null)));
    }

    @Test
    void namesOrderAndTypesAreThoseOfTheSchema() throws Exception {
        run.with("a.avro", AvroFiles.of(ALL, List.of(one())));

        var result = run.run(ResultFormat.PQT).file();

        assertThat(RunFolder.query("DESCRIBE SELECT * FROM read_parquet('" + result + "')").stream()
                        .map(column -> column.get(0) + " " + column.get(1)))
                .containsExactly(
                        "Flag BOOLEAN",
                        "flag2 INTEGER",
                        "big BIGINT",
                        "single FLOAT",
                        "number DOUBLE",
                        "text VARCHAR",
                        "bytes BLOB",
                        "price DECIMAL(20,3)",
                        "day DATE",
                        "at TIMESTAMP WITH TIME ZONE",
                        "local TIMESTAMP",
                        "time TIME",
                        "colour VARCHAR",
                        "either JSON",
                        "list VARCHAR[]",
                        "map MAP(VARCHAR, BLOB)",
                        "inner STRUCT(x INTEGER, hash BLOB)",
                        "node STRUCT(\"value\" INTEGER, \"next\" JSON)");
    }

    @Test
    void valuesArriveAsTheyAre() throws Exception {
        run.with("a.avro", AvroFiles.of(ALL, List.of(one())));

        var result = run.run(ResultFormat.PQT).file();

        assertThat(RunFolder.query(
                                "SELECT Flag, flag2, big, single, number, text, hex(bytes), price, day, CAST(\"at\" AS VARCHAR),"
                                        + " local, time, colour, either, list, hex(map['k']), \"inner\".x, hex(\"inner\".hash), node"
                                        + " FROM read_parquet('" + result + "')")
                        .get(0))
                .containsExactly(
                        "true",
                        "7",
                        "9223372036854775807",
                        "0.1",
                        "NaN",
                        "é \" \n",
                        "00FF61",
                        "-12345678901234.567",
                        "1969-12-31",
                        "2020-01-01 00:00:00.123456+00",
                        "1969-12-31 23:59:59.999",
                        "01:02:03.004",
                        "GREEN",
                        "\"s\"",
                        "[a, NULL]",
                        "01",
                        "5",
                        "CAFE",
                        "{'value': 1, 'next': '{\"value\":2,\"next\":null}'}");
    }

    static Stream<CodecFactory> codecs() {
        return Stream.of(
                CodecFactory.nullCodec(),
                CodecFactory.deflateCodec(6),
                AvroFiles.snappy(),
                CodecFactory.bzip2Codec(),
                CodecFactory.zstandardCodec(3));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void blocksAreReadWhateverTheirCompression(CodecFactory codec) {
        run.with("a.avro", AvroFiles.numbered(25, codec)).with("b.avro", AvroFiles.numbered(3, codec));

        assertThat(run.csv().lines())
                .hasSize(29)
                .startsWith("id,name", "0,name 0")
                .endsWith("2,name 2");
    }

    @Test
    void aCompressionThatIsNotReadIsNamed() {
        var bytes = AvroFiles.numbered(1, CodecFactory.nullCodec());
        var text = new String(bytes, StandardCharsets.ISO_8859_1).replace("codec\bnull", "codec\blzma");
        run.with("a.avro", text.getBytes(StandardCharsets.ISO_8859_1));

        assertRefused("a.avro is compressed inside with lzma, which is not read. .*");
    }

    @Test
    void aFileThatIsCutOffAnywhereIsRefused() {
        var whole = AvroFiles.numbered(30, CodecFactory.deflateCodec(6));
        var blocks = AvroFiles.numbered(0, CodecFactory.deflateCodec(6)).length;
        for (int length = 1; length < blocks; length += 7) {
            assertCut(Arrays.copyOf(whole, length));
        }
        assertCut(Arrays.copyOf(whole, blocks + 1));
        assertCut(Arrays.copyOf(whole, whole.length - 1));
        assertCut(Arrays.copyOf(whole, whole.length - 17));
    }

    private static void assertCut(byte[] bytes) {
        assertThatThrownBy(() -> AvroCopy.write(
                        new ByteArrayInputStream(bytes),
                        "a.avro",
                        OutputStream.nullOutputStream(),
                        Long.MAX_VALUE,
                        false))
                .hasMessage("a.avro ends in the middle of a block: it is not complete.");
    }

    @Test
    void brokenFilesAreRefused() {
        var bytes = AvroFiles.numbered(30, CodecFactory.deflateCodec(6));
        bytes[bytes.length - 30] ^= 1;
        run.with("a.avro", bytes);

        assertRefused("a.avro is not a sound Avro file\\.");
        assertThatThrownBy(() -> new RunFolder(folder).with("a.avro", "no Avro").csv())
                .hasMessage("a.avro is not a sound Avro file.");
        assertThat(folder).isDirectoryNotContaining("glob:**.copy");
    }

    @Test
    void filesOfAnotherSchemaAreRefused() {
        var other = AvroFiles.schema(
                "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}");
        run.with("a.avro", AvroFiles.numbered(1, CodecFactory.nullCodec()))
                .with("b.avro", AvroFiles.of(other, List.of(AvroFiles.record(other, 1L))));

        assertRefused("b.avro has other columns than a.avro: it lacks \"name\" \\(VARCHAR\\) at its end"
                + " \\(schema evolution, which columns=union reads together\\)\\.");
    }

    @Test
    void valuesThatTheirTypeDoesNotAllowAreRefused() {
        var schema = AvroFiles.schema("{\"type\":\"string\",\"logicalType\":\"uuid\"}");
        run.with("a.avro", AvroFiles.of(schema, List.of("no uuid")));

        assertRefused(
                "a.avro holds values that are not of its schema's types: line 1: Could not convert string 'no uuid' .*");
    }

    @Test
    void aFileOfPlainValuesHasOneColumn() {
        run.with("a.avro", AvroFiles.of(AvroFiles.schema("\"int\""), List.of(1, 2)));

        assertThat(run.csv()).isEqualTo("value\n1\n2\n");
    }

    @Test
    void aBlockThatUnpacksToNoEndIsRefused() {
        var nothing = AvroFiles.schema("{\"type\":\"array\",\"items\":\"null\"}");
        var settings = new EngineSettings("256MB", 2, Duration.ofMinutes(1), "1MB");
        run.with("a.avro", AvroFiles.of(nothing, List.of(Collections.nCopies(1_000_000, null))))
                .settings(settings);

        assertRefused("The run needs more temporary space than the 1MB that one run may use on disk\\.");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(run::csv).isInstanceOf(ProblemException.class).hasMessageMatching(message);
    }
}
