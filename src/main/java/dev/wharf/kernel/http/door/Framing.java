package dev.wharf.kernel.http.door;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/**
 * Refuses requests of which it is not certain where their body ends or for whom they are (RFC 9112 §3.2, §6): a file
 * would be stored empty, and somebody believe that it was kept.
 */
final class Framing {
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.PUT, HttpMethod.POST, HttpMethod.PATCH);

    private Framing() {}

    static void check(RoutingContext context) {
        ProblemException problem = problem(context.request());
        if (problem == null) {
            context.next();
        } else {
            context.response().putHeader("connection", "close");
            context.fail(problem);
        }
    }

    private static ProblemException problem(HttpServerRequest request) {
        String coding = String.join(", ", request.headers().getAll("content-encoding"));
        if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
            return new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Encoding: " + coding + " is not undone here: send the body as it is, without that header");
        }
        if (request.version() == HttpVersion.HTTP_2) {
            return null;
        }
        if (request.headers().getAll("host").size() > 1) {
            return new ProblemException(Problem.VALIDATION_FAILED, "Host: is given twice");
        }
        List<String> codings = request.headers().getAll("transfer-encoding");
        boolean chunked = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
        if (!codings.isEmpty() && (!chunked || request.version() == HttpVersion.HTTP_1_0)) {
            return new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "Transfer-Encoding: only chunked is understood, and with HTTP/1.1 only; send a Content-Length");
        }
        if (request.version() == HttpVersion.HTTP_1_0
                && WITH_BODY.contains(request.method())
                && request.getHeader("content-length") == null) {
            return new ProblemException(Problem.LENGTH_REQUIRED, "Content-Length: is needed with HTTP/1.0");
        }
        return null;
    }
}
