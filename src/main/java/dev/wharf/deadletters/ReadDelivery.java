package dev.wharf.deadletters;

import dev.wharf.jobs.FailedAttempt;
import dev.wharf.kernel.MessageHeaders;
import dev.wharf.kernel.TextMessages;
import dev.wharf.kernel.problem.ProblemException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.jms.JmsMessage;

/**
 * Puts the message that a route began with into the variable {@code delivery}, and the reason of the variable
 * {@code failed} on the message itself, which goes on to the queue of dead letters as it came: its body unread, its
 * properties beside the reason. As JMS has it, the properties of a received message cannot be added to; those of Artemis's
 * own message can.
 */
public final class ReadDelivery implements Processor {
    /** The property that says why a message is a dead letter. */
    static final String REASON = "wharfReason";

    private static final String DELIVERED = "delivered";

    /**
     * Keeps the message that a route begins with, which Camel replaces on the way.
     *
     * @throws ProblemException 400 if it is no text; no step reads its body then
     */
    public static void keep(Exchange exchange) {
        exchange.setVariable(DELIVERED, exchange.getMessage());
        if (exchange.getMessage() instanceof JmsMessage delivered
                && !(delivered.getJmsMessage() instanceof TextMessage)) {
            delivered.setBody("");
            throw TextMessages.refusal(delivered.getJmsMessage());
        }
    }

    @Override
    public void process(Exchange exchange) throws JMSException {
        JmsMessage delivered = exchange.getVariable(DELIVERED, JmsMessage.class);
        exchange.setMessage(delivered);
        Message message = delivered.getJmsMessage();
        exchange.setVariable(
                "delivery",
                new Delivery(
                        ((JmsEndpoint) exchange.getFromEndpoint()).getDestinationName(),
                        message.getJMSMessageID(),
                        message.getJMSTimestamp(),
                        type(message),
                        message instanceof TextMessage text ? text.getText() : null,
                        message.getIntProperty("JMSXDeliveryCount"),
                        message.getStringProperty(MessageHeaders.REPLAY)));
        String reason = exchange.getVariable("failed", FailedAttempt.class).reason();
        ((ActiveMQMessage) message).getCoreMessage().putStringProperty(REASON, DeadLetterWriter.line(reason));
    }

    /** The name of the interface; Artemis's class is called as it is, with its own name in front. */
    private static String type(Message message) {
        String name = message.getClass().getSimpleName().replace("ActiveMQ", "");
        return name.isEmpty() ? "Message" : name;
    }
}
