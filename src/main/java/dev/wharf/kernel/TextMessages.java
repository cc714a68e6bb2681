package dev.wharf.kernel;

import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;

/**
 * Messages are text, those that come as those that go. What else comes is refused by its type, its body unread: that of
 * an {@code ObjectMessage} would run code of the sender's choice. It is a dead letter.
 */
public final class TextMessages implements MessageConverter {
    @Override
    public Object fromMessage(Message message) throws JMSException {
        if (message instanceof TextMessage text) {
            return text.getText();
        }
        ProblemException refusal = refusal(message);
        throw new MessageConversionException(refusal.detail(), refusal);
    }

    /** That a message is no text. */
    public static ProblemException refusal(Message message) {
        return new ProblemException(
                Problem.VALIDATION_FAILED,
                "A message that is no JMS TextMessage (" + message.getClass().getSimpleName()
                        + ") is not read: send the JSON document as text");
    }

    @Override
    public Message toMessage(Object body, Session session) throws JMSException {
        if (body instanceof String text) {
            return session.createTextMessage(text);
        }
        if (body instanceof byte[] utf8) {
            return session.createTextMessage(new String(utf8, StandardCharsets.UTF_8));
        }
        throw new MessageConversionException("Only text can be sent as a message");
    }
}
