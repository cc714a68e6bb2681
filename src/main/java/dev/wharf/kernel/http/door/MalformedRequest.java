package dev.wharf.kernel.http.door;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.ProblemDocument;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;

/**
 * Answers what is no HTTP, or more of it than is taken, with the error document that every other refusal has. Such a
 * request reaches no router: the parser has given up in the middle of it, so the connection ends with the answer.
 */
public final class MalformedRequest {
    /** Long keys arrive percent-encoded: 1,024 bytes are 3,072 characters, and a request may name more than one. */
    public static final int MAX_REQUEST_LINE = 16 * 1024;

    private MalformedRequest() {}

    public static void refuse(HttpServerRequest request) {
        ProblemException problem = problem(request.decoderResult().cause());
        request.response()
                .setStatusCode(problem.problem().status())
                .putHeader(HttpDoor.REQUEST_ID, UUID.randomUUID().toString())
                .putHeader("content-type", ProblemDocument.CONTENT_TYPE)
                .putHeader("connection", "close")
                .end(Json.write(ProblemDocument.of(problem)))
                .onComplete(sent -> request.connection().close());
    }

    private static ProblemException problem(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new ProblemException(
                    Problem.URI_TOO_LONG,
                    "The address is longer than " + MAX_REQUEST_LINE + " bytes, which is what is taken");
        }
        if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException) {
            return new ProblemException(
                    Problem.HEADERS_TOO_LARGE,
                    "The headers are longer than " + MAX_REQUEST_LINE + " bytes, which is what is taken");
        }
        String reason = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return new ProblemException(Problem.VALIDATION_FAILED, "The request is not HTTP as RFC 9112 has it" + reason);
    }
}
