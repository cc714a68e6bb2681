package dev.wharf.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.camel.RequestConverter;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.Datasets;
import dev.wharf.identity.Caller;
import dev.wharf.identity.RateLimit;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.kernel.PollFailure;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.http.ProblemResponder;
import dev.wharf.kernel.http.stream.StoreWaits;
import dev.wharf.kernel.settings.DataFolder;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.store.ObjectInfo;
import dev.wharf.testing.Admissions;
import dev.wharf.testing.Databases;
import dev.wharf.testing.MemoryAnswer;
import dev.wharf.testing.MemoryStore;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route of imports over a folder of 200,000 files that are made up while they are read. */
class LargeImportTest {
    private static final int FILES = 200_000;
    private static final Caller CALLER = new Caller(1, 1, 1, "a@example.com", Set.of());

    @TempDir
    private Path folder;

    private final Listing store = new Listing();
    private DataFolder data;
    private Database database;
    private DefaultCamelContext camel;

    /** Remembers one of a hundred objects without holding it, and at the end how many of these are held by others. */
    private static final class Listing extends MemoryStore {
        private final List<WeakReference<ObjectInfo>> sample = new ArrayList<>();
        private long held;
        private boolean closed;
        private int failsAt = Integer.MAX_VALUE;

        @Override
        public Stream<ObjectInfo> walk(String bucket, String prefix) {
            return IntStream.range(0, FILES).mapToObj(this::made).onClose(() -> closed = true);
        }

        private ObjectInfo made(int number) {
            if (number >= failsAt) {
                throw new IllegalStateException("The listing broke off");
            }
            String name = number % 1000 == 0 ? "_SUCCESS" : number + ".csv";
            var object =
                    new ObjectInfo("in/" + number / 1000 + "/" + name, 1, "e", Instant.EPOCH, "STANDARD", false, null);
            if (number % 100 == 1) {
                sample.add(new WeakReference<>(object));
            }
            if (number == FILES - 1) {
                System.gc();
                held = sample.stream()
                        .filter(reference -> reference.get() != null)
                        .count();
            }
            return object;
        }
    }

    @BeforeEach
    void start() throws Exception {
        data = DataFolder.open(folder);
        database = Databases.open(new Settings.Registry("", "sa", dev.wharf.kernel.settings.Secret.NONE), data);
        execute("INSERT INTO workspace (uuid, name, created_at) VALUES ('w', 'w', CURRENT_TIMESTAMP)");
        execute("INSERT INTO person (uuid, email, name, created_at) VALUES ('p', 'p', 'p', CURRENT_TIMESTAMP)");
        execute("INSERT INTO connection (uuid, workspace_id, owner_id, name, unique_name, credential_type, is_global,"
                + " credentials_shared, disable_type_inference, params, created_at, updated_at)"
                + " VALUES ('c', 1, 1, 'c', 'c', 'keySecret', FALSE, TRUE, FALSE, '{}', CURRENT_TIMESTAMP,"
                + " CURRENT_TIMESTAMP)");
        var clock = Clock.systemUTC();
        var trail = new AuditTrail(database, clock);
        camel = new DefaultCamelContext();
        camel.setStreamCaching(false);
        Map.of(
                        "imports",
                                new Imports(
                                        database,
                                        new DatasetTable(database),
                                        store,
                                        new Executions(database, clock),
                                        trail,
                                        clock),
                        "importedDatasetsLimit", new RateLimit("imports", new Settings.Rate(40, 60), clock),
                        "storeWaits", new StoreWaits(Admissions.onConnection(1)),
                        "problemResponder", new ProblemResponder())
                .forEach(camel.getRegistry()::bind);
        camel.getTypeConverterRegistry().addFallbackTypeConverter(new RequestConverter(), false);
        camel.getRegistry().bind("pollFailure", new PollFailure());
        for (String routes : List.of("routes/problems.camel.yaml", "routes/imports.camel.yaml")) {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "file:" + routes));
        }
        camel.start();
    }

    private void execute(String sql) throws SQLException {
        try (var registry = database.dataSource().getConnection();
                var statement = registry.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String table) throws SQLException {
        try (var registry = database.dataSource().getConnection();
                var statement = registry.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Exchange create() {
        try (var client = camel.createProducerTemplate()) {
            return client.request("direct:createImportedDataset", exchange -> {
                exchange.setVariable("caller", CALLER);
                exchange.setVariable("answer", new MemoryAnswer());
                exchange.getMessage().setBody("{\"uri\":\"s3://bucket/in/?connectionId=1\",\"name\":\"large\"}");
            });
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
        database.close();
        data.close();
    }

    @Test
    void ofAFolderOfAnySizeNoMoreThanABatchIsHeld() throws Exception {
        var answer = create().getMessage();

        assertThat(Json.write(answer.getBody())).contains("\"fileCount\":199800", "\"ignoredCount\":200");
        assertThat(count("dataset_file")).isEqualTo(199_800);
        assertThat(store.held).isLessThan(50);
        assertThat(store.closed).isTrue();
    }

    @Test
    void aListingThatBreaksOffAfterManyBatchesLeavesNothing() throws Exception {
        store.failsAt = 25_000;

        assertThat(create().getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class))
                .isEqualTo(500);
        assertThat(count("dataset_file")).isZero();
        assertThat(count("imported_dataset")).isZero();
        assertThat(store.closed).isTrue();
    }

    @Test
    void whatADeadProcessHasLeftIsInvisibleAndRemoved() throws Exception {
        for (String state : List.of("importing", "ready")) {
            execute("INSERT INTO imported_dataset (uuid, workspace_id, owner_id, name, bucket, object_key,"
                    + " disable_type_inference, state, file_count, byte_count, ignored_count, created_at, updated_at)"
                    + " VALUES ('" + state + "', 1, 1, 'd', 'bucket', 'k', FALSE, '" + state + "', 0, 0, 0,"
                    + " CURRENT_TIMESTAMP, TIMESTAMP '2026-01-01 00:00:00+00:00')");
        }
        execute("INSERT INTO dataset_file (dataset_id, file_no, object_key, byte_size, etag, last_modified)"
                + " SELECT id, 0, 'k', 1, 'e', CURRENT_TIMESTAMP FROM imported_dataset");
        var clock = Clock.systemUTC();
        var datasets = new Datasets(database, new AuditTrail(database, clock), clock);
        assertThat(datasets.list(CALLER, dev.wharf.kernel.api.Query.parse("")).data())
                .hasSize(1);

        camel.getRegistry().lookupByNameAndType("imports", Imports.class).removeStale();

        assertThat(count("imported_dataset")).isEqualTo(1);
        assertThat(count("dataset_file")).isEqualTo(1);
    }
}
