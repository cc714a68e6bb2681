package dev.wharf.camel;

import dev.wharf.store.ObjectInfo;
import java.io.Closeable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * The objects of a walk, which ends with its exchange. A streaming split that is stopped by a failure or by {@code stop}
 * reads the rest of its source to throw it away; of a bucket that would be millions of objects.
 */
public final class ObjectWalk implements Iterator<ObjectInfo>, Closeable {
    private final Exchange exchange;
    private final Stream<ObjectInfo> stream;
    private final Iterator<ObjectInfo> objects;
    private final String place;
    private final Consumer<ObjectWalk> closed;
    private boolean through;
    private volatile boolean cut;

    ObjectWalk(Exchange exchange, Stream<ObjectInfo> stream, String place, Consumer<ObjectWalk> closed) {
        this.exchange = exchange;
        this.stream = stream;
        this.objects = stream.iterator();
        this.place = place;
        this.closed = closed;
    }

    /**
     * @throws IllegalStateException if it was ended before it was through, since a half is never to be taken for the whole
     */
    @Override
    public boolean hasNext() {
        if (through || isExchangeOver()) {
            return false;
        }
        if (cut) {
            throw new IllegalStateException(place + ": the listing was ended before it was through");
        }
        through = !objects.hasNext();
        return !through;
    }

    @Override
    public ObjectInfo next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return objects.next();
    }

    /** Failed, stopped, or failed with an answer that a configuration has given: nobody wants the rest. */
    private boolean isExchangeOver() {
        var extension = exchange.getExchangeExtension();
        return exchange.isFailed()
                || exchange.isRouteStop()
                || extension.isErrorHandlerHandledSet() && extension.isErrorHandlerHandled();
    }

    /** Ends what is under way in the store. Harmless when repeated. */
    @Override
    public void close() {
        cut = true;
        closed.accept(this);
        stream.close();
    }
}
