package dev.wharf.webhooks;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What one delivery of a webhook sends.
 *
 * @param method in capitals
 * @param headers all but those that say how it is carried
 * @param body null for none
 */
record WebhookMessage(String method, WebhookTarget target, Map<String, String> headers, byte[] body) {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String HMAC = "HmacSHA256";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(jobId|jobStatus|jobName|flowId|flowName)\\b");

    /** What the places of a body stand for. */
    record Values(long jobId, String jobStatus, String jobName, long flowId, String flowName) {
        Map<String, Object> byName() {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("jobId", jobId);
            values.put("jobStatus", jobStatus);
            values.put("jobName", jobName);
            values.put("flowId", flowId);
            values.put("flowName", flowName);
            return values;
        }
    }

    /**
     * @param id the same each time that the same is sent again
     * @param method in lower case
     * @param body as JSON; null for a document with all values
     */
    static WebhookMessage of(String id, String method, WebhookTarget target, String body, Values values, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", isJson(body) ? JSON : TEXT);
        headers.put("user-agent", "Wharf");
        target.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        boolean json = headers.get("content-type").toLowerCase(Locale.ROOT).contains("json");
        byte[] bytes = WebhookMethod.hasBody(method) ? text(body, values, json).getBytes(StandardCharsets.UTF_8) : null;
        if (bytes == null) {
            headers.remove("content-type");
        }
        headers.put(WebhookHeaders.ID, id);
        if (target.secretKey() != null) {
            headers.put(
                    WebhookHeaders.SIGNATURE, signature(target.secretKey(), now, bytes == null ? new byte[0] : bytes));
        }
        return new WebhookMessage(method.toUpperCase(Locale.ROOT), target, headers, bytes);
    }

    /** Whether what is sent is JSON, whatever stands in its places: a text may be that as well, as old clients send it. */
    private static boolean isJson(String body) {
        JsonNode said = body == null ? null : Json.read(body, JsonNode.class);
        if (said == null || !said.isTextual()) {
            return true;
        }
        try {
            Json.read(PLACEHOLDER.matcher(said.textValue()).replaceAll("0"), JsonNode.class);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private static String text(String body, Values values, boolean json) {
        if (body == null) {
            return Json.write(values.byName());
        }
        JsonNode said = Json.read(body, JsonNode.class);
        String text = said.isTextual() ? said.textValue() : body;
        Map<String, Object> byName = values.byName();
        return PLACEHOLDER.matcher(text).replaceAll(place -> {
            String value = String.valueOf(byName.get(place.group(1)));
            return Matcher.quoteReplacement(json ? escaped(value) : value);
        });
    }

    /** For the inside of a JSON string. */
    private static String escaped(String value) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value));
    }

    /**
     * As the original signs: {@code t=<seconds>,sha256=<hex>}, the HMAC-SHA256 of the seconds, a full stop and the body, so that
     * an old message cannot be sent as a new one.
     */
    static String signature(String secretKey, Instant now, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), HMAC));
            mac.update((now.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + now.getEpochSecond() + ",sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Its headers and its body are nobody's business. */
    @Override
    public String toString() {
        return "WebhookMessage[" + method + "]";
    }
}
