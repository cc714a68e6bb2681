package dev.wharf.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.datasets.Datasets;
import dev.wharf.datasets.Manifests;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.sql.Database;
import dev.wharf.store.ObjectInfo;
import dev.wharf.testing.Databases;
import dev.wharf.testing.MemoryStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In which order an import lists, filters, adds and completes, and what is left of one that fails. */
class ImportsRouteTest extends ImportRoutes {
    private static Database database;

    private final Watched store = new Watched();

    /** Notes what it is asked, and how much of it is read. */
    private static final class Watched extends MemoryStore {
        private final List<String> asked = new ArrayList<>();
        private int open;
        private int read;

        @Override
        public ObjectInfo stat(String bucket, String key) {
            asked.add("stat " + key);
            return super.stat(bucket, key);
        }

        @Override
        public Stream<ObjectInfo> walk(String bucket, String prefix, Order order) {
            asked.add("walk " + prefix + " " + order);
            open++;
            return super.walk(bucket, prefix, order).peek(object -> read++).onClose(() -> open--);
        }
    }

    @BeforeAll
    static void open() {
        database = withAConnection(Databases.inMemory());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        execute(database, "UPDATE imported_dataset SET manifest_id = NULL");
        execute(database, "DELETE FROM manifest_file");
        execute(database, "DELETE FROM manifest");
        execute(database, "DELETE FROM imported_dataset");
    }

    @Override
    Database database() {
        return database;
    }

    @Override
    MemoryStore store() {
        return store;
    }

    private void assertNothingIsLeft(Exchange answer, int status, String detail) {
        assertThat(answer.getMessage().getBody(String.class)).contains(detail);
        assertThat(status(answer)).isEqualTo(status);
        assertThat(count("imported_dataset")).isZero();
        assertThat(count("manifest_file")).isZero();
        assertThat(store.open).isZero();
    }

    @Test
    void aFolderIsListedInTheOrderOfKeysAndWhatIsNoDataIsLeftOut() {
        store.with("in/_SUCCESS", "in/b.csv", "in/a.csv", "in/sub/.hidden", "in/sub/c.csv", "outside.csv");

        var answer = create("in/");

        assertThat(Json.write(answer.getMessage().getBody())).contains("\"fileCount\":3", "\"ignoredCount\":2");
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("SELECT object_key FROM manifest_file ORDER BY file_no")
                        .query(String.class)
                        .list())
                .containsExactly("in/a.csv", "in/b.csv", "in/sub/c.csv");
        assertThat(store.asked).containsExactly("walk in/ BY_KEY_IN_PARTS");
        assertThat(store.open).isZero();
    }

    @Test
    void aFileIsLookedAtAndItsFolderIsNotListed() {
        store.with("in/_a.csv", "in/_a.csv/b.csv", "in/_a.csv.bak");

        var answer = create("in/_a.csv");

        assertThat(Json.write(answer.getMessage().getBody())).contains("\"fileCount\":1", "\"ignoredCount\":0");
        assertThat(store.asked).containsExactly("stat in/_a.csv");
    }

    @Test
    void aNameWithoutASlashIsTheFolderWhereThereIsNoSuchFile() {
        store.with("in/a.csv", "in.csv");

        assertThat(Json.write(create("in").getMessage().getBody())).contains("\"path\":\"/in/\"", "\"fileCount\":1");
        assertThat(store.asked).containsExactly("stat in", "walk in/ BY_KEY_IN_PARTS");
    }

    @Test
    void whereNothingIsFoundThatIsSaidAndNothingIsLeft() {
        assertNothingIsLeft(create("in/"), 404, "There is nothing in the folder s3://bucket/in/");
        assertNothingIsLeft(create("in"), 404, "There is neither a file nor a folder s3://bucket/in");
    }

    @Test
    void aFailureOnTheWayEndsTheListingAndTakesBackWhatWasWritten() {
        IntStream.range(0, 3_000).forEach(number -> store.with("in/" + (10_000 + number) + ".csv"));
        store.with("in/11100\0.csv");

        assertNothingIsLeft(create("in/"), 400, "11100\\\\0.csv");
        assertThat(store.read).as("a thousand at a time").isBetween(2_000, 2_003);
    }

    @Test
    void whatIsRefusedAtTheEndIsTakenBack() {
        store.with("in/a.csv").with(MemoryStore.archived("in/old1.csv"), MemoryStore.archived("in/old2.csv"));

        assertNothingIsLeft(create("in/"), 400, "2 objects are archived");
        assertThat(store.asked)
                .as("one without a copy is enough")
                .containsExactly("walk in/ BY_KEY_IN_PARTS", "stat in/old1.csv");
    }

    @Test
    void archivedFilesAreLeftOutWhereThatIsWishedAndListed() {
        store.with("in/a.csv", "in/z.csv")
                .with(MemoryStore.archived("in/old1.csv"), MemoryStore.archived("in/old2.csv"));

        var dataset =
                Json.write(create("in/", ",\"archived\":\"skip\"").getMessage().getBody());

        assertThat(dataset)
                .contains(
                        "\"fileCount\":2",
                        "\"archived\":\"skip\"",
                        "\"leftOut\":{\"count\":2,\"keys\":[\"in/old1.csv\",\"in/old2.csv\"]}");
        assertThat(store.asked)
                .as("each may have a copy")
                .containsExactly("walk in/ BY_KEY_IN_PARTS", "stat in/old1.csv", "stat in/old2.csv");
    }

    @Test
    void whereAllFilesAreArchivedNothingIsLeftToImport() {
        store.with(MemoryStore.archived("in/old1.csv"), MemoryStore.archived("in/old2.csv"));

        assertNothingIsLeft(create("in/", ",\"archived\":\"skip\""), 400, "; and 2 are archived and were left out");
    }

    @Test
    void whatADeadProcessHasLeftIsInvisibleAndRemovedAndOneThatCannotBeKeepsNoOther() throws Exception {
        for (String name : List.of("stuck", "dead", "complete")) {
            insert(name, name.equals("complete") ? "ready" : "writing", "TIMESTAMP '2026-01-01 00:00:00+00:00'");
        }
        execute(
                database,
                "INSERT INTO manifest_file (manifest_id, file_no, object_key, byte_size, etag, last_modified)"
                        + " SELECT id, 0, 'k', 1, 'e', CURRENT_TIMESTAMP FROM manifest");
        execute(
                database,
                "UPDATE imported_dataset SET manifest_id = (SELECT m.id FROM manifest m WHERE m.dataset_id ="
                        + " imported_dataset.id AND m.state = 'ready')");
        assertThat(visible()).isEqualTo(1);
        boolean[] first = {true};
        AdviceWith.adviceWith(context, "removeStaleManifests", route -> {
            route.replaceFromWith("direct:removeStaleManifests");
            route.weaveById("discardStaleManifest").before().process(exchange -> {
                if (first[0]) {
                    first[0] = false;
                    throw new IllegalStateException("stuck");
                }
            });
        });

        template.sendBody("direct:removeStaleManifests", null);

        assertThat(count("imported_dataset")).isEqualTo(2);
        template.sendBody("direct:removeStaleManifests", null);
        assertThat(count("imported_dataset")).isEqualTo(1);
        assertThat(count("manifest_file")).isEqualTo(1);
        assertThat(visible()).isEqualTo(1);
    }

    @Test
    void filesThatGaveWayToOthersStayAsLongAsAJobMayReadThem() throws Exception {
        AdviceWith.adviceWith(
                context, "removeStaleManifests", route -> route.replaceFromWith("direct:removeStaleManifests"));
        store.with("in/a.csv");
        create("in/");
        var manifests = new Manifests(database, Clock.systemUTC());
        long dataset = number("SELECT MAX(id) FROM imported_dataset");
        long first = number("SELECT manifest_id FROM imported_dataset");
        job(first, "InProgress");
        var next = manifests.begin(dataset);
        next.add(store.stat("bucket", "in/a.csv"));

        assertThat(manifests.publish(next, 0)).isTrue();

        assertThat(number("SELECT manifest_id FROM imported_dataset")).isEqualTo(next.manifestId());
        execute(database, "UPDATE manifest SET updated_at = TIMESTAMP '2026-01-01 00:00:00+00:00'");
        template.sendBody("direct:removeStaleManifests", null);
        assertThat(manifests.files(first)).toIterable().hasSize(1);
        execute(database, "UPDATE job_group SET status = 'Complete'");
        template.sendBody("direct:removeStaleManifests", null);
        assertThat(manifests.files(first)).isExhausted();
        assertThat(manifests.files(next.manifestId())).toIterable().hasSize(1);
        execute(database, "DELETE FROM job_group");
    }

    private static void job(long manifest, String status) {
        execute(
                database,
                "INSERT INTO membership (workspace_id, person_id, created_at) SELECT 1, 1, CURRENT_TIMESTAMP FROM workspace WHERE NOT EXISTS (SELECT 1"
                        + " FROM membership)");
        execute(
                database,
                "INSERT INTO job_group (uuid, workspace_id, membership_id, manifest_id, name, execution, ran_from,"
                        + " status, created_at, updated_at) SELECT 'g', 1, MAX(id), " + manifest + ", 'g', 'photon',"
                        + " 'api', '" + status + "', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM membership");
    }

    private static long number(String sql) {
        return JdbcClient.create(database.dataSource())
                .sql(sql)
                .query(Long.class)
                .single();
    }

    private static void insert(String name, String manifest, String lastSeen) {
        execute(
                database,
                "INSERT INTO imported_dataset (id, uuid, workspace_id, owner_id, name, bucket, object_key,"
                        + " disable_type_inference, created_at, updated_at)"
                        + " VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM imported_dataset), '" + name + "', 1, 1, '"
                        + name + "', 'bucket', 'k', FALSE, CURRENT_TIMESTAMP,"
                        + " CURRENT_TIMESTAMP)");
        execute(
                database,
                "INSERT INTO manifest (dataset_id, state, file_count, byte_count, ignored_count, created_at, updated_at)"
                        + " SELECT MAX(id), '" + manifest + "', 0, 0, 0, CURRENT_TIMESTAMP, " + lastSeen
                        + " FROM imported_dataset");
    }

    private static int visible() {
        var clock = Clock.systemUTC();
        var datasets = new Datasets(database, new AuditTrail(database, clock), clock);
        return datasets.list(CALLER, Query.parse("")).data().size();
    }

    @Test
    void anImportUnderWayIsNotStale() throws Exception {
        insert("u", "writing", "CURRENT_TIMESTAMP");
        AdviceWith.adviceWith(
                context, "removeStaleManifests", route -> route.replaceFromWith("direct:removeStaleManifests"));

        template.sendBody("direct:removeStaleManifests", null);

        assertThat(count("imported_dataset")).isEqualTo(1);
    }
}
