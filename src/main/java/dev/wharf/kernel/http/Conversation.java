package dev.wharf.kernel.http;

import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.http.door.HttpDoor;
import dev.wharf.kernel.http.stream.StreamedAnswer;
import dev.wharf.kernel.http.stream.Transfers;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.auth.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * First step of every HTTP route: puts who is calling into the variable {@code caller} and the request's
 * {@link Query} into the variable {@code query}, its {@link RequestHead} into the variable {@code head}, and the way to
 * answer as a stream into the variable {@code answer}.
 */
public final class Conversation implements Processor {
    private final Duration stallTimeout;
    private final Transfers transfers;

    /**
     * @param stallTimeout how long a client may take nothing of a streamed answer
     */
    public Conversation(Duration stallTimeout, Transfers transfers) {
        this.stallTimeout = stallTimeout;
        this.transfers = transfers;
    }

    @Override
    public void process(Exchange exchange) {
        var message = exchange.getMessage(HttpMessage.class);
        var user = message.getHeader(VertxPlatformHttpConstants.AUTHENTICATED_USER, User.class);
        exchange.setVariable("caller", user.attributes().getValue(HttpDoor.CALLER));
        exchange.setVariable("query", Query.parse(message.getRequest().query()));
        exchange.setVariable("head", head(message.getRequest()));
        exchange.setVariable("answer", answer(exchange, message));
    }

    private static RequestHead head(HttpServerRequest request) {
        return new RequestHead() {
            @Override
            public String method() {
                return request.method().name();
            }

            @Override
            public Optional<String> header(String name) {
                List<String> lines = request.headers().getAll(name);
                return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
            }
        };
    }

    private StreamedAnswer answer(Exchange exchange, HttpMessage message) {
        var answer = new StreamedAnswer(message.getRequest(), stallTimeout, transfers, exchange.getVariable("caller"));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                answer.free();
            }
        });
        return answer;
    }
}
