package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.api.Api;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, started once for all tests of a process. */
final class Browser {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String MISSING =
            "THE PAGE IS NOT TESTED: it takes Debian's packages chromium and chromium-driver, "
                    + "apt-get install chromium chromium-driver";
    private static final int HEIGHT = 900;

    private static Browser only;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Tests are skipped where it is not installed. */
    static synchronized Browser start() {
        boolean installed = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if (!installed) {
            System.err.println(MISSING); // a skipped test alone is easily overlooked
        }
        Assumptions.assumeTrue(installed, MISSING);
        if (only == null) {
            var logged = new LoggingPreferences();
            logged.enable(LogType.BROWSER, Level.ALL);
            var options = new ChromeOptions()
                    .setBinary(CHROMIUM.toFile())
                    // Without its sandbox it runs as root too, as in containers; it sees nothing but our own page.
                    .addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")
                    .addArguments("--disable-background-networking", "--no-first-run", "--lang=en-GB");
            options.setCapability("goog:loggingPrefs", logged);
            var service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(DRIVER.toFile())
                    .usingAnyFreePort()
                    .build();
            only = new Browser(new ChromeDriver(service, options));
            Runtime.getRuntime().addShutdownHook(new Thread(only.driver::quit));
        }
        return only;
    }

    /** Gives the browser what it is given when somebody types a token. */
    void signIn(URI wharf, String token) {
        String[] cookie = new Api(wharf, token).session().split("=", 2);
        driver.executeCdpCommand(
                "Network.setCookie", Map.of("name", cookie[0], "value", cookie[1], "url", wharf.toString()));
    }

    /** Loads a view anew, without anything that the tab remembers. */
    void open(URI wharf, String hash) {
        driver.get(wharf.resolve("/session").toString()); // of the same origin, and no page
        run("sessionStorage.clear(); localStorage.clear();");
        driver.get(wharf.resolve("/" + hash).toString());
    }

    void reload() {
        driver.navigate().refresh();
    }

    void back() {
        driver.navigate().back();
    }

    String address() {
        return driver.getCurrentUrl();
    }

    void look(int width, String theme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** Whatever the page asks from now on finds no network, until {@link #reconnect}. */
    void cutOff() {
        run("window.connected ??= fetch; window.fetch = () => Promise.reject(new TypeError('cut off'))");
    }

    void reconnect() {
        run("window.fetch = window.connected");
    }

    /** What the page's thread has worked so far, whatever else the machine does. */
    double secondsOfWork() {
        driver.executeCdpCommand("Performance.enable", Map.of("timeDomain", "threadTicks"));
        var metrics = (List<?>)
                driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics");
        return metrics.stream()
                .map(metric -> (Map<?, ?>) metric)
                .filter(metric -> metric.get("name").equals("TaskDuration"))
                .mapToDouble(metric -> ((Number) metric.get("value")).doubleValue())
                .sum();
    }

    /** What is seen, as WebP. */
    byte[] picture() {
        run("scrollTo(0, 0)");
        Object data = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "webp", "quality", 60))
                .get("data");
        return Base64.getDecoder().decode((String) data);
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Types to whatever has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void pressShift(CharSequence key) {
        new Actions(driver).keyDown(Keys.SHIFT).sendKeys(key).keyUp(Keys.SHIFT).perform();
    }

    void clickShift(WebElement element) {
        new Actions(driver).keyDown(Keys.SHIFT).click(element).keyUp(Keys.SHIFT).perform();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    Object await(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** What has gone wrong in the page: its own errors and violations of its policy; a refusal of the API is neither. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.matches("(?s).*/v(?:4/|fs)\\S* - Failed to load resource.*"))
                .toList();
    }

    /** Fails for whatever axe finds on the view that is shown. */
    void expectNoViolations(String view) {
        if (!Boolean.TRUE.equals(run("return 'axe' in window"))) {
            run(axe());
        }
        Object violations = await("""
                const done = arguments[arguments.length - 1];
                axe.run({ resultTypes: ['violations'] }).then(({ violations }) => done(violations.map(one =>
                    `${one.id}: ${one.help}: ${one.nodes.map(node => node.html).join(' | ')}`)),
                  failure => done([String(failure)]));
                """);
        assertThat((List<?>) violations).as(view).isEmpty();
    }

    /** Fails for what can be pressed and lies under something else, or outside, wherever one scrolls. */
    void expectAllInReach(String view) {
        Object outOfReach = run("""
                const top = scrollY;
                const page = document.documentElement;
                const within = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.querySelector('main');
                const bad = page.scrollWidth > page.clientWidth ? ['it scrolls sideways'] : [];
                for (const one of within.querySelectorAll('a, button, input, select, summary, textarea')) {
                  if (!one.checkVisibility() || one.disabled || one.closest('[inert]')) continue;
                  one.scrollIntoView({ block: 'nearest', inline: 'nearest' });
                  const [place] = one.getClientRects();
                  if (!place) continue;
                  const met = document.elementFromPoint(place.left + Math.min(place.width / 2, 20), place.top + place.height / 2);
                  if (!met || !one.contains(met) && !met.contains(one)) bad.push(`${one.outerHTML} is under ${met?.outerHTML.slice(0, 200)}`);
                }
                scrollTo(0, top);
                return bad;
                """);
        assertThat((List<?>) outOfReach).as(view).isEmpty();
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
