package dev.wharf.kernel.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/**
 * Which headers pass between a client and a route. Camel's own strategy would hand back to the client what it sent; here
 * only what a response is made of goes out, and nothing of that comes in.
 */
public final class StrictHeaders extends HttpHeaderFilterStrategy {
    private static final Set<String> OUTGOING = Set.of(
            "content-type",
            "content-length",
            "cache-control",
            "etag",
            "location",
            "retry-after",
            "content-disposition",
            "last-modified");
    private static final Set<String> BOTH_WAYS = Set.of("content-type", "content-length");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUTGOING.contains(name.toLowerCase(Locale.ROOT))
                || super.applyFilterToCamelHeaders(name, value, exchange);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        String lower = name.toLowerCase(Locale.ROOT);
        return (OUTGOING.contains(lower) && !BOTH_WAYS.contains(lower))
                || super.applyFilterToExternalHeaders(name, value, exchange);
    }
}
