package dev.wharf.webhooks;

import dev.wharf.identity.Caller;
import dev.wharf.identity.audit.AuditTrail;
import dev.wharf.identity.audit.AuditedAction;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.sql.Database;
import dev.wharf.network.EndpointRules;
import dev.wharf.webhooks.WebhookMessage.Values;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Sends webhooks: those that are due, and those that somebody tries. */
public final class WebhookCalls implements AutoCloseable {
    /** Longer than that nobody is kept waiting for what is sent again. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

    private static final int GROWTH = 3;

    private final Database database;
    private final WebhookTable table;
    private final WebhookClient client;
    private final Settings.Webhooks settings;
    private final AuditTrail trail;
    private final Clock clock;

    public WebhookCalls(
            Database database,
            Secrets secrets,
            EndpointRules rules,
            Settings.Webhooks settings,
            AuditTrail trail,
            Clock clock) {
        this.database = database;
        this.table = new WebhookTable(database, secrets, clock);
        this.client = new WebhookClient(rules, settings.timeout());
        this.settings = settings;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * What has become of a delivery, for its row.
     *
     * @param state {@code delivered}, {@code pending} for another attempt, {@code failed}, or {@code canceled} where the webhook
     *     was deleted
     * @param dueAt when it is sent again; null for never
     * @param attempts the how-manieth it was
     */
    public record Outcome(
            int attempts,
            String state,
            Timestamp dueAt,
            Integer statusCode,
            String answer,
            String reason,
            Timestamp now) {}

    /** The end of a job, as events tell it. */
    public record JobEnd(String id, long jobGroupId, String status) {}

    /** The end of a job, if this event tells of one; else null. */
    public JobEnd read(String event) {
        var document = Json.tree(Json.read(event, Map.class));
        return switch (document.path("type").asText()) {
            case "completed", "failed", "canceled" ->
                new JobEnd(
                        document.path("id").asText(),
                        document.path("jobGroupId").asLong(),
                        document.path("status").asText());
            default -> null;
        };
    }

    /** The moments of now, for statements in routes. */
    public Times times() {
        var now = clock.instant();
        return new Times(
                Timestamp.from(now),
                Timestamp.from(now.plus(settings.timeout().multipliedBy(3))),
                Timestamp.from(now.minus(Duration.ofDays(30))),
                WebhookPool.MOST_OF_ONE_PERSON);
    }

    /**
     * @param lease until when what is handed out now is not handed out again
     * @param old what has ended before is forgotten
     * @param mostOfOne that are sent at one time of the webhooks that one person has made
     */
    public record Times(Timestamp now, Timestamp lease, Timestamp old, int mostOfOne) {}

    /** Sends what is due, once. */
    public Outcome call(DueWebhook due) {
        var task = table.find(due.taskId()).orElse(null);
        if (task == null) {
            return outcome(due, "canceled", null, WebhookAnswer.never("The webhook was deleted"));
        }
        if (due.attempts() >= settings.attempts()) {
            var never =
                    WebhookAnswer.never("It was begun " + due.attempts() + " times, and nobody noted what came of it");
            return outcome(due, "failed", null, never);
        }
        WebhookAnswer answer;
        try {
            answer = client.send(WebhookMessage.of(
                    due.eventId() + "." + due.taskId(),
                    task.method(),
                    table.target(task),
                    task.body(),
                    values(task, due),
                    clock.instant()));
        } catch (RuntimeException e) { // such as a secret that does not decrypt
            answer = WebhookAnswer.none(Problems.of(e).detail());
        }
        int attempts = due.attempts() + 1;
        if (answer.delivered()) {
            return outcome(due, "delivered", null, answer);
        }
        boolean again = answer.again() && task.retries() && attempts < settings.attempts();
        return again ? outcome(due, "pending", pause(attempts), answer) : outcome(due, "failed", null, answer);
    }

    private Values values(WebhookTask task, DueWebhook due) {
        String jobName = database.sql("webhooks/job-name")
                .param("jobGroup", due.jobGroupId())
                .query(String.class)
                .single();
        return new Values(due.jobGroupId(), due.jobStatus(), jobName, task.flowId(), task.flowName());
    }

    private Duration pause(int attempts) {
        Duration pause = settings.retryDelay();
        for (int attempt = 1; attempt < attempts && pause.compareTo(LONGEST_PAUSE) < 0; attempt++) {
            pause = pause.multipliedBy(GROWTH);
        }
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private Outcome outcome(DueWebhook due, String state, Duration pause, WebhookAnswer answer) {
        var now = clock.instant();
        return new Outcome(
                due.attempts() + 1,
                state,
                pause == null ? null : Timestamp.from(now.plus(pause)),
                answer.statusCode(),
                answer.answer(),
                answer.reason(),
                Timestamp.from(now));
    }

    /**
     * Sends a webhook that there is, as it would be sent for a job, and tells what came of it.
     *
     * @throws ProblemException 404 if there is none that the caller may see
     */
    @Operation(value = "testWebhookFlowTask", waitsForStores = true)
    public Map<String, Object> test(Caller caller, long id) {
        var action = AuditedAction.of("testWebhookFlowTask");
        WebhookTask task = trail.attempt(caller, action, () -> table.require(caller, id));
        trail.record(caller, action, "webhook " + id + " of flow " + task.flowId());
        var sample =
                new Values(0, TriggerEvent.of(task.triggerEvent()).sample(), "test", task.flowId(), task.flowName());
        return send(task.method(), table.target(task), task.body(), sample);
    }

    /** Sends what was not saved, and tells what came of it. */
    @Operation(value = "testWebhook", waitsForStores = true)
    public Map<String, Object> test(Caller caller, WebhookRequest request) {
        request.requireSendable();
        var target = request.target();
        trail.record(
                caller,
                AuditedAction.of("testWebhook"),
                WebhookAddress.of(target.url()).getHost());
        String status = request.triggerEvent() == null
                ? TriggerEvent.ON_JOB_SUCCESS.sample()
                : TriggerEvent.of(request.triggerEvent()).sample();
        String body = request.body() == null || request.body().isNull() ? null : Json.write(request.body());
        return send(request.method(), target, body, new Values(0, status, "test", 0, "test"));
    }

    private Map<String, Object> send(String method, WebhookTarget target, String body, Values sample) {
        WebhookAnswer answer = client.send(
                WebhookMessage.of("test-" + UUID.randomUUID(), method, target, body, sample, clock.instant()));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("delivered", answer.delivered());
        view.put("statusCode", answer.statusCode());
        view.put("answer", answer.answer());
        view.put("reason", answer.reason());
        return view;
    }

    @Override
    public void close() {
        client.close();
    }
}
