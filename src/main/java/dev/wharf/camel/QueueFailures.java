package dev.wharf.camel;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in a line what is wrong with a queue, or with a message, which then stays in it until its own dead letters. */
public final class QueueFailures implements ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger("dev.wharf.notifications");

    private static final String TOLD = "wharf.told";

    @Override
    public void handleException(Throwable failure) {
        handleException("A queue", failure);
    }

    @Override
    public void handleException(String what, Throwable failure) {
        LOG.warn("{}: {}", what.replaceFirst("\\?\\S*", "."), reason(failure));
    }

    @Override
    public void handleException(String what, Exchange exchange, Throwable failure) {
        if (exchange == null) {
            handleException(what, failure);
            return;
        }
        if (exchange.getProperty(TOLD) != null) {
            return; // the consumer tells of each twice
        }
        exchange.setProperty(TOLD, true);
        LOG.warn(
                "{} leaves message {} in the queue: {}",
                exchange.getFromRouteId(),
                exchange.getIn().getHeader("CamelAwsSqsMessageId"),
                reason(failure));
    }

    /** Without the request's number, which is another one each time. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage().replaceFirst("(?s) \\(Service: .*", "");
    }
}
