package dev.wharf.kernel.http;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/**
 * Which headers pass between a client and a route. Camel's own strategy would hand back to the client what it sent, and
 * would mix the client's headers and query parameters with the parts of the path: an {@code id} header with the id in
 * {@code /v4/connections/{id}}. Here a route sees the few that it reads; a query is read from the variable
 * {@code query}.
 */
public final class StrictHeaders extends HttpHeaderFilterStrategy {
    private static final Set<String> OUTGOING = Set.of(
            "content-type",
            "content-length",
            "cache-control",
            "etag",
            "location",
            "retry-after",
            "x-retry-after",
            "content-disposition",
            "last-modified");
    private static final Set<String> INCOMING = Set.of(
            "accept",
            "content-type",
            "content-length",
            "if-match",
            "if-none-match",
            "if-range",
            "range",
            "x-execution-id");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUTGOING.contains(name.toLowerCase(Locale.ROOT))
                || super.applyFilterToCamelHeaders(name, value, exchange);
    }

    /** Camel asks for the parameters of the query as well. */
    private static boolean isHeader(String name, String value, Exchange exchange) {
        return exchange.getMessage() instanceof HttpMessage message
                && message.getRequest().headers().contains(name, value, false);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !INCOMING.contains(name.toLowerCase(Locale.ROOT))
                || !isHeader(name, String.valueOf(value), exchange)
                || super.applyFilterToExternalHeaders(name, value, exchange);
    }
}
