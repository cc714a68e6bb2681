package dev.wharf.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * Stands in for a component such as {@code jms:} or {@code timer:}, whatever its options: routes that begin there begin
 * when a test says so, and what routes send there is kept.
 */
public final class HandOperated extends DefaultComponent {
    private final Map<String, Consumer> consumers = new ConcurrentHashMap<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private volatile RuntimeException broken;

    /**
     * What a route has sent.
     *
     * @param to the address without scheme and options
     * @param options those of the address
     */
    public record Sent(String to, Object body, Map<String, Object> headers, Map<String, Object> options) {}

    /** What was sent since this was asked for last. */
    public List<Sent> sent() {
        var all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    /** Lets all that is sent fail from now on, or with null no more. */
    public void fail(RuntimeException how) {
        broken = how;
    }

    /** Lets the route begin that begins at an address; what the exchange has failed with is its exception. */
    public Exchange begin(String from, Object body) throws Exception {
        Consumer consumer = consumers.get(from);
        Exchange exchange = consumer.getEndpoint().createExchange();
        exchange.getMessage().setBody(body);
        ((DefaultConsumer) consumer).createUoW(exchange);
        try {
            consumer.getProcessor().process(exchange);
        } finally {
            ((DefaultConsumer) consumer).doneUoW(exchange);
        }
        return exchange;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Map<String, Object> options = Map.copyOf(parameters);
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        if (broken != null) {
                            throw broken;
                        }
                        var message = exchange.getMessage();
                        sent.add(new Sent(remaining, message.getBody(), Map.copyOf(message.getHeaders()), options));
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                var consumer = new DefaultConsumer(this, processor);
                consumers.put(remaining, consumer);
                return consumer;
            }
        };
    }
}
