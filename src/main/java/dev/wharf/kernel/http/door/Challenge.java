package dev.wharf.kernel.http.door;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** How one can say who one is ({@code WWW-Authenticate}, RFC 9110, 11.6.1). */
public final class Challenge {
    public static final String BEARER = "Bearer realm=\"wharf\"";
    private static final String BASIC = "Basic realm=\"wharf\", charset=\"UTF-8\"";

    private Challenge() {}

    /** Browsers are not told of Basic: they would open a window of their own for it, which no page can close. */
    static List<String> to(HttpServerRequest request) {
        return isBrowser(request) ? List.of(BEARER) : List.of(BEARER, BASIC);
    }

    private static boolean isBrowser(HttpServerRequest request) {
        String accept = request.getHeader("accept");
        return request.getHeader("sec-fetch-mode") != null
                || request.getCookie(Sessions.COOKIE) != null
                || accept != null && accept.contains("text/html");
    }
}
