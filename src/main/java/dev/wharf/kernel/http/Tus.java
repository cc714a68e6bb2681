package dev.wharf.kernel.http;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What every answer of the tus protocol says of the server ({@code tus.io}, version 1.0.0, <i>Headers</i>). */
final class Tus {
    private static final String VERSION = "1.0.0";

    private final long maxBytes;

    /** @param maxBytes the largest file */
    Tus(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void mount(Router router) {
        router.route("/v4/uploads")
                .method(HttpMethod.POST)
                .method(HttpMethod.OPTIONS)
                .handler(this::speak);
        router.routeWithRegex("/v4/uploads/.+").handler(this::speak);
    }

    private void speak(RoutingContext context) {
        var response = context.response().putHeader("tus-resumable", VERSION);
        String wanted = context.request().getHeader("tus-resumable");
        boolean asked = context.request().method().equals(HttpMethod.OPTIONS);
        if (asked || wanted != null && !wanted.equals(VERSION)) {
            response.putHeader("tus-version", VERSION);
        }
        if (asked) {
            response.putHeader("tus-extension", "creation,expiration,termination")
                    .putHeader("tus-max-size", String.valueOf(maxBytes));
        } else if (wanted != null && !wanted.equals(VERSION)) {
            context.fail(new ProblemException(
                    Problem.PRECONDITION_FAILED,
                    "Tus-Resumable: version " + VERSION + " of the protocol is spoken here"));
            return;
        }
        context.next();
    }
}
