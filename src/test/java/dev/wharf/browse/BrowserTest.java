package dev.wharf.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.identity.Caller;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.testing.Admissions;
import dev.wharf.testing.MemoryStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that a store on a file system cannot hold. */
class BrowserTest {
    private static final Caller CALLER = new Caller(1, 1, 1, "a@example.com", Set.of());

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        try (DataFolder data = DataFolder.open(folder)) {
            browser = new Browser(new Places(store, Admissions.onConnection(1)), Secrets.open(Secret.NONE, data));
        }
    }

    private JsonNode list(String uri) {
        String encoded = URLEncoder.encode(uri, StandardCharsets.UTF_8).replace("+", "%20");
        return Json.read(Json.write(browser.list(CALLER, Query.parse("uri=" + encoded))), JsonNode.class);
    }

    private List<String> uris(String uri) {
        return list(uri).findValuesAsText("uri");
    }

    @Test
    void ofAFileAndAFolderOfOneNameTheFolderIsOpenedAndBothAreShown() {
        store.with("data", "data/a.csv");

        assertThat(uris("s3://bucket/data?connectionId=1")).containsExactly("s3://bucket/data/a.csv?connectionId=1");
        assertThat(uris("s3://bucket/?connectionId=1"))
                .containsExactly("s3://bucket/data?connectionId=1", "s3://bucket/data/?connectionId=1");
    }

    @Test
    void slashesAreNotTidiedUp() {
        store.with("a//b", "/lead", "a/./c", "a/../d", "tail/ ");

        for (String key : List.of("a//b", "/lead", "a/./c", "a/../d", "tail/ ")) {
            String uri = "s3://bucket/" + key + "?connectionId=1";
            assertThat(uris(uri)).containsExactly(uri);
        }
        assertThat(list("s3://bucket/a/?connectionId=1").findValuesAsText("name"))
                .containsExactly("");
    }

    @Test
    void aFolderThatIsOnlyAPlaceholderExistsAndIsEmpty() {
        store.with("made/");

        assertThat(uris("s3://bucket/made/?connectionId=1")).isEmpty();
        assertThat(uris("s3://bucket/made?connectionId=1")).isEmpty();
        assertThatThrownBy(() -> list("s3://bucket/other/?connectionId=1"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NOT_FOUND));
    }

    @Test
    void aKeyOfTheGreatestLengthIsAFile() {
        String key = "x".repeat(1024);
        store.with(key);

        assertThat(uris("s3://bucket/" + key + "?connectionId=1")).hasSize(1);
        assertThatThrownBy(() -> list("s3://bucket/" + key + "y?connectionId=1"))
                .hasMessageContaining("1024 bytes");
    }
}
