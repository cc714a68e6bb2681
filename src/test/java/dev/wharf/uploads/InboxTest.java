package dev.wharf.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.Wharf;
import dev.wharf.kernel.settings.SettingsException;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with an inbox, met as by whoever drops files into it, and by whoever ends its process. */
class InboxTest extends WharfTest {
    /** Each follows a change: of the folder, of a claim, of the store, of the registry. {@link InboxUploadsTest} has them all. */
    private static final List<String> STEPS = List.of("stillThere", "storeFile", "insertUpload", "moveDroppedFile");

    @TempDir
    Path folder;

    private Path inbox;
    private Path owner;

    /** One bucket for each test, which so finds only its own uploads. */
    private final String bucket = newBucket();

    @BeforeEach
    void makeInbox() throws IOException {
        inbox = Files.createDirectory(folder.resolve("an inbox + 100%"));
        owner = Files.createDirectory(inbox.resolve("admin@localhost"));
    }

    private Map<String, String> settings() {
        return Map.of(
                "wharf.data-dir",
                folder.resolve("data").toString(),
                "wharf.storage.bucket",
                bucket,
                "wharf.uploads.inbox",
                inbox.toString(),
                "wharf.uploads.inbox-quiet",
                "200ms");
    }

    private Map<String, String> uploads() {
        Map<String, String> names = new TreeMap<>();
        S3.keys(bucket).forEach(key -> names.put(key.substring(key.lastIndexOf('/') + 1), key));
        return names;
    }

    private static void eventually(Path file) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(file)
                .exists());
    }

    @Test
    void aDroppedFileCanBeImportedByItsOwner() throws IOException {
        String name = "${sysenv.HOME} é%20+ {{x}}#?.csv";
        Files.writeString(owner.resolve(name), "a,b\n1,2\n");
        try (Wharf wharf = start(settings())) {
            eventually(owner.resolve("done").resolve(name));

            String key = uploads().get(name);
            assertThat(key).startsWith("trifacta/uploads/1/1/");
            assertThat(S3.get(bucket, key)).asString().isEqualTo("a,b\n1,2\n");
            var api = new Api(wharf.api(), token(wharf));
            var imported =
                    api.post("/v4/importedDatasets", Map.of("name", "dropped", "bucket", bucket, "path", "/" + key));
            assertThat(imported.status()).isEqualTo(201);
        }
    }

    @Test
    void aScheduleOverOnesUploadsTakesInWhatOneHasDropped() throws IOException {
        try (Wharf wharf = start(settings())) {
            Member member = Member.join(wharf.folder());
            var api = new Api(wharf.api(), member.token());
            String address = api.get("/v4/people/current").json().path("email").asText();
            Path folder = Files.createDirectory(inbox.resolve(address));
            String source = "s3://" + bucket + "/trifacta/uploads/1/" + member.personId() + "/";
            var schedule = api.post(
                    "/v4/schedules",
                    Map.of(
                            "name", "What I drop",
                            "triggers",
                                    List.of(Map.of("timeBased", Map.of("cron", Map.of("expression", "* * * * * *")))),
                            "tasks",
                                    List.of(Map.of(
                                            "importSource", Map.of("source", Map.of("uri", source, "name", "d"))))));
            assertThat(schedule.status()).as(schedule.text()).isEqualTo(201);
            Files.writeString(folder.resolve("a.csv"), "a,b\n1,2\n");
            Files.writeString(owner.resolve("somebody else's.csv"), "a,b\n1,2\n");

            String datasets = "/v4/importedDatasets";
            Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(
                            api.get(datasets).json().path("data"))
                    .hasSize(1));
            eventually(owner.resolve("done/somebody else's.csv"));
            var files = api.get(datasets + "/"
                            + api.get(datasets)
                                    .json()
                                    .path("data")
                                    .path(0)
                                    .path("id")
                                    .asLong() + "/files")
                    .json()
                    .path("data");
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(file.path("key").asText()).endsWith("/a.csv"));
            assertThat(api.get("/v4/schedules/" + schedule.json().path("id").asLong())
                            .json()
                            .path("enabled")
                            .asBoolean())
                    .as("also while there was nothing yet")
                    .isTrue();
        }
    }

    @Test
    void anInboxThatDoesNotExistStopsTheStartInOneLine() {
        assertThatThrownBy(() -> start(
                        Map.of("wharf.uploads.inbox", folder.resolve("none").toString())))
                .isInstanceOf(SettingsException.class)
                .hasMessage("wharf.uploads.inbox " + folder.resolve("none")
                        + " does not exist: make it, or unset the setting");
    }

    @Test
    void aProcessThatIsKilledBetweenAnyTwoStepsNeitherLosesNorDoublesAFile() throws Exception {
        for (String step : STEPS) {
            Files.writeString(owner.resolve(step + ".csv"), "dropped before " + step);
            Process process = service(step);
            try {
                assertThat(process.waitFor(120, TimeUnit.SECONDS))
                        .as("dies before %s", step)
                        .isTrue();
                assertThat(process.exitValue()).as("dies before %s", step).isEqualTo(Killed.EXIT);
            } finally {
                process.destroyForcibly();
            }
        }

        try (Wharf wharf = start(settings())) {
            for (String step : STEPS) {
                eventually(owner.resolve("done/" + step + ".csv"));
            }
            assertThat(S3.keys(bucket)).hasSize(STEPS.size());
            for (String step : STEPS) {
                String key = uploads().get(step + ".csv");
                assertThat(S3.get(bucket, key)).asString().isEqualTo("dropped before " + step);
                var api = new Api(wharf.api(), token(wharf));
                var imported =
                        api.post("/v4/importedDatasets", Map.of("name", step, "bucket", bucket, "path", "/" + key));
                assertThat(imported.status()).as("%s is on record", step).isEqualTo(201);
            }
        }
        try (var left = Files.walk(inbox)) {
            assertThat(left.filter(Files::isRegularFile))
                    .as("each with its address beside it")
                    .hasSize(2 * STEPS.size());
        }
    }

    /** The service in a process of its own, which ends when it comes to a step. */
    private Process service(String step) throws IOException {
        Path home = folder.resolve("home of " + step);
        Killed.copyRoutes(home, step);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "-Ddev.wharf.home=" + home));
        Map<String, String> all = new TreeMap<>(settings());
        all.put("wharf.http.port", "0");
        all.put("wharf.vfs.port", "0");
        all.put("wharf.observe.port", "0");
        all.put("wharf.storage.endpoint", S3.endpoint().toString());
        all.put("wharf.storage.path-style", "true");
        all.put("wharf.storage.access-key-id", S3.accessKeyId());
        all.put("wharf.storage.secret-access-key", S3.secretAccessKey());
        all.put("wharf.broker.url", "vm://0");
        all.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(Wharf.class.getName());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }
}
