package dev.wharf.kernel.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
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

    @Override
    public void process(Exchange exchange) {
        bodies.enter(exchange);
        HttpServerRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        Context context = Vertx.currentContext();
        var stream =
                new BodyStream(count -> context.runOnContext(nothing -> fetch(request, count)), bodies.stallTimeout());
        request.exceptionHandler(stream::fail).endHandler(end -> stream.end()).handler(stream::add);
        if (request.response().closed()) {
            stream.fail(new BrokenBodyException("The client has gone"));
        }
        exchange.getMessage()
                .setBody(new IncomingFile(null, request.getHeader("content-type"), length(request), stream));
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
