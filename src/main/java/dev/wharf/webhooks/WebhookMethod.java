package dev.wharf.webhooks;

import dev.wharf.kernel.problem.ProblemException;
import java.util.Locale;
import java.util.Set;

/** How a webhook is sent. */
final class WebhookMethod {
    private static final Set<String> WITH_BODY = Set.of("post", "put", "patch");
    private static final Set<String> WITHOUT_BODY = Set.of("get", "delete");

    private WebhookMethod() {}

    /** @throws ProblemException 400 for any other */
    static void of(String method) {
        String lower = method.toLowerCase(Locale.ROOT);
        if (!WITH_BODY.contains(lower) && !WITHOUT_BODY.contains(lower)) {
            throw ProblemException.invalid("method", "must be post, put, patch, get or delete");
        }
    }

    static boolean hasBody(String method) {
        return WITH_BODY.contains(method);
    }
}
