package dev.wharf.kernel;

import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsHeaderFilterStrategy;

/**
 * Which headers pass from routes to messages: ours and no other. A route that began with a request, a timer or another
 * message has theirs, which would travel to whoever reads the queue.
 */
public final class MessageHeaders extends JmsHeaderFilterStrategy {
    /** The node that alone can do what the message asks for. */
    public static final String NODE = "wharfNode";

    /** The node that has the job of whose file the message tells; others read it. */
    public static final String HOLDER = "wharfHolder";

    /** Which replay of a dead letter the message is. */
    public static final String REPLAY = "wharfReplay";

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !name.equals(NODE) && !name.equals(HOLDER) && !name.equals(REPLAY);
    }
}
