package dev.wharf.webhooks;

import dev.wharf.kernel.problem.ProblemException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The headers that somebody lets a webhook have. */
final class WebhookHeaders {
    static final String ID = "x-webhook-id";
    static final String SIGNATURE = "x-webhook-signature";

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,4096}");
    private static final int MOST = 50;

    /** They say how the message is carried, which is not theirs to say, or are ours. */
    private static final Set<String> TAKEN = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "upgrade",
            "te",
            "trailer",
            "expect",
            ID,
            SIGNATURE);

    private WebhookHeaders() {}

    /** @throws ProblemException 400 naming the header */
    static void check(Map<String, String> headers) {
        if (headers.size() > MOST) {
            throw ProblemException.invalid("headers", "must be at most " + MOST);
        }
        Set<String> seen = new HashSet<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                throw ProblemException.invalid("headers", "has a name that no header can have");
            }
            if (TAKEN.contains(lower) || !seen.add(lower)) {
                throw ProblemException.invalid(
                        "headers." + name,
                        seen.contains(lower) ? "is given twice" : "cannot be set: the service sets it");
            }
            if (value == null || !VALUE.matcher(value).matches()) {
                throw ProblemException.invalid(
                        "headers." + name, "must be at most 4096 printable ASCII characters, without line ends");
            }
        });
    }
}
