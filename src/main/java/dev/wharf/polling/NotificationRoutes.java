package dev.wharf.polling;

import dev.wharf.store.EventQueue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has one route for each queue that is to be read, made of the template {@code readEvents}: on every node, as readers of one
 * queue share its messages. Called every few seconds, in one thread at a time.
 */
public final class NotificationRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationRoutes.class);
    private static final String TEMPLATE = "readEvents";
    private static final int PATIENCE_SECONDS = 2;

    private final Notifications notifications;
    private final Map<Long, EventQueue> running = new HashMap<>();
    private boolean closed;

    public NotificationRoutes(Notifications notifications) {
        this.notifications = notifications;
    }

    /**
     * Ends routes of queues that are not to be read any more, or otherwise than until now, and begins those that are missing.
     *
     * @param context that of the route that calls
     */
    public synchronized void setRight(CamelContext context) throws Exception {
        if (closed) {
            return;
        }
        var toBeRead = notifications.toBeRead();
        Set<Long> gone = new HashSet<>(running.keySet());
        toBeRead.forEach(each -> gone.remove(each.scheduleId()));
        for (Long id : gone) {
            stop(context, id);
        }
        for (Notifications.Read each : toBeRead) {
            EventQueue now = running.get(each.scheduleId());
            if (each.queue() == null || each.queue().equals(now)) {
                continue;
            }
            if (now != null) {
                stop(context, each.scheduleId());
            }
            start(context, each.scheduleId(), each.queue());
        }
    }

    private void start(CamelContext context, long id, EventQueue queue) {
        context.getRegistry().bind(client(id), queue.client());
        try {
            TemplatedRouteBuilder.builder(context, TEMPLATE)
                    .routeId(route(id))
                    .parameter("schedule", id)
                    .add();
        } catch (RuntimeException e) {
            context.getRegistry().unbind(client(id));
            queue.close();
            LOG.warn("Schedule {} cannot read its queue of notifications now, and tries again", id, e);
            return;
        }
        running.put(id, queue);
        LOG.info("Schedule {} reads its queue of notifications", id);
    }

    /** Whoever waits for messages ends at once, so that the route can. */
    private void stop(CamelContext context, long id) throws Exception {
        running.remove(id).close();
        context.getRouteController().stopRoute(route(id), PATIENCE_SECONDS, TimeUnit.SECONDS);
        context.removeRoute(route(id));
        context.removeEndpoints("aws2-sqs:*schedule-" + id + "?*");
        context.getRegistry().unbind(client(id));
        LOG.info("Schedule {} does not read that queue any more", id);
    }

    private static String route(long id) {
        return TEMPLATE + "-" + id;
    }

    private static String client(long id) {
        return "events-" + id;
    }

    /** Lets go of the queues, so that their routes can end. */
    @Override
    public synchronized void close() {
        closed = true;
        running.values().forEach(EventQueue::close);
        running.clear();
    }
}
