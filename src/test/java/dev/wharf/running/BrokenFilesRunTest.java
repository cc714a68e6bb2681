package dev.wharf.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.engine.BrokenFiles;
import dev.wharf.testing.WharfTest;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some of the broken files, from the store to the result. */
class BrokenFilesRunTest extends WharfTest {
    private static final int FILES = 60;
    /** Of the files whose preview was looked at, one in so many is run. */
    private static final int RUN = 4;

    @TempDir
    Path folder;

    private final String bucket = newBucket();
    private final long connection = newConnection(null);

    @Test
    void brokenFilesAreRefusedOrReadAndNoJobIsTriedTwice() {
        var files = new BrokenFiles(folder);
        var jobs = new ArrayList<Long>();
        for (var file :
                IntStream.range(0, FILES).mapToObj(i -> files.get(i * 31)).toList()) {
            S3.put(bucket, file.name(), file.content());
            var uri = "s3://" + bucket + "/" + file.name() + "?connectionId=" + connection;
            var preview = API.get("/vfsPreview?uri=" + URLEncoder.encode(uri, UTF_8));
            assertThat(preview.status()).as(file.name() + preview.text()).isIn(200, 400);
            if (Integer.parseInt(file.name().split("-")[0]) / 31 % RUN == 0) {
                run(uri, jobs);
            }
        }
        assertThat(jobs).isNotEmpty();
        jobs.forEach(this::assertEnded);
    }

    private void run(String uri, List<Long> jobs) {
        var dataset = API.post("/v4/importedDatasets", Map.of("uri", uri, "name", "broken", "structureCheck", "none"));
        assertThat(dataset.status()).as(uri + dataset.text()).isIn(201, 400);
        if (dataset.status() == 201) {
            var setting = Map.of(
                    "path",
                    "s3://" + bucket + "/out/r.json?connectionId=" + connection,
                    "action",
                    "create",
                    "format",
                    "json",
                    "asSingleFile",
                    true);
            var job = API.post(
                    "/v4/jobGroups",
                    Map.of(
                            "wrangledDataset",
                            Map.of("id", dataset.json().path("id").asLong()),
                            "overrides",
                            Map.of("execution", "photon", "writesettings", List.of(setting))));
            assertThat(job.status()).as(job.text()).isEqualTo(201);
            jobs.add(job.json().path("id").asLong());
        }
    }

    private void assertEnded(long job) {
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> API.get("/v4/jobGroups/" + job + "/status").text(),
                        status -> status.equals("\"Complete\"") || status.equals("\"Failed\""));
        assertThat(API.get("/v4/jobGroups/" + job).text()).doesNotContain("running environment");
    }
}
