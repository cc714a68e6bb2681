package dev.wharf.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.Wharf;
import dev.wharf.kernel.api.Json;
import dev.wharf.testing.WharfTest;
import dev.wharf.testing.api.Api;
import dev.wharf.testing.api.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The service as it is, which tells a receiver of jobs that have run or failed. */
class WebhooksTest extends WharfTest {
    private static final String SECRET = "the key that signs";
    private static final String TOKEN_OF_RECEIVER = "Bearer token-of-the-receiver";
    private static final int ATTEMPTS = 3;
    private static final String DATABASE = "jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc";
    private static final JdbcClient REGISTRY = JdbcClient.create(new DriverManagerDataSource(DATABASE, "sa", ""));

    private static Wharf wharf;
    private static Api api;
    private static FlowJobs flows;

    private final Receiver receiver = new Receiver();

    @BeforeAll
    static void begin() {
        wharf = start(Map.of(
                "wharf.registry.url",
                DATABASE,
                "wharf.webhooks.attempts",
                String.valueOf(ATTEMPTS),
                "wharf.webhooks.retry-delay",
                "50ms",
                "wharf.webhooks.timeout",
                "2s"));
        api = new Api(wharf.api(), token(wharf));
        String bucket = newBucket();
        flows = new FlowJobs(api, S3, bucket, newConnection(api, bucket));
    }

    @AfterAll
    static void end() {
        wharf.close();
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    private static long id(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asLong();
    }

    private static String refused(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json().path("detail").asText();
    }

    private static long newFlow() {
        return flows.newFlow();
    }

    private static long run(long flow, String name) {
        return flows.run(flow, name);
    }

    private Map<String, Object> webhook(long flow, String event) {
        return new HashMap<>(Map.of(
                "name",
                "tell",
                "url",
                receiver.url("/hook?key=of-the-channel"),
                "method",
                "post",
                "triggerEvent",
                event,
                "flowId",
                flow));
    }

    private static Map<String, Object> with(Map<String, Object> webhook, String field, Object value) {
        webhook.put(field, value);
        return webhook;
    }

    private static long create(Map<String, Object> webhook) {
        return id(api.post("/v4/webhookFlowTasks", webhook));
    }

    private static JsonNode awaitDelivery(long webhook, String state) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get("/v4/webhookFlowTasks/" + webhook + "/deliveries")
                                .json()
                                .at("/data/0"),
                        delivery -> delivery.path("state").asText().equals(state));
    }

    @Test
    void theEndOfAJobIsToldWithItsValuesAndASignature() throws Exception {
        long flow = newFlow();
        var told = with(webhook(flow, "onJobSuccess"), "secretKey", SECRET);
        told.put("headers", Map.of("Authorization", TOKEN_OF_RECEIVER));
        told.put("body", Map.of("text", "Job $jobId of $flowName: $jobStatus, $$", "id", "$flowId"));
        long success = create(told);
        long failure = create(webhook(flow, "onJobFailure"));
        long done = create(webhook(flow, "onJobDone"));

        long job = run(flow, "recipe");

        var delivery = awaitDelivery(success, "delivered");
        awaitDelivery(done, "delivered");
        assertThat(delivery.at("/jobGroup/id").asLong()).isEqualTo(job);
        assertThat(delivery.path("jobStatus").asText()).isEqualTo("Complete");
        assertThat(delivery.path("attempts").asInt()).isEqualTo(1);
        assertThat(delivery.path("statusCode").asInt()).isEqualTo(200);
        assertThat(delivery.path("answer").asText()).isEqualTo("thanks");
        var message = receiver.received().stream()
                .filter(received -> received.headers().containsKey("authorization"))
                .findFirst()
                .orElseThrow();
        String flowName = api.get("/v4/flows/" + flow).json().path("name").asText();
        assertThat(message.method()).isEqualTo("POST");
        assertThat(message.path()).isEqualTo("/hook?key=of-the-channel");
        assertThat(Json.read(message.body(), JsonNode.class).path("text").asText())
                .isEqualTo("Job " + job + " of " + flowName + ": Complete, $$");
        assertThat(message.headers())
                .containsEntry("authorization", TOKEN_OF_RECEIVER)
                .containsEntry("content-type", "application/json")
                .containsEntry("x-webhook-id", delivery.path("webhookId").asText());
        String[] signature = message.headers().get("x-webhook-signature").split(",");
        String seconds = signature[0].substring("t=".length());
        assertThat(Instant.ofEpochSecond(Long.parseLong(seconds)))
                .isBetween(Instant.now().minusSeconds(120), Instant.now());
        assertThat(signature[1]).isEqualTo("sha256=" + hmac(seconds + "." + message.body()));
        var plain = receiver.received().stream()
                .filter(received -> !received.headers().containsKey("authorization"))
                .findFirst()
                .orElseThrow();
        assertThat(plain.headers()).doesNotContainKey("x-webhook-signature");
        assertThat(Json.read(plain.body(), JsonNode.class).path("jobId").asLong())
                .isEqualTo(job);
        assertThat(api.get("/v4/webhookFlowTasks/" + failure + "/deliveries")
                        .json()
                        .path("data"))
                .isEmpty();
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    }

    @Test
    void whatFailsIsSentAgainUnderTheSameIdUntilItIsDelivered() {
        long flow = newFlow();
        long webhook = create(webhook(flow, "onJobDone"));
        var count = new AtomicInteger();
        receiver.answering(exchange -> Receiver.reply(exchange, count.incrementAndGet() < ATTEMPTS ? 503 : 204, ""));

        run(flow, "recipe");

        var delivery = awaitDelivery(webhook, "delivered");
        assertThat(delivery.path("attempts").asInt()).isEqualTo(ATTEMPTS);
        assertThat(receiver.received()).hasSize(ATTEMPTS);
        assertThat(receiver.received().stream()
                        .map(one -> one.headers().get("x-webhook-id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aJobThatFailedIsToldAndWhatIsNeverTakenIsGivenUp() {
        long flow = newFlow();
        long webhook = create(webhook(flow, "onJobFailure"));
        long once = create(with(webhook(flow, "onJobDone"), "retryOnFailure", false));
        long success = create(webhook(flow, "onJobSuccess"));
        receiver.answering(500, "the receiver is broken");

        run(flow, "failing");

        var delivery = awaitDelivery(webhook, "failed");
        assertThat(delivery.path("attempts").asInt()).isEqualTo(ATTEMPTS);
        assertThat(delivery.path("jobStatus").asText()).isEqualTo("Failed");
        assertThat(delivery.path("answer").asText()).isEqualTo("the receiver is broken");
        assertThat(delivery.path("reason").asText()).isEqualTo("127.0.0.1 answers 500");
        assertThat(awaitDelivery(once, "failed").path("attempts").asInt()).isEqualTo(1);
        assertThat(api.get("/v4/webhookFlowTasks/" + success + "/deliveries")
                        .json()
                        .path("data"))
                .isEmpty();
    }

    @Test
    void anEventThatIsToldTwiceIsOneDelivery() {
        long flow = newFlow();
        long webhook = create(webhook(flow, "onJobDone"));
        long job = run(flow, "recipe");
        awaitDelivery(webhook, "delivered");
        String event = REGISTRY.sql("SELECT event_id FROM webhook_delivery WHERE task_id = :task")
                .param("task", webhook)
                .query(String.class)
                .single();

        REGISTRY.sql(
                        "INSERT INTO outbox_message (id, topic, document, due_at) VALUES (:id, 'publishing.events', :document,"
                                + " CURRENT_TIMESTAMP)")
                .param("id", event)
                .param(
                        "document",
                        Json.write(Map.of("id", event, "type", "completed", "jobGroupId", job, "status", "Complete")))
                .update();

        await().until(() -> REGISTRY.sql("SELECT COUNT(*) FROM outbox_message WHERE id = :id")
                        .param("id", event)
                        .query(Long.class)
                        .single()
                == 0);
        assertThat(api.get("/v4/webhookFlowTasks/" + webhook + "/deliveries")
                        .json()
                        .path("data"))
                .hasSize(1);
    }

    @Test
    void resultsThatArePublishedToAnotherPlaceAreNoJobOfTheFlow() {
        long flow = newFlow();
        long webhook = create(webhook(flow, "onJobDone"));
        long first = run(flow, "first");
        awaitDelivery(webhook, "delivered");
        long copy = api.put("/v4/jobGroups/" + first + "/publish", Map.of("path", flows.uri("copies/")))
                .json()
                .path("jobgroupId")
                .asLong();
        await().atMost(Duration.ofSeconds(60)).until(() -> api.get("/v4/jobGroups/" + copy + "/progress")
                .json()
                .path("status")
                .asText()
                .equals("Complete"));

        long second = run(flow, "second"); // what is told of it comes behind all that was told of the copy

        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        awaitDelivery(webhook, "delivered").at("/jobGroup/id").asLong() == second);
        assertThat(api.get("/v4/webhookFlowTasks/" + webhook + "/deliveries")
                        .json()
                        .path("data"))
                .hasSize(2);
    }

    @Test
    void noSecretIsShownAgainOrKeptInTheClear() {
        var told = with(webhook(newFlow(), "onJobDone"), "secretKey", SECRET);
        told.put("headers", Map.of("Authorization", TOKEN_OF_RECEIVER));
        long webhook = create(told);
        receiver.answering(exchange -> Receiver.reply(
                exchange, 400, "I was told " + exchange.getRequestHeaders().getFirst("Authorization")));

        var shown = api.get("/v4/webhookFlowTasks/" + webhook);
        var test = api.post("/v4/webhookFlowTasks/" + webhook + "/test", "");

        assertThat(shown.json().path("hasSecretKey").asBoolean()).isTrue();
        assertThat(shown.json().at("/headers/Authorization").asText()).isEqualTo("********");
        assertThat(test.json().path("answer").asText()).isEqualTo("I was told ********");
        assertThat(shown.text() + test.text() + api.get("/v4/webhookFlowTasks").text())
                .doesNotContain(SECRET, TOKEN_OF_RECEIVER);
        assertThat(REGISTRY.sql("SELECT target FROM webhook_task WHERE id = :id")
                        .param("id", webhook)
                        .query(String.class)
                        .single())
                .doesNotContain(SECRET, "of-the-channel");
    }

    @Test
    void anAnswerIsNotMaskedWhereASecretIsAsShortAsAWordOfIt() {
        assertThat(new WebhookTarget("https://example.com/", Map.of("X-Id", "7"), "k").masked("ok, 7 rows"))
                .isEqualTo("ok, 7 rows");
    }

    @Test
    void whatIsMaskedStaysAndWhatIsEmptyGoes() {
        var told = with(webhook(newFlow(), "onJobDone"), "secretKey", SECRET);
        told.put("headers", Map.of("Authorization", TOKEN_OF_RECEIVER));
        String path = "/v4/webhookFlowTasks/" + create(told);

        var changed = api.tolerated().patch(path, api.get(path).json());

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        api.post(path + "/test", "");
        assertThat(receiver.received().get(0).headers())
                .containsEntry("authorization", TOKEN_OF_RECEIVER)
                .containsKey("x-webhook-signature");
        api.put(path, Map.of("secretKey", "", "headers", Map.of("X-Other", "1"), "method", "get"));
        assertThat(api.post(path + "/test", "").json().path("delivered").asBoolean())
                .isTrue();
        var last = receiver.received().get(1);
        assertThat(last.method()).isEqualTo("GET");
        assertThat(last.body()).isEmpty();
        assertThat(last.headers())
                .containsEntry("x-other", "1")
                .doesNotContainKeys("authorization", "x-webhook-signature");
        assertThat(refused(api.patch(path, Map.of("headers", Map.of("X-New", "****"))), 400))
                .contains("X-New");
    }

    @Test
    void whatWasMeantForOneHostIsNotToldToAnother() {
        var told = with(webhook(newFlow(), "onJobDone"), "secretKey", SECRET);
        told.put("headers", Map.of("Authorization", TOKEN_OF_RECEIVER));
        String path = "/v4/webhookFlowTasks/" + create(told);
        String elsewhere = told.get("url").toString().replaceFirst(":[0-9]+/", ":9/");

        assertThat(refused(api.patch(path, Map.of("url", elsewhere, "secretKey", "")), 400))
                .startsWith("headers must be sent anew");
        assertThat(refused(api.patch(path, Map.of("url", elsewhere, "headers", Map.of())), 400))
                .startsWith("secretKey must be sent anew");
        assertThat(refused(
                        api.patch(
                                path,
                                Map.of(
                                        "url",
                                        elsewhere,
                                        "secretKey",
                                        "",
                                        "headers",
                                        Map.of("Authorization", WebhookTarget.MASK))),
                        400))
                .contains("is masked, and there is no value of it yet");

        assertThat(api.patch(path, Map.of("url", elsewhere, "headers", Map.of(), "secretKey", ""))
                        .status())
                .isEqualTo(200);
        assertThat(api.patch(path, Map.of("url", told.get("url") + "/more")).status())
                .isEqualTo(200);
    }

    @Test
    void redirectsAreNotFollowed() {
        receiver.answering(exchange -> {
            exchange.getResponseHeaders().add("location", receiver.url("/elsewhere"));
            Receiver.reply(exchange, 307, "");
        });

        var test = api.post("/v4/webhooks/test", Map.of("url", receiver.url("/here"), "method", "post"));

        assertThat(test.json().path("delivered").asBoolean()).isFalse();
        assertThat(test.json().path("reason").asText()).contains("307", "redirects are not followed");
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void whoeverAnswersWithoutEndOrNotAtAllIsLeftAfterTheTimeout() {
        receiver.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(new byte[8192]);
                    exchange.getResponseBody().flush();
                }
            } finally {
                exchange.close();
            }
        });
        var endless = api.post("/v4/webhooks/test", Map.of("url", receiver.url("/"), "method", "put"))
                .json();
        receiver.answering(exchange -> {
            try {
                Thread.sleep(60_000); // ended by the test
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var silent = api.post("/v4/webhooks/test", Map.of("url", receiver.url("/"), "method", "put"))
                .json();

        assertThat(endless.path("delivered").asBoolean()).isTrue();
        assertThat(silent.path("delivered").asBoolean()).isFalse();
        assertThat(silent.path("reason").asText()).isEqualTo("127.0.0.1 has not answered within 2 s");
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest, no public address",
        "http://[::ffff:169.254.169.254]/, no public address",
        "http://10.0.0.1/, no public address",
        "https://ann:secret@example.com/, as a header",
        "ftp://example.com/, https://hooks",
        "https://example.com/#x, fragment",
        "https:///x, https://hooks",
        "https://exa mple.com/, malformed"
    })
    void whereNothingMayBeSentIsRefused(String url, String message) {
        var refused = refused(api.post("/v4/webhookFlowTasks", with(webhook(newFlow(), "onJobDone"), "url", url)), 400);

        assertThat(refused).startsWith("url ").contains(message).doesNotContain("secret@");
    }

    @Test
    void whereNothingMayBeSentIsAskedWhenItIsSentAsWell() {
        var test = api.post("/v4/webhooks/test", Map.of("url", "http://10.0.0.1:9/", "method", "post"));

        assertThat(test.json().path("delivered").asBoolean()).isFalse();
        assertThat(test.json().path("reason").asText()).contains("no public address");
    }

    @ParameterizedTest
    @CsvSource({
        "Host, example.org, headers.Host",
        "Content-Length, 3, headers.Content-Length",
        "X-Webhook-Id, 1, headers.X-Webhook-Id",
        "'X Y', 1, headers has a name",
        "X-Line, 'a\nb', headers.X-Line"
    })
    void headersThatSayHowItIsCarriedAreRefused(String name, String value, String message) {
        var told = with(webhook(newFlow(), "onJobDone"), "headers", Map.of(name, value.replace("\\n", "\n")));

        assertThat(refused(api.post("/v4/webhookFlowTasks", told), 400)).contains(message);
    }

    @Test
    void onePersonsSlowReceiversKeepNobodyElseWaiting() {
        var answering = new CountDownLatch(1);
        var quick = new Receiver();
        try (Wharf other = start(Map.of("wharf.webhooks.timeout", "60s"))) {
            var slow = new Api(other.api(), token(other));
            var member = new Api(other.api(), Member.join(other.folder()).token());
            receiver.answering(exchange -> {
                awaitOpen(answering);
                Receiver.reply(exchange, 200, "at last");
            });
            long flow = flowsOf(slow).newFlow();
            for (int i = 0; i < 12; i++) {
                id(slow.post("/v4/webhookFlowTasks", webhook(flow, "onJobSuccess")));
            }
            flowsOf(slow).run(flow, "recipe");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> receiver.received().size() == WebhookPool.MOST_OF_ONE_PERSON);
            long theirs = flowsOf(member).newFlow();
            id(member.post(
                    "/v4/webhookFlowTasks", with(webhook(theirs, "onJobSuccess"), "url", quick.url("/of-a-member"))));

            flowsOf(member).run(theirs, "recipe");

            await().atMost(Duration.ofSeconds(50)).until(() -> quick.received().size() == 1);
            assertThat(receiver.received()).hasSize(WebhookPool.MOST_OF_ONE_PERSON);
            answering.countDown();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> receiver.received().size() == 12);
        } finally {
            answering.countDown();
            quick.close();
        }
    }

    private static FlowJobs flowsOf(Api someone) {
        String bucket = newBucket();
        return new FlowJobs(someone, S3, bucket, newConnection(someone, bucket));
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFlowHasFiftyAlsoWhereManyAreAddedAtOnce() {
        long flow = newFlow();
        for (int i = 0; i < 49; i++) {
            create(webhook(flow, "onJobDone"));
        }
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            var answers = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> api.post("/v4/webhookFlowTasks", webhook(flow, "onJobDone"))
                                    .status(),
                            clients))
                    .toList();

            assertThat(answers.stream().map(CompletableFuture::join))
                    .containsExactlyInAnyOrder(201, 409, 409, 409, 409, 409, 409, 409);
        } finally {
            clients.shutdown();
        }
    }

    @Test
    void aMaskIsNoValueToTry() {
        Map<String, Object> tried = new HashMap<>(Map.of("url", receiver.url("/"), "method", "post"));

        assertThat(refused(api.post("/v4/webhooks/test", with(tried, "secretKey", "*****")), 400))
                .contains("secretKey is masked");
        tried.remove("secretKey");
        assertThat(refused(
                        api.post("/v4/webhooks/test", with(tried, "headers", Map.of("authorization", "*****"))), 400))
                .contains("headers.authorization is masked");
        assertThat(receiver.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Job $jobId: $jobStatus | text/plain; charset=utf-8 | Job 0: Complete",
                "{\"job\": $jobId, \"is\": \"$jobStatus\"} | application/json | {\"job\": 0, \"is\": \"Complete\"}"
            })
    void aTextIsSentAsWhatItIs(String body, String type, String sent) {
        api.post("/v4/webhooks/test", Map.of("url", receiver.url("/"), "method", "post", "body", body));

        assertThat(receiver.received()).singleElement().satisfies(message -> {
            assertThat(message.headers()).containsEntry("content-type", type);
            assertThat(message.body()).isEqualTo(sent);
        });
    }

    @Test
    void allThatIsMissingOrWrongIsToldAtOnce() {
        assertThat(refused(api.post("/v4/webhookFlowTasks", Map.of("body", "x")), 400))
                .contains(
                        "name is missing",
                        "url is missing",
                        "method is missing",
                        "triggerEvent is missing",
                        "flowId is missing");
        var wrong = with(with(webhook(newFlow(), "onJobMaybe"), "sslVerification", false), "method", "head");
        assertThat(refused(api.post("/v4/webhookFlowTasks", wrong), 400))
                .contains("triggerEvent must be one of", "sslVerification cannot", "method must be");
    }

    @Test
    void theWebhooksOfAFlowAreThoseOfWhoeverSeesIt() {
        long flow = newFlow();
        long webhook = create(webhook(flow, "onJobDone"));
        var person = api.post("/v4/people", Map.of("email", UUID.randomUUID() + "@example.com", "name", "Ann"))
                .json();
        var other = new Api(
                wharf.api(),
                api.post(
                                "/v4/apiAccessTokens",
                                Map.of(
                                        "lifetimeSeconds",
                                        3600,
                                        "personId",
                                        person.path("id").asLong()))
                        .json()
                        .path("tokenValue")
                        .asText());
        String path = "/v4/webhookFlowTasks/" + webhook;

        assertThat(other.get(path).status()).isEqualTo(404);
        assertThat(other.get(path + "/deliveries").status()).isEqualTo(404);
        assertThat(other.post(path + "/test", "").status()).isEqualTo(404);
        assertThat(other.delete(path).status()).isEqualTo(404);
        assertThat(other.post("/v4/webhookFlowTasks", webhook(flow, "onJobDone"))
                        .status())
                .isEqualTo(404);
        assertThat(other.get("/v4/webhookFlowTasks").json().path("data")).isEmpty();
        assertThat(api.get("/v4/webhookFlowTasks/count").json().path("count").asLong())
                .isPositive();
        assertThat(api.get(
                                "/v4/webhookFlowTasks?filter=onJobDone&filterFields=triggerEvent&filterType=exact&includeCount=true")
                        .json()
                        .path("count")
                        .asLong())
                .isPositive();
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).status()).isEqualTo(404);
    }
}
