package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.file.TextDialect;
import dev.wharf.engine.run.ResultFormat;
import dev.wharf.engine.sample.Sampler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The line ends of a file are those outside quotes, whatever line ends its values have. */
class QuotedLineEndsTest {
    private static final int ROWS = 4;
    private static final Sampler SAMPLER =
            new Sampler(new EngineSettings("256MB", 1, Duration.ofMinutes(1), "256MB"), 2, Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private record Case(String name, String content, boolean header, String result) {
        /** @param at the row whose second value has line ends */
        static Case of(String end, String inside, int at, boolean header, boolean ended) {
            var rows = new ArrayList<String>();
            for (int row = 0; row < ROWS; row++) {
                rows.add(row + "," + (row == at ? "\"x" + inside + "y\"" : "p" + row));
            }
            var names = header ? "" : "column1,column2\n";
            return new Case(
                    visible("rows " + end + ", value " + inside + " in row " + at + (header ? ", names" : "")
                            + (ended ? ", ended" : "")),
                    String.join(end, rows) + (ended ? end : ""),
                    header,
                    names + String.join("\n", rows) + "\n");
        }

        private static String visible(String text) {
            return text.replace("\r", "CR").replace("\n", "LF");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> everyCombination() {
        var ends = List.of("\n", "\r\n", "\r");
        var insides = List.of("\n", "\r\n", "\r", "\r\r\n", "\n\r", "\r\r");
        var cases = new ArrayList<Case>();
        for (var end : ends) {
            for (var inside : insides) {
                for (int at : new int[] {0, 1, ROWS - 1}) {
                    for (boolean header : new boolean[] {true, false}) {
                        cases.add(Case.of(end, inside, at, header, true));
                        cases.add(Case.of(end, inside, at, header, false));
                    }
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyCombination")
    void jobsAndPreviewsHaveEveryRow(Case file) throws IOException {
        var said = new TextDialect(file.header(), null, null, null);
        var result = new RunFolder(Files.createDirectory(folder.resolve("run")))
                .with("a.csv", file.content())
                .said(said)
                .run(ResultFormat.CSV);

        assertThat(result.file()).content().isEqualTo(file.result());
        assertThat(result.rows()).isEqualTo(file.header() ? ROWS - 1 : ROWS);
        var sample = SAMPLER.sample(
                new StoredFile(file.content().getBytes(StandardCharsets.UTF_8)),
                "bucket",
                "a.csv",
                said,
                Files.createDirectory(folder.resolve("preview")),
                100);
        assertThat(sample.rows().stream()
                        .map(row -> row.stream().map(JsonNode::asText).map(QuotedLineEndsTest::csv))
                        .map(row -> row.collect(Collectors.joining(",")) + "\n")
                        .collect(Collectors.joining()))
                .isEqualTo(file.result()
                        .substring(rowsBegin(file, sample.columns().get(1).name())));
    }

    /** Where the rows begin, behind the names. */
    private static int rowsBegin(Case file, String secondName) {
        return file.result().indexOf(csv(secondName)) + csv(secondName).length() + 1;
    }

    private static String csv(String value) {
        return value.matches("(?s).*[\r\n].*") ? "\"" + value + "\"" : value;
    }

    @Test
    void aFolderMayHaveFilesOfAllKinds() {
        var run = new RunFolder(folder)
                .with("a.csv", "id,text\r\n1,\"a\nb\"\r\n")
                .with("b.csv", "id,text\n2,c\n")
                .with("c.csv", "id,text\r3,\"d\r\ne\"\r");

        assertThat(run.csv()).isEqualTo("id,text\n1,\"a\nb\"\n2,c\n3,\"d\r\ne\"\n");
    }

    /** Threads of DuckDB that begin within a value's lines take those for rows. */
    @Test
    void valuesThatLookLikeRowsStayValuesInFilesThatSeveralThreadsCouldRead() {
        var lines = IntStream.range(0, 400).mapToObj(line -> line + ",no").collect(Collectors.joining("\n"));
        var content = IntStream.range(0, 6_000)
                .mapToObj(row -> row + ",\"" + lines + "\"")
                .collect(Collectors.joining("\n", "id,text\n", "\n"));

        var result = new RunFolder(folder)
                .settings(new EngineSettings("512MB", 4, Duration.ofMinutes(1), "512MB"))
                .with("a.csv", content)
                .run(ResultFormat.CSV);

        assertThat(result.rows()).isEqualTo(6_000);
        assertThat(result.file()).content().isEqualTo(content);
    }
}
