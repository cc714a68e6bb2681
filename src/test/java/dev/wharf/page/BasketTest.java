package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

class BasketTest extends PageTest {
    private static final int MOST = 200;

    private final String bucket = newBucket();
    private final long connection = newConnection(bucket);

    private void open(int files) {
        for (int number = 0; number < files; number++) {
            S3.put(bucket, "n" + number + ".csv", "id,name\n1,one\n".getBytes(StandardCharsets.UTF_8));
        }
        open("#/import?uri="
                + URLEncoder.encode("s3://" + bucket + "/?connectionId=" + connection, StandardCharsets.UTF_8));
        see(".entry", "n0.csv");
    }

    private static void seeItems(int number) {
        see("import-view", view -> assertThat(browser.all(".item")).hasSize(number));
    }

    @Test
    void whatWasEmptiedIsPutBackAsItWas() {
        open(2);
        browser.one("#row-0 input").click();
        see(".item .title input").sendKeys(Keys.chord(Keys.CONTROL, "a"), "my own name", Keys.TAB);
        see(".item.ready");

        see(".basket-head button", "Empty").click();
        see(".emptied", "1 dataset was taken out.");
        assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("Put back");
        browser.expectNoViolations("an emptied basket");
        browser.press(Keys.ENTER);

        seeItems(1);
        assertThat(see(".item .title input").getDomProperty("value")).isEqualTo("my own name");
    }

    @Test
    void aNameThatIsBeingTypedStaysWhileOthersChange() {
        open(2);
        browser.one("#row-0 input").click();
        see(".item.ready");
        see(".item .title input").sendKeys(Keys.chord(Keys.CONTROL, "a"), "half typed");
        browser.run("document.querySelector('#row-1 input').click()");
        see("import-view", view -> assertThat(browser.all(".item.ready")).hasSize(2));

        assertThat(browser.all(".item .title input"))
                .anyMatch(name -> "half typed".equals(name.getDomProperty("value")));
    }

    @Test
    void aLookThatIsOneTooManyIsTakenAgainByItself() {
        open(1);
        browser.run("""
                const fetched = window.fetch;
                let refusals = 1;
                window.fetch = (path, options) => String(path).includes('/dryRun') && refusals-- > 0
                  ? Promise.resolve(new Response(JSON.stringify({ detail: 'That is too many in a minute.' }), { status: 429, headers: { 'retry-after': '1' } }))
                  : fetched(path, options);
                """);

        browser.one("#row-0 input").click();

        see(".item .state-line", "That is too many in a minute.");
        see(".item.ready");
    }

    @Test
    void aFullBasketSaysSo() {
        open(1);
        browser.run("""
                const items = Array.from({ length: arguments[0] }, (_, number) =>
                  ({ uri: `s3://full/${number}`, folder: false, name: `n${number}`, settings: {}, state: 'unchecked' }));
                return fetch('/session').then(answer => answer.json())
                  .then(me => sessionStorage.setItem(`wharf.basket.${me.workspaceId}.${me.personId}`, JSON.stringify(items)));
                """, MOST);
        browser.reload();
        see(".basket-head", MOST + " datasets");

        see(".rows-head input").click();

        see("#status", "The basket is full, with 200 datasets: 1 name was not added.");
        see(".rows-head input", all -> assertThat(all.isSelected()).isFalse());
        browser.run("sessionStorage.clear()");
    }

    /** WCAG 2.2, 2.4.11. */
    @Test
    void whatHasTheFocusIsNeverBehindTheButtonsThatStay() {
        open(6);
        browser.one(".rows-head input").click();
        see("import-view", view -> assertThat(browser.all(".item.ready")).hasSize(6));
        for (int width : new int[] {WIDE, NARROW}) {
            browser.look(width, "light");
            browser.run("document.querySelector('.basket-head button').focus()");
            for (int step = 0; step < 30; step++) {
                browser.press(Keys.TAB);
                assertThat(browser.run("""
                        const focused = document.activeElement;
                        const box = focused.getBoundingClientRect();
                        const seen = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 10));
                        return focused.matches('body, .basket *') && !focused.contains(seen) && !seen?.contains(focused) ? focused.outerHTML : null;
                        """)).as(width + " px, step " + step).isNull();
            }
        }
    }
}
