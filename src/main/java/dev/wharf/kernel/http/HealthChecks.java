package dev.wharf.kernel.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks everything for its health at the same time, and waits for none of it: what has not answered soon is down. However
 * many ask, each check is under way once, by threads that nothing else can take.
 */
final class HealthChecks {
    private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);
    private static final long PATIENCE_MILLIS = 900;

    private final CamelContext camel;
    private final ConcurrentMap<String, CompletableFuture<State>> underWay = new ConcurrentHashMap<>();
    private final Executor threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "health");
        thread.setDaemon(true);
        return thread;
    });

    HealthChecks(CamelContext camel) {
        this.camel = camel;
    }

    /** The states of those that are asked for, by their names. */
    CompletableFuture<Map<String, State>> states(Predicate<HealthCheck> asked) {
        Map<String, CompletableFuture<State>> looks = new LinkedHashMap<>();
        HealthCheckHelper.getHealthCheckRegistry(camel).stream()
                .filter(asked)
                .forEach(check -> looks.put(check.getId(), look(check)));
        return CompletableFuture.allOf(looks.values().toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .thenApply(nothing -> {
                    Map<String, State> states = new LinkedHashMap<>();
                    looks.forEach((name, look) -> states.put(name, look.getNow(State.DOWN)));
                    return states;
                });
    }

    private CompletableFuture<State> look(HealthCheck check) {
        var look = new CompletableFuture<State>();
        var other = underWay.putIfAbsent(check.getId(), look);
        if (other != null) {
            return other;
        }
        threads.execute(() -> {
            State state = State.DOWN;
            try {
                state = check.call().getState();
            } catch (RuntimeException e) {
                LOG.warn("The health of {} cannot be told: {}", check.getId(), e.toString());
            } finally {
                underWay.remove(check.getId());
                look.complete(state);
            }
        });
        return look;
    }
}
