package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.testing.WharfTest;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.WebElement;

/** The page in a browser, on the running service. Whatever the page does wrong while a test looks at it fails the test. */
abstract class PageTest extends WharfTest {
    static final int NARROW = 360;
    static final int WIDE = 1280;

    static Browser browser;

    @BeforeAll
    static void signIn() {
        browser = Browser.start();
        browser.signIn(WHARF.api(), TOKEN);
    }

    @BeforeEach
    void lookAsMostDo() {
        browser.look(WIDE, "light");
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(browser.errors()).isEmpty();
    }

    static void open(String hash) {
        browser.open(WHARF.api(), hash);
    }

    /** The element, once it is there and satisfies this. */
    static WebElement see(String selector, ThrowingConsumer<WebElement> wanted) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(25))
                .ignoreExceptions()
                .untilAsserted(() -> wanted.accept(browser.one(selector)));
        return browser.one(selector);
    }

    static WebElement see(String selector) {
        return see(selector, element -> assertThat(element.isDisplayed()).isTrue());
    }

    static WebElement see(String selector, String text) {
        return see(selector, element -> assertThat(element.getText()).contains(text));
    }

    /** The view that is shown, in both themes, narrow and wide. */
    static void expectNoViolations(String view) {
        for (String theme : new String[] {"light", "dark"}) {
            for (int width : new int[] {WIDE, NARROW}) {
                browser.look(width, theme);
                browser.expectNoViolations(view + ", " + theme + ", " + width + " px wide");
                assertThat(browser.run(
                                "const page = document.documentElement; return page.scrollWidth - page.clientWidth"))
                        .as(view + " scrolls sideways at " + width + " px")
                        .isEqualTo(0L);
            }
        }
    }
}
