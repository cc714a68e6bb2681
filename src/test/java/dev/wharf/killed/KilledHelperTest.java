package dev.wharf.killed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wharf.kernel.api.Json;
import dev.wharf.testing.faulty.Content;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two nodes that share a job the one is killed that only helps. */
class KilledHelperTest {
    private static final int FILES = 12;
    /** Less than the time after which a node is taken for dead without a word from the broker. */
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static void publish(TwoNodes nodes) {
        List<String> sources = IntStream.range(0, FILES)
                .mapToObj(number -> {
                    String key = "in/%02d.csv".formatted(number);
                    nodes.store.put("tmp", key, Content.of(key).bytes());
                    return "s3://tmp/" + key + "?connectionId=" + nodes.connection;
                })
                .toList();
        var results = Map.of(
                "path", "s3://target/out/r.csv?connectionId=" + nodes.connection, "format", "csv", "files", sources);
        String message = Json.write(Map.of(
                "announcedAs", "helped",
                "personWorkspaceId", 1,
                "name", "helped",
                "execution", "spark",
                "results", List.of(results)));
        try (var factory = new ActiveMQConnectionFactory(nodes.brokerUrl);
                JMSContext context = factory.createContext()) {
            context.createProducer().send(context.createQueue("publishing.jobs"), message);
        }
    }

    /** The node that is at a file of a job which the other one has. */
    private static Optional<String> helper(TwoNodes nodes) {
        return nodes
                .registry
                .sql("SELECT SPLIT_PART(f.claimed_by, ':', 1) FROM result_file f"
                        + " JOIN job j ON j.job_group_id = f.job_group_id AND j.job_type = 'publish'"
                        + " WHERE f.state = 'pending' AND POSITION(j.process_id IN f.claimed_by) = 0")
                .query(String.class)
                .list()
                .stream()
                .findFirst();
    }

    private static <T> T value(TwoNodes nodes, String sql, Class<T> type) {
        return nodes.registry.sql(sql).query(type).single();
    }

    @Test
    void whatItWasAtIsDoneByTheOtherOneAndTheJobNeedNotBeginAgain() throws IOException {
        try (var nodes = new TwoNodes(folder, Map.of("wharf.publishing.max-concurrent-files", "1"))) {
            nodes.store.on("PUT", "partNumber=").always().delay(Duration.ofSeconds(1));
            publish(nodes);
            String helper = await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> helper(nodes), Optional::isPresent)
                    .orElseThrow();

            nodes.end(helper.equals(nodes.name(0)) ? 0 : 1);

            await().atMost(SOON).until(() -> value(nodes, "SELECT status FROM job_group", String.class)
                    .equals("Complete"));
            assertThat(value(nodes, "SELECT attempts FROM job WHERE job_type = 'publish'", Integer.class))
                    .isEqualTo(1);
            assertThat(nodes.store.keys("target"))
                    .hasSize(FILES + 1)
                    .filteredOn(key -> key.endsWith("_SUCCESS"))
                    .hasSize(1);
            assertThat(nodes.store.overwritten("target")).isEmpty();
            assertThat(nodes.store.uploads("target")).isEmpty();
        }
    }
}
