package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.testing.WharfTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.WebElement;

/** The page in a browser, on the running service. Whatever the page does wrong while a test looks at it fails the test. */
abstract class PageTest extends WharfTest {
    static final int NARROW = 360;
    private static final int NARROWEST = 320; // to which WCAG lets nobody scroll sideways (1.4.10)
    static final int WIDE = 1280;

    /** What a journey is made in that both kinds of screen are to be good for: it looks as its arguments say. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "{0} px wide, {1}")
    @CsvSource({WIDE + ", light", NARROW + ", dark"})
    @interface WideAndNarrow {}

    static Browser browser;
    private static int width;
    private static String theme;

    @BeforeAll
    static void signIn() {
        browser = Browser.start();
        browser.signIn(WHARF.api(), TOKEN);
    }

    @BeforeEach
    void lookAsMostDo() {
        look(WIDE, "light");
    }

    static void look(int wide, String inTheme) {
        width = wide;
        theme = inTheme;
        browser.look(wide, inTheme);
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

    /**
     * As somebody does who first scrolls to where it is in the way of nothing that stays on the screen, and again where the
     * page has grown meanwhile.
     */
    static void click(String selector) {
        see(selector);
        await().atMost(Duration.ofSeconds(20))
                .ignoreException(ElementClickInterceptedException.class)
                .until(() -> {
                    browser.run("arguments[0].scrollIntoView({ block: 'center' })", browser.one(selector));
                    browser.one(selector).click();
                    return true;
                });
    }

    static WebElement see(String selector, String text) {
        return see(selector, element -> assertThat(element.getText()).contains(text));
    }

    /** The view that is shown, in both themes, narrow and wide; it looks as before then. */
    static void expectNoViolations(String view) {
        for (String each : new String[] {"light", "dark"}) {
            for (int wide : new int[] {WIDE, NARROW}) {
                browser.look(wide, each);
                browser.expectNoViolations(view + ", " + each + ", " + wide + " px wide");
            }
        }
        for (int wide : new int[] {WIDE, NARROW, NARROWEST}) {
            browser.look(wide, theme);
            browser.expectAllInReach(view + ", " + wide + " px wide");
        }
        browser.look(width, theme);
    }
}
