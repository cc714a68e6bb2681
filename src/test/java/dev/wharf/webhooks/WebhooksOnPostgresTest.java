package dev.wharf.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.identity.PostgresService;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The statements of webhooks, and of how far a job is, on the other registry. */
class WebhooksOnPostgresTest extends WharfTest {
    @RegisterExtension
    static final PostgresService SERVICE = new PostgresService(Map.of(
            "wharf.webhooks.attempts", "3", "wharf.webhooks.retry-delay", "50ms", "wharf.webhooks.timeout", "5s"));

    @Test
    void theEndOfAJobIsToldAgainUntilItIsDelivered() {
        Api api = SERVICE.administrator();
        String bucket = newBucket();
        var flows = new FlowJobs(api, S3, bucket, newConnection(api, bucket));
        try (var receiver = new Receiver()) {
            var count = new AtomicInteger();
            receiver.answering(exchange -> Receiver.reply(exchange, count.incrementAndGet() < 2 ? 503 : 200, "yes"));
            long flow = flows.newFlow();
            String path = "/v4/webhookFlowTasks/"
                    + api.post(
                                    "/v4/webhookFlowTasks",
                                    Map.of(
                                            "name",
                                            "tell",
                                            "url",
                                            receiver.url("/"),
                                            "method",
                                            "post",
                                            "triggerEvent",
                                            "onJobSuccess",
                                            "flowId",
                                            flow))
                            .json()
                            .path("id")
                            .asLong();

            long job = flows.run(flow, "recipe");

            JsonNode delivery = await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> api.get(path + "/deliveries").json().at("/data/0"),
                            seen -> seen.path("state").asText().equals("delivered"));
            assertThat(delivery.path("attempts").asInt()).isEqualTo(2);
            assertThat(receiver.received()).hasSize(2);
            var progress = api.get("/v4/jobGroups/" + job + "/progress").json();
            assertThat(progress.path("step").asText()).isEqualTo("over");
            assertThat(progress.at("/files/done").asInt()).isEqualTo(1);
            assertThat(api.patch(path, Map.of("name", "told")).status()).isEqualTo(200);
            assertThat(api.get("/v4/webhookFlowTasks?filter=told&includeCount=true")
                            .json()
                            .path("count")
                            .asInt())
                    .isEqualTo(1);
            assertThat(api.delete(path).status()).isEqualTo(204);
        }
    }

    @Test
    void whatFormsShowIsOverridden() {
        Api api = SERVICE.administrator();
        var overrides = Map.of("connectionMetadata", Map.of("displayName", "Buckets"));

        assertThat(api.post("/v4/connectorMetadata/aws/overrides", overrides).status())
                .isEqualTo(201);
        assertThat(api.post("/v4/connectorMetadata/aws/overrides", overrides).status())
                .isEqualTo(201);
        assertThat(api.get("/v4/connectorMetadata/aws").text()).contains("Buckets");
    }
}
