package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Member;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

class ImportDataTest extends PageTest {
    private static final String CSV = "id,name\n1,one\n2,two\n";

    private final String bucket = newBucket();
    private final long connection = newConnection(bucket);

    private void putAll(String... keys) {
        for (String key : keys) {
            put(key, CSV);
        }
    }

    private void put(String key, String content) {
        S3.put(bucket, key, content.getBytes(StandardCharsets.UTF_8));
    }

    private String place(String key) {
        return "#/import?uri=" + encoded("s3://" + bucket + "/" + key + "?connectionId=" + connection);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<String> names() {
        return browser.all(".entry .name").stream().map(WebElement::getText).toList();
    }

    private static void seeItems(int number) {
        see("import-view", view -> assertThat(browser.all(".item")).hasSize(number));
    }

    @WideAndNarrow
    void severalFilesAndFoldersAreImportedTogether(int width, String theme) {
        look(width, theme);
        putAll("orders/2024/a.csv", "orders/2025/b.csv", "orders/_SUCCESS", "people.csv");
        open(place(""));
        see(".entry", "orders");
        browser.one(".rows-head input").click();
        see("import-view", view -> assertThat(browser.all(".item.ready")).hasSize(2));
        assertThat(see("basket-panel").getText()).contains("Left out: 1 marker", "2 files", "2 columns");
        see(".sample", "one");
        expectNoViolations("the basket");

        see(".go button", "Import 2").click();

        see("import-view", view -> assertThat(browser.all(".item.imported a")).hasSize(2));
        expectNoViolations("what was imported");
        browser.one(".item.imported a").click();
        see("main:not([aria-busy]) h1", "people");
    }

    @Test
    void whatIsRefusedStaysWithTheReasonThatTheServiceGivesAndCanBeMended() {
        putAll("mixed/a.csv");
        put("mixed/b.csv", "id;name\n1;one\n");
        open(place(""));
        see(".entry input").click();

        see(".item.refused .problem", "mixed/b.csv");
        see(".item.refused > .state-line ~ button", "Look again");
        assertThat(browser.all(".go button:not(:disabled)")).isEmpty();
        expectNoViolations("a refusal");

        put("mixed/b.csv", CSV);
        browser.one(".item.refused > .state-line ~ button").click();

        see(".go button:not(:disabled)", "Import 1");
    }

    @Test
    void theKeyboardAloneImports() {
        putAll("a/1.csv", "a/2.csv", "a/3.csv", "a/4.csv");
        open(place(""));
        see(".entry", "a");
        browser.run("document.querySelector('.grid').focus()");
        browser.press(Keys.ENTER);
        see(".entry", "1.csv");
        assertThat(browser.run("return document.activeElement.className")).isEqualTo("grid");

        browser.press(Keys.SPACE);
        browser.pressShift(Keys.ARROW_DOWN);
        browser.press(Keys.END);
        seeItems(2);
        assertThat(browser.run("return document.querySelector('.entry.active .name').textContent"))
                .isEqualTo("4.csv");
        browser.press(Keys.HOME, Keys.SPACE);
        seeItems(1);
        browser.press("?");
        see("dialog", "Shortcuts");
        expectNoViolations("the shortcuts");
        browser.press(Keys.ESCAPE);
        see("import-view", view -> assertThat(browser.all("dialog")).isEmpty());
        browser.press("/", "3");
        see("import-view", view -> assertThat(names()).containsExactly("3.csv"));
        browser.press(Keys.ESCAPE, Keys.BACK_SPACE);
        see("import-view", view -> assertThat(names()).containsExactly("a"));

        browser.press("i");

        see(".item.imported a", "2");
    }

    @Test
    void whatIsInTheBasketIsDownloadedAsOneArchive() {
        putAll("a & b/1.csv", "c+d.csv");
        open(place(""));
        see(".entry", "a & b");
        browser.one(".rows-head input").click();
        seeItems(2);

        String link = see(".go a").getAttribute("href");

        assertThat(browser.run(
                        "return fetch(arguments[0]).then(answer => answer.blob()).then(blob => blob.text())"
                                + ".then(zip => ['a & b/1.csv', 'c+d.csv'].every(name => zip.includes(name)))",
                        link))
                .isEqualTo(true);
        expectNoViolations("the basket");
    }

    @Test
    void aRangeIsSelectedWithShift() {
        putAll(IntStream.range(0, 9).mapToObj(i -> "n" + i + ".csv").toArray(String[]::new));
        open(place(""));
        see(".entry", "n0.csv");

        browser.all(".entry input").get(2).click();
        browser.clickShift(browser.all(".entry input").get(6));

        seeItems(5);
    }

    @Test
    void aReloadAndTheWayBackLoseNothing() {
        putAll("deep/down/x.csv", "y.csv");
        open(place(""));
        see("#row-1 input").click();
        seeItems(1);
        WebElement name = see(".item .title input");
        name.sendKeys(Keys.chord(Keys.CONTROL, "a"), "my own name", Keys.TAB);
        name.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, Keys.TAB);
        browser.one("#row-0 a").click();
        see(".entry", "down");
        see(".sources [aria-current]");

        browser.reload();
        see(".entry", "down");
        assertThat(see(".item .title input").getDomProperty("value")).isEqualTo("my own name");
        browser.back();

        see(".entry", "deep");
        seeItems(1);
    }

    @Test
    void hostileNamesAreShownExactlyAndDoNothing() {
        String markup = "<img src=x onerror=document.title='broken'>.csv";
        String turned = "safe\u202Evsc.exe";
        putAll(markup, turned, "100%25 & more?.csv", "two\nlines.csv", " blanks  around .csv");
        open(place(""));
        see("import-view", view -> assertThat(names()).hasSize(5));

        assertThat(names())
                .contains(markup, "safeU+202Evsc.exe", "100%25 & more?.csv", "two\u240Alines.csv")
                .anyMatch(name -> name.contains("\u2423blanks\u2423\u2423around .csv"));
        browser.one(".rows-head input").click();
        seeItems(5);
        see("import-view", view -> assertThat(browser.all(".item:is(.ready, .refused)"))
                .hasSize(5));
        assertThat(browser.run("return [...document.querySelectorAll('[aria-label], [title], input')]"
                        + ".some(one => /\\u202e/.test(one.ariaLabel + one.title + one.value))"))
                .isEqualTo(false);
        assertThat(browser.all("img[src=x]")).isEmpty();
        assertThat(browser.run("return document.title")).isEqualTo("Import data · Wharf");
        expectNoViolations("hostile names");
    }

    @Test
    void bucketsAreListedAlsoWhereThereIsADefaultOneAndCannotBeSelected() {
        putAll("x.csv");
        open("#/import?uri=" + encoded("s3://?connectionId=" + connection));
        see(".entry", "x.csv");

        see(".trail a", "All buckets").click();

        see("import-view", view -> assertThat(names()).contains(bucket));
        assertThat(browser.all(".entry input")).isEmpty();
        expectNoViolations("buckets");
    }

    @Test
    void aPathIsGoneToAndWhatIsHiddenIsShownOnRequest() {
        putAll("in/_hidden/x.csv", "in/seen.csv");
        open(place(""));
        see(".entry", "in");
        browser.press("g");
        see(".go-to input").sendKeys(Keys.chord(Keys.CONTROL, "a"), "in/", Keys.ENTER);
        see("import-view", view -> assertThat(names()).containsExactly("seen.csv"));

        browser.one(".tools .check input").click();

        see("import-view", view -> assertThat(names()).containsExactly("_hidden", "seen.csv"));
        assertThat(browser.address()).contains("hidden=yes");
        browser.all(".entry .what button").get(0).click();
        see("dialog .sample", "two");
        expectNoViolations("a preview");
    }

    @Test
    void whatIsNoPathIsOfferedAsTheBeginningOfNames() {
        putAll("in/order-1.csv", "in/order-2.csv", "in/people.csv");
        open(place("in/ord"));

        see(".problem a", "Names that begin with ord").click();

        see("import-view", view -> assertThat(names()).containsExactly("order-1.csv", "order-2.csv"));
        assertThat(browser.address()).contains("begins=ord");
    }

    @WideAndNarrow
    void partsOfAPathVary(int width, String theme) {
        look(width, theme);
        putAll("in/2024/01/orders.csv", "in/2024/02/orders.csv", "in/2025/01/orders.csv");
        open(place("in/2024/01/"));
        see(".entry input").click();
        see(".item.ready", "1 file");
        click("details:has(path-parameters) summary");

        choose("2024/01", "Any text");
        browser.one(".parameters .away").click();
        choose("01", "Any text");
        expectNoViolations("parameters");
        assertThat(browser.all(".go .main:not(:disabled)"))
                .as("nobody has seen what matches")
                .isEmpty();
        see("path-parameters > button", "Update matches");
        click("path-parameters > button");

        see(".item.ready", "2 files");
        see(".go button").click();
        see(".item.imported a").click();
        see("main:not([aria-busy]) h1", "orders");
    }

    @Test
    void datesBetweenTwoDaysAreTakenAndTheRuleIsShownWhereverTheDatasetIs() {
        putAll("in/2024-01-30/a.csv", "in/2024-01-31/a.csv", "in/2024-02-01/a.csv", "in/2024-03-01/a.csv");
        open(place("in/2024-01-31/"));
        see(".entry input").click();
        see(".item.ready", "1 file");
        see("details:has(path-parameters) summary").click();

        choose("2024-01-31", "Date and time");
        see(".parameters option[value=between]").click();
        day(0, "2024-01-31");
        day(1, "2024-02-01");
        see("path-parameters > button", "Update matches").click();
        see(".item.ready", "2 files");
        see("path-parameters > button", "Update matches"); // whenever somebody wants to look
        expectNoViolations("dates between two days");
        see(".go button").click();
        see(".item.imported a").click();

        see("main:not([aria-busy]) .tabs");
        browser.run("location.hash += '?tab=files'");
        see("main:not([aria-busy]) .rule", "/in/yyyy-MM-dd/a.csv");
        see("main", "dates written as yyyy-MM-dd from 2024-01-31 to 2024-02-01");
        String id = browser.address().replaceAll(".*datasets/(\\d+).*", "$1");
        API.post(
                "/v4/schedules",
                Map.of(
                        "name",
                        "of a rule",
                        "triggers",
                        List.of(Map.of("timeBased", Map.of("cron", Map.of("expression", "0 0 1 1 *")))),
                        "tasks",
                        List.of(Map.of("importSource", Map.of("source", source(id))))));
        open("#/datasets/" + id + "?tab=schedules");
        see("schedule-table .rule", "/in/yyyy-MM-dd/a.csv");
        long job = API.post("/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", Long.valueOf(id))))
                .json()
                .path("id")
                .asLong();
        open("#/jobs/" + job + "?tab=lineage");
        see("lineage-view .rule", "/in/yyyy-MM-dd/a.csv");
    }

    /** As an import asks for what this dataset is of. */
    private static Map<String, Object> source(String id) {
        var dataset = API.get("/v4/importedDatasets/" + id).json();
        return Map.of(
                "uri",
                dataset.path("uri").asText(),
                "name",
                "of a rule",
                "dynamicPath",
                dataset.path("dynamicPath").asText(),
                "runParameters",
                dataset.path("runParameters"));
    }

    /** Browsers take a date in the order of their language. */
    private static void day(int which, String date) {
        browser.run(
                "const input = document.querySelectorAll('.parameters input[type=date]')[arguments[0]];"
                        + "input.value = arguments[1]; input.dispatchEvent(new Event('change'));",
                which,
                date);
    }

    @Test
    void whatGoesOnIsFollowedAlsoWhereEventsBreakOff() {
        putAll("in/orders.csv");
        open(place("in/"));
        see(".entry input").click();
        see(".item.ready", "1 file");
        browser.run("""
                window.broken = 0;
                window.EventSource = class extends EventTarget {
                  constructor() {
                    super();
                    setTimeout(() => { window.broken++; this.dispatchEvent(new Event('error')); });
                  }
                  close() {}
                };
                """);
        see(".go button").click();
        see(".item.imported a").click();
        see("main:not([aria-busy]) .tabs");
        see("main .head a.button", "Run").click();
        see("run-form button.main").click();
        see("job-view .badge", "Complete");
        assertThat((Long) browser.run("return window.broken")).isEqualTo(2L);
    }

    @Test
    void whoIsNoDataAdminFindsTheirOwnFilesInBaseStorage() {
        Member ann = newMember();
        Api own = API.as(ann.token());
        assertThat(own.send(own.request("/v4/uploads?name=mine.csv").PUT(BodyPublishers.ofString("id\n1\n")))
                        .status())
                .isEqualTo(201);
        browser.signIn(WHARF.api(), ann.token());
        try {
            open("#/import");
            see("main:not([aria-busy]) .empty a[href*='uploads']", "Your uploads")
                    .click();
            see("source-list [aria-current=true]", "Your uploads");
            see(".entry a").click();
            see(".entry", "mine.csv");
            expectNoViolations("one's own uploads");
            browser.one("source-list a[href*='import']").click();
            see("source-list [aria-current=true]", "your uploads and results");
            see(".entry", "trifacta");
        } finally {
            browser.signIn(WHARF.api(), TOKEN);
        }
    }

    @Test
    void aBucketVariesByAVariable() {
        putAll("in/orders.csv");
        open(place("in/"));
        see(".entry input").click();
        see(".item.ready", "1 file");
        see("details:has(path-parameters) summary").click();
        browser.run("document.querySelector('.whole-bucket').select()");
        see(".kinds button", "Date and time").click();
        see("#status", "varies by a variable only");
        browser.run("document.querySelector('.whole-bucket').select()");
        browser.all(".kinds button").get(1).click();
        see(".parameters .name", bucket);
        browser.run("const input = document.querySelector('.parameters .settings input');"
                + "input.value = 'where'; input.dispatchEvent(new Event('input'));");
        browser.reload();
        see(".item", "Its path has changed");
        see("details:has(path-parameters) summary").click();
        see("path-parameters > button", "Update matches").click();
        see(".item.ready", "1 file");
        assertThat(browser.one(".whole-bucket").getDomProperty("value")).isEqualTo("{where}");
        see(".item .where", "s3://where/in/orders.csv");
        see(".basket-head", "1 dataset");
        see(".go button").click();
        see(".item.imported");
        assertThat(browser.one(".basket-head").getText()).as("what is imported").doesNotContain("dataset");
        see(".item.imported a").click();

        see("main:not([aria-busy]) .lead .rule", "s3://where/in/orders.csv");
        see(".lead", "where: " + bucket + " unless a run says otherwise");
    }

    /** Selects this part of the path, as by the mouse, and says what it is. */
    private static void choose(String part, String kind) {
        browser.run(
                "const path = document.querySelector('.whole-path'); const at = path.value.indexOf(arguments[0]);"
                        + "path.focus(); path.setSelectionRange(at, at + arguments[0].length);",
                part);
        browser.all(".kinds button").stream()
                .filter(button -> button.getText().equals(kind))
                .findFirst()
                .orElseThrow()
                .click();
        see(".parameters .name", part);
    }

    @Test
    void aSearchFindsNamesAtAnyDepthAndTheyCanBeImported() {
        putAll("deep/er/orders-1.csv", "deep/other.csv", "orders-2.csv");
        open(place(""));
        see(".filter").sendKeys("orders");
        see(".tools button", "Search below").click();

        see("import-view", view -> assertThat(names())
                .containsExactlyInAnyOrder("orders-1.csv", "deep/er/", "orders-2.csv"));
        see(".said", "Found for orders in " + bucket);
        assertThat(browser.address()).contains("search=orders");
        browser.one(".rows-head input").click();
        see("import-view", view -> assertThat(browser.all(".item.ready")).hasSize(2));
        expectNoViolations("what was found");
        browser.one(".entry .what .quiet a").click();
        see("import-view", view -> assertThat(names()).containsExactly("orders-1.csv"));
    }

    @Test
    void aPathIsGoneToHoweverItIsWritten() {
        putAll("in/deep/x.csv", "other/y.csv");
        String[][] paths = {
            {"deep/", "x.csv"},
            {"../other", "y.csv"},
            {"in/deep/", "x.csv"},
            {"/other/", "y.csv"},
            {bucket + "/in/deep", "x.csv"},
            {"s3://" + bucket + "/other/", "y.csv"}
        };
        for (String[] path : paths) {
            open(place("in/"));
            see("import-view", view -> assertThat(names()).containsExactly("deep"));
            browser.press("g");
            see(".go-to input").sendKeys(Keys.chord(Keys.CONTROL, "a"), path[0], Keys.ENTER);
            see("import-view", view -> assertThat(names()).as(path[0]).containsExactly(path[1]));
        }
    }

    @Test
    void whatIsThereStaysUntilASlowFolderHasCome() {
        putAll("slow/x.csv", "y.csv");
        open(place(""));
        see("import-view", view -> assertThat(names()).containsExactly("slow", "y.csv"));
        browser.run("""
                const fetched = window.fetch;
                window.fetch = (path, options) => String(path).startsWith('/vfsList')
                  ? new Promise(resolve => { window.release = () => resolve(fetched(path, options)); }) : fetched(path, options);
                """);
        browser.one("#row-0 a").click();

        see(".said", "Loading…");
        see(".trail [aria-current]", "slow");
        assertThat(names()).containsExactly("slow", "y.csv");
        expectNoViolations("a folder that has not come yet");
        browser.run("window.release()");
        see("import-view", view -> assertThat(names()).containsExactly("x.csv"));
    }

    /** Administrators see it, to manage it. */
    @Test
    void aConnectionThatIsPrivateToOthersIsNotOpenedByItself() {
        String theirs =
                String.valueOf(newConnection(new Api(WHARF.api(), newMember().token()), bucket));
        open("#/import");
        see("source-list [aria-current=true]");
        browser.run("localStorage.setItem('wharf.sources', JSON.stringify([arguments[0]]))", theirs);
        browser.reload();

        see("source-list [aria-current=true]");
        see("source-list a[href$='connectionId%3D" + theirs + "']");
        assertThat(browser.all("source-list a[aria-current][href$='connectionId%3D" + theirs + "']"))
                .isEmpty();
    }

    @Test
    void anEmptyPlaceSaysWhatToDo() {
        open(place(""));

        see(".empty", "Nothing is in here, or everything is hidden.");
        expectNoViolations("an empty place");
    }
}
