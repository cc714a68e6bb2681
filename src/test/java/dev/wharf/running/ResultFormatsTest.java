package dev.wharf.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a job writes, in the formats and compressions that a write setting asks for. */
class ResultFormatsTest extends WharfTest {
    private static final String ROWS = "id,name\n1,a\n2,b\n";

    private final String bucket = newBucket();

    @BeforeEach
    void source() {
        S3.put(bucket, "in/orders.csv", ROWS.getBytes(UTF_8));
    }

    private Api.Answer start(Api api, String file, String format, String compression) {
        String place = "s3://" + bucket + "/%s?connectionId=" + newConnection(api, null);
        long dataset = api.post(
                        "/v4/importedDatasets", Map.of("uri", place.formatted("in/orders.csv"), "name", "orders"))
                .json()
                .path("id")
                .asLong();
        Map<String, Object> setting = Map.of(
                "path",
                place.formatted(file),
                "action",
                "create",
                "format",
                format,
                "compression",
                compression,
                "header",
                format.equals("csv"));
        return api.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", dataset),
                        "overrides",
                        Map.of("writesettings", List.of(setting))));
    }

    private byte[] result(Api api, String file, String format, String compression, String key) {
        long job = start(api, file, format, compression).json().path("id").asLong();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> api.get("/v4/jobGroups/" + job + "/status").text().equals("\"Complete\""));
        JsonNode jobs = api.get("/v4/jobGroups/" + job + "?embed=jobs.scriptResults")
                .json()
                .at("/jobs/data");
        JsonNode written = jobs.at("/1/scriptResults/data/0");
        assertThat(written.path("path").asText()).isEqualTo(key.formatted(job));
        return S3.get(bucket, key.formatted(job).substring(1));
    }

    @Test
    void anAvroResultIsAnAvroFileAndCompressedInsideAsAskedFor() {
        byte[] avro = result(API, "out/orders.avro", "avro", "zstd", "/out/orders_%s/orders.avro");

        assertThat(new String(avro, 0, 3, UTF_8)).isEqualTo("Obj");
        assertThat(new String(avro, UTF_8)).contains("zstandard");
    }

    @Test
    void aCompressionAroundTextIsRefusedWithWhatToDo() {
        var refused = start(API, "out/orders.csv.gz", "csv", "gzip");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("detail").asText())
                .startsWith("compression must be none for csv")
                .contains(bucket + "/out/orders.csv.gz", "pqt or avro", "wharf.limits.compression=true");
    }

    @Test
    void textIsCompressedWhereThatIsAllowed() throws Exception {
        try (var wharf = start(Map.of("wharf.limits.compression", "true"))) {
            var api = new Api(wharf.api(), token(wharf));

            assertThat(api.get("/v4/connectorMetadata/aws/publish/info")
                            .json()
                            .at("/compressions/csv")
                            .toString())
                    .contains("none", "gzip", "zstd");
            byte[] named = result(api, "out/orders.csv.gz", "csv", "gzip", "/out/orders_%s/orders.csv.gz");
            byte[] inFolder = result(api, "out/", "csv", "gzip", "/out/orders_%s/result-0.csv.gz");

            for (byte[] packed : List.of(named, inFolder)) {
                try (var content = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                    assertThat(content).hasContent(ROWS);
                }
            }
        }
    }
}
