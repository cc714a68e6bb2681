package dev.wharf.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wharf.datasets.DatasetFileView;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.DatasetView;
import dev.wharf.datasets.Datasets;
import dev.wharf.datasets.SourceChanges;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.store.ObjectInfo;
import dev.wharf.testing.MemoryStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Datasets that are looked at again, in a registry of either kind. */
abstract class RefreshesContract {
    private static final Caller CALLER = new Caller(1, 1, 1, "a@example.com", Set.of());
    private static final String SOURCE = "s3://bucket/in/?connectionId=1";

    private final Clock clock = Clock.systemUTC();
    private final MemoryStore store = new MemoryStore();
    private Imports imports;
    private Refreshes refreshes;
    private ImportedDatasets changes;
    private Datasets datasets;

    abstract Database database();

    @BeforeEach
    void open() {
        var table = new DatasetTable(database());
        var trail = new AuditTrail(database(), clock);
        var executions = new Executions(database(), clock);
        imports = new Imports(database(), table, store, executions, trail, clock);
        refreshes = new Refreshes(database(), table, imports, store, trail, clock);
        changes = new ImportedDatasets(database(), table, store, executions, trail, clock);
        datasets = new Datasets(database(), trail, clock);
    }

    private static <T> T body(Map<String, ?> fields, Class<T> type) {
        return Json.body(Json.tree(fields), type);
    }

    private long imported() throws IOException {
        var request = body(Map.of("uri", SOURCE, "name", "orders"), ImportRequest.class);
        return completed(imports.begin(CALLER, request)).id();
    }

    private DatasetView completed(Importing importing) throws IOException {
        List<ObjectInfo> found = importing.file() != null
                ? List.of(importing.file())
                : store.walk("bucket", importing.uri().key()).toList();
        imports.add(importing, imports.data(importing, found));
        return imports.complete(CALLER, importing, null);
    }

    private List<String> files(long id) {
        return datasets.files(CALLER, id, Query.parse("")).data().stream()
                .map(DatasetFileView::key)
                .toList();
    }

    private SourceChanges changes(long id) {
        return refreshes.compare(
                refreshes.look(CALLER, id), store.walk("bucket", "in/").iterator());
    }

    private static ObjectInfo object(String key, String etag) {
        return new ObjectInfo(key, 4, etag, Instant.EPOCH, "STANDARD", false, null);
    }

    @Test
    void whatIsNewChangedAndGoneIsToldAndARefreshTakesItIn() throws IOException {
        // An emoji sorts behind U+FF5E for a store, and before it for Java.
        store.with(object("in/b.csv", "1"), object("in/gone.csv", "1"), object("in/same.csv", "1"));
        store.with(object("in/\uff5e.csv", "1"), object("in/\ud83d\ude00.csv", "1"));
        long id = imported();
        store.clear();
        store.with(object("in/a.csv", "1"), object("in/b.csv", "2"), object("in/same.csv", "1"));
        store.with(object("in/\uff5e.csv", "1"), object("in/\ud83d\ude00.csv", "1"), object("in/_SUCCESS", "1"));

        var found = changes(id);

        assertThat(found.added().data()).extracting(DatasetFileView::key).containsExactly("in/a.csv");
        assertThat(found.changed().data()).singleElement().satisfies(file -> {
            assertThat(file.uri()).isEqualTo("s3://bucket/in/b.csv?connectionId=1");
            assertThat(file.before().etag()).isEqualTo("1");
            assertThat(file.now().etag()).isEqualTo("2");
        });
        assertThat(found.gone().data()).extracting(DatasetFileView::key).containsExactly("in/gone.csv");
        assertThat(found.unchanged()).isEqualTo(new SourceChanges.Unchanged(3, 12));
        assertThat(found.ignored()).isEqualTo(1);
        assertThat(files(id)).as("nothing is changed by a look").hasSize(5).contains("in/gone.csv");

        completed(refreshes.refresh(CALLER, id));

        assertThat(files(id))
                .containsExactly("in/a.csv", "in/b.csv", "in/same.csv", "in/\uff5e.csv", "in/\ud83d\ude00.csv");
        var after = changes(id);
        assertThat(after.isBroken()).isFalse();
        assertThat(after.added().count()).isZero();
    }

    @Test
    void ofManyChangesTheFirstHundredAreNamedAndAllAreCounted() throws IOException {
        IntStream.range(0, 2_500).forEach(number -> store.with(object("in/" + (10_000 + number) + ".csv", "1")));
        long id = imported();
        store.clear();
        store.with("in/20000.csv");

        var found = changes(id);

        assertThat(found.gone().count()).isEqualTo(2_500);
        assertThat(found.gone().size()).isEqualTo(10_000);
        assertThat(found.gone().data())
                .hasSize(100)
                .last()
                .extracting(DatasetFileView::key)
                .isEqualTo("in/10099.csv");
        assertThat(found.added().count()).isEqualTo(1);
    }

    @Test
    void aPageFarBehindIsFoundByItsNumberAndFilesByAPartOfTheirKeys() throws IOException {
        IntStream.range(0, 20_000).forEach(number -> store.with("in/" + (100_000 + number) + ".csv"));
        long id = imported();

        var page = datasets.files(CALLER, id, Query.parse("offset=19998&limit=10&includeCount=true"));

        assertThat(page.data()).extracting(DatasetFileView::key).containsExactly("in/119998.csv", "in/119999.csv");
        assertThat(page.count()).isEqualTo(20_000);
        var named = datasets.files(CALLER, id, Query.parse("filter=/1199&offset=99&limit=10&includeCount=true"));
        assertThat(named.data()).extracting(DatasetFileView::key).containsExactly("in/119999.csv");
        assertThat(named.count()).isEqualTo(100);
        assertThat(changes(id).unchanged().count()).isEqualTo(20_000);
    }

    @Test
    void withoutEtagsSizesAndTimesTell() throws IOException {
        store.with(object("in/a.csv", ""), object("in/b.csv", ""));
        long id = imported();
        assertThat(changes(id).isBroken()).isFalse();

        store.with(new ObjectInfo("in/b.csv", 4, "", Instant.ofEpochSecond(7), "STANDARD", false, null));

        assertThat(changes(id).broken()).containsExactly("in/b.csv changed");
    }

    @Test
    void filesThatWereNotListedInTheOrderOfTheirKeysAreNotComparedWithOthers() throws IOException {
        var request = body(Map.of("uri", SOURCE, "name", "orders"), ImportRequest.class);
        var importing = imports.begin(CALLER, request);
        imports.add(importing, List.of(object("in/b.csv", "1"), object("in/a.csv", "1")));
        long id = imports.complete(CALLER, importing, null).id();

        assertThatThrownBy(() -> changes(id))
                .hasMessageContaining("order of their keys")
                .hasMessageContaining("refresh");
    }

    @Test
    void whoeverLookedBeforeSomebodyElseChangedTheDatasetHasLookedInVain() throws IOException {
        store.with("in/a.csv", "other/x.csv");
        long id = imported();
        var first = refreshes.refresh(CALLER, id);
        var second = refreshes.update(CALLER, id, body(Map.of("path", "/other/"), DatasetChange.class), IfMatch.ANY);
        changes.patch(CALLER, id, body(Map.of("name", "renamed meanwhile"), DatasetChange.class), IfMatch.ANY);

        var updated = completed(second);

        assertThat(updated.path()).isEqualTo("/other/");
        assertThat(updated.name()).isEqualTo("renamed meanwhile");
        assertThatThrownBy(() -> completed(first))
                .hasMessageContaining("Dataset " + id)
                .hasMessageContaining("meanwhile");
        imports.abandon(first, new ProblemException(Problem.CONFLICT, "meanwhile"));
        assertThat(files(id)).containsExactly("other/x.csv");
        var late = refreshes.refresh(CALLER, id);
        datasets.delete(CALLER, id);
        assertThatThrownBy(() -> completed(late)).hasMessageContaining("was deleted");
    }

    @Test
    void aCopyKeepsItsFilesThroughARefreshOfItsOriginal() throws IOException {
        store.with("in/a.csv");
        long id = imported();
        long copy = changes.copy(CALLER, id, new CopyRequest(null), null).id();
        store.with("in/b.csv");
        completed(refreshes.refresh(CALLER, id));
        JdbcClient registry = JdbcClient.create(database().dataSource());

        registry.sql("SELECT id FROM manifest").query(Long.class).list().forEach(imports::discard);

        assertThat(files(id)).containsExactly("in/a.csv", "in/b.csv");
        assertThat(files(copy)).containsExactly("in/a.csv");
        assertThat(datasets.get(CALLER, copy, Query.parse("")).name()).isEqualTo("Copy of orders");
        completed(refreshes.refresh(CALLER, copy));
        registry.sql("SELECT id FROM manifest").query(Long.class).list().forEach(imports::discard);
        assertThat(files(copy)).containsExactly("in/a.csv", "in/b.csv");
    }

    @Test
    void aFileThatIsGoneDoesNotBecomeAFolderOfItsName() throws IOException {
        store.with("in/a.csv");
        var request = body(Map.of("uri", "s3://bucket/in/a.csv?connectionId=1", "name", "a"), ImportRequest.class);
        long id = completed(imports.begin(CALLER, request)).id();
        store.clear();
        store.with("in/a.csv/b.csv");

        assertThatThrownBy(() -> refreshes.refresh(CALLER, id))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("s3://bucket/in/a.csv is not there any more");
        var looking = refreshes.look(CALLER, id);
        assertThat(looking.isFolder()).isFalse();
        assertThat(refreshes.compare(looking, looking.file().iterator()).broken())
                .containsExactly("in/a.csv gone");
    }

    @Test
    void listsAreSortedAndNarrowed() throws IOException {
        store.with("in/a.csv");
        long first = imported();
        long second = imported();

        assertThat(names("ownershipFilter=owned&connectionId=1&sort=-id&limit=2"))
                .containsExactly(second, first);
        assertThat(names("filter=ordr&userIdFilter=1&sort=-updatedAt&limit=1")).containsExactly(second);
        assertThat(names("ownershipFilter=shared")).isEmpty();
        assertThat(names("baseStorage=true")).isEmpty();
    }

    private Stream<Long> names(String query) {
        return datasets.list(CALLER, Query.parse(query)).data().stream().map(DatasetView::id);
    }
}
