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
        "connections/new, Create Connection",
        "connections/new/aws, New connection: External Amazon S3",
        "connections/new/wasabi, New connection: Wasabi",
        "browse?uri=s3://, Import data",
        "datasets, Datasets",
        "jobs, Jobs",
        "schedules, Schedules",
        "upload, Upload",
        "settings, Profile",
        "profile, Profile",
        "workspace, Workspace",
        "settings/people, People",
        "workspace/storage, Base storage",
        "workspace/lifecycle, What accumulates",
        "workspace/deadLetters, Dead letters",
        "workspace/audit, Audit events",
        "no/such/place, There is nothing here"
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
