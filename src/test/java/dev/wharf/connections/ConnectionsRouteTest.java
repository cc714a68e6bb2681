package dev.wharf.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.camel.Records;
import dev.wharf.camel.VariablesInSql;
import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Page;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Secret;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.s3.control.ControlRequests;
import dev.wharf.s3.control.S3Control;
import dev.wharf.store.Control;
import dev.wharf.store.EventQueue;
import dev.wharf.store.ObjectStore;
import dev.wharf.store.ObjectStores;
import dev.wharf.store.Place;
import dev.wharf.store.Probe;
import dev.wharf.store.ProbeReport;
import dev.wharf.store.ProbeRequest;
import dev.wharf.store.ProbeRow;
import dev.wharf.store.ProbeRow.Outcome;
import dev.wharf.store.QueueUrl;
import dev.wharf.store.StoreAccess;
import dev.wharf.testing.Databases;
import dev.wharf.testing.MemoryStore;
import dev.wharf.testing.RouteTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The registry as routes look into it, and the steps of a test of a connection, without a service and without a store. */
class ConnectionsRouteTest extends RouteTest {
    private static final String KEY = "in/${sysenv.HOME}/.wharf-connection-test-1";
    private static final Caller OWNER = new Caller(1, 1, 1, "owner@example.org", Set.of());
    private static final Caller VIEWER = new Caller(2, 2, 1, "viewer@example.org", Set.of());
    private static final Caller STRANGER = new Caller(3, 2, 2, "stranger@example.org", Set.of());

    private static Database database;

    private final List<String> calls = new ArrayList<>();
    private final StoreThatRemoves store = new StoreThatRemoves();
    private final Tests tests = new Tests();
    private String left;
    private RuntimeException unreachable;

    ConnectionsRouteTest() {
        super("connections");
    }

    @BeforeAll
    static void open() {
        var settings = new Settings.Registry(
                "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc",
                "sa",
                Secret.NONE,
                0,
                0,
                Duration.ofSeconds(30));
        database = Databases.open(settings, null);
        var registry = JdbcClient.create(database.dataSource());
        Stream.of(
                        "workspace (id, uuid, name, created_at) VALUES (1, 'w1', 'one', CURRENT_TIMESTAMP)",
                        "workspace (id, uuid, name, created_at) VALUES (2, 'w2', 'two', CURRENT_TIMESTAMP)",
                        "person (id, uuid, email, name, created_at) VALUES (1, 'p1', 'owner', 'Owner', CURRENT_TIMESTAMP)",
                        "person (id, uuid, email, name, created_at) VALUES (2, 'p2', 'viewer', 'Viewer', CURRENT_TIMESTAMP)",
                        "connection (id, uuid, workspace_id, owner_id, name, unique_name, credential_type, is_global,"
                                + " credentials_shared, disable_type_inference, default_bucket, params, created_at, updated_at)"
                                + " VALUES (7, 'c7', 1, 1, 'partner', 'partner', 'keySecret', FALSE, TRUE, FALSE, 'bucket',"
                                + " '{\"region\":\"eu-west-1\"}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
                        "connection_share (connection_id, person_id, grant_name, created_at, updated_at)"
                                + " VALUES (7, 2, 'viewer', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")
                .forEach(row -> registry.sql("INSERT INTO " + row).update());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** The connection's store, of which nothing is asked but to remove the probe's own object. */
    private final class StoreThatRemoves extends MemoryStore {
        private RuntimeException refusal;

        @Override
        public <T> T control(Control<T> control) {
            calls.add(control.kind().label() + " " + control.key());
            if (refusal != null) {
                throw refusal;
            }
            return null;
        }
    }

    /** Stores that can be tried, and leave behind what a test says. */
    private final class ProbedStores implements ObjectStores {
        @Override
        public EventQueue queue(StoreAccess access, QueueUrl url) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ProbeReport probe(StoreAccess access, ProbeRequest request, Consumer<ProbeRow> noted) {
            calls.add("probe " + request.bucket());
            if (unreachable != null) {
                throw unreachable;
            }
            return new ProbeReport(
                    List.of(new ProbeRow(
                            "deleteObject", Outcome.WRONG, false, "bucket", KEY, null, null, null, "left behind")),
                    null,
                    null,
                    left);
        }

        @Override
        public ObjectStore open(StoreAccess access) {
            return store;
        }

        @Override
        public Optional<String> region(StoreAccess access, String bucket) {
            return Optional.empty();
        }

        @Override
        public void forget(long connectionId) {}

        @Override
        public void close() {}
    }

    /** Permits what the registry knows, and remembers what it is told. */
    public final class Tests {
        private ProbeReport reported;

        public ConnectionTrial test(Caller caller, long id, ConnectionRow found, Query query) {
            calls.add("permit " + ConnectionTable.require(caller, id, found).grant());
            return trial(store);
        }

        public ConnectionTrial dryRun(Caller caller, String body, Query query) {
            calls.add("permit " + body);
            return trial(null);
        }

        private ConnectionTrial trial(ObjectStore opened) {
            var probe = new Probe(new ProbedStores(), null, new ProbeRequest("bucket", "in/", true));
            return new ConnectionTrial(AuditedAction.of("test"), probe, opened);
        }

        public ConnectionTrial told(ConnectionTrial trial, String mediaType, Answer answer) {
            return trial;
        }

        public Place left(ConnectionTrial trial, ProbeReport found) {
            return trial.left(found);
        }

        public TestReport report(Caller caller, ConnectionTrial trial, ProbeReport found) {
            calls.add("report");
            reported = found;
            return TestReport.of(found);
        }
    }

    @Override
    protected void bindOutside(Registry registry) {
        Processor admit = exchange -> calls.add("admit");
        registry.bind("storeAdmission", Processor.class, admit);
        registry.bind("connectionTests", tests);
        registry.bind("baseStorageTests", tests);
        registry.bind("shares", new Shares(database, null, null, null));
        registry.bind("dataSource", database.dataSource());
        registry.bind("records", new Records());
        registry.bind("variablesInSql", new VariablesInSql());
        registry.bind("aws2-s3", S3Control.component());
        registry.bind("controlRequests", new ControlRequests());
    }

    private Exchange send(String operation, Caller caller, long id) {
        return template.send("direct:" + operation, exchange -> {
            exchange.setVariable("caller", caller);
            exchange.setVariable("id", id);
            exchange.setVariable("query", Query.parse(null));
            // What a caller could send under the names of variables, which must not matter.
            exchange.getMessage().setHeader("id", 8);
            exchange.getMessage().setBody("a body");
        });
    }

    private static int status(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
    }

    private static GrantedConnection resolved(Exchange exchange, Caller caller) {
        return ConnectionTable.require(caller, 7, exchange.getVariable("connection", ConnectionRow.class));
    }

    @Test
    void aConnectionIsResolvedAsTheCallerHasIt() {
        var connection = resolved(send("resolveConnection", OWNER, 7), OWNER);

        assertThat(connection.given()).isEqualTo(Grant.OWNER);
        assertThat(connection.connection().bucket()).isEqualTo("bucket");
        assertThat(connection.connection().params().region()).isEqualTo("eu-west-1");
        assertThat(connection).isEqualTo(new ConnectionTable(database, null).require(OWNER, 7));
        assertThat(resolved(send("resolveConnection", VIEWER, 7), VIEWER).given())
                .isEqualTo(Grant.VIEWER);
    }

    @Test
    void anotherWorkspacesConnectionIsNotThere() {
        assertThat(send("resolveConnection", STRANGER, 7).getVariable("connection"))
                .isNull();
        assertThat(status(send("listSharedSubjects", STRANGER, 7))).isEqualTo(404);
        assertThat(status(send("testConnection", STRANGER, 7))).isEqualTo(404);
        assertThat(calls).containsExactly("admit");
    }

    @Test
    void sharesAreListedToWhoeverSeesTheConnectionByEitherName() {
        for (String operation : List.of("listSharedSubjects", "listConnectionPermissions")) {
            var exchange = send(operation, VIEWER, 7);

            assertThat(status(exchange)).isEqualTo(200);
            Page<?> page = exchange.getMessage().getBody(Page.class);
            assertThat(page.data()).hasSize(1);
            var share = (ShareView) page.data().get(0);
            assertThat(share.id()).isEqualTo(2);
            assertThat(share.policyTag()).isEqualTo("connection_viewer");
            assertThat(share.connection().id()).isEqualTo(7);
        }
    }

    @Test
    void aTestIsAdmittedThenPermittedThenMadeThenReported() {
        var exchange = send("testConnection", OWNER, 7);

        assertThat(status(exchange)).isEqualTo(200);
        assertThat(exchange.getMessage().getBody()).isInstanceOf(TestReport.class);
        assertThat(calls).containsExactly("admit", "permit OWNER", "probe bucket", "report");
    }

    @Test
    void whatAProbeCouldNotRemoveIsRemovedThroughTheConnectionAndItsKeyStaysText() {
        left = KEY;

        assertThat(status(send("testConnection", OWNER, 7))).isEqualTo(200);

        assertThat(calls).containsExactly("admit", "permit OWNER", "probe bucket", "deleteObject " + KEY, "report");
        assertThat(tests.reported.left()).isNull();
        assertThat(tests.reported.rows().get(0).outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(tests.reported.rows().get(0).message()).contains("at a second attempt");
    }

    @Test
    void whatCannotBeRemovedEitherIsNamedByTheReport() {
        left = KEY;
        store.refusal = new ProblemException(Problem.FORBIDDEN, "refused");

        assertThat(status(send("testConnection", OWNER, 7))).isEqualTo(200);

        assertThat(calls).endsWith("deleteObject " + KEY, "report");
        assertThat(tests.reported.left()).isEqualTo(KEY);
        assertThat(tests.reported.rows().get(0).message()).isEqualTo("left behind");
    }

    @Test
    void whatIsOnlyTriedHasNoStoreToRemoveAnythingFrom() {
        left = KEY;

        assertThat(status(send("dryRunConnection", OWNER, 7))).isEqualTo(200);

        assertThat(calls).containsExactly("admit", "permit a body", "probe bucket", "report");
        assertThat(tests.reported.left()).isEqualTo(KEY);
    }

    @Test
    void aProbeThatFailsAltogetherIsAnErrorDocumentAndNoReport() {
        unreachable = new ProblemException(Problem.STORE_UNAVAILABLE, "away");

        var exchange = send("testConnection", OWNER, 7);

        assertThat(status(exchange)).isEqualTo(503);
        assertThat(exchange.getMessage().getBody(String.class)).contains("away");
        assertThat(calls).containsExactly("admit", "permit OWNER", "probe bucket");
    }
}
