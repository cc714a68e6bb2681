package dev.wharf.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.sun.net.httpserver.HttpServer;
import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.faulty.FaultyS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a collector of OpenLineage is told of jobs. */
class OpenLineageTest extends WharfTest {
    private static final List<JsonNode> EVENTS = new CopyOnWriteArrayList<>();
    private static final List<String> KEYS = new CopyOnWriteArrayList<>();
    private static final AtomicInteger REFUSALS = new AtomicInteger();

    /** Written after the specification: what it requires of a run event. */
    private static final Schema SCHEMA = schema();

    private static HttpServer collector;
    private static Wharf wharf;
    private static Api api;

    private final String bucket = newBucket();

    private static Schema schema() {
        try {
            return SchemaRegistry.withDialect(
                            Dialects.getDraft202012(),
                            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                    .formatAssertionsEnabled(true)
                                    .build()))
                    .getSchema(Files.readString(Path.of("src/test/resources/openlineage/run-event.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void startACollector() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/api/v1/lineage", exchange -> {
            KEYS.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (REFUSALS.getAndDecrement() > 0) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
                exchange.sendResponseHeaders(307, -1);
            } else {
                EVENTS.add(Json.read(new String(body, UTF_8), JsonNode.class));
                exchange.sendResponseHeaders(201, -1);
            }
            exchange.close();
        });
        collector.start();
        wharf = start(Map.of(
                "wharf.openlineage.url",
                "http://127.0.0.1:" + collector.getAddress().getPort() + "/api/v1/lineage",
                "wharf.openlineage.api-key",
                "canary-of-lineage",
                "wharf.openlineage.namespace",
                "tests"));
        api = new Api(wharf.api(), token(wharf));
    }

    @AfterAll
    static void stop() {
        wharf.close();
        collector.stop(0);
    }

    private long start(long connection, String name) {
        S3.put(bucket, "in/orders.csv", "id,name\n1,a\n".getBytes(UTF_8));
        String place = "s3://" + bucket + "/%s?connectionId=" + connection;
        return start(connection, name, Map.of("uri", place.formatted("in/orders.csv"), "name", name), Map.of());
    }

    private long start(long connection, String name, Map<String, Object> source, Map<String, Object> values) {
        String place = "s3://" + bucket + "/%s?connectionId=" + connection;
        long dataset =
                api.post("/v4/importedDatasets", source).json().path("id").asLong();
        if (name.equals("gone")) {
            S3.remove(bucket, "in/orders.csv");
        }
        return api.post(
                        "/v4/jobGroups",
                        Map.of(
                                "wrangledDataset",
                                Map.of("id", dataset),
                                "runParameters",
                                values,
                                "overrides",
                                Map.of(
                                        "writesettings",
                                        List.of(Map.of(
                                                "path",
                                                place.formatted("out/orders.csv"),
                                                "action",
                                                "create",
                                                "format",
                                                "csv")))))
                .json()
                .path("id")
                .asLong();
    }

    private static List<JsonNode> events(long job, String last) {
        String run = api.get("/v4/jobGroups/" + job).json().path("uuid").asText();
        await().atMost(Duration.ofMinutes(2)).until(() -> of(run).stream()
                .anyMatch(event -> event.path("eventType").asText().equals(last)));
        return of(run);
    }

    private static List<JsonNode> of(String run) {
        return EVENTS.stream()
                .filter(event -> event.at("/run/runId").asText().equals(run))
                .toList();
    }

    private static void assertFollowsTheSpecification(List<JsonNode> events) {
        assertThat(events).allSatisfy(event -> assertThat(SCHEMA.validate(Json.write(event), InputFormat.JSON))
                .as(event.toString())
                .isEmpty());
    }

    @Test
    void aJobStartsAndIsCompleteWithWhatItReadAndWrote() {
        long job = start(newConnection(api, null), "orders");

        List<JsonNode> events = events(job, "COMPLETE");

        assertFollowsTheSpecification(events);
        assertThat(events).extracting(event -> event.path("eventType").asText()).containsExactly("START", "COMPLETE");
        JsonNode end = events.get(1);
        assertThat(end.at("/job/namespace").asText()).isEqualTo("tests");
        assertThat(end.at("/job/name").asText()).startsWith("workspace/1/dataset/");
        assertThat(end.at("/inputs/0/namespace").asText()).isEqualTo("s3://" + bucket);
        assertThat(end.at("/inputs/0/name").asText()).isEqualTo("in/orders.csv");
        assertThat(end.at("/outputs/0/name").asText()).isEqualTo("out/orders_" + job + "/orders.csv");
        assertThat(end.at("/outputs/0/outputFacets/outputStatistics/fileCount").asInt())
                .isEqualTo(1);
        assertThat(KEYS).contains("Bearer canary-of-lineage");
    }

    @Test
    void ofAPathThatVariesWhatWasMatchedIsTold() {
        long connection = newConnection(api, null);
        S3.put(bucket, "in/2013.csv", "id\n1\n".getBytes(UTF_8));
        S3.put(bucket, "in/2014.csv", "id\n1\n".getBytes(UTF_8));
        var year = Map.of(
                "type",
                "path",
                "overrideKey",
                "year",
                "insertionIndices",
                List.of(Map.of("index", 4)),
                "value",
                Map.of("variable", Map.of("value", "2013")));
        Map<String, Object> source = Map.of(
                "name",
                "years",
                "bucket",
                bucket,
                "connectionId",
                connection,
                "dynamicPath",
                "/in/.csv",
                "runParameters",
                List.of(year));
        var values =
                Map.<String, Object>of("overrides", Map.of("data", List.of(Map.of("key", "year", "value", "2014"))));

        List<JsonNode> events = events(start(connection, "years", source, values), "COMPLETE");

        assertThat(events)
                .extracting(event -> event.at("/inputs/0/name").asText())
                .containsOnly("in/2014.csv");
    }

    @Test
    void aJobThatFailsSaysWhyAndOneThatIsCanceledIsAborted() {
        long failed = start(newConnection(api, null), "gone");
        List<JsonNode> events = events(failed, "FAIL");
        assertFollowsTheSpecification(events);
        assertThat(events.get(events.size() - 1)
                        .at("/run/facets/errorMessage/message")
                        .asText())
                .contains("has changed or gone");

        try (var faults = FaultyS3.before(S3)) {
            faults.on("GET", "in/orders.csv").delay(Duration.ofSeconds(3)).always();
            long canceled = start(newConnection(api, faults.endpoint(), null), "slow");
            assertThat(api.post("/v4/jobGroups/" + canceled + "/cancel", Map.of())
                            .status())
                    .isEqualTo(200);
            assertFollowsTheSpecification(events(canceled, "ABORT"));
        }
    }

    @Test
    void whatIsNotTakenIsSentAgainAndNobodyIsFollowedElsewhere() {
        long job = start(newConnection(api, null), "again");
        events(job, "COMPLETE");
        REFUSALS.set(1);
        int before = EVENTS.size();

        long second = start(newConnection(api, null), "once more");

        await().atMost(Duration.ofMinutes(1)).until(() -> REFUSALS.get() <= 0);
        assertThat(events(second, "COMPLETE")).isNotEmpty();
        await().atMost(Duration.ofMinutes(2)).until(() -> EVENTS.size() >= before + 2);
        assertThat(events(second, "START")).isNotEmpty();
    }
}
