package dev.wharf.killed;

import dev.wharf.testing.api.Api;
import dev.wharf.testing.processes.ExternalBroker;
import dev.wharf.testing.processes.ServiceProcess;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two services that share a registry in PostgreSQL, a broker and stores, all but the stores in processes of their own. */
final class TwoNodes implements AutoCloseable {
    /** Enough for everything that is killed again and again. */
    private static final String ATTEMPTS = "50";

    /** With the bucket {@code target} for results, and {@code tmp} for what engines have left. */
    final StubS3 store = StubS3.start(StubOptions.BENCHMARKS.keeping(), "target", "tmp");
    /** Of partners, with the bucket {@code other}. */
    final StubS3 otherStore = StubS3.start(StubOptions.BENCHMARKS.keeping(), "other");

    final String brokerUrl = ExternalBroker.freeUrl();
    final long connection;
    final long otherConnection;
    final JdbcClient registry;
    private final EmbeddedPostgres postgres;
    private final ExternalBroker broker;
    private final List<ServiceProcess> nodes;
    private final Map<Integer, CompletableFuture<Void>> starting = new HashMap<>();
    private final String token;

    TwoNodes(Path folder) throws IOException {
        this(folder, Map.of());
    }

    /** @param more settings of both */
    TwoNodes(Path folder, Map<String, String> more) throws IOException {
        postgres = EmbeddedPostgres.start();
        String url = postgres.getJdbcUrl("postgres", "postgres");
        registry = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
        broker = ExternalBroker.startProcess(brokerUrl, folder.resolve("broker"));
        var settings = new HashMap<>(Map.of(
                "wharf.registry.url", url,
                "wharf.registry.user", "postgres",
                "wharf.broker.url", brokerUrl,
                "wharf.publishing.attempts", ATTEMPTS,
                "wharf.limits.multi-part-output", "true",
                "wharf.limits.job-groups-per-user", "1000000",
                "wharf.limits.job-groups-per-workspace", "1000000",
                "wharf.running.memory", "64MB"));
        settings.putAll(more);
        var first = new ServiceProcess(folder.resolve("one"), settings);
        first.start();
        token = first.token();
        settings.put("wharf.secrets.keyset", first.keyset());
        nodes = List.of(first, new ServiceProcess(folder.resolve("two"), settings));
        nodes.get(1).start();
        connection = connect(store);
        otherConnection = connect(otherStore);
    }

    private long connect(StubS3 to) {
        Map<String, Object> body = Map.of(
                "vendor", "aws",
                "vendorName", "aws",
                "type", "remotefile",
                "credentialType", "keySecret",
                "name", "connection " + UUID.randomUUID(),
                "params", Map.of("endpoint", to.endpoint().toString()),
                "credentials", List.of(Map.of("key", to.accessKeyId(), "secret", to.secretAccessKey())));
        return api(0).post("/v4/connections", body).json().path("id").asLong();
    }

    /** That of a node, be it dead or alive. */
    Api api(int node) {
        return nodes.get(node).api(token);
    }

    /** What a node is called in rows. */
    String name(int node) {
        return nodes.get(node).node();
    }

    /** As {@code kill -9} does; it starts again at once, and is worked with meanwhile. */
    void kill(int node) {
        awaitStarted(node);
        nodes.get(node).kill();
        starting.put(node, CompletableFuture.runAsync(nodes.get(node)::start));
    }

    /** The same for good. */
    void end(int node) {
        nodes.get(node).kill();
    }

    void awaitStarted(int node) {
        starting.getOrDefault(node, CompletableFuture.completedFuture(null)).join();
    }

    @Override
    public void close() throws IOException {
        starting.values().forEach(start -> start.exceptionally(failure -> null).join());
        nodes.forEach(ServiceProcess::close);
        broker.close();
        postgres.close();
        store.close();
        otherStore.close();
    }
}
