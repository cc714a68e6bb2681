package dev.wharf.kernel.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/**
 * Tells a request of our own page from one that another site made a browser send. A browser adds the session cookie to
 * both where the sites differ only in their port, so the cookie alone proves no intent.
 */
final class SameOrigin {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private SameOrigin() {}

    /** Whether a request that a session cookie vouches for may be carried out. */
    static boolean allows(HttpServerRequest request) {
        if (SAFE.contains(request.method())) {
            return true; // changes nothing, and no other origin can read the answer
        }
        String site = request.getHeader("sec-fetch-site");
        if (site != null) {
            return site.equals("same-origin");
        }
        // Browsers leave Sec-Fetch-Site out where the page came by plain HTTP from another machine.
        String origin = request.getHeader("origin");
        String host = request.getHeader("host");
        return origin != null && host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }
}
