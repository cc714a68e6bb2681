package dev.wharf.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRequestTest {
    private static JobRequest read(String overrides) {
        return Json.read("{\"wrangledDataset\":{\"id\":7},\"overrides\":" + overrides + "}", JobRequest.class);
    }

    @Test
    void aWriteSettingTakesItsConnectionFromTheSuffixOrFromTheField() {
        for (String setting : new String[] {
            "{\"path\":\"s3://bucket/o.csv?connectionId=3\",\"action\":\"create\",\"format\":\"csv\"}",
            "{\"path\":\"s3://bucket/o.csv\",\"connectionId\":3,\"action\":\"create\",\"format\":\"csv\"}",
            "{\"path\":\"s3://bucket/o.csv\",\"connectionId\":\"3\",\"action\":\"create\",\"format\":\"csv\"}"
        }) {
            assertThat(read("{\"writesettings\":[" + setting + "]}")
                            .writeSettings()
                            .get(0)
                            .path()
                            .toString())
                    .isEqualTo("s3://bucket/o.csv?connectionId=3");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "action|\"append\"|action must be create: append is not supported on S3",
                "action|\"overwrite\"|action must be create: overwrite is not supported on S3",
                "action|\"upsert\"|action must be create",
                "action|null|action must be create",
                "format|\"hyper\"|format must be one of csv, json, pqt, avro",
                "compression|\"rar\"|compression must be one of none, gzip, bzip2, snappy, zstd, for csv",
                "compression|\"deflate\"|compression must be one of none, gzip, bzip2, snappy, zstd, for csv",
                "compression|\"gzip\"|path must end in .gz, as the result is compressed with gzip",
                "path|\"s3://bucket/o.avro?connectionId=3\"|path ends in .avro, and the result is csv",
                "asSingleFile|\"yes\"|overrides.writesettings[0].asSingleFile must be true or false",
                "delim|\";;\"|delim must be one character",
                "path|\"hdfs://x\"|path must be s3://",
                "path|\"s3://bucket/o.csv?connectionId=abc\"|path must end in ?connectionId=<number>",
                "path|\"s3://bucket/o.csv?connectionid=3\"|path must end in ?connectionId=<number>",
                "path|\"s3://bucket/o.csv?connectionId=3&x=1\"|path must end in ?connectionId=<number>",
                "path|\"s3://bucket/o.csv.gz?connectionId=3\"|path ends in .gz",
                "path|\"s3://bucket/o.json?connectionId=3\"|path ends in .json",
                "path|\"s3://bucket/o.tsv?connectionId=3\"|path ends in .tsv, and the result is csv whose delim is no tab",
                "path|\"s3://bucket/o.csv.lz4?connectionId=3\"|path ends in .lz4, and the result is csv",
                "path|\"s3://bucket/o.csv.deflate?connectionId=3\"|path ends in .deflate, and the result is csv",
                "path|\"s3://bucket/o.ZIP?connectionId=3\"|path ends in .zip, and the result is csv",
                "path|\"s3://bucket/o.xlsx?connectionId=3\"|path ends in .xlsx, and the result is csv",
                "format|\"pqt\"|path ends in .csv, and the result is pqt",
                "path|null|path is missing",
                "path|\"s3://\"|path must name a bucket",
                "connectionId|4|connectionId contradicts",
            })
    void whatTheEngineCannotWriteIsRefusedWithTheFieldAndTheRule(String field, String value, String message) {
        Map<String, String> fields = new java.util.LinkedHashMap<>(Map.of(
                "path", "\"s3://bucket/out/o.csv?connectionId=3\"", "action", "\"create\"", "format", "\"csv\""));
        fields.put(field, value);
        StringBuilder setting = new StringBuilder();
        fields.forEach(
                (name, json) -> setting.append(setting.isEmpty() ? "" : ",").append("\"" + name + "\":" + json));

        assertThatThrownBy(() -> read("{\"writesettings\":[{" + setting + "}]}"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.VALIDATION_FAILED))
                .hasMessageStartingWith(message);
    }

    @Test
    void aKeyThatHasNoRoomForTheJobsFolderIsRefused() {
        String path = "s3://bucket/" + "x".repeat(600) + "?connectionId=3";

        assertThatThrownBy(() -> read(
                        "{\"writesettings\":[{\"path\":\"" + path + "\",\"action\":\"create\",\"format\":\"csv\"}]}"))
                .hasMessageStartingWith("path is too long");
    }

    @Test
    void twoResultsNeedTwoPlaces() {
        String setting = "{\"path\":\"s3://bucket/o.csv\",\"action\":\"create\",\"format\":\"csv\"}";

        assertThatThrownBy(() -> read("{\"writesettings\":[" + setting + "," + setting + "]}"))
                .hasMessageContaining("go to s3://bucket/o.csv twice");
    }

    @Test
    void anotherEngineIsNotStartedHere() {
        assertThatThrownBy(() -> read("{\"execution\":\"spark\"}"))
                .hasMessageStartingWith("overrides.execution must be \"photon\"");
    }
}
