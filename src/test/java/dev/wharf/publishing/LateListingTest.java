package dev.wharf.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A store that lists late what it holds: {@code seed.txt} tells of a system that took its results for failed then. */
class LateListingTest {
    private static final int FILES = 12;

    /**
     * The first look at the empty folder, one at what is visible, and then one at once, after 50, 100, 200 and 400 ms more, and
     * when a second is over.
     */
    private static final int MOST_LOOKS = 8;

    private static FaultWorld world;

    private final String folder = UUID.randomUUID() + "/";
    private static int jobs;

    @BeforeAll
    static void open() {
        world = new FaultWorld();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @AfterEach
    void heal() {
        world.heal();
    }

    private void publish() {
        long connection = world.connection(world.store, folder);
        List<String> sources = IntStream.range(0, FILES)
                .mapToObj(file -> {
                    String key = folder + "f" + (100 + file) + ".csv";
                    world.store.put("tmp", key, key.getBytes(StandardCharsets.UTF_8));
                    return "s3://tmp/" + key + "?connectionId=" + connection;
                })
                .toList();
        world.send(Map.of(
                "announcedAs",
                folder,
                "personWorkspaceId",
                1,
                "name",
                "n",
                "execution",
                "spark",
                "results",
                List.of(Map.of(
                        "path",
                        "s3://target/" + folder + "?connectionId=" + connection,
                        "format",
                        "csv",
                        "files",
                        sources))));
        world.awaitEnds(++jobs);
    }

    private String status() {
        return world.column(folder, "status", String.class).orElseThrow();
    }

    private String warning() {
        return world.column(folder, "warning", String.class).orElse("");
    }

    private long looks() {
        return world.store.requests("GET", "list-type=2").stream()
                .filter(request -> request.uri().contains(folder.replace("/", "")))
                .count();
    }

    @Test
    void whatIsListedWithinTheTimeoutCompletesTheJobWithoutAWarning() {
        world.store.listing().late(Duration.ofMillis(120));

        publish();

        assertThat(status()).isEqualTo("Complete");
        assertThat(warning()).isEmpty();
        assertThat(looks()).isBetween(2L, (long) MOST_LOOKS);
    }

    @Test
    void whatIsNotListedInTimeIsNamedInAWarningOfTheCompleteJobAndLookedForUntilItIs() {
        world.store.listing().hideNew();

        publish();

        assertThat(status()).isEqualTo("Complete");
        assertThat(warning())
                .startsWith("All files are written. ")
                .contains("s3://target/" + folder, "f100.csv", " and 2 more", "checked again by itself");
        assertThat(world.store.keys("target")).anyMatch(key -> key.startsWith(folder) && key.endsWith("/_SUCCESS"));
        assertThat(looks()).isBetween(2L, (long) MOST_LOOKS);

        long before = looks();
        world.tidyUp();
        assertThat(status()).isEqualTo("Complete");
        assertThat(warning()).isNotEmpty();
        assertThat(looks()).isBetween(before + 1, before + 2); // the second by the service's own clock

        world.store.listing().reset();
        world.tidyUp();
        assertThat(warning()).isEmpty();
        long atTheEnd = looks();
        world.tidyUp();
        assertThat(looks()).as("nothing is looked for any more").isEqualTo(atTheEnd);
    }

    @Test
    void ofManyFilesTheOneThatIsMissingIsNamed() {
        world.store
                .when(request ->
                        request.uri().contains("list-type=2") && request.uri().contains(folder.replace("/", "")))
                .rewriteBody(page -> page.replaceAll("<Contents><Key>[^<]*f105.csv</Key>.*?</Contents>", ""))
                .always();

        publish();

        assertThat(status()).isEqualTo("Complete");
        assertThat(warning()).contains("f105.csv").doesNotContain("f104.csv", "f106.csv", " more");
        world.heal();
        world.tidyUp();
        assertThat(warning()).isEmpty();
    }
}
