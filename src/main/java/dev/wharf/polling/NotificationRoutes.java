package dev.wharf.polling;

import dev.wharf.camel.QueuePolls;
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
    private final Map<Long, Reader> running = new HashMap<>();
    private boolean closed;

    /** What a route reads, and what came of its last poll. */
    private record Reader(EventQueue queue, QueuePolls polls) {}

    public NotificationRoutes(Notifications notifications) {
        this.notifications = notifications;
    }

    /**
     * Ends routes of queues that are not to be read any more, or otherwise than until now, and begins those that are missing.
     * What keeps a queue from being read is told in its schedule.
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
            setRight(context, each);
        }
    }

    private void setRight(CamelContext context, Notifications.Read wanted) throws Exception {
        Reader now = running.get(wanted.scheduleId());
        if (wanted.queue() == null) {
            notifications.tell(wanted.schedule(), wanted.failure());
        } else if (now == null) {
            start(context, wanted.scheduleId(), wanted.queue());
        } else if (!wanted.queue().equals(now.queue())) {
            stop(context, wanted.scheduleId());
            start(context, wanted.scheduleId(), wanted.queue());
        } else if (now.polls().isKnown()) {
            notifications.tell(wanted.schedule(), now.polls().failure());
        }
    }

    private void start(CamelContext context, long id, EventQueue queue) {
        var polls = new QueuePolls();
        context.getRegistry().bind(client(id), queue.client());
        context.getRegistry().bind(polls(id), polls);
        try {
            TemplatedRouteBuilder.builder(context, TEMPLATE)
                    .routeId(route(id))
                    .parameter("schedule", id)
                    .add();
        } catch (RuntimeException e) {
            context.getRegistry().unbind(client(id));
            context.getRegistry().unbind(polls(id));
            queue.close();
            LOG.warn("Schedule {} cannot read its queue of notifications now, and tries again", id, e);
            return;
        }
        running.put(id, new Reader(queue, polls));
        LOG.info("Schedule {} reads its queue of notifications", id);
    }

    /** Whoever waits for messages ends at once, so that the route can. */
    private void stop(CamelContext context, long id) throws Exception {
        running.remove(id).queue().close();
        context.getRouteController().stopRoute(route(id), PATIENCE_SECONDS, TimeUnit.SECONDS);
        context.removeRoute(route(id));
        context.removeEndpoints("aws2-sqs:*schedule-" + id + "?*");
        context.getRegistry().unbind(client(id));
        context.getRegistry().unbind(polls(id));
        LOG.info("Schedule {} does not read that queue any more", id);
    }

    private static String route(long id) {
        return TEMPLATE + "-" + id;
    }

    private static String client(long id) {
        return "events-" + id;
    }

    private static String polls(long id) {
        return "polls-of-events-" + id;
    }

    /** Lets go of the queues, so that their routes can end. */
    @Override
    public synchronized void close() {
        closed = true;
        running.values().forEach(reader -> reader.queue().close());
        running.clear();
    }
}
