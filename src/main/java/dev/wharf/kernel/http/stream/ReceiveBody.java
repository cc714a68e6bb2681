package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/** Makes an {@link IncomingFile} of a request whose body is the file itself. Nothing is read before it is asked for. */
public final class ReceiveBody implements Processor {
    private final Bodies bodies;

    public ReceiveBody(Bodies bodies) {
        this.bodies = bodies;
    }

    /**
     * @throws ProblemException 415 for a form, whose boundaries would become a part of the file; 411 without a length
     */
    @Override
    public void process(Exchange exchange) {
        HttpServerRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        refuseForm(request.getHeader("content-type"));
        requireLength(request);
        var digests = SaidDigests.of(request::getHeader);
        bodies.enter(exchange);
        Context context = Vertx.currentContext();
        var stream =
                new BodyStream(count -> context.runOnContext(nothing -> fetch(request, count)), bodies.stallTimeout());
        request.exceptionHandler(stream::fail).endHandler(end -> stream.end()).handler(stream::add);
        if (request.response().closed()) {
            stream.fail(new BrokenBodyException("The client has gone"));
        }
        exchange.getMessage()
                .setBody(new IncomingFile(null, request.getHeader("content-type"), length(request), digests, stream));
    }

    private static void refuseForm(String type) {
        if (type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE,
                    "The body is the file itself here, and not a form: send its bytes (curl -T FILE), or the form to POST /v2/vfs");
        }
    }

    /** HTTP/1.1 takes such a request for one without a body (RFC 9112 §6.3): an empty file would take the place of one. */
    private static void requireLength(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2
                && request.getHeader("content-length") == null
                && request.getHeader("transfer-encoding") == null) {
            throw new ProblemException(
                    Problem.LENGTH_REQUIRED,
                    "Content-Length: is missing, and so is Transfer-Encoding: chunked; an empty file has Content-Length: 0");
        }
    }

    /** On the event loop: there, a request cannot end meanwhile. One that has must not be asked for more. */
    private static void fetch(HttpServerRequest request, long count) {
        if (request.isEnded()) {
            return;
        }
        if (request.bytesRead() == 0) {
            BodyStream.invite(request);
        }
        request.fetch(count);
    }

    private static OptionalLong length(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
    }
}
