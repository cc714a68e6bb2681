package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.faulty.FaultyS3;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

class RunJourneyTest extends PageTest {
    private static final String CSV = "id,name\n1,one\n2,two\n3,two\n";
    private static final String MARKUP = "<img src=x onerror=document.title='broken'>";

    private final String bucket = newBucket();
    private final long connection = newConnection(bucket);

    private void put(String key, String content) {
        S3.put(bucket, key, content.getBytes(StandardCharsets.UTF_8));
    }

    private long imported(String name, String key, long through) {
        var answer = API.post(
                "/v4/importedDatasets",
                Map.of("name", name, "uri", "s3://" + bucket + "/" + key + "?connectionId=" + through));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asLong();
    }

    /** A job whose results go through the healthy connection. */
    private long started(long dataset) {
        return started(dataset, connection, "x");
    }

    private long started(long dataset, long through, String... files) {
        var settings = Arrays.stream(files)
                .map(file -> Map.of(
                        "path",
                        "s3://" + bucket + "/out/" + file + ".csv?connectionId=" + through,
                        "action",
                        "create",
                        "format",
                        "csv"))
                .toList();
        var answer = API.post(
                "/v4/jobGroups",
                Map.of("wrangledDataset", Map.of("id", dataset), "overrides", Map.of("writesettings", settings)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asLong();
    }

    private static void press(String selector, String label) {
        see("body", any -> {
            WebElement button = button(selector, label);
            assertThat(button.isEnabled()).isTrue();
            button.click();
        });
    }

    private static WebElement button(String selector, String label) {
        return browser.all(selector).stream()
                .filter(one -> one.getText().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static void type(String id, String text) {
        see("[id='" + id + "']").sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }

    private static void choose(String id, String option) {
        see("[id='" + id + "'] option[value='" + option + "']", found -> found.click());
    }

    private static void tab(String label, String shows) {
        press(".tabs a", label);
        see(shows);
        see(".tabs [aria-current]", label);
        expectNoViolations(label);
    }

    @WideAndNarrow
    void aFolderIsImportedLookedIntoRunAndGoneOnFrom(int width, String theme) {
        look(width, theme);
        put("orders/2024/a.csv", CSV);
        put("orders/2025/b.csv", CSV);
        open("#/import?uri="
                + URLEncoder.encode("s3://" + bucket + "/?connectionId=" + connection, StandardCharsets.UTF_8));
        see(".entry input").click();
        see(".go button:not(:disabled)", "Import 1").click();
        see(".item.imported a").click();

        see("rows-table tbody", "two");
        assertThat(browser.one("rows-table thead").getText()).contains("id", "whole number", "name", "text");
        expectNoViolations("rows");
        tab("Files", "dataset-files table");
        assertThat(browser.one("dataset-files").getText()).contains("2024/a.csv", "2025/b.csv");
        tab("Jobs and lineage", "lineage-view h2");
        tab("Schedules", "schedule-table .empty");
        tab("Settings", "dataset-settings form");

        press(".head a", "Run");
        press(".beside button", "Choose…");
        see("place-picker .empty", "not there yet");
        see("place-picker input[name=folder]").sendKeys("made & new", Keys.ENTER);
        see("place-picker .preview", "s3://" + bucket + "/results/made & new/");
        expectNoViolations("a place is picked");
        press("dialog button", "Write here");
        choose("delim", ";");
        see("#hasQuotes").click();
        see("#profiler").click();
        see("#makes").click();
        type("newDataset.name", "orders, clean");
        expectNoViolations("a run");
        assertThat(browser.all("#compression"))
                .as("what the operator does not allow")
                .isEmpty();
        choose("format", "avro");
        see("#compression option[value=deflate]");
        choose("format", "csv");
        String folder = browser.one("#path").getDomProperty("value");
        type("path", bucket + "/../out/");
        press("form.run button", "Check first");
        see("[data-field=path] .wrong", "a part is . or ..");
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("path");
        type("path", folder);
        type("file", "a/b");
        press("form.run button", "Check first");
        see("[data-field=file] .wrong", "a slash");
        type("file", "orders");
        press("form.run button", "Check first");
        see(".verdict", "its folder can be written to");

        press("form.run button", "Run job");

        see("job-view .badge.complete");
        see("job-view table", "orders.csv");
        see("job-view p a", "orders, clean");
        expectNoViolations("a job");
        String download = browser.one("job-view a[href*=scriptResults]").getAttribute("href");
        assertThat((String) browser.run("return fetch(arguments[0]).then(answer => answer.text())", download))
                .startsWith("\"id\";\"name\"");
        press("job-view table button", "orders.csv");
        see("dialog .sample", "one");
        browser.press(Keys.ESCAPE);
        tab("Profile", "job-profile svg");
        assertThat(browser.one("job-profile").getText()).contains("6 valid, 0 not of the type, 0 missing", "two 4");
        tab("Lineage", "lineage-view .lineage");
        assertThat(browser.one("lineage-view").getText()).contains("orders", "orders, clean");

        press(".tabs a", "Results");
        press("job-view button", "Publish elsewhere");
        see("place-picker .entry", "orders");
        press("dialog button", "Publish here");
        see("dialog [role=alert]", "names no file or folder");
        see("place-picker input[name=folder]").sendKeys("copies", Keys.ENTER);
        see("place-picker .preview", "/copies/");
        press("dialog button", "Publish here");
        see("job-publications .badge.complete");
        see("job-publications a[href*='copies']", "/copies/orders_");
        press("job-view p a", "orders, clean");
        see("main:not([aria-busy]) h1", "orders, clean");
        see("rows-table tbody", "two");
    }

    @Test
    void aRunIsScheduledSaysItsNextRunIsRunNowAndPaused() {
        put("daily/a.csv", CSV);
        long dataset = imported("daily", "daily/", connection);
        open("#/datasets/" + dataset + "/run");
        press("label.way", "On a schedule");
        choose("often", "week");
        type("triggers[0].timeBased.timezone", "Mars/Olympus");
        press("form.run button", "Check first");
        see("[data-field='triggers[0].timeBased.timezone'] .wrong", "Mars/Olympus");
        type("triggers[0].timeBased.timezone", "Europe/Berlin");
        expectNoViolations("a schedule is made");

        press("form.run button", "Save schedule");

        see("schedule-view .known", "every Monday at 06:00 (Europe/Berlin)");
        see("schedule-view .known", "day");
        press("schedule-view button", "Run now");
        see("schedule-view table .badge.complete");
        see("schedule-view table", "1 new of 1 file");
        expectNoViolations("a schedule");
        press("schedule-view button", "Pause");
        see("schedule-view .known", "none: it is paused");
        press(".tabs a", "Change");
        choose("often", "day");
        press("schedule-edit button", "Save");
        see("schedule-view .known", "every day at 06:00 (Europe/Berlin)");
        see("schedule-view .known", "Paused");

        open("#/schedules");
        see("schedule-table table", "daily");
        expectNoViolations("schedules");
        open("#/datasets/" + dataset);
        press(".head button", "Delete");
        see("dialog", "No schedule, flow or running job needs it.");
        expectNoViolations("a dataset is deleted");
    }

    @Test
    void theKeyboardAloneRunsADataset() {
        put("keys/a.csv", CSV);
        put("target/deep/x.csv", CSV);
        long dataset = imported("keys", "keys/", connection);
        open("#/datasets/" + dataset + "/run");
        see(".beside button");
        browser.run("document.querySelector('.beside button').focus()");
        browser.press(Keys.ENTER);
        see("place-picker .empty", "not there yet");
        browser.run("document.querySelector('place-picker nav button:nth-of-type(1)').focus()");
        browser.press(Keys.TAB, Keys.ENTER);
        see("place-picker .entry", "keys");
        see("place-picker", all -> assertThat(browser.run("return document.activeElement.className"))
                .isEqualTo("grid"));

        browser.press(Keys.ARROW_DOWN, Keys.ENTER);
        see("place-picker .entry", "deep");
        browser.press(Keys.ENTER);
        see("place-picker .preview", "/target/deep/");
        browser.press(Keys.BACK_SPACE);
        see("place-picker .entry", "deep");
        browser.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB, Keys.ENTER);
        see("form.run", form -> assertThat(browser.all("dialog")).isEmpty());
        see("#path", input -> assertThat(input.getDomProperty("value")).isEqualTo(bucket + "/target/"));
        browser.run("document.querySelector('#file').focus()");
        browser.press(Keys.ENTER);

        see("job-view .badge.complete");
    }

    @Test
    void aJobThatHangsSaysHowFarItIsAndIsCanceled() {
        try (FaultyS3 stuck = FaultyS3.before(S3)) {
            put("stuck/a.csv", CSV);
            long through = newConnection(stuck.endpoint(), bucket);
            long dataset = imported("stuck", "stuck/", through);
            stuck.on("GET", "a.csv").neverAnswer().always();
            open("#/jobs/" + started(dataset));
            see(".job-progress", "Reads the dataset");
            expectNoViolations("a job under way");

            press("job-view button", "Cancel");

            see("job-view .badge.canceled");
            see("job-view", "Nothing of it is visible.");
        }
    }

    @Test
    void aJobThatStoppedHalfWayGoesOn() {
        try (FaultyS3 moody = FaultyS3.before(S3)) {
            put("half/a.csv", CSV);
            long through = newConnection(moody.endpoint(), bucket);
            moody.on("POST", "second.csv?uploadId=").always().answer(403, "AccessDenied");
            open("#/jobs/" + started(imported("half", "half/", connection), through, "first", "second"));
            see("job-view .problem", "Visible (1 of 2)");
            assertThat(browser.one("job-view .problem").getText()).doesNotContain("PUT /v4");
            expectNoViolations("a job that has stopped half-way");
            moody.reset();

            press("job-view .problem button", "Go on");

            see("job-view .badge.complete");
            see("job-view table", "second.csv");
        }
    }

    /** The store lists them late, which the test says in place of the service: that waits for two minutes first. */
    @Test
    void filesThatAreNotListedYetAreLookedForAgain() {
        put("late/a.csv", CSV);
        long job = started(imported("late", "late/", connection));
        open("#/jobs/" + job);
        see("job-view .badge.complete");
        browser.run("""
                const asked = fetch;
                window.late = true;
                window.fetch = async (path, options) => {
                  const answer = await asked(path, options);
                  if (!late || !path.startsWith('/v4/jobGroups/') || options.method !== 'GET') return answer;
                  return Response.json({ ...await answer.json(), warning: 'All files are written. Not listed yet: x.csv' });
                };
                location.hash = '#/jobs/%d?once=more';
                """.formatted(job));
        see("job-view .warning", "Not listed yet");
        see("job-view .badge", "Complete, with a warning");
        expectNoViolations("files that are not listed yet");

        press("job-view .warning button", "Check again");
        see("job-view [role=status]", "it is still so");
        browser.run("window.late = false");
        press("job-view .warning button", "Check again");

        see("job-view", view -> assertThat(browser.all("job-view .warning")).isEmpty());
        see("job-view .badge.complete");
    }

    @Test
    void aJobThatFailsSaysWhyAndAListFindsIt() {
        put("gone/a.csv", CSV);
        long dataset = imported("gone " + bucket, "gone/", connection);
        S3.remove(bucket, "gone/a.csv");
        long job = started(dataset);
        open("#/jobs/" + job);

        see("job-view .badge.failed");
        see("job-view .problem", "gone/a.csv");
        expectNoViolations("a failed job");

        press("job-view .problem a", "Run again");
        see("main:not([aria-busy]) h1", "Run");
        assertThat(browser.one("#path").getDomProperty("value")).isEqualTo(bucket + "/out/");
        assertThat(browser.one("#file").getDomProperty("value")).isEqualTo("x");

        open("#/jobs?status=Failed");
        see("job-list input").sendKeys(bucket);
        see("job-list tbody", rows -> assertThat(browser.all("job-list tbody tr"))
                .hasSize(1));
        assertThat(browser.one("job-list tbody").getText()).contains("gone " + bucket, "Failed", "gone/a.csv");
        see("job-list", list -> assertThat(browser.address()).contains("status=Failed", "search=" + bucket));
    }

    @Test
    void changesOfTheSourceAreSeenAndTakenOver() {
        put("moving/a.csv", CSV);
        long dataset = imported("moving", "moving/", connection);
        put("moving/a.csv", CSV + "4,four\n");
        put("moving/b.csv", CSV);
        open("#/jobs/" + started(dataset));
        see("job-view .problem", "Look again at its source, and run it again");
        press("job-view .problem button", "Look again");
        see("source-changes", "1 file new");
        open("#/datasets/" + dataset + "/run");
        press("form.run button", "Check first");
        see("form.run .problem", "has changed or gone since it was imported. Look again at its source");
        open("#/datasets/" + dataset);
        press(".head button", "Look again");
        see("source-changes", "1 file new");
        expectNoViolations("changes of a source");

        press("source-changes button", "Refresh");

        see(".facts-line", "2 files");
        press(".tabs a", "Settings");
        type("name", "moved");
        choose("header", "false");
        press("dataset-settings button", "Save");
        see("main:not([aria-busy]) h1", "moved");
        press(".tabs a", "Rows");
        see("rows-table tbody", "name");
    }

    @Test
    void columnsOfOneNameThatAResultCallsOtherwiseAreNamed() {
        put("twice/a.csv", "id,id\n1,2\n");
        long dataset = imported("twice", "twice/", connection);
        open("#/datasets/" + dataset + "/run");
        choose("format", "json");
        see("form.run .warning", "all but the first get a number: id_2");
        expectNoViolations("columns of one name");
        press("form.run button", "Run job");

        see("job-view .badge.complete");
        press("job-view table button", "twice.json");

        see("dialog .warning", "called otherwise than in the dataset: id_2");
    }

    @Test
    void aPathThatVariesIsSaidInWordsAndARunGivesItsVariables() {
        put("in/eu/a.csv", CSV);
        put("in/us/a.csv", "id,name\n7,seven\n");
        var variable = Map.of(
                "type",
                "path",
                "overrideKey",
                "region",
                "insertionIndices",
                List.of(Map.of("index", 4)),
                "value",
                Map.of("variable", Map.of("value", "eu")));
        var answer = API.post(
                "/v4/importedDatasets",
                Map.of(
                        "name",
                        "by region",
                        "bucket",
                        bucket,
                        "connectionId",
                        connection,
                        "dynamicPath",
                        "/in//",
                        "runParameters",
                        List.of(variable)));
        long dataset = answer.json().path("id").asLong();
        open("#/datasets/" + dataset + "?tab=files");
        see(".rule", "s3://" + bucket + "/in/region/");
        assertThat(browser.one("dataset-files .words").getText()).contains("the variable region, eu unless");
        expectNoViolations("a rule");
        see(".lead", "region: eu unless a run says otherwise");

        open("#/datasets/" + dataset + "/run");
        type("said-region", "us");
        press("form.run button", "Run job");

        see("job-view .badge.complete");
        see("main h1", "by region with region us");
        see("job-view .run-values", "region: us");
        press("job-view table button", "by-region.csv");
        see("dialog .sample", "seven");
        assertThat(browser.one("dialog .sample th.amount").getText()).contains("id");
        browser.press(Keys.ESCAPE);

        String result = S3.keys(bucket).stream()
                .filter(key -> key.endsWith("/by-region.csv"))
                .findFirst()
                .orElseThrow();
        put(result, "id\n8\n");
        press("job-view table a", "Download");
        String replaced = "is not its result any more";
        see("job-view table .problem", replaced);
        press("job-view .after a", "Download as ZIP");
        see("job-view .after .problem", "has been replaced");
        expectNoViolations("downloads that are refused");
        press("job-view table button", "by-region.csv");
        see("dialog .problem", replaced);
        assertThat(browser.all("dialog download-link")).isEmpty();

        open("#/datasets/" + dataset + "/run");
        type("said-region", "x".repeat(1_025));
        press("form.run button", "Check first");
        see("[data-field='said[0]'] .wrong", "Must be text of at most 1024 characters");
        type("said-region", "nowhere");
        press("form.run button", "Check first");
        see("[data-field='said[0]'] .wrong", "Nothing matches s3://" + bucket + "/in/nowhere/");
        press("form.run button", "Run job");
        see("job-view .problem", "no file there is what the dataset's path with its parameters say");
        press("job-view .problem a", "Run again");
        see("[id='said-region']", input -> assertThat(input.getDomProperty("value"))
                .isEqualTo("nowhere"));
        press("label.way", "On a schedule");
        press("form.run button", "Check first");
        see("form.run .verdict", "At present nothing matches its path.");
        type("said-region", "us");
        press("form.run button", "Save schedule");
        see("schedule-view .known", "region: us");
        open("#/jobs");
        see("job-list tbody", "with region: nowhere");
        open("#/datasets/" + dataset + "?tab=settings");
        type("default-region", "us");
        expectNoViolations("settings of a path that varies");
        press("dataset-settings button", "Save");
        see(".lead", "region: us unless a run says otherwise");
    }

    @Test
    void hostileNamesAreShownExactlyAndDoNothing() {
        String name = MARKUP + "\u202Evsc";
        put("odd/" + MARKUP + "\n.csv", "a,b\n" + MARKUP + ",safe\u202Evsc\n");
        long dataset = imported(name, "odd/", connection);
        long job = started(dataset);
        for (String view : List.of(
                "datasets",
                "datasets/" + dataset,
                "datasets/" + dataset + "?tab=files",
                "datasets/" + dataset + "?tab=lineage",
                "datasets/" + dataset + "/run",
                "jobs",
                "jobs/" + job)) {
            open("#/" + view);
            see("main:not([aria-busy])", MARKUP + "U+202Evsc");
            assertThat(browser.all("img[src=x]")).isEmpty();
            assertThat((String) browser.run("return document.title")).endsWith(" · Wharf");
        }
        open("#/datasets/" + dataset);
        see("rows-table tbody", MARKUP);
        assertThat(browser.one("rows-table tbody").getText()).contains("safeU+202Evsc");
        expectNoViolations("hostile values");
    }
}
