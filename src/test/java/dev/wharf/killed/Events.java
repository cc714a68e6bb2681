package dev.wharf.killed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** What the topic {@code publishing.events} has told, each event once, as its consumers are to take it. */
final class Events implements AutoCloseable {
    private final Map<String, JsonNode> events = new ConcurrentHashMap<>();
    private final AtomicInteger contradicting = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();
    private final ActiveMQConnectionFactory factory;
    private final JMSContext context;

    Events(String brokerUrl) {
        factory = new ActiveMQConnectionFactory(brokerUrl);
        context = factory.createContext();
        context.createConsumer(context.createTopic("publishing.events")).setMessageListener(this::hear);
    }

    private void hear(Message message) {
        try {
            JsonNode event = Json.read(((TextMessage) message).getText(), JsonNode.class);
            JsonNode before = events.put(event.path("id").asText(), event);
            if (before != null && !before.equals(event)) {
                contradicting.incrementAndGet();
            }
            heard.incrementAndGet();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    Collection<JsonNode> all() {
        return events.values();
    }

    /** Those that came twice under one id and were not the same. */
    int contradicting() {
        return contradicting.get();
    }

    int heard() {
        return heard.get();
    }

    @Override
    public void close() {
        context.close();
        factory.close();
    }
}
