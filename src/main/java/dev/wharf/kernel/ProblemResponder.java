package dev.wharf.kernel;

import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Turns the failure of an HTTP route into its error document. */
public final class ProblemResponder implements Processor {
    private static final int RETRY_AFTER_SECONDS = 5;

    @Override
    public void process(Exchange exchange) {
        var message = exchange.getMessage();
        message.removeHeaders("*");
        if (caught(exchange) instanceof Executions.AlreadyDone) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
            message.setBody(null);
            return;
        }
        var problem = Problems.of(caught(exchange));
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.problem().status());
        message.setHeader(Exchange.CONTENT_TYPE, ProblemDocument.CONTENT_TYPE);
        if (problem.problem().status() == 503) {
            message.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        message.setBody(Json.write(ProblemDocument.of(problem)).getBytes(StandardCharsets.UTF_8));
    }

    private static Throwable caught(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return failure.getCause() instanceof Executions.AlreadyDone done ? done : failure;
    }
}
