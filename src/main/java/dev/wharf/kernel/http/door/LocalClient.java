package dev.wharf.kernel.http.door;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Tells a program on this machine from a web page: a page may have its own name resolve to this machine, and then ask
 * from within a browser here. Both its name and its origin give it away.
 */
final class LocalClient {
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");

    private LocalClient() {}

    static boolean sent(HttpServerRequest request) {
        var asked = request.authority();
        String origin = request.getHeader("origin");
        return (asked == null || LOOPBACK.matcher(asked.host()).matches()) && (origin == null || isLocal(origin));
    }

    private static boolean isLocal(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && LOOPBACK.matcher(host).matches();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
