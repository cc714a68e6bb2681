package dev.wharf.kernel.http;

import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.http.contract.HttpOperation;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Second step of every HTTP route: puts each parameter of the path into a variable of its name, as a {@link Long} where the
 * contract says that it is a whole number, makes sure that there is a body where one is read, and puts the media type to answer
 * in into the variable {@code mediaType}, and whether the caller would rather not wait into {@code respondAsync}, and
 * {@link IfMatch} into {@code believed}.
 */
public final class CheckRequest implements Processor {
    private static final Pattern NOTHING = Pattern.compile("\\s*(\\{\\s*})?\\s*");

    private final HttpOperation operation;

    public CheckRequest(HttpOperation operation) {
        this.operation = operation;
    }

    /**
     * @throws ProblemException 404 for a part of the path that is no number: there is no such thing; 400 without a body
     */
    @Override
    public void process(Exchange exchange) {
        var message = exchange.getMessage();
        operation.pathParameters().forEach((name, number) -> {
            String text = message.getHeader(name, String.class);
            exchange.setVariable(name, number ? number(name, text) : text);
        });
        var head = exchange.getVariable("head", RequestHead.class);
        exchange.setVariable("respondAsync", Preferences.has(head.header("prefer"), Preferences.RESPOND_ASYNC));
        if (!operation.types().isEmpty()) {
            exchange.setVariable("mediaType", MediaTypes.chosen(head.header("accept"), operation.types()));
        }
        exchange.setVariable("believed", IfMatch.of(head));
        if (operation.body() == HttpOperation.Body.JSON) {
            byte[] body = message.getBody(byte[].class);
            if (body == null || body.length == 0) {
                throw new ProblemException(Problem.MALFORMED_JSON, "The body is missing: send a JSON object");
            }
            message.setBody(body);
        } else if (operation.body() == HttpOperation.Body.MAYBE_JSON) {
            message.setBody(said(message.getBody(byte[].class), head));
        }
    }

    /** Many clients send an empty object to say nothing: null for that, as for no body at all. */
    private static byte[] said(byte[] body, RequestHead head) {
        if (body == null
                || NOTHING.matcher(new String(body, StandardCharsets.UTF_8)).matches()) {
            return null;
        }
        String type = head.header("content-type").orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith(HttpOperation.JSON)) {
            throw new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json, and is \"" + type + "\"");
        }
        return body;
    }

    private static Long number(String name, String text) {
        return Text.wholeNumber(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_FOUND,
                        "There is nothing whose " + name + " is " + text + ": it must be a whole number"));
    }
}
