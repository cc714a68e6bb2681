package dev.wharf.camel;

import dev.wharf.identity.Caller;
import dev.wharf.identity.people.Associations;
import dev.wharf.kernel.api.Accepted;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.Fields;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.Versioned;
import dev.wharf.kernel.http.contract.HttpOperation;
import java.io.ByteArrayOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.DataFormat;

/**
 * Last step of every HTTP route: makes the answer that the contract promises of the body, with what {@code embed} and
 * {@code fields} ask for. Failures do not come here. An answer that was begun as a stream is left alone, and so is a body of another
 * media type that the contract has.
 */
final class AnswerJson implements Processor {
    private static final String JSON = "application/json";
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    private final HttpOperation operation;
    private final DataFormat json;
    private final Associations associations;
    private final Fields fields = new Fields();

    AnswerJson(HttpOperation operation, DataFormat json, Associations associations) {
        this.operation = operation;
        this.json = json;
        this.associations = associations;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (exchange.getVariable("answer", Answer.class).hasBegun()) {
            return;
        }
        var message = exchange.getMessage();
        String type = message.getHeader(Exchange.CONTENT_TYPE, JSON, String.class);
        boolean ready = !type.equals(JSON) && operation.types().contains(type);
        int status = operation.accepts() && message.getBody() instanceof Accepted ? ACCEPTED : operation.status();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        if (operation.tellsVersion()
                && message.getBody() instanceof Versioned versioned
                && versioned.updatedAt() != null) {
            message.setHeader("ETag", '"' + Versioned.etag(versioned.updatedAt()) + '"');
        }
        if (status == NO_CONTENT) {
            message.setBody(null);
        } else if (ready) {
            message.setHeader(Exchange.CONTENT_TYPE, type);
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, JSON);
            message.setBody(written(exchange, shown(exchange, message.getBody())));
        }
    }

    private Object shown(Exchange exchange, Object answer) {
        var query = exchange.getVariable("query", Query.class);
        Object shown = answer;
        if (operation.query().contains("embed")) {
            shown = associations.show(exchange.getVariable("caller", Caller.class), query, shown);
        }
        return operation.query().contains("fields") ? fields.select(query, shown) : shown;
    }

    private byte[] written(Exchange exchange, Object answer) throws Exception {
        var bytes = new ByteArrayOutputStream();
        json.marshal(exchange, answer, bytes);
        return bytes.toByteArray();
    }
}
