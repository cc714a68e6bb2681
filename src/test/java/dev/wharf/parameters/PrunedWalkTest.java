package dev.wharf.parameters;

import static dev.wharf.parameters.Paths.WILDCARD;
import static dev.wharf.parameters.Paths.dates;
import static dev.wharf.parameters.Paths.exactly;
import static dev.wharf.parameters.Paths.inTheLast;
import static dev.wharf.parameters.Paths.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.s3.MemoryLedger;
import dev.wharf.s3.ObjectStoreContract;
import dev.wharf.s3.SdkObjectStores;
import dev.wharf.store.ObjectInfo;
import dev.wharf.store.ObjectStore.Order;
import dev.wharf.store.Place;
import dev.wharf.testing.stub.StubS3;
import dev.wharf.testing.stub.Tree;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many listings a store is asked for, where a pattern tells where to look. */
class PrunedWalkTest {
    private static final String BUCKET = "wharf-daily";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/MM/dd");
    private static final int FILES_A_DAY = 200;

    private static StubS3 server;
    private static SdkObjectStores stores;

    @BeforeAll
    static void aYearOfDailyFolders() {
        server = StubS3.start(BUCKET);
        stores = new SdkObjectStores(new MemoryLedger(), ObjectStoreContract.SETTINGS, ObjectStoreContract.LOOPBACK);
        LocalDate.of(2025, 1, 1)
                .datesUntil(LocalDate.of(2026, 1, 1))
                .forEach(day -> server.tree(BUCKET, Tree.flat("daily/" + DAY.format(day) + "/", FILES_A_DAY)));
        server.tree(BUCKET, Tree.flat("flat/", 3_500));
    }

    @AfterAll
    static void stop() {
        stores.close();
        server.close();
    }

    @BeforeEach
    void forgetRequests() {
        server.reset();
    }

    private static Place place(PathPattern pattern) {
        return new Place(stores.open(server.access()), BUCKET, pattern);
    }

    private static List<String> walk(Place place) {
        try (Stream<ObjectInfo> objects = place.walk(Order.BY_KEY)) {
            return objects.map(ObjectInfo::key).toList();
        }
    }

    private static int listings() {
        return server.requests("GET", "list-type=2").size();
    }

    @Test
    void ofAYearOfDailyFoldersOneDayTakesOneRequest() {
        var day = pattern("/daily/<>/<>", dates("yyyy/MM/dd", exactly(1, "days")), WILDCARD);

        assertThat(walk(place(day))).hasSize(FILES_A_DAY).allMatch(key -> key.startsWith("daily/2025/11/27/"));
        assertThat(listings()).isEqualTo(1);
    }

    @Test
    void aWeekOverTheEndOfAMonthTakesAHandful() {
        var week =
                Paths.at("2025-12-03T10:00:00Z", "/daily/<>/<>", dates("yyyy/MM/dd", inTheLast(7, "days")), WILDCARD);

        assertThat(walk(place(week))).hasSize(7 * FILES_A_DAY);
        assertThat(listings()).as("the year's months, two of them, seven days").isLessThanOrEqualTo(1 + 2 + 7);
    }

    @Test
    void theWalkOfEverythingTakesManyTimesAsMany() {
        assertThat(walk(new Place(stores.open(server.access()), BUCKET, "daily/")))
                .hasSize(365 * FILES_A_DAY);
        assertThat(listings()).isGreaterThanOrEqualTo(365 * FILES_A_DAY / 1_000);
    }

    @Test
    void foldersThatMatchAreReadInPagesOfAll() {
        assertThat(walk(place(pattern("/daily/<>/", dates("yyyy/MM", exactly(1, "months"))))))
                .hasSize(31 * FILES_A_DAY);
        assertThat(listings()).isLessThanOrEqualTo(31 * FILES_A_DAY / 1_000 + 1);
    }

    @Test
    void aLevelOfSeveralPagesIsReadToItsEnd() {
        assertThat(walk(place(pattern("/flat/<>9", WILDCARD)))).hasSize(350).isSorted();
        assertThat(listings()).isEqualTo(4);
    }

    @Test
    void aWalkThatWasClosedIsNotReadOn() {
        var objects = place(pattern("/daily/2025/<>/01/<>", WILDCARD, WILDCARD)).walk(Order.BY_KEY);
        var iterator = objects.iterator();
        iterator.next();

        objects.close();

        assertThatThrownBy(() -> iterator.forEachRemaining(object -> {})).isInstanceOf(IllegalStateException.class);
        assertThat(listings()).isLessThanOrEqualTo(2);
    }
}
