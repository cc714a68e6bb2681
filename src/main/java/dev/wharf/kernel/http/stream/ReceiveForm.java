package dev.wharf.kernel.http.stream;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * Makes an {@link IncomingFile} of a {@code multipart/form-data} request with one file in the field {@code file}, at
 * the moment when the file begins. Other fields are refused by their names. The file has the name that the form gives it.
 */
public final class ReceiveForm implements Processor {
    /** RFC 2046, 5.1.1. */
    private static final int MAX_BOUNDARY = 70;

    private final Bodies bodies;

    public ReceiveForm(Bodies bodies) {
        this.bodies = bodies;
    }

    /**
     * @throws ProblemException 415 if the request is no form; 400 if there is no such field
     * @throws BrokenBodyException if the client goes away before
     */
    @Override
    public void process(Exchange exchange) throws Exception {
        bodies.enter(exchange);
        HttpServerRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        String type = Objects.requireNonNullElse(request.getHeader("content-type"), "");
        if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE,
                    "Send multipart/form-data with the file in the field file, and "
                            + (type.isEmpty() ? "say so: the request has no content-type" : "not " + type));
        }
        String boundary = HeaderParameters.of(type)
                .get("boundary")
                .filter(text -> !text.isEmpty() && text.length() <= MAX_BOUNDARY)
                .orElseThrow(() -> ProblemException.invalid(
                        "content-type",
                        "of a form must name its boundary, of at most " + MAX_BOUNDARY + " characters"));
        var form = new FormReader(request, boundary, bodies.stallTimeout());
        BodyStream.invite(request);
        exchange.getMessage().setBody(form.file());
    }
}
