package dev.wharf.kernel.http.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * What becomes of a body that was not read when its answer is given. Closing at once would destroy the answer on its
 * way, as many clients read it only when they have sent all; so the rest is thrown away for a moment, and then the
 * client is cut off.
 */
final class UnreadBody {
    private static final long PATIENCE_MILLIS = 3000;

    private UnreadBody() {}

    /** To be called once for every request. */
    static void discardAfterAnswer(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!hasBody(request)) {
            return;
        }
        context.addHeadersEndHandler(head -> {
            if (!request.isEnded() && request.version() != HttpVersion.HTTP_2) {
                request.response().putHeader("connection", "close");
            }
        });
        context.addEndHandler(answer -> {
            if (!request.isEnded()) {
                discard(request);
                context.vertx().setTimer(PATIENCE_MILLIS, timer -> cut(request));
            }
        });
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return request.getHeader("transfer-encoding") != null
                || request.version() == HttpVersion.HTTP_2
                || length != null && !length.equals("0");
    }

    private static void discard(HttpServerRequest request) {
        request.handler(rest -> {}).resume();
    }

    private static void cut(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }
}
