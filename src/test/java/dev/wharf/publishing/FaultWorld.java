package dev.wharf.publishing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.storage.UploadReaper;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.stub.StubHabit;
import dev.wharf.testing.stub.StubOptions;
import dev.wharf.testing.stub.StubS3;
import jakarta.jms.JMSContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A service that waits for nothing long, between stores that fail when they are told to. */
final class FaultWorld extends WharfTest implements AutoCloseable {
    /** How often a job is tried in all. */
    static final int ATTEMPTS = 3;

    /**
     * Results go to bucket {@code target}; those that the store copies come from bucket {@code tmp} beside it. It is looked
     * into before each completion, as stores are that do not refuse to overwrite by themselves.
     */
    final StubS3 store =
            StubS3.start(StubOptions.TESTS.with(Set.of(StubHabit.IGNORES_COMPLETION_CONDITIONS)), "target", "tmp");
    /** The same for files that are too large to be hashed. */
    final StubS3 largeStore =
            StubS3.start(new StubOptions(0, false, false, false, true, Set.of(), null), "target", "tmp");
    /** Another store, of partners, with bucket {@code other}. */
    final StubS3 otherStore = StubS3.start("other");

    private final String broker = "vm://" + ThreadLocalRandom.current().nextInt(1, 1_000_000_000);
    private final String registry = "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc";
    private final Wharf service = start(Map.of(
            "wharf.broker.url", broker,
            "wharf.registry.url", registry,
            "wharf.stores.retry-delay", "1ms",
            "wharf.publishing.attempts", String.valueOf(ATTEMPTS),
            "wharf.publishing.retry-delay", "10ms",
            "wharf.publishing.consistency-timeout", "1s",
            "wharf.publishing.max-concurrent", "8",
            "wharf.limits.multi-part-output", "true"));
    private final Map<String, Long> connections = new HashMap<>();
    private final ActiveMQConnectionFactory messages = new ActiveMQConnectionFactory(broker);
    private final JdbcClient rows = JdbcClient.create(new DriverManagerDataSource(registry, "sa", ""));
    final Api api = new Api(service.api(), token(service));

    /** One by which nobody else has seen the store fail: how often a store has failed is held against it. */
    long connection(StubS3 of, Object... purpose) {
        return connections.computeIfAbsent(
                of.endpoint() + Arrays.toString(purpose), key -> newConnection(api, of.endpoint(), null));
    }

    void send(Object message) {
        try (JMSContext context = messages.createContext()) {
            context.createProducer().send(context.createQueue("publishing.jobs"), Json.write(message));
        }
    }

    <T> Optional<T> column(String announcedAs, String name, Class<T> type) {
        return rows.sql("SELECT " + name + " FROM job_group WHERE announced_as = :announcedAs")
                .param("announcedAs", announcedAs)
                .query(type)
                .optional();
    }

    /** Whether it was decided that the job's results become visible. */
    boolean isDecided(long jobGroup) {
        return rows.sql("SELECT COUNT(*) FROM job WHERE job_group_id = :id AND committed_at IS NOT NULL")
                        .param("id", jobGroup)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Waits until every job is over. */
    void awaitEnds(int jobs) {
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(100))
                .until(() ->
                        rows.sql("SELECT COUNT(*) FROM job_group WHERE status IN ('Complete', 'Failed', 'Canceled')")
                                        .query(Long.class)
                                        .single()
                                == jobs);
    }

    /** The stores are well again, and what is done from time to time is done now, as if a day had passed. */
    void heal() {
        List.of(store, largeStore, otherStore).forEach(StubS3::reset);
    }

    void tidyUp() {
        PublicationUpkeep upkeep = service.camel().lookup("publicationUpkeep", PublicationUpkeep.class);
        upkeep.recheckListings();
        upkeep.tidy();
        rows.sql("UPDATE multipart_upload SET created_at = created_at - INTERVAL '2' HOUR")
                .update();
        service.camel().lookup("uploadReaper", UploadReaper.class).reap();
    }

    JsonNode job(long id) {
        return api.get("/v4/jobGroups/" + id).json();
    }

    @Override
    public void close() {
        messages.close();
        service.close();
        List.of(store, largeStore, otherStore).forEach(StubS3::close);
    }
}
