package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.Tree;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

class LongListTest extends PageTest {
    private static final StubS3 STUB = StubS3.start("many");
    private static final int FRAMES = 100;
    private static final double MOST_PER_FRAME = 50; // ms of the page's own thread

    @AfterAll
    static void stop() {
        STUB.close();
    }

    private static long elements() {
        return (long) browser.run("return document.querySelectorAll('*').length");
    }

    private static long rows() {
        return (long) browser.run("return document.querySelector('import-view').listing.rows.length");
    }

    @Test
    void aFolderOfAMillionKeysIsFetchedAsOneScrollsWithFewElementsAndLittleWork() {
        STUB.tree("many", Tree.flat("in/", 1_000_000));
        long connection = newConnection(STUB.endpoint(), null);
        open("#/import?uri=s3%3A%2F%2Fmany%2Fin%2F%3FconnectionId%3D" + connection);
        see(".entry");
        long few = elements();

        double before = browser.secondsOfWork();
        browser.await("""
                const done = arguments[arguments.length - 1];
                const grid = document.querySelector('.grid');
                let left = arguments[0];
                const scroll = () => { grid.scrollTop += 300; if (left-- > 0) requestAnimationFrame(scroll); else done(); };
                scroll();
                """, FRAMES);
        assertThat((browser.secondsOfWork() - before) * 1000 / FRAMES).isLessThan(MOST_PER_FRAME);
        see("import-view", view -> assertThat(rows()).isGreaterThan(1_000));
        assertThat(elements()).isLessThan(few + 500);

        // As if all had been fetched, which takes a thousand requests.
        browser.run("""
                const view = document.querySelector('import-view');
                const { listing } = view;
                listing.complete = true;
                while (listing.rows.length < 1_000_000) listing.rows.push({ ...listing.rows[0], name: `n${listing.rows.length}`, uri: `${listing.rows.length}` });
                view.requestUpdate();
                document.querySelector('.grid').focus();
                """);
        browser.press(Keys.END);
        see(".entry.active", "n999999");
        browser.press(Keys.PAGE_UP, Keys.ARROW_UP);
        see(".entry.active .name", "n9999");
        browser.press(Keys.HOME);
        see(".entry.active .name", "f");
        assertThat(elements()).isLessThan(few + 500);
    }
}
