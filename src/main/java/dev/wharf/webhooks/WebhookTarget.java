package dev.wharf.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.wharf.kernel.Secrets;
import dev.wharf.kernel.api.Json;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a webhook goes, and with what proof: the address of a chat's channel is a key to it as much as a token in a header is.
 * It is kept encrypted, and shows nothing.
 *
 * @param headers by their names; values may be tokens
 * @param secretKey signs what is sent; null for nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WebhookTarget(String url, Map<String, String> headers, String secretKey) {
    static final String MASK = "********";

    WebhookTarget {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    static WebhookTarget decrypt(Secrets secrets, String encrypted, String uuid) throws GeneralSecurityException {
        return Json.read(secrets.decrypt(encrypted, context(uuid)), WebhookTarget.class);
    }

    String encrypt(Secrets secrets, String uuid) {
        return secrets.encrypt(Json.write(this), context(uuid));
    }

    static String context(String uuid) {
        return "webhook " + uuid;
    }

    /** A text without the secrets that whoever was sent them has put into it; what is very short hides in any text. */
    String masked(String text) {
        return Stream.concat(Stream.ofNullable(secretKey), headers.values().stream())
                .filter(secret -> secret.length() >= MASK.length())
                .reduce(text, (shown, secret) -> shown.replace(secret, MASK));
    }

    @Override
    public String toString() {
        return "WebhookTarget[" + MASK + "]";
    }
}
