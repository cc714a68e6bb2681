package dev.wharf.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.ClientGoneException;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.store.FolderPage;
import dev.wharf.store.ObjectInfo;
import dev.wharf.testing.Admissions;
import dev.wharf.testing.MemoryAnswer;
import dev.wharf.testing.MemoryStore;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches with any keys, in any order, and the rule for files and folders that share a name. */
class SearchTest {
    private static final Caller CALLER = new Caller(1, 1, 1, "a@example.com", Set.of());

    /** Lists trees in no order, as stores do when they are asked for many parts at one time. */
    private static final class Unordered extends MemoryStore {
        private final Random random = new Random(7);
        private int closed;
        private int pages;

        @Override
        public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
            List<ObjectInfo> objects =
                    super.walk(bucket, prefix, order).collect(Collectors.toCollection(ArrayList::new));
            if (order == Order.ANY) {
                Collections.shuffle(objects, random);
            }
            return objects.stream().onClose(() -> closed++);
        }

        @Override
        public FolderPage folder(String bucket, String prefix, int limit, String token) {
            pages++;
            return super.folder(bucket, prefix, limit, token);
        }
    }

    @TempDir
    private Path folder;

    private final Unordered store = new Unordered();
    private Search search;

    @BeforeEach
    void open() throws IOException {
        search = search(1_000_000, Duration.ofMinutes(1));
    }

    private Search search(int scanLimit, Duration timeLimit) throws IOException {
        try (DataFolder data = DataFolder.open(folder)) {
            return new Search(
                    new Places(store, Admissions.onConnection(1)),
                    Secrets.open(Secret.NONE, data),
                    scanLimit,
                    timeLimit);
        }
    }

    private static Query query(String place, String text, String more) {
        return Query.parse(
                "uri=" + encoded("s3://bucket/" + place + "?connectionId=1") + "&query=" + encoded(text) + more);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private JsonNode answer(String place, String text, String more) {
        try {
            return Json.read(
                    Json.write(search.find(CALLER, query(place, text, more), new MemoryAnswer())), JsonNode.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> keys(String place, String text, String more) {
        return keys(answer(place, text, more));
    }

    private static List<String> keys(JsonNode answer) {
        return answer.findValuesAsText("uri").stream()
                .map(uri -> uri.replace("s3://bucket/", "").replace("?connectionId=1", ""))
                .toList();
    }

    @Test
    void aPartOfANameFindsFilesAndFoldersAtAnyDepthOnce() {
        store.with("weather/a.csv", "x/old-Weather/1", "x/old-Weather/2", "x/y/weather.csv", "x/y/z.csv");

        assertThat(keys("", "weather", "")).containsExactly("weather/", "x/old-Weather/", "x/y/weather.csv");
        assertThat(keys("x", "weather", "&ignoreCase=false")).containsExactly("x/y/weather.csv");
        assertThat(keys("x/y/", "weather", "")).containsExactly("x/y/weather.csv");
        assertThatThrownBy(() -> keys("x/old", "1", "")).hasMessageContaining("There is nothing in the folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&mode=prefix", "&mode=contains", "&mode=glob"})
    void ofAFileAndAFolderOfOneNameTheFileAloneIsFound(String mode) {
        store.with("data", "data!", "data-1/x", "data.csv", "data/a", "database/b", "date/c");
        String text = mode.endsWith("glob") ? "dat*" : "dat";

        assertThat(keys("", text, mode)).containsExactly("data", "data!", "data-1/", "data.csv", "database/", "date/");
    }

    @Test
    void aHiddenFileHidesNoFolder() {
        store.with("x_SUCCESS", "x_SUCCESS/a");

        for (String mode : List.of("prefix", "contains")) {
            assertThat(keys("", "x_", "&mode=" + mode)).containsExactly("x_SUCCESS/");
            assertThat(keys("", "x_", "&showHidden=true&mode=" + mode)).containsExactly("x_SUCCESS");
        }
    }

    @Test
    void aFileOnThePageBeforeCountsToo() {
        store.with("data", "data!", "data!x/1", "data!x/2", "data/a", "data0");
        List<List<String>> pages = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = answer("", "data", "&mode=prefix&limit=1" + token);
            pages.add(keys(page));
            assertThat(page.path("complete").asBoolean())
                    .isEqualTo(page.path("nextToken").isNull());
            token = page.path("nextToken").isNull()
                    ? null
                    : "&nextToken=" + page.path("nextToken").asText();
        } while (token != null);

        assertThat(pages).containsExactly(List.of("data"), List.of("data!"), List.of("data!x/"), List.of("data0"));
    }

    @Test
    void everyModeFindsExactlyWhatItShould() {
        var random = new Random(42);
        for (int round = 0; round < 300; round++) {
            var fresh = new TreeSet<String>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                fresh.add(random.ints(1 + random.nextInt(7), 0, 5)
                        .mapToObj("ab/-."::substring)
                        .map(rest -> rest.substring(0, 1))
                        .collect(Collectors.joining()));
            }
            store.clear();
            store.with(fresh.toArray(String[]::new));
            String text = List.of("a", "b", "ab", "-", "a-").get(random.nextInt(5));

            assertThat(keys("", text, "&limit=10000&showHidden=true"))
                    .as("%s in %s", text, fresh)
                    .containsExactlyElementsOf(named(fresh, text));
            assertThat(paged(text, 1 + random.nextInt(3)))
                    .as("%s at the beginning in %s", text, fresh)
                    .containsExactlyElementsOf(beginning(fresh, text));
        }
    }

    private List<String> paged(String text, int limit) {
        List<String> all = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = answer("", text, "&mode=prefix&showHidden=true&limit=" + limit + token);
            all.addAll(keys(page));
            token = page.path("nextToken").isNull()
                    ? null
                    : "&nextToken=" + page.path("nextToken").asText();
        } while (token != null);
        return all;
    }

    /** The slow and obvious way. */
    private static Set<String> named(Set<String> keys, String text) {
        return keys.stream()
                .flatMap(SearchTest::withFolders)
                .filter(key -> name(key).contains(text))
                .filter(key -> !key.endsWith("/") || !keys.contains(key.substring(0, key.length() - 1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> beginning(Set<String> keys, String text) {
        return keys.stream()
                .flatMap(SearchTest::withFolders)
                .filter(key -> key.startsWith(text) && key.indexOf('/') >= (key.endsWith("/") ? key.length() - 1 : -1))
                .filter(key -> key.indexOf('/') < 0 || key.indexOf('/') == key.length() - 1)
                .filter(key -> !key.endsWith("/") || !keys.contains(key.substring(0, key.length() - 1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> withFolders(String key) {
        List<String> all = new ArrayList<>(List.of(key));
        for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
            all.add(key.substring(0, slash + 1));
        }
        return all.stream();
    }

    private static String name(String key) {
        String path = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void aPatternWithASlashIsAboutPathsBelowThePlace() {
        store.with("in/2024/05/a.csv", "in/2024/06/b.csv", "in/2024/06/c.txt", "in/2023/05/a.csv", "2024/05/a.csv");

        assertThat(keys("in/", "2024/*/*.csv", "&mode=glob")).containsExactly("in/2024/05/a.csv", "in/2024/06/b.csv");
        assertThat(keys("in/", "**/0?", "&mode=glob")).containsExactly("in/2023/05/", "in/2024/05/", "in/2024/06/");
        assertThat(keys("in/", "4/05/", "")).containsExactly("in/2024/05/a.csv");
    }

    @Test
    void hiddenNamesAreFoundOnRequestOnly() {
        store.with("a/x/_tmp/x1", "a/.x/x2", "a/x3_SUCCESS", "a/x4/", "a/x5_$folder$", "_x6/_x7");

        assertThat(keys("", "x", "")).containsExactly("a/x/", "a/x4/");
        assertThat(keys("", "x", "&showHidden=true"))
                .containsExactly(
                        "_x6/",
                        "_x6/_x7",
                        "a/.x/",
                        "a/.x/x2",
                        "a/x/",
                        "a/x/_tmp/x1",
                        "a/x3_SUCCESS",
                        "a/x4/",
                        "a/x5_$folder$");
    }

    @Test
    void aBoundedSearchSaysThatItIsNotComplete() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            store.with("f/" + i);
        }

        JsonNode enough = answer("", "1", "&limit=10");
        assertThat(enough.path("data")).hasSize(10);
        assertThat(enough.path("complete").asBoolean()).isFalse();

        JsonNode scanned = answer("", "nothing", "&scanLimit=1000");
        assertThat(scanned.path("scanned").asInt()).isEqualTo(1_000);
        assertThat(scanned.path("complete").asBoolean()).isFalse();

        assertThat(answer("", "nothing", "&scanLimit=3000").path("complete").asBoolean())
                .isTrue();
        assertThat(answer("", "299", "&limit=13").path("complete").asBoolean()).isTrue();

        search = search(1_000_000, Duration.ZERO);
        assertThat(answer("", "nothing", "").path("complete").asBoolean()).isFalse();
    }

    @Test
    void ofManyFoldersEachIsAskedForOnceAndNoMoreThanThereAreRows() {
        for (int i = 0; i < 500; i++) {
            store.with("f" + i % 50, "f" + i % 50 + "/" + i);
        }

        assertThat(keys("", "f", "&limit=20")).hasSize(20).noneMatch(key -> key.endsWith("/"));
        assertThat(store.pages).isLessThanOrEqualTo(21);
    }

    @Test
    void whoLeavesEndsTheSearch() {
        for (int i = 0; i < 3_000; i++) {
            store.with("f/" + i);
        }
        var answer = new MemoryAnswer();
        answer.leave();

        assertThatThrownBy(() -> search.find(CALLER, query("", "nothing", ""), answer))
                .isInstanceOf(ClientGoneException.class);
        assertThatThrownBy(() -> search.stream(CALLER, query("", "nothing", ""), answer))
                .isInstanceOf(ClientGoneException.class);
        assertThat(store.closed).isEqualTo(2);
        assertThat(answer.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'',query",
        "a&mode=suffix,mode",
        "a&mode=prefix&ignoreCase=true,ignoreCase",
        "a&limit=10001,limit",
        "a&scanLimit=1000001,scanLimit",
        "[&mode=glob,query",
        "a&nextToken=x,nextToken",
        "a&mode=prefix&nextToken=x,nextToken"
    })
    void whatIsNoSearchIsRefusedByName(String rest, String field) {
        var query = Query.parse("uri=s3://bucket/?connectionId=1&query=" + rest);

        assertThatThrownBy(() -> search.find(CALLER, query, new MemoryAnswer())).hasMessageStartingWith(field + " ");
    }
}
