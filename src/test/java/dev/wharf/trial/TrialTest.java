package dev.wharf.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class TrialTest extends WharfTest {
    @TempDir
    Path folder;

    private Wharf trial() {
        return start(Map.of("wharf.data-dir", folder.toString(), "wharf.trial", "true"));
    }

    private JsonNode notes() throws IOException {
        return Json.read(Files.readString(folder.resolve("trial.json")), JsonNode.class);
    }

    private static long count(Api api, String things) {
        return api.get("/v4/" + things + "?includeCount=true")
                .json()
                .path("count")
                .asLong();
    }

    @Test
    void theMainJobIsShownOnceAndFoundAgain() throws IOException, SQLException {
        JsonNode first;
        try (Wharf wharf = trial()) {
            first = notes();
            var api = new Api(wharf.api(), first.path("token").asText());
            JsonNode dataset =
                    api.get("/v4/importedDatasets/" + first.path("datasetId")).json();
            assertThat(dataset.path("fileCount").asLong()).isEqualTo(4);
            assertThat(dataset.path("ignoredCount").asLong()).isEqualTo(4);
            assertThat(api.get("/v4/jobGroups/" + first.path("jobGroupId") + "/status")
                            .text())
                    .isEqualTo("\"Complete\"");
            assertThat(publishedBySchedule(api, first)).hasSize(1);
        }
        runForAnHour();
        try (Wharf wharf = trial()) {
            JsonNode second = notes();
            assertThat(second.path("connectionId")).isEqualTo(first.path("connectionId"));
            assertThat(second.path("datasetId")).isEqualTo(first.path("datasetId"));
            assertThat(second.path("jobGroupId")).isEqualTo(first.path("jobGroupId"));
            assertThat(second.path("s3")).isEqualTo(first.path("s3"));
            var api = new Api(wharf.api(), second.path("token").asText());
            assertThat(count(api, "connections")).isEqualTo(1);
            // Its own, and what the schedule has made of the first file in the inbox.
            assertThat(second.path("scheduleId")).isEqualTo(first.path("scheduleId"));
            assertThat(count(api, "schedules")).isEqualTo(1);
            assertThat(count(api, "importedDatasets")).isEqualTo(2);
            assertThat(count(api, "jobGroups")).isEqualTo(2);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("trial.json"))))
                .isEqualTo("rw-------");
    }

    /** What the schedule leaves behind when nothing comes: a run every two seconds. */
    private void runForAnHour() throws SQLException {
        String columns = "schedule_id, cause, state, worker_id, due_at, started_at, ended_at, listed_count, new_count,"
                + " changed_count, waiting_count, ignored_count, left_out_count";
        try (var connection = DriverManager.getConnection(
                        "jdbc:hsqldb:file:" + folder.resolve("registry") + ";shutdown=true", "SA", "");
                var statement = connection.createStatement()) {
            for (int run = 0; run < 1_100; run++) {
                statement.executeUpdate("INSERT INTO schedule_run (" + columns + ") SELECT " + columns
                        + " FROM schedule_run WHERE id = (SELECT MAX(id) FROM schedule_run)");
            }
        }
    }

    private static List<String> publishedBySchedule(Api api, JsonNode notes) {
        List<String> published = new ArrayList<>();
        for (JsonNode run : api.get("/v4/schedules/" + notes.path("scheduleId") + "/runs?limit=1000")
                .json()
                .path("data")) {
            if (!run.path("jobGroup").isNull()) {
                String job = "/v4/jobGroups/" + run.path("jobGroup").path("id");
                if (api.get(job + "/status").text().equals("\"Complete\"")) {
                    published.addAll(
                            api.get(job + "/outputs").json().path("files").findValuesAsText("uri"));
                }
            }
        }
        return published;
    }

    @Test
    void whatIsPutIntoTheInboxIsPublishedWithNobodyTouchingAnything() throws IOException {
        try (Wharf wharf = trial()) {
            JsonNode notes = notes();
            var api = new Api(wharf.api(), notes.path("token").asText());
            JsonNode s3 = notes.path("s3");
            try (var partner = S3Client.builder()
                    .endpointOverride(URI.create(s3.path("endpoint").asText()))
                    .forcePathStyle(true)
                    .region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                            s3.path("accessKeyId").asText(),
                            s3.path("secretAccessKey").asText())))
                    .build()) {
                partner.putObject(
                        put -> put.bucket(s3.path("bucket").asText()).key("inbox/more.csv"),
                        RequestBody.fromString("station,city\nGEG,Spokane\n"));
            }

            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(publishedBySchedule(api, notes))
                    .hasSize(2)
                    .allMatch(uri -> uri.startsWith("s3://trial/results/inbox_")));
        }
    }

    @Test
    void theOriginalsCommandWorksAsItIs() throws IOException {
        try (Wharf wharf = trial()) {
            String uri = "s3://trial/weather/?connectionId=" + notes().path("connectionId");
            // java.net.URI takes the second question mark as it is, as curl does.
            var answer = API.send(HttpRequest.newBuilder(wharf.files().resolve("/vfsList?uri=" + uri))
                    .header("x-trifacta-person-workspace-id", "1")
                    .GET());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("data").findValuesAsText("name"))
                    .containsExactly("year=2012", "year=2013", "year=2014", "year=2015");
        }
    }

    @Test
    void whatTheReadmeHasOnePasteRegistersAConnectionThatWorks() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf("```sh\n") + "```sh\n".length();
        Path paste = Files.writeString(folder.resolve("paste"), readme.substring(begin, readme.indexOf("```", begin)));
        Files.createSymbolicLink(folder.resolve("data"), Path.of("."));
        try (Wharf wharf = trial()) {
            Process shell = new ProcessBuilder("sh", paste.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(shell.waitFor()).as(said).isZero();
            long connection = Json.read(said, JsonNode.class).path("id").asLong();
            var api = new Api(wharf.api(), notes().path("token").asText());
            assertThat(api.get("/v4/connections/" + connection + "/status")
                            .json()
                            .path("result")
                            .asText())
                    .as(said)
                    .isEqualTo("SUCCESS");
        }
    }
}
