package dev.wharf.kernel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that what is done from time to time did not work this time. Of a registry that is away or read-only nothing is
 * said here: whoever found out has said so once, while polls fail every second.
 */
public final class PollFailure implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("dev.wharf.polls");

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (isOfTheRegistry(failure)) {
            LOG.debug("{} failed: {}", exchange.getFromRouteId(), failure.getMessage());
        } else {
            LOG.warn("{} failed: {}", exchange.getFromRouteId(), failure.getMessage());
        }
    }

    private static boolean isOfTheRegistry(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (SqlStates.unavailable(cause).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
