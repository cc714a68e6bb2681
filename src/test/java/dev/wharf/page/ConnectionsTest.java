package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.api.Member;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

class ConnectionsTest extends PageTest {
    private final String bucket = newBucket();
    private final String name = "partner " + UUID.randomUUID();

    private static void type(String field, String text) {
        WebElement input = see("[data-field='" + field + "'] :is(input, textarea)");
        input.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        input.sendKeys(text, Keys.TAB);
    }

    private static WebElement button(String within, String label) {
        see(within, element -> assertThat(buttons(element, label)).isNotEmpty());
        return buttons(browser.one(within), label).get(0);
    }

    private static List<WebElement> buttons(WebElement within, String label) {
        return within.findElements(By.cssSelector("button:not(:disabled), a.button")).stream()
                .filter(button -> button.getText().equals(label))
                .toList();
    }

    private long id() {
        return API.get("/v4/connections?limit=1000").json().path("data").findParents("name").stream()
                .filter(row -> row.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asLong();
    }

    @WideAndNarrow
    void aConnectionIsMadeFromTheGalleryTriedSharedMadePublicRotatedAndDeleted(int width, String theme) {
        look(width, theme);
        S3.put(bucket, "a.csv", "id\n1\n".getBytes());
        Member ann = newMember();
        open("#/connections/new");
        see("input[type=search]").sendKeys("compat");
        see(".card", "Other S3-compatible").click();
        type("params.endpoint", S3.endpoint().toString());
        type("bucket", bucket);
        type("credentials[0].key", S3.accessKeyId());
        type("credentials[0].secret", "not-the-secret");
        type("name", name);

        button("connection-test", "Test Connection").click();

        see(
                "[data-field='credentials[0].secret'] .wrong",
                "the secret does not belong to the access key id; enter the secret again");
        see(".verdict", "does not work: the secret does not belong to the access key.");
        assertThat(browser.one("connection-test .columns").getRect().getWidth())
                .isGreaterThan(Math.min(500, width * 3 / 4));
        see(".trial [data-outcome=skipped]");
        expectNoViolations("a connection that does not work");

        type("credentials[0].secret", S3.secretAccessKey());
        assertThat(browser.all(".trial"))
                .as("what was found was of another secret")
                .isEmpty();
        see("#test-purpose option[value=write]").click();
        button("connection-test", "Test Connection").click();
        see(".verdict", "The connection works");
        assertThat(browser.all(".trial [data-outcome=allowed]")).hasSizeGreaterThan(4);
        browser.one(".policy summary").click();
        see(".policy pre", "s3:PutObject");
        button("connection-form form > .actions", "Test and save").click();

        see("main:not([aria-busy]) h1", name);
        see("connection-test", "It worked when it was last tried");
        see(".used", "Make a connection");
        expectNoViolations("a connection");

        share(ann);
        makePublic();
        rotate();
        deleteOnceNothingNeedsIt();
    }

    private void share(Member ann) {
        String address =
                API.get("/v4/people/" + ann.personId()).json().path("email").asText();
        button(".head", "Share").click();
        see("dialog.share [data-field=people] input").sendKeys("nobody@nowhere.example");
        button("dialog.share form", "Share").click();
        see("#share-people-wrong", "nobody@nowhere.example");
        WebElement people = browser.one("dialog.share [data-field=people] input");
        people.sendKeys(Keys.chord(Keys.CONTROL, "a"), address);
        browser.cutOff();
        button("dialog.share form", "Share").click();
        see("dialog.share .problem", "Wharf cannot be reached");
        browser.reconnect();
        button("dialog.share form", "Share").click();
        see("dialog.share .note", "Shared with 1 person.");
        browser.expectNoViolations("sharing");
    }

    private void makePublic() {
        button("dialog.share", "Make public…").click();
        see("dialog.share .publish .warning", "This cannot be taken back");
        assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("Keep it private");
        button("dialog.share", "Make public for good").click();
        see("dialog.share .publish", "Public: everybody");
        button("dialog.share", "Done").click();
        see(".badges", "Public");
    }

    private void rotate() {
        button(".head", "Rotate key pair").click();
        type("credentials[0].key", "AKIAUNKNOWN");
        type("credentials[0].secret", "of-nobody");
        button("key-pair-form", "Test and save").click();
        see("key-pair-form [data-field='credentials[0].key'] .wrong", "does not know the access key id");
        see("key-pair-form button.bad", "Save all the same");
        browser.expectNoViolations("a key pair that does not work");

        type("credentials[0].key", S3.accessKeyId());
        type("credentials[0].secret", S3.secretAccessKey());
        button("key-pair-form", "Test and save").click();
        see("#status", "Saved the key pair");
    }

    private void deleteOnceNothingNeedsIt() {
        long id = id();
        long dataset = API.post(
                        "/v4/importedDatasets",
                        Map.of("uri", "s3://" + bucket + "/a.csv?connectionId=" + id, "name", "needs it"))
                .json()
                .path("id")
                .asLong();
        button(".head", "Delete").click();
        see("dialog .needed a[href='#/datasets/" + dataset + "']", "needs it");
        browser.expectNoViolations("what needs a connection");
        button("dialog", "Delete").click();
        see("dialog .problem", "needs it");
        API.delete("/v4/importedDatasets/" + dataset);
        button("dialog", "Delete").click();
        see("main:not([aria-busy]) h1", "Connections");
        assertThat(API.get("/v4/connections/" + id).status()).isEqualTo(404);
    }

    @Test
    void theKeyboardAloneMakesAConnectionAndWhatIsMissingIsSaidAtItsField() {
        open("#/connections");
        see("main:not([aria-busy]) h1", "Connections");
        browser.press("?");
        see("dialog", "Shortcuts");
        browser.press(Keys.ESCAPE);
        open("#/connections/new/minio");
        browser.press("/");
        see("[data-field='params.endpoint'] input", input -> assertThat(input.getDomProperty("value"))
                .isEqualTo("https://minio.example.org:9000"));
        browser.run("document.querySelector('[data-field=name] input').focus()");
        browser.press(name, Keys.ENTER);

        see("[data-field='credentials[0].key'] .wrong", wrong -> assertThat(wrong.getText())
                .isNotBlank());
        assertThat(browser.run("return document.activeElement.closest('[data-field]').dataset.field"))
                .isEqualTo("credentials[0].key");
        browser.press("AKIAEXAMPLE", Keys.TAB, " secret-between-blanks ", Keys.TAB);
        browser.run("document.querySelector(\"[data-field='params.endpoint'] input\").select()");
        browser.press("http://169.254.169.254", Keys.ENTER);
        see("[data-field='params.endpoint'] .wrong", "169.254.169.254");
        assertThat(browser.run("return document.activeElement.closest('[data-field]').dataset.field"))
                .isEqualTo("params.endpoint");
        browser.run("document.activeElement.select()");
        browser.press("http://127.0.0.1:1", Keys.ENTER);
        see("connection-form .warning", "Saved all the same, it fails");
        assertThat(API.get("/v4/connections?limit=1000").text()).doesNotContain(name);
        expectNoViolations("a connection that was tried before it was saved");
        button("connection-form form > .actions", "Save all the same").click();

        see("main:not([aria-busy]) h1", name);
        assertThat(API.get("/v4/connections/" + id())
                        .json()
                        .at("/params/pathStyle")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void whatIsTypedWhileATestGoesOnStays() {
        open("#/connections/new/minio");
        see("connection-test .test");
        browser.run("""
                const row = { operation: 'keyPair', outcome: 'wrong', needed: true, field: 'credentials[0].key', message: 'is not it' };
                const report = { result: 'FAILED', message: '', rows: [row], settings: {}, policy: null };
                window.fetch = () => new Promise(resolve => {
                  window.release = () => resolve(new Response(`${JSON.stringify({ type: 'report', report })}\\n`));
                });
                """);
        button("connection-test", "Test Connection").click();
        see("[data-field=name] input").sendKeys("half typed");
        browser.run("window.release()");

        see("[data-field='credentials[0].key'] .wrong", "is not it");
        assertThat(browser.one("[data-field=name] input").getDomProperty("value"))
                .isEqualTo("half typed");
        browser.run("document.querySelectorAll('form').forEach(form => form.remove())"); // nothing is to be saved
    }

    @Test
    void whatOthersChangeMeanwhileIsShownAndNothingThatWasTypedIsLost() {
        long connection = newConnection(bucket);
        API.patch("/v4/connections/" + connection, Map.of("name", name));
        open("#/connections/" + connection + "/edit");
        type("description", "typed here");
        browser.cutOff();
        button("connection-form form > .actions", "Save").click();
        see("connection-form .problem", "Wharf cannot be reached");
        browser.reconnect();
        API.patch("/v4/connections/" + connection, Map.of("name", name + " renamed"));

        button("connection-form form > .actions", "Save").click();

        see(".meanwhile", "Name: now “" + name + " renamed”, before “" + name + "”");
        assertThat(browser.one("[data-field=description] :is(input, textarea)").getDomProperty("value"))
                .isEqualTo("typed here");
        expectNoViolations("what others have changed");
        button(".meanwhile", "Save mine all the same").click();
        see("main:not([aria-busy]) h1", name + " renamed");
        assertThat(API.get("/v4/connections/" + connection)
                        .json()
                        .path("description")
                        .asText())
                .isEqualTo("typed here");
    }

    @Test
    void anEditorIsToldToEnterAKeyPairForAnotherServer() {
        Member ann = newMember();
        long shared = newConnection(bucket);
        API.post(
                "/v4/connections/" + shared + "/permissions",
                Map.of(
                        "data",
                        List.of(Map.of("person", Map.of("id", ann.personId()), "policyTag", "connection_editor"))));
        browser.signIn(WHARF.api(), ann.token());
        try {
            open("#/connections/" + shared + "/edit");
            type("params.endpoint", "http://127.0.0.1:1");
            button("connection-form form > .actions", "Test and save").click();
            see("[data-field='credentials[0].key'] .wrong", "Must be entered anew");
            browser.run("document.querySelectorAll('form').forEach(form => form.remove())"); // nothing is to be saved
        } finally {
            browser.signIn(WHARF.api(), TOKEN);
        }
    }

    @Test
    void endpointsOfHostedStoresFollowTheRegion() {
        open("#/connections/new/wasabi");
        type("params.region", "us-east-2");

        see("[data-field='params.endpoint'] input", input -> assertThat(input.getDomProperty("value"))
                .isEqualTo("https://s3.us-east-2.wasabisys.com"));
        browser.run("document.querySelectorAll('form').forEach(form => form.remove())"); // nothing is to be saved
    }

    @Test
    void listsAreFoundFilteredAndTestedAndHostileNamesDoNothing() {
        String hostile = "<img src=x onerror=document.title='broken'> safe\u202Evsc.exe";
        long works = newConnection(bucket);
        long fails = newConnection("no-such-" + UUID.randomUUID());
        API.patch("/v4/connections/" + fails, Map.of("name", hostile + name));
        API.patch("/v4/connections/" + works, Map.of("description", name));
        open("#/connections");
        see("connection-list input[type=search]").sendKeys(name);
        see("connection-list", list -> assertThat(browser.all(".connections > li"))
                .hasSize(2));
        assertThat(browser.one(".connections").getText()).contains("safeU+202Evsc.exe");
        assertThat(browser.all("img[src=x]")).isEmpty();
        assertThat(
                        browser.run(
                                "return [...document.querySelectorAll('[aria-label]')].some(one => /\\u202e/.test(one.ariaLabel))"))
                .isEqualTo(false);
        assertThat(browser.address()).contains("find=");

        browser.reload();
        see("connection-list", list -> assertThat(browser.all(".connections > li"))
                .hasSize(2));
        open("#/connections/" + fails);
        button("connection-test", "Test Connection").click();
        see(".verdict", "does not work");
        browser.expectNoViolations("a hostile name");
        browser.run("location.hash = '#/connections?show=failing'");

        see(".connections", "safeU+202Evsc.exe");
        see(".connections .bad-text");
        expectNoViolations("connections that fail");
    }

    @Test
    void anAnalystSeesWhatTheyMay() {
        Member ann = newMember();
        long shared = newConnection(bucket);
        newConnection(bucket);
        API.post(
                "/v4/connections/" + shared + "/permissions",
                Map.of(
                        "data",
                        List.of(Map.of("person", Map.of("id", ann.personId()), "policyTag", "connection_viewer"))));
        API.patch("/v4/connections/" + shared, Map.of("name", name));
        browser.signIn(WHARF.api(), ann.token());
        try {
            open("#/connections?show=shared");
            see(".connections", name);
            assertThat(browser.all(".connections > li")).hasSize(1);
            assertThat(browser.all("header nav a[href='#/workspace']:not([hidden])"))
                    .isEmpty();
            browser.one(".connections .what a").click();
            see("main:not([aria-busy]) h1", name);
            assertThat(browser.one(".head").getText())
                    .contains("Browse", "Share")
                    .doesNotContain("Edit", "Delete", "Rotate");
            for (String part :
                    new String[] {"workspace", "workspace/people", "workspace/deadLetters", "workspace/lifecycle"}) {
                open("#/" + part);
                see("main:not([aria-busy]) .warning", "for administrators");
            }
            browser.expectNoViolations("what is for others");
            long own = newConnection(API.as(ann.token()), bucket);
            open("#/connections/" + own);
            see(".used", "Make a connection");
            browser.one(".used ~ p a").click();
            see("audit-list", "Make a connection");
        } finally {
            browser.signIn(WHARF.api(), TOKEN);
        }
    }
}
