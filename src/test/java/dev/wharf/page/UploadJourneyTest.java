package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.kernel.api.Json;
import dev.wharf.testing.CuttingProxy;
import dev.wharf.testing.api.Member;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way from a browser, over a line that breaks. */
class UploadJourneyTest extends PageTest {
    private static final int MIB = 1 << 20;
    private static final String OTHER_SETTINGS = "a[aria-label^='Import with other settings']";
    private static final String FILES = ".drop input:not([webkitdirectory])";
    private static final byte[] LARGE = lines(40 * MIB);

    @TempDir
    Path folder;

    private final String name = UUID.randomUUID() + ".csv";
    private CuttingProxy line;

    private static byte[] lines(int size) {
        byte[] content = new byte[size];
        var random = new Random(1);
        for (int index = 0; index < size; index++) {
            content[index] = (byte) (index % 64 == 63 ? '\n' : 'a' + random.nextInt(26));
        }
        return content;
    }

    @BeforeEach
    void connect() {
        line = new CuttingProxy(WHARF.api());
        browser.open(line.address(), "#/upload");
        see("main:not([aria-busy]) h1", "Upload");
    }

    @AfterEach
    void hangUp() throws IOException {
        line.close();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private void choose(Path... files) {
        browser.one(FILES)
                .sendKeys(String.join(
                        "\n", Arrays.stream(files).map(Path::toString).toList()));
    }

    private static String item(String name) {
        return "upload-item:has([aria-label$='" + name + "'])";
    }

    private void expectStored(byte[] content) {
        String key = S3.keys("wharf").stream()
                .filter(stored -> stored.endsWith("/" + name))
                .findFirst()
                .orElseThrow();
        assertThat(Arrays.equals(S3.get("wharf", key), content))
                .as("the same bytes")
                .isTrue();
    }

    @WideAndNarrow
    void aLargeFileGoesOnByItselfWhenTheLineBreaksAndBecomesADataset(int width, String theme) throws IOException {
        look(width, theme);
        line.cutAfter(25L * MIB);
        Path small = Files.writeString(folder.resolve("small-" + name), "a,b\n1,2\n");

        choose(file(LARGE), small);

        see(item(name), "Goes on in");
        browser.run("""
                const bar = document.querySelector("progress[aria-label$='" + arguments[0] + "']");
                window.steps = [];
                const look = () => { if (bar.isConnected) { steps.push(bar.value); requestAnimationFrame(look); } };
                look();
                """, name);
        browser.run("location.hash = '#/datasets'"); // uploads outlive the view
        see("body > upload-tray summary", "2 files are uploaded");
        assertThat(browser.run("return steps.some((step, index) => step < steps[index - 1])"))
                .as("progress that goes back")
                .isEqualTo(false);
        browser.one("body > upload-tray summary").click();
        expectStored(LARGE);
        expectNoViolations("uploads tray");
        browser.run("location.hash = '#/connections/new/aws'");
        see("main:not([aria-busy]) h1", "New connection");
        for (int wide : new int[] {WIDE, NARROW}) {
            browser.look(wide, theme);
            browser.expectAllInReach("a form behind the uploads tray");
        }
        browser.look(width, theme);
        browser.one("a[aria-label='Open dataset: " + name + "']").click();
        see("main:not([aria-busy]) h1", name);
    }

    @Test
    void afterAReloadAFileGoesOnOnceItIsChosenAgain() throws IOException {
        Path large = file(LARGE);
        line.holdAfter(25L * MIB);
        choose(large);
        see(item(name) + " progress", bar -> assertThat(line.hasMet()).isTrue());
        browser.one("button[aria-label='Pause: " + name + "']").click();
        see(item(name), "Paused at");
        line.release();

        browser.reload();
        see(item(name), "Choose the file again to go on");
        expectNoViolations("an upload that waits for its file");
        choose(large);

        see("a[aria-label='Open dataset: " + name + "']");
        expectStored(LARGE);
    }

    /** A page that was left between the two. */
    @Test
    void whatWasUploadedAndIsNoDatasetYetBecomesOneAfterAReload() {
        browser.await("""
                const done = arguments[arguments.length - 1];
                const path = arguments[0];
                (async () => {
                  const { uri } = await (await fetch(`/v4/uploads?name=${path}`, { method: 'PUT', body: 'a,b\\n1,2\\n' })).json();
                  const { workspaceId, personId } = await (await fetch('/session')).json();
                  localStorage.setItem(`wharf.uploads.${workspaceId}.${personId}`, JSON.stringify([{ address: uri, path, size: 8 }]));
                })().then(done);
                """, name);

        browser.reload();

        see(item(name), "Open dataset");
        assertThat(browser.run("return Object.values(localStorage).join()")).isEqualTo("[]");
        assertThat(importedByAnotherTab()).as("made nothing").isEqualTo(304);
    }

    /** What a second tab asks for, which has found the same file waiting. */
    private int importedByAnotherTab() {
        String key = S3.keys("wharf").stream()
                .filter(stored -> stored.endsWith("/" + name))
                .findFirst()
                .orElseThrow();
        String[] parts = key.split("/");
        return API.send(API.request("/v4/importedDatasets")
                        .header("content-type", "application/json")
                        .header("x-execution-id", "upload-" + parts[parts.length - 2])
                        .POST(BodyPublishers.ofString(Json.write(Map.of("uri", "s3://wharf/" + key, "name", name)))))
                .status();
    }

    @Test
    void whatIsCancelledLeavesNothingAndWhatIsNoDataSaysSo() throws IOException {
        line.holdAfter(25L * MIB);
        choose(file(LARGE));
        see("button[aria-label='Cancel: " + name + "']").click();
        see("upload-item", "Cancelled");
        line.release();
        await().until(() -> S3.uploads("wharf").stream().noneMatch(key -> key.endsWith(name)));

        drop("<img src=x onerror=alert(1)>\u202e.png", "\u0089PNG\u0000\u0001");
        see("upload-item:last-of-type .sign", "U+202E");
        see("upload-tray", "not a dataset yet");
        assertThat(browser.all(OTHER_SETTINGS)).as("for what is no text").isEmpty();
        drop("empty.csv", "");
        see("li:nth-last-of-type(1) upload-item", "not a dataset yet");
        assertThat(browser.all(OTHER_SETTINGS)).as("for what holds nothing").isEmpty();
        drop("open.csv", "a,b\n\"1,2\n");
        see(OTHER_SETTINGS);
    }

    @Test
    void whatTheServiceRefusesAgainAndAgainFailsAndCanBeTriedAgain() {
        browser.run("""
                const timer = setInterval;
                window.setInterval = (work, ms) => timer(work, ms / 200);
                const { open, send } = XMLHttpRequest.prototype;
                window.sent = 0;
                XMLHttpRequest.prototype.send = function (body) {
                  sent++;
                  if (window.broken ?? true) {
                    Object.defineProperty(this, 'status', { value: 503 });
                    Object.defineProperty(this, 'responseText', { value: '{"detail":"The store is full."}' });
                  }
                  send.call(this, body);
                };
                """);
        drop(name, "a,b\n1,2\n");

        see("upload-item .bad-text", "The store is full.");
        assertThat(browser.all("upload-item progress")).isEmpty();
        see("upload-tray summary.bad-text", "1 upload failed");
        assertThat(browser.run("return sent")).isEqualTo(6L);
        expectNoViolations("an upload that has failed");
        browser.run("window.broken = false");
        browser.one("button[aria-label='Try again: " + name + "']").click();

        see("a[aria-label='Open dataset: " + name + "']");
    }

    /** A file that some other program drops. */
    private static void drop(String name, String content) {
        browser.run("""
                const data = new DataTransfer();
                data.items.add(new File([arguments[1]], arguments[0]));
                document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
                """, name, content);
    }

    /** At the identity provider's; one comes back to this tab then. */
    private static void signInInAnotherTab(String token) {
        browser.signIn(WHARF.api(), token);
        browser.run("dispatchEvent(new Event('focus'))");
    }

    /** The trial prints such links. */
    @Test
    void aLinkThatSignsInSomebodyElseAsksAsWhomToGoOn() {
        Member ann = newMember();
        String link = "document.body.dataset.trial = ''; location.hash = '#token=' + arguments[0]";
        browser.run(link, "of-nobody");
        see("dialog[open]", "The link signs nobody in");
        browser.one("dialog[open] .actions button").click();
        browser.run(link, ann.token());
        see("dialog[open]", "Go on as whom?");
        expectNoViolations("as whom to go on");
        browser.one("dialog[open] .actions button:not(.bad)").click();
        see("#me", "admin@localhost");
        browser.run(link, ann.token());
        try {
            see("dialog[open] button.bad").click();
            see("#me", me -> assertThat(me.getText()).isNotBlank().isNotEqualTo("admin@localhost"));
        } finally {
            browser.signIn(WHARF.api(), TOKEN);
        }
        assertThat(browser.errors()).allMatch(error -> error.contains("status of 401"));
    }

    @Test
    void aSessionThatEndsIsBegunAgainOverThePageAndTheUploadGoesOn() {
        browser.run("return fetch('/session', { method: 'DELETE' })");

        drop(name, "a,b\n1,2\n");
        see("dialog[open] input").sendKeys(TOKEN + "\n");

        see("a[aria-label='Open dataset: " + name + "']");
        browser.run("return fetch('/session', { method: 'DELETE' })");
        browser.run("location.hash = '#/jobs'"); // whose files have not been fetched yet
        see("dialog[open] input").sendKeys(TOKEN + "\n");
        see("main:not([aria-busy]) h1", "Jobs");

        browser.run("document.body.dataset.provider = ''; return fetch('/session', { method: 'DELETE' })");
        browser.run("location.hash = '#/schedules'");
        see("dialog[open] a[href='/session/oidc'][target=_blank]", "Sign in with your organisation");
        expectNoViolations("who it is, once more");
        signInInAnotherTab(newMember().token());
        see("dialog[open] .problem", "sign in as the same person");
        signInInAnotherTab(TOKEN);
        see("main:not([aria-busy]) h1", "Schedules");
        assertThat(browser.all("dialog")).isEmpty();
        assertThat(browser.errors()).allMatch(error -> error.contains("status of 401"));
    }
}
