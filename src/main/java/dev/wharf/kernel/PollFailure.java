package dev.wharf.kernel;

import dev.wharf.kernel.problem.SqlStates;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Says that what is done from time to time did not work this time. Of a registry that is away or read-only nothing is
 * said here: whoever found out has said so once, while polls fail every second.
 */
public final class PollFailure implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger("dev.wharf.polls");

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LOG.atLevel(SqlStates.isUnavailable(failure) ? Level.DEBUG : Level.WARN)
                .log("{} failed: {}", exchange.getFromRouteId(), failure.getMessage());
    }
}
