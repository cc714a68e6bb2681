package dev.wharf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wharf.testing.WharfTest;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Collections;
import java.util.List;
import org.apache.camel.component.jms.JmsComponent;
import org.junit.jupiter.api.Test;

class MessageHeadersTest extends WharfTest {
    @Test
    void aMessageHasNothingOfTheRequestThatItCameFromButTheNodeThatItIsFor() throws Exception {
        var camel = WHARF.camel();
        var connections =
                camel.lookup("jms", JmsComponent.class).getConfiguration().getConnectionFactory();
        try (var queue = connections.createContext();
                var template = camel.getCamelContext().createProducerTemplate()) {
            var consumer = queue.createConsumer(queue.createQueue("headers.test"));

            template.send("jms:queue:headers.test?exchangePattern=InOnly", exchange -> {
                var message = exchange.getMessage();
                message.setBody("{}");
                List.of("accept", "range", "id", "Camel_Http", "wharfNode")
                        .forEach(name -> message.setHeader(name, "x"));
            });

            assertThat(names(consumer.receive(10_000))).containsExactly("wharfNode");
        }
    }

    private static List<String> names(Message message) throws JMSException {
        return Collections.list((java.util.Enumeration<?>) message.getPropertyNames()).stream()
                .map(String::valueOf)
                .filter(name -> !name.startsWith("JMSX") && !name.startsWith("__"))
                .toList();
    }
}
