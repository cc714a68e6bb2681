package dev.wharf.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewsTest extends PageTest {
    private static final long MOST_BYTES = 300_000;

    @ParameterizedTest
    @CsvSource({
        "connections, Connections",
        "connections/new, New connection",
        "browse?uri=s3://, Base storage",
        "datasets, Datasets",
        "jobs, Jobs",
        "schedules, Schedules",
        "upload, Upload",
        "settings, Access tokens",
        "settings/storage, Base storage",
        "settings/people, People",
        "settings/workspace, Workspace",
        "settings/audit, Audit events"
    })
    void everyViewIsShownAndAccessible(String path, String title) {
        open("#/" + path);

        see("main:not([aria-busy]) h1", title);
        browser.expectNoViolations(path);
    }

    /** As browsers count it: compressed, with headers. */
    @Test
    void theFirstScreenIsLight() {
        open("");
        see("main:not([aria-busy]) h1");

        Object bytes = browser.run("return [...performance.getEntriesByType('navigation'),"
                + " ...performance.getEntriesByType('resource')].reduce((sum, one) => sum + one.encodedBodySize, 0)");
        assertThat((long) bytes).isPositive().isLessThan(MOST_BYTES);
    }
}
