package dev.wharf.camel;

import dev.wharf.store.Content;
import dev.wharf.store.CopySource;
import dev.wharf.store.ObjectStream;
import dev.wharf.store.Place;
import dev.wharf.store.Placed;
import dev.wharf.store.Probe;
import dev.wharf.store.StagedObject;
import java.io.Closeable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;

/** Does one operation at the place that a variable of the exchange holds, and answers with what comes of it. */
final class StoreProducer extends DefaultProducer {
    private final StoreEndpoint endpoint;
    private final Set<ObjectWalk> walks = ConcurrentHashMap.newKeySet();

    StoreProducer(StoreEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (endpoint.getOperation() == StoreOperation.probe) {
            exchange.getMessage().setBody(variable(exchange, Probe.class).run());
            return;
        }
        Place place = variable(exchange, Placed.class).place();
        switch (endpoint.getOperation()) {
            case abort -> place.store().abort(body(exchange, StagedObject.class));
            case abortAll -> place.store().abortAll(place.bucket(), place.key());
            default -> exchange.getMessage().setBody(result(exchange, place));
        }
    }

    private Object result(Exchange exchange, Place place) throws Exception {
        var store = place.store();
        return switch (endpoint.getOperation()) {
            case walk -> walk(exchange, place);
            case stat -> store.stat(place.bucket(), place.key());
            case read -> read(exchange, place);
            case write -> {
                var content = body(exchange, Content.class);
                yield store.write(place.bucket(), place.key(), content.stream(), content.length(), content.type());
            }
            case copy -> {
                var source = body(exchange, CopySource.class);
                yield store.copy(source.bucket(), source.key(), source.etag(), place.bucket(), place.key());
            }
            case stage -> stage(exchange, place);
            case commit -> store.commit(body(exchange, StagedObject.class));
            case abort, abortAll, probe -> throw new IllegalStateException("has no result at a place");
        };
    }

    private StagedObject stage(Exchange exchange, Place place) throws Exception {
        var store = place.store();
        if (exchange.getMessage().getBody() instanceof CopySource source) {
            return store.stageCopy(source, place.bucket(), place.key());
        }
        var content = body(exchange, Content.class);
        closeWith(exchange, content.stream());
        return store.stage(place.bucket(), place.key(), content.stream(), content.length(), content.type());
    }

    private ObjectWalk walk(Exchange exchange, Place place) {
        var objects = place.walk(endpoint.getOrder().order());
        var walk = new ObjectWalk(exchange, objects, place.toString(), walks::remove);
        walks.add(walk);
        closeWith(exchange, walk);
        return walk;
    }

    private static ObjectStream read(Exchange exchange, Place place) {
        var object = place.store().read(place.bucket(), place.key(), place.etag());
        closeWith(exchange, object);
        return object;
    }

    private static void closeWith(Exchange exchange, Closeable opened) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                IOHelper.close(opened);
            }
        });
    }

    /** What a route forgot is its mistake, and says which one; never is it a place of another's. */
    private <T> T variable(Exchange exchange, Class<T> type) {
        Object value = exchange.getVariable(endpoint.getPlace());
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new IllegalStateException(endpoint.getEndpointUri() + ": the variable " + endpoint.getPlace()
                + " must hold a " + type.getSimpleName() + ", and holds "
                + (value == null ? "nothing" : "a " + value.getClass().getSimpleName()));
    }

    private <T> T body(Exchange exchange, Class<T> type) {
        Object body = exchange.getMessage().getBody();
        if (type.isInstance(body)) {
            return type.cast(body);
        }
        throw new IllegalStateException(
                endpoint.getEndpointUri() + ": the body must be a " + type.getSimpleName() + ", and is "
                        + (body == null ? "nothing" : "a " + body.getClass().getSimpleName()));
    }

    /** Walks of exchanges that are stuck when the route is stopped end as well. */
    @Override
    protected void doStop() throws Exception {
        walks.forEach(ObjectWalk::close);
        super.doStop();
    }
}
