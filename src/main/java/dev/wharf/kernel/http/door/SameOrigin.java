package dev.wharf.kernel.http.door;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Set;

/**
 * Tells a request of our own page from one that another site made a browser send. A browser adds the session cookie to
 * both where the sites differ only in their port, so a cookie alone proves no intent, nor does a password that the browser
 * keeps.
 */
final class SameOrigin {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private SameOrigin() {}

    /**
     * Whether it matters where a request comes from: a browser adds its session, and a password that it was once told, to
     * what another site makes it send.
     */
    static boolean isAsked(Authenticator.Evidence evidence, HttpServerRequest request) {
        String authorization = evidence.authorization();
        if (authorization == null) {
            return evidence.cookie() != null;
        }
        boolean basic = authorization.strip().regionMatches(true, 0, "basic ", 0, "basic ".length());
        return basic && (request.getHeader("origin") != null || request.getHeader("sec-fetch-site") != null);
    }

    /** Whether such a request may be carried out. */
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
        HostAndPort asked = request.authority(); // HTTP/2 has no Host header
        if (origin == null || asked == null) {
            return false;
        }
        String address = asked.port() < 0 ? asked.host() : asked.host() + ":" + asked.port();
        return origin.equals("http://" + address) || origin.equals("https://" + address);
    }
}
