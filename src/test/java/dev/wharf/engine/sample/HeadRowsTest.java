package dev.wharf.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.engine.AvroFiles;
import dev.wharf.engine.Packed;
import dev.wharf.engine.avro.AvroRows;
import dev.wharf.engine.csv.TextRows;
import dev.wharf.engine.duckdb.DuckDbSession;
import dev.wharf.engine.duckdb.HeadRows;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.SaidTypes;
import dev.wharf.engine.file.SourceFormat;
import dev.wharf.engine.file.SourceFormat.Compression;
import dev.wharf.engine.file.SourceFormat.Kind;
import dev.wharf.engine.file.StagedFile;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.json.JsonRows;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever a file is cut off: what is shown is a beginning of what is in it. */
class HeadRowsTest {
    private static final int ROWS = 30;
    private static final int CUTS = 40;
    private static final EngineSettings SETTINGS = EngineSettings.defaults();

    @TempDir
    Path folder;

    private static String csv(char delimiter, String lineEnd) {
        return "id" + delimiter + "text" + delimiter + "note" + lineEnd
                + IntStream.range(0, ROWS)
                        .mapToObj(i -> i + "" + delimiter + "\"é " + delimiter + " \"\"😀\"\"" + lineEnd + lineEnd + i
                                + "\"" + delimiter + (i % 3 == 0 ? "" : "plain 5' \\"))
                        .collect(Collectors.joining(lineEnd));
    }

    private static String json(String before, String between, String after) {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> "{ \"id\" : " + i + ",\n\"text\":\"é \\\" } ] \\\\\", \"list\":[1, {\"x\":[]}, null]}")
                .collect(Collectors.joining(between, before, after));
    }

    private static Arguments file(String name, Kind kind, String content) {
        return file(name, kind, content, StandardCharsets.UTF_8);
    }

    private static Arguments file(String name, Kind kind, String content, Charset charset) {
        return Arguments.of(name, new SourceFormat(kind, Compression.NONE), content.getBytes(charset));
    }

    static Stream<Arguments> files() {
        var lines = IntStream.range(0, ROWS).mapToObj(i -> "line \"" + i + " é").collect(Collectors.joining("\n"));
        var packed = Arrays.stream(Packed.values())
                .map(packing -> Arguments.of(
                        packing.name(),
                        new SourceFormat(Kind.CSV, packing.compression()),
                        packing.pack(csv(',', "\n"))));
        return Stream.concat(
                packed,
                Stream.of(
                        file("LF", Kind.CSV, csv(',', "\n")),
                        file("CR LF", Kind.CSV, csv(';', "\r\n")),
                        file("CR", Kind.CSV, csv('|', "\r")),
                        file("tabs", Kind.TSV, csv('\t', "\n") + "\n"),
                        file("UTF-16", Kind.CSV, csv(',', "\r\n"), StandardCharsets.UTF_16),
                        file("mark", Kind.CSV, "\ufeff" + csv(',', "\n")),
                        file("lines", Kind.TEXT, lines),
                        file("JSON Lines", Kind.JSON, json("", "\n", "\n").replace(",\n", ",")),
                        file("JSON array", Kind.JSON, json(" [", " , ", "]\n")),
                        file("JSON values", Kind.JSON, json("", "", "")),
                        file("JSON scalars", Kind.JSON, "[\"a , ]\", 17, null, true, [1], \"é\"]"),
                        file("JSON texts", Kind.JSON, "\"a , ]\" \"b\" \"[\" \"2026-01-01\""),
                        Arguments.of(
                                "Avro",
                                new SourceFormat(Kind.AVRO, Compression.NONE),
                                AvroFiles.numbered(ROWS, CodecFactory.deflateCodec(6)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void wholeRowsOnly(String name, SourceFormat format, byte[] content) throws Exception {
        try (var session = new DuckDbSession(folder, SETTINGS)) {
            var whole = rows(session, format, content, false);
            assertThat(whole.toString()).isNotEqualTo("[]");
            int longest = 0;
            for (int cut = 1; cut < content.length; cut += Math.max(1, content.length / CUTS)) {
                var rows = rows(session, format, Arrays.copyOf(content, cut), true);

                assertThat(rows)
                        .as("cut off after %d bytes", cut)
                        .isEqualTo(whole.subList(0, Math.min(rows.size(), whole.size())));
                longest = Math.max(longest, rows.size());
            }
            if (format.compression() != Compression.BZIP2) {
                assertThat(longest).isGreaterThan(whole.size() / 2);
            }
        }
    }

    private List<String> rows(DuckDbSession session, SourceFormat format, byte[] content, boolean cut)
            throws Exception {
        var target = new StagedFile(folder.resolve("rows"), "a", new SourceFormat(format.kind(), Compression.NONE));
        HeadRows rows =
                switch (format.kind()) {
                    case JSON -> new JsonRows(format.compression(), target, 1_000, false);
                    case AVRO -> new AvroRows(target, 1_000, SETTINGS);
                    default -> new TextRows(format.compression(), TextDialect.UNSAID, target);
                };
        long staged = rows.stage(Files.write(folder.resolve("fetched"), content), cut);
        var opened = rows.open(1_000);
        assertThat(opened.all()).isEqualTo(!cut);
        if (opened.table() == null) {
            return List.of();
        }
        var found = new SampleQuery(session, opened.table(), SampleQuery.firstColumns(opened.table()), SaidTypes.UNSAID)
                .first(1_000);
        assertThat(found.rows().size()).isLessThanOrEqualTo((int) staged);
        return found.rows().stream()
                .map(row -> row.stream().map(JsonNode::asText).collect(Collectors.joining("|")))
                .toList();
    }
}
