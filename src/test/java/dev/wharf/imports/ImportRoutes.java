package dev.wharf.imports;

import dev.wharf.camel.Records;
import dev.wharf.camel.VariablesInSql;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.datasets.Manifests;
import dev.wharf.engine.file.EngineSettings;
import dev.wharf.engine.sample.Sampler;
import dev.wharf.engine.structure.Structures;
import dev.wharf.identity.Caller;
import dev.wharf.identity.RateLimit;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.kernel.http.stream.StoreAdmission;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.kernel.sql.Executions;
import dev.wharf.testing.Admissions;
import dev.wharf.testing.MemoryAnswer;
import dev.wharf.testing.MemoryStore;
import dev.wharf.testing.RouteTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The routes of imports by themselves, over a registry and a store. */
abstract class ImportRoutes extends RouteTest {
    static final Caller CALLER = new Caller(1, 1, 1, "a@example.com", Set.of());

    private final ExecutorService pool = ImportPool.create();

    ImportRoutes() {
        super("imports");
    }

    abstract Database database();

    abstract MemoryStore store();

    /** Whom and what the rows of datasets point at. */
    static Database withAConnection(Database database) {
        execute(database, "INSERT INTO workspace (uuid, name, created_at) VALUES ('w', 'w', CURRENT_TIMESTAMP)");
        execute(
                database,
                "INSERT INTO person (uuid, email, name, created_at) VALUES ('p', 'p', 'p', CURRENT_TIMESTAMP)");
        execute(
                database,
                "INSERT INTO connection (uuid, workspace_id, owner_id, name, unique_name, credential_type, is_global,"
                        + " credentials_shared, disable_type_inference, params, created_at, updated_at)"
                        + " VALUES ('c', 1, 1, 'c', 'c', 'keySecret', FALSE, TRUE, FALSE, '{}', CURRENT_TIMESTAMP,"
                        + " CURRENT_TIMESTAMP)");
        return database;
    }

    static void execute(Database database, String sql) {
        JdbcClient.create(database.dataSource()).sql(sql).update();
    }

    final long count(String table) {
        return JdbcClient.create(database().dataSource())
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    @Override
    protected final void bindOutside(Registry registry) {
        var clock = Clock.systemUTC();
        registry.bind(
                "imports",
                new Imports(
                        database(),
                        new DatasetTable(database()),
                        store(),
                        new Executions(database(), clock),
                        new AuditTrail(database(), clock),
                        clock));
        registry.bind(
                "importTasks",
                new ImportTasks(
                        database(), new Executions(database(), clock), new AuditTrail(database(), clock), clock));
        registry.bind("importPool", pool);
        registry.bind(
                "structureChecks",
                new StructureChecks(
                        new Structures(new Sampler(EngineSettings.defaults(), 1, Duration.ofMinutes(1)), temporary()),
                        new Manifests(database(), clock)));
        registry.bind("importedDatasetsLimit", new RateLimit("imports", new Settings.Rate(1_000, 60), clock));
        registry.bind("importLooksLimit", new RateLimit("looks", new Settings.Rate(1_000, 60), clock));
        registry.bind("storeAdmission", new StoreAdmission(Admissions.onConnection(1)));
        registry.bind("dataSource", database().dataSource());
        registry.bind("records", new Records());
        registry.bind("variablesInSql", new VariablesInSql());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("structures");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to a request that imports from the bucket. */
    final Exchange create(String key) {
        return create(key, "");
    }

    /** @param more fields of the request, each with a comma in front */
    final Exchange create(String key, String more) {
        return template.request("direct:createImportedDataset", exchange -> {
            exchange.setVariable("caller", CALLER);
            exchange.setVariable("answer", new MemoryAnswer());
            exchange.getMessage()
                    .setBody("{\"uri\":\"s3://bucket/" + key
                            + "?connectionId=1\",\"name\":\"d\",\"structureCheck\":\"none\"" + more + "}");
        });
    }

    static int status(Exchange answer) {
        return answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    }
}
