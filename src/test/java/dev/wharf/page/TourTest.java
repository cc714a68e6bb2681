package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.Wharf;
import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of {@code src/docs/tour}, of the trial: {@code mvn test -Dtest=TourTest -Dtour=true}. */
@EnabledIfSystemProperty(named = "tour", matches = "true", disabledReason = "-Dtour=true takes the pictures anew")
class TourTest extends PageTest {
    private static final Path TOUR = Path.of("src/docs/tour");
    private static final String WEATHER = "s3://trial/weather/?connectionId=1";

    @TempDir
    private Path folder;

    private final Map<String, String> views = new LinkedHashMap<>();

    @Test
    void everyScreenIsShownWideAndNarrowLightAndDark() throws IOException {
        try (Wharf trial = start(Map.of("wharf.data-dir", folder.toString(), "wharf.trial", "true"))) {
            var api = new Api(trial.api(), token(trial));
            browser.signIn(trial.api(), token(trial));
            views.put("import", "import?uri=" + WEATHER.replace("?", "%3F").replace("=", "%3D"));
            views.put("connections", "connections");
            views.put("create-connection", "connections/new");
            views.put("new-connection", "connections/new/aws");
            views.put("connection", "connections/1");
            views.put("datasets", "datasets");
            views.put("dataset", "datasets/1");
            views.put("run", "datasets/1/run");
            views.put("jobs", "jobs");
            long job = profiled(api);
            views.put("job", "jobs/" + job);
            views.put("profile-of-results", "jobs/" + job + "?tab=profile");
            views.put("schedules", "schedules");
            views.put("upload", "upload");
            views.put("profile", "profile");
            views.put("workspace", "workspace");
            views.put("people", "workspace/people");
            views.put("lifecycle", "workspace/lifecycle");
            views.put("audit", "workspace/audit");
            for (var view : views.entrySet()) {
                browser.look(WIDE, "light");
                browser.open(trial.api(), "#/" + view.getValue());
                see("main:not([aria-busy]) h1");
                prepare(view.getKey());
                picture(view.getKey());
            }
        }
        for (String view : views.keySet()) {
            assertThat(TOUR.resolve(view + "-wide-light.webp")).exists();
        }
    }

    private static long profiled(Api api) {
        var answer = api.post(
                "/v4/jobGroups",
                Map.of(
                        "wrangledDataset",
                        Map.of("id", 1),
                        "overrides",
                        Map.of(
                                "profiler",
                                true,
                                "writesettings",
                                List.of(Map.of(
                                        "path",
                                        "s3://trial/results/weather.parquet?connectionId=1",
                                        "action",
                                        "create",
                                        "format",
                                        "pqt")))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        long job = answer.json().path("id").asLong();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> api.get("/v4/jobGroups/" + job + "/status").text().equals("\"Complete\""));
        return job;
    }

    /** What somebody would have done there. */
    private static void prepare(String view) {
        switch (view) {
            case "import" -> {
                see("entry-list [role=row] input").click();
                see("basket-panel .item, .basket li");
            }
            case "connection" -> see("connection-test button").click();
            default -> {}
        }
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true); // what comes by itself: rows, events, pictures
    }

    private static void picture(String view) throws IOException {
        Files.createDirectories(TOUR);
        for (String theme : List.of("light", "dark")) {
            browser.look(WIDE, theme);
            Files.write(TOUR.resolve(view + "-wide-" + theme + ".webp"), browser.picture());
            browser.look(NARROW, theme);
            Files.write(TOUR.resolve(view + "-narrow-" + theme + ".webp"), browser.picture());
        }
    }
}
