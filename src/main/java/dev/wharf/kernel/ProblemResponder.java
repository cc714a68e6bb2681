package dev.wharf.kernel;

import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Turns the failure of an HTTP route into its error document. */
public final class ProblemResponder implements Processor {
    @Override
    public void process(Exchange exchange) {
        var problem = Problems.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        var message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.problem().status());
        message.setHeader(Exchange.CONTENT_TYPE, ProblemDocument.CONTENT_TYPE);
        message.setBody(Json.write(ProblemDocument.of(problem)).getBytes(StandardCharsets.UTF_8));
    }
}
