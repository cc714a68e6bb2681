package dev.wharf.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.testing.S3Server;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.FaultyS3;
import dev.wharf.testing.processes.ServiceProcess;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed while files of an announced job come to it. */
class KilledAnnouncementTest {
    private static final String TARGET = "target";

    private Api api;

    private long newJob(long connection, String name) {
        Map<String, Object> one = Map.of(
                "path",
                "s3://target/" + name + "/a.csv?connectionId=" + connection,
                "format",
                "csv",
                "files",
                List.of("upload:a"));
        Map<String, Object> two = Map.of(
                "path",
                "s3://target/" + name + "/b.csv?connectionId=" + connection,
                "format",
                "csv",
                "files",
                List.of("upload:b"));
        return api.post(
                        "/v4/jobGroups/announced",
                        Map.of("announcedAs", name, "name", name, "execution", "spark", "results", List.of(one, two)))
                .json()
                .path("id")
                .asLong();
    }

    private Api.Answer put(long job, String name) {
        return api.send(api.request("/v4/jobGroups/" + job + "/files?name=" + name)
                .PUT(BodyPublishers.ofString("content of " + name)));
    }

    private JsonNode states(long job) {
        return api.get("/v4/jobGroups/" + job + "/files").json().path("files");
    }

    @Test
    void keepsWhatWasThereAndOfTheRestCancelingLeavesNothing(@TempDir Path folder) {
        try (S3Server store = S3Server.start("base", TARGET);
                FaultyS3 faults = FaultyS3.before(store);
                ServiceProcess service = new ServiceProcess(
                        folder.resolve("data"),
                        Map.of(
                                "wharf.storage.bucket", "base",
                                "wharf.storage.endpoint", store.endpoint().toString(),
                                "wharf.storage.path-style", "true",
                                "wharf.storage.access-key-id", store.accessKeyId(),
                                "wharf.storage.secret-access-key", store.secretAccessKey()))) {
            service.start();
            api = service.api(service.token());
            long connection = api.post(
                            "/v4/connections",
                            Map.of(
                                    "vendor", "aws",
                                    "vendorName", "aws",
                                    "type", "remotefile",
                                    "credentialType", "keySecret",
                                    "name", "target",
                                    "params",
                                            Map.of("endpoint", faults.endpoint().toString(), "pathStyle", true),
                                    "credentials",
                                            List.of(Map.of(
                                                    "key", store.accessKeyId(), "secret", store.secretAccessKey()))))
                    .json()
                    .path("id")
                    .asLong();
            long completed = newJob(connection, "completed");
            long canceled = newJob(connection, "canceled");
            for (long job : new long[] {completed, canceled}) {
                assertThat(put(job, "a").status()).isEqualTo(200);
            }
            String part = "b.csv?partNumber=";
            int tried = faults.requests("PUT", part).size(); // whether it can be written there
            faults.on("PUT", part).delay(Duration.ofSeconds(30)).always();
            for (long job : new long[] {completed, canceled}) {
                CompletableFuture.runAsync(() -> put(job, "b"));
            }
            await().until(() -> faults.requests("PUT", part).size() == tried + 2);

            service.kill();
            faults.reset();
            service.start();
            api = service.api(service.token());

            assertThat(states(completed).findValuesAsText("state")).containsExactly("sent", "awaited");
            assertThat(put(completed, "b").status()).isEqualTo(200);
            assertThat(api.post("/v4/jobGroups/" + canceled + "/cancel", Map.of())
                            .status())
                    .isEqualTo(200);
            await().atMost(Duration.ofSeconds(30)).until(() -> api.get("/v4/jobGroups/" + completed + "/status")
                    .text()
                    .equals("\"Complete\""));
            assertThat(store.get(TARGET, "completed/b_" + completed + "/b.csv"))
                    .asString(UTF_8)
                    .isEqualTo("content of b");
            await().untilAsserted(
                            () -> assertThat(store.uploads(TARGET)).noneMatch(key -> key.startsWith("canceled/")));
            assertThat(store.keys(TARGET)).noneMatch(key -> key.startsWith("canceled/"));
        }
    }
}
