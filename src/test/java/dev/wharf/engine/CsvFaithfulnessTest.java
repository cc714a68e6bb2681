package dev.wharf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.run.CsvOptions;
import dev.wharf.engine.run.ResultFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFaithfulnessTest {
    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void folder() {
        run = new RunFolder(folder);
    }

    @Test
    void noValueChanges() {
        var content = """
                id,value,note
                007,1.10,"quoted, with a delimiter"
                12345678901234567890,1e5,"a ""quoted"" word"
                +5,2026-01-02,"two
                lines"
                -0,  blanks  ,日本語 😀 é
                TRUE,1/2/2026,NULL
                """;

        assertThat(run.with("a.csv", content).csv()).isEqualTo(content);
    }

    @Test
    void missingStaysApartFromEmpty() {
        var content = "a,b,c\n,\"\",x\n\"\",,y\n";

        assertThat(run.with("a.csv", content).csv()).isEqualTo(content);
    }

    @Test
    void quotingEveryFieldLeavesMissingValuesBare() {
        var result = run.with("a.csv", "a,b\n1,\n,\"\"\n").csv(new CsvOptions(true, ',', true));

        assertThat(result.csv()).isEqualTo("\"a\",\"b\"\n\"1\",\n,\"\"\n");
    }

    @Test
    void delimiterAndHeaderFollowTheWriteSetting() {
        var result = run.with("a.csv", "a;b\n1,5;2|3\n").csv(new CsvOptions(false, '|', false));

        assertThat(result.csv()).isEqualTo("1,5|\"2|3\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineEndIsRead(String end) {
        assertThat(run.with("a.csv", String.join(end, "a,b", "1,x", "2,y", "")).csv())
                .isEqualTo("a,b\n1,x\n2,y\n");
    }

    @Test
    void lineEndsInsideQuotesStayAsTheyAre() {
        assertThat(run.with("a.csv", "a,b\n1,\"x\r\ny\rz\"\n").csv()).isEqualTo("a,b\n1,\"x\r\ny\rz\"\n");
    }

    @Test
    void byteOrderMarksAreNotData() {
        run.with("a.csv", "\ufeffa,b\n1,x\n")
                .with("b.csv", "\ufeffa,b\n2,é\n".getBytes(StandardCharsets.UTF_16LE))
                .with("c.csv", "\ufeffa,b\n3,😀\n".getBytes(StandardCharsets.UTF_16BE));

        assertThat(run.csv()).isEqualTo("a,b\n1,x\n2,é\n3,😀\n");
        assertThat(folder).isDirectoryNotContaining("glob:**.utf8");
    }

    @Test
    void blankLinesOfASingleColumnAreRows() {
        assertThat(run.with("a.csv", "name\nx\n\ny\n").csv()).isEqualTo("name\nx\n\ny\n");
    }

    @Test
    void repeatedAndBlankColumnNamesStay() {
        assertThat(run.with("a.csv", ",id,Id,id\nx,1,2,3\n").csv()).isEqualTo("\"\",id,Id,id\nx,1,2,3\n");
    }

    @Test
    void headerOnlyFilesGiveAHeader() {
        var result = run.with("a.csv", "id,name\n").with("b.csv", "id,name").run(ResultFormat.CSV);

        assertThat(result.rows()).isZero();
        assertThat(result.file()).content().isEqualTo("id,name\n");
        assertThat(result.size()).isEqualTo(8);
    }

    @Test
    void textFilesAreColumnsWhereADelimiterSplitsEveryRow() {
        assertThat(run.with("part-00000", "a\tb\n1\t2\n").csv()).isEqualTo("a,b\n1,2\n");
    }

    @Test
    void otherTextIsOneColumnOfLines() {
        var lines = "10:00 start, \"now\"\n\n10:01 stop # why\n";

        assertThat(run.with("app.log", lines)
                        .csv(new CsvOptions(false, '\t', false))
                        .csv())
                .isEqualTo("\"10:00 start, \"\"now\"\"\"\n\n\"10:01 stop # why\"\n");
    }

    @Test
    void tabsAreTheDelimiterOfTsv() {
        assertThat(run.with("a.tsv", "name\tplace\na,b\tc,d\n").csv()).isEqualTo("name,place\n\"a,b\",\"c,d\"\n");
    }

    @Test
    void rowsKeepTheOrderOfFilesAndOfRowsWithinThem() {
        for (int file = 0; file < 12; file++) {
            int first = file * 20_000;
            run.with(
                    "folder/part-" + file + ".csv",
                    IntStream.range(first, first + 20_000)
                            .mapToObj(row -> row + ",row " + row)
                            .collect(Collectors.joining("\n", "id,name\n", "\n")));
        }

        var result = run.run(ResultFormat.CSV);

        assertThat(result.rows()).isEqualTo(240_000);
        assertThat(result.file())
                .content()
                .isEqualTo(IntStream.range(0, 240_000)
                        .mapToObj(row -> row + ",row " + row)
                        .collect(Collectors.joining("\n", "id,name\n", "\n")));
    }

    @Test
    void linesOfOneMegabyteAreRead() {
        var content = "a,b\n1," + "x".repeat(1_000_000) + "\n";

        assertThat(run.with("a.csv", content).csv()).isEqualTo(content);
    }

    @Test
    void tenThousandColumnsAreReadGivenTheMemory() {
        var names = IntStream.range(0, 10_000).mapToObj(column -> "n" + column).collect(Collectors.joining(","));
        var content = names + "\n1" + ",".repeat(9_999) + "\n";
        var settings = new EngineSettings("2GB", 1, Duration.ofMinutes(1), "1GB");

        assertThat(run.with("a.csv", content).settings(settings).csv()).isEqualTo(content);
    }

    @Test
    void realFilesAreUnchanged() throws Exception {
        var weather = RunFolder.sample("seattle-weather.csv");

        assertThat(run.with("seattle-weather.csv", weather).csv()).isEqualToNormalizingNewlines(weather);
    }
}
