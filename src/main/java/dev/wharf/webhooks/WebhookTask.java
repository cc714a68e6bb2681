package dev.wharf.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.api.View;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A webhook of a flow, as it is kept.
 *
 * @param method in lower case
 * @param body as JSON; null for the usual one
 * @param retries whether it is sent again where it failed
 * @param encrypted its {@link WebhookTarget}
 */
record WebhookTask(
        long id,
        String uuid,
        long workspaceId,
        long flowId,
        String flowName,
        String name,
        String method,
        String triggerEvent,
        String body,
        boolean retries,
        String encrypted,
        long creatorId,
        long updaterId,
        Instant createdAt,
        Instant updatedAt) {

    Map<String, Object> view(WebhookTarget target) {
        Map<String, String> headers = new LinkedHashMap<>();
        target.headers().keySet().stream().sorted().forEach(name -> headers.put(name, WebhookTarget.MASK));
        Map<String, Object> view = new View("/v4/webhookFlowTasks/" + id);
        view.put("id", id);
        view.put("uuid", uuid);
        view.put("name", name);
        view.put("url", target.url());
        view.put("method", method);
        view.put("headers", headers);
        view.put("body", body == null ? null : Json.read(body, JsonNode.class));
        view.put("hasSecretKey", target.secretKey() != null);
        view.put("triggerEvent", triggerEvent);
        view.put("sslVerification", true);
        view.put("retryOnFailure", retries);
        view.put("flowId", flowId);
        view.put("flow", new Reference(flowId));
        view.put("creator", new Reference(creatorId));
        view.put("updater", new Reference(updaterId));
        view.put("workspace", new Reference(workspaceId));
        view.put("createdAt", createdAt);
        view.put("updatedAt", updatedAt);
        return view;
    }

    Changed changed() {
        return new Changed(id, new Reference(updaterId), createdAt, updatedAt);
    }
}
