package dev.wharf.webhooks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.credentials.Mask;
import dev.wharf.kernel.api.AlsoTaken;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a webhook is to be, or what of it is to be changed; what was left out is null. Here the form of each field is
 * checked; where it may lead is asked when it is saved.
 *
 * @param method in lower case
 * @param body JSON, or a text
 * @param sslVerification cannot be turned off
 */
@AlsoTaken(any = {"id", "uuid", "hasSecretKey", "creator", "updater", "workspace", "createdAt", "updatedAt"})
public record WebhookRequest(
        String name,
        String url,
        String method,
        Map<String, String> headers,
        JsonNode body,
        String secretKey,
        String triggerEvent,
        Long flowId,
        Boolean sslVerification,
        Boolean retryOnFailure)
        implements RequestBody {
    private static final int MAX_NAME = 255;
    private static final int MAX_SECRET = 1024;
    private static final int MAX_BODY = 64 << 10;

    /** {@code {"id": 10}}. */
    public record Flow(Long id) {}

    @JsonCreator
    static WebhookRequest of(
            @JsonProperty("name") String name,
            @JsonProperty("url") String url,
            @JsonProperty("method") String method,
            @JsonProperty("headers") Map<String, String> headers,
            @JsonProperty("body") JsonNode body,
            @JsonProperty("secretKey") String secretKey,
            @JsonProperty("triggerEvent") String triggerEvent,
            @JsonProperty("flowId") Long flowId,
            @JsonProperty("flow") Flow flow,
            @JsonProperty("sslVerification") Boolean sslVerification,
            @JsonProperty("retryOnFailure") Boolean retryOnFailure) {
        var faults = new Faults();
        if (name != null) {
            faults.check(() -> Text.name("name", name, MAX_NAME));
        }
        if (url != null) {
            faults.check(() -> WebhookAddress.of(url));
        }
        if (method != null) {
            faults.check(() -> WebhookMethod.of(method));
        }
        if (headers != null) {
            faults.check(() -> WebhookHeaders.check(headers));
        }
        if (secretKey != null && secretKey.length() > MAX_SECRET) {
            faults.add("secretKey must have at most " + MAX_SECRET + " characters");
        }
        if (body != null && Json.write(body).length() > MAX_BODY) {
            faults.add("body must have at most " + MAX_BODY + " characters");
        }
        if (triggerEvent != null) {
            faults.check(() -> TriggerEvent.of(triggerEvent));
        }
        if (Boolean.FALSE.equals(sslVerification)) {
            faults.add(
                    "sslVerification cannot be turned off: whoever stands between would read and change what is sent");
        }
        if (flowId != null && flow != null && !flowId.equals(flow.id())) {
            faults.add("flowId and flow.id name different flows");
        }
        faults.refuse();
        return new WebhookRequest(
                name,
                url,
                method == null ? null : method.toLowerCase(Locale.ROOT),
                headers,
                body,
                secretKey,
                triggerEvent,
                flowId == null && flow != null ? flow.id() : flowId,
                sslVerification,
                retryOnFailure);
    }

    /** @throws ProblemException 400 naming what a new webhook lacks */
    void requireWhole() {
        var faults = new Faults();
        require(faults, "name", name);
        requireAddress(faults);
        require(faults, "triggerEvent", triggerEvent);
        require(faults, "flowId", flowId);
        faults.refuse();
    }

    /** @throws ProblemException 400 naming what it lacks to be sent */
    void requireSendable() {
        var faults = new Faults();
        requireAddress(faults);
        faults.refuse();
    }

    private void requireAddress(Faults faults) {
        require(faults, "url", url);
        require(faults, "method", method);
    }

    private static void require(Faults faults, String field, Object value) {
        if (value == null) {
            faults.add(field + " is missing");
        }
    }

    /** Where a webhook goes of which nothing is known yet. */
    WebhookTarget target() {
        return new WebhookTarget(url, headers == null ? Map.of() : headersOver(Map.of()), secretOver(null));
    }

    /**
     * The headers that it has afterwards: those that are sent, where there are any; values that are masked are those that
     * are known.
     *
     * @throws ProblemException 400 naming a header that is masked and not known
     */
    Map<String, String> headersOver(Map<String, String> kept) {
        if (headers == null) {
            return kept;
        }
        Map<String, String> values = new LinkedHashMap<>();
        headers.forEach((header, value) -> values.put(header, isMasked(value) ? known(kept, header) : value));
        return values;
    }

    private static String known(Map<String, String> kept, String name) {
        return kept.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.invalid("headers." + name, "is masked, and there is no value of it yet"));
    }

    /**
     * The secret that it has afterwards; null for none.
     *
     * @throws ProblemException 400 if it is masked and there is none
     */
    String secretOver(String kept) {
        if (secretKey == null) {
            return kept;
        }
        if (secretKey.isEmpty()) {
            return null;
        }
        if (isMasked(secretKey)) {
            if (kept == null) {
                throw ProblemException.invalid("secretKey", "is masked, and there is none yet");
            }
            return kept;
        }
        return secretKey;
    }

    private static boolean isMasked(String value) {
        return !value.isEmpty() && Mask.hides(value);
    }

    /** Its address, headers and secret are nobody's business. */
    @Override
    public String toString() {
        return "WebhookRequest[" + name + ", " + triggerEvent + ", flow " + flowId + "]";
    }
}
