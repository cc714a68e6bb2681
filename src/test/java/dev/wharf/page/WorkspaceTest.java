package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.identity.Newcomer;
import dev.wharf.testing.api.Member;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

class WorkspaceTest extends PageTest {
    private static void write(String selector, String text) {
        see(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        browser.one(selector).sendKeys(text);
    }

    /** A job that has ended, which a message may name without harm. */
    private static long job() {
        String bucket = newBucket();
        S3.put(bucket, "a.csv", "id\n1\n".getBytes());
        String uri = "s3://" + bucket + "/a.csv?connectionId=" + newConnection(bucket);
        long dataset = API.post("/v4/importedDatasets", Map.of("uri", uri, "name", "for a job"))
                .json()
                .path("id")
                .asLong();
        long job = API.post("/v4/jobGroups", Map.of("wrangledDataset", Map.of("id", dataset)))
                .json()
                .path("id")
                .asLong();
        await().atMost(Duration.ofSeconds(30)).until(() -> API.get("/v4/jobGroups/" + job)
                .json()
                .path("status")
                .asText()
                .equals("Complete"));
        return job;
    }

    @Test
    void aDeadLetterIsCorrectedAndSentAgain() {
        String mark = "no JSON " + UUID.randomUUID();
        try (var messages = WHARF.camel().getCamelContext().createProducerTemplate()) {
            messages.sendBody("jms:queue:running.jobs", mark);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        API.get("/v4/deadLetters?limit=1").json().path("data").size() == 1);
        open("#/workspace/deadLetters");
        see(".letters", "JSON");
        browser.expectNoViolations("dead letters");
        browser.one(".letters a").click();
        see("#letter", letter -> assertThat(letter.getDomProperty("value")).isEqualTo(mark));

        write("#letter", "still none");
        see("dead-letter-form button.main").click();
        see("#letter-wrong", wrong -> assertThat(wrong.getText()).isNotBlank());
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("letter");
        expectNoViolations("a dead letter that is refused");

        write("#letter", "{\"jobGroupId\": 987654321}");
        see("dead-letter-form button.main").click();
        see("#letter-wrong", "987654321"); // it is read, and fails again

        write("#letter", "{\"jobGroupId\": " + job() + "}");
        see("dead-letter-form button.main").click();
        see("dead-letter-form > .sheet", "Sent again");
    }

    @Test
    void whatAccumulatesIsSeenAndTheRuleThatWouldPurgeItCopied() {
        S3.put("wharf", "trifacta/uploads/1/1/" + UUID.randomUUID() + "/a.csv", new byte[100_000]);
        open("#/workspace/lifecycle");
        see(".picture", "Uploads");
        assertThat(browser.all(".picture svg .part")).isNotEmpty();
        expectNoViolations("what accumulates");
        write("#uploadsDays", "0");
        see("storage-lifecycle form button").click();
        see("storage-lifecycle .problem", "uploadsDays");

        write("#uploadsDays", "30");
        see("storage-lifecycle form button").click();
        see("pre", "\"Days\": 30");
        browser.run("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); };");
        see("[aria-label='Copy the lifecycle rule']").click();

        see("#status", "Copied the lifecycle rule.");
        assertThat((String) browser.run("return window.copied")).contains("\"Expiration\"", "\"Days\": 30");
        assertThat(browser.address()).contains("uploadsDays=30");
    }

    @WideAndNarrow
    void whereOnesFilesGoIsChosenAndTokensAreMadeAndRevoked(int width, String theme) {
        look(width, theme);
        Member ann = newMember();
        browser.signIn(WHARF.api(), ann.token());
        try {
            open("#/settings/tokens");
            see("main:not([aria-busy]) h1", "Profile");
            write("#uploadDir", "/elsewhere");
            see("storage-form button").click();
            see("#uploadDir-wrong", wrong -> assertThat(wrong.getText()).contains("/trifacta/uploads"));
            write("#uploadDir", "/trifacta/uploads/ann");
            browser.cutOff();
            see("storage-form button").click();
            see("storage-form .problem", "Wharf cannot be reached");
            browser.reconnect();
            see("storage-form button").click();
            see("#status", "Saved where your files go.");
            assertThat(API.as(ann.token())
                            .get("/v4/people/current/baseStorageConfigs/s3")
                            .json()
                            .path("uploadDir")
                            .asText())
                    .isEqualTo("/trifacta/uploads/ann");

            browser.all("main button").stream()
                    .filter(button -> button.getText().equals("New token"))
                    .findFirst()
                    .orElseThrow()
                    .click();
            see("dialog [data-field=description] input").sendKeys("nightly", Keys.ENTER);
            see("dialog .token code");
            browser.press(Keys.ESCAPE);
            see("[aria-label='Revoke nightly']").click();
            see("dialog button.bad").click();
            see("main", main -> assertThat(browser.all("[aria-label='Revoke nightly']"))
                    .isEmpty());
            expectNoViolations("a profile");
        } finally {
            browser.signIn(WHARF.api(), TOKEN);
        }
    }

    @Test
    void baseStorageIsTriedBeforeItCounts() {
        open("#/workspace/storage");
        button("main", "Enter one").click();
        see("storage-credentials");
        write("#key", S3.accessKeyId());
        write("#secret", "not-the-secret");
        browser.cutOff();
        button("storage-credentials", "Test and save").click();
        see("storage-credentials .problems .problem", "Wharf cannot be reached");
        button("storage-credentials", "Save all the same").click();
        see("storage-credentials .problems .problem", "Wharf cannot be reached");
        browser.reconnect();
        button("storage-credentials", "Test and save").click();

        see("storage-credentials [data-field=secret] .wrong", "does not belong to the access key id");
        see("storage-credentials .trial [data-outcome=wrong]");
        see("storage-credentials", "Save all the same");
        browser.expectNoViolations("base storage that does not work");
        assertThat(API.get("/v4/awsConfigs").json().path("data")).isEmpty();

        write("#secret", S3.secretAccessKey());
        button("storage-credentials", "Test and save").click();
        see("#status", "Saved.");
        var saved = API.get("/v4/awsConfigs").json().path("data").get(0).path("id");
        try {
            button("main", "Change").click();
            see("storage-credentials");
            write("#extraBuckets", "mine");
            API.put("/v4/awsConfigs/" + saved, Map.of("extraBuckets", List.of("theirs")));
            button("storage-credentials", "Test and save").click();
            see(".meanwhile", "Extra buckets: now “theirs”");
            button(".meanwhile", "Drop mine and load again").click();
        } finally {
            API.delete("/v4/awsConfigs/" + saved);
        }
    }

    @Test
    void ofTwoWhoGiveSomebodyRolesTheSecondSeesWhatTheFirstHasDone() {
        long ann = Newcomer.add(API).id();
        String path = "/v4/people/" + ann;
        String name = API.get(path).json().path("name").asText();
        open("#/workspace/people?find=" + API.get(path).json().path("email").asText());
        see("people-list button[aria-label='Change " + name + "']").click();
        see("dialog [data-field=workspaceAdmin] input").click();
        API.patch("/v4/workspaces/current/people/" + ann, Map.of("authorizationRoles", List.of("dataAdmin")));

        button("dialog form > .actions", "Save").click();

        see("dialog .meanwhile", "Roles: now “Data administrator”, before empty");
        browser.expectNoViolations("a person whom others change");
        assertThat(API.get(path).json().path("authorizationRoles").toString()).isEqualTo("[\"dataAdmin\"]");
        button("dialog .meanwhile", "Save mine all the same").click();
        see("#status", "Saved");
        assertThat(API.get(path).json().path("authorizationRoles").toString()).isEqualTo("[\"workspaceAdmin\"]");

        see("people-list button[aria-label='Access tokens of " + name + "']").click();
        see("dialog token-list li", "Never ends");
        browser.expectNoViolations("somebody's access tokens");
        see("dialog token-list button.bad").click();
        button("dialog:not(:has(token-list))", "Revoke").click();
        see("#status", "The token is revoked.");
        assertThat(API.get("/v4/apiAccessTokens?personId=" + ann).json().path("data"))
                .isEmpty();
    }

    private static WebElement button(String within, String label) {
        see(within, element -> assertThat(buttons(element, label)).isNotEmpty());
        return buttons(browser.one(within), label).get(0);
    }

    private static List<WebElement> buttons(WebElement within, String label) {
        return within.findElements(By.cssSelector("button:not(:disabled)")).stream()
                .filter(button -> button.getText().equals(label))
                .toList();
    }

    @Test
    void s3IsNotTurnedOffByOneClick() {
        open("#/workspace");
        see("[data-field='aws.s3.enabled'] input").click();

        see("dialog", "Turn S3 off for everybody?");
        assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("Keep it on");
        browser.press(Keys.ESCAPE);
        assertThat(browser.one("[data-field='aws.s3.enabled'] input").isSelected())
                .isTrue();
    }

    @Test
    void auditEventsAreFilteredByTheAddress() {
        open("#/settings/audit?outcome=success");
        see("main:not([aria-busy]) h1", "Audit events");

        assertThat(browser.address()).contains("#/workspace/audit?outcome=success");
        assertThat(browser.one("#outcome").getDomProperty("value")).isEqualTo("success");
        see("#operation option[value=createAccessToken]").click();
        browser.one(".filters summary").click();
        write("#requestId", "of nothing");
        see(".filters button.main").click();
        see("audit-list .empty", "No event is of this kind");
        assertThat(browser.address())
                .contains("operation=createAccessToken", "outcome=success", "requestId=of%20nothing");
        expectNoViolations("a filter of audit events");
        open("#/workspace/audit?from=yesterday");
        see(".filters [data-field=from] .wrong", wrong -> assertThat(wrong.getText())
                .isNotBlank());
        open("#/workspace/audit?outcome=success");
        see("audit-list tbody");
        see(".filters select", any -> assertThat(browser.all(".filters .state.failed"))
                .isEmpty());
        browser.expectNoViolations("audit events");
    }
}
