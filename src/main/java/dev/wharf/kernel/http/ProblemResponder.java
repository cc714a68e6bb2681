package dev.wharf.kernel.http;

import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.ProblemDocument;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.sql.Executions;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Turns the failure of an HTTP route into its error document. */
public final class ProblemResponder implements Processor {
    private static final int SERVERS_FAULT = 500;

    @Override
    public void process(Exchange exchange) {
        var message = exchange.getMessage();
        message.removeHeaders("*");
        Answer begun = exchange.getVariable("answer", Answer.class);
        if (begun != null) {
            begun.takeBack();
        }
        if (caught(exchange) instanceof Executions.AlreadyDone done) {
            refused(begun);
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
            if (done.location() != null) {
                message.setHeader("Location", done.location());
            }
            message.setBody(null);
            return;
        }
        var problem = Problems.of(caught(exchange));
        if (problem.problem().status() < SERVERS_FAULT) {
            refused(begun);
        }
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.problem().status());
        message.setHeader(Exchange.CONTENT_TYPE, ProblemDocument.CONTENT_TYPE);
        if (problem.retryAfterSeconds() > 0) {
            message.setHeader("Retry-After", problem.retryAfterSeconds());
            message.setHeader("x-retry-after", problem.retryAfterSeconds());
        }
        message.setBody(Json.write(ProblemDocument.of(problem)).getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(Answer answer) {
        if (answer != null) {
            answer.refused();
        }
    }

    private static Throwable caught(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return failure.getCause() instanceof Executions.AlreadyDone done ? done : failure;
    }
}
