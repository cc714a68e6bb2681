package dev.wharf.webhooks;

import dev.wharf.kernel.problem.Text;

/**
 * What came of sending a webhook once.
 *
 * @param statusCode of the answer; null where there was none
 * @param answer the beginning of its body; null where there was none
 * @param reason why it is not delivered; null where it is
 * @param again whether it is any use to send it again
 */
public record WebhookAnswer(boolean delivered, Integer statusCode, String answer, String reason, boolean again) {
    private static final int LONGEST = 1000;
    /** The receiver has none of this any more (RFC 9110, 15.5.11). */
    private static final int GONE = 410;

    public WebhookAnswer {
        answer = answer == null ? null : Text.cut(answer, LONGEST);
        reason = reason == null ? null : Text.cut(reason, LONGEST);
    }

    static WebhookAnswer of(String host, int status, String body) {
        boolean delivered = status >= 200 && status < 300;
        return new WebhookAnswer(
                delivered, status, body, delivered ? null : host + " answers " + why(status), status != GONE);
    }

    private static String why(int status) {
        return status + (status >= 300 && status < 400 ? ", and redirects are not followed" : "");
    }

    /** Nothing came back. */
    static WebhookAnswer none(String reason) {
        return new WebhookAnswer(false, null, null, reason, true);
    }

    /** Nothing was sent, and never will be. */
    static WebhookAnswer never(String reason) {
        return new WebhookAnswer(false, null, null, reason, false);
    }
}
