package dev.wharf.testing.faulty;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The faults of one server, in the order in which they were asked for, and the requests that came by. */
public final class Faults {
    /** A request that arrived, by its raw address; headers in any case. */
    public record Request(String method, String uri, Map<String, String> headers) {}

    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Vertx vertx;
    private final boolean recording;

    /**
     * @param recording whether requests are kept: not by servers that run for long
     */
    public Faults(Vertx vertx, boolean recording) {
        this.vertx = vertx;
        this.recording = recording;
    }

    Fault add(Predicate<Request> kind) {
        Fault fault = new Fault(vertx, kind);
        faults.add(fault);
        return fault;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    void reset() {
        faults.clear();
        requests.clear();
    }

    /**
     * Answers a request, or fails to. The first fault that is meant for it happens; those that only delay add up and let
     * the others have their turn.
     *
     * @param request paused
     * @param store takes the request's body and does what was asked
     */
    public void meet(HttpServerRequest request, Supplier<Future<Answer>> store) {
        if (!recording && faults.isEmpty()) {
            finish(request, store.get().compose(answer -> answer.send(request)));
            return;
        }
        Request arrived = arrived(request);
        if (recording) {
            requests.add(arrived);
        }
        Duration delay = Duration.ZERO;
        Fault.Effect effect = Fault.NONE;
        for (Fault fault : faults) {
            if (fault.takes(arrived)) {
                delay = delay.plus(fault.delay());
                if (fault.effect() != Fault.NONE) {
                    effect = fault.effect();
                    break;
                }
            }
        }
        Fault.Effect chosen = effect;
        finish(request, after(delay).compose(waited -> chosen.happen(request, store)));
    }

    /** A server that cannot answer breaks off, as a proxy does whose target has gone. */
    private static void finish(HttpServerRequest request, Future<Void> outcome) {
        outcome.onFailure(failure -> request.connection().close());
    }

    private Future<Void> after(Duration delay) {
        if (delay.isZero()) {
            return Future.succeededFuture();
        }
        Promise<Void> waited = Promise.promise();
        vertx.setTimer(Math.max(1, delay.toMillis()), timer -> waited.complete());
        return waited.future();
    }

    static Request arrived(HttpServerRequest request) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach(headers::put);
        return new Request(request.method().name(), request.uri(), headers);
    }
}
