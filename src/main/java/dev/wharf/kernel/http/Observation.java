package dev.wharf.kernel.http;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.http.contract.Contract;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;

/** {@code /observe/*}: health for whoever asks, in a word; metrics for those who have a token. */
public final class Observation {
    private static final String JOBS = "wharf.jobs.";

    private final HealthChecks checks;
    private final PrometheusMeterRegistry metrics;

    public Observation(CamelContext camel, PrometheusMeterRegistry metrics) {
        this.checks = new HealthChecks(camel);
        this.metrics = metrics;
    }

    void healthBeforeAuthentication(RoutingContext context) {
        switch (context.normalizedPath()) {
            case "/observe/health" -> health(context, check -> true);
            case "/observe/health/live" -> health(context, HealthCheck::isLiveness);
            case "/observe/health/ready" -> health(context, HealthCheck::isReadiness);
            default -> context.next();
        }
    }

    /** The same with what is answered here. */
    static Contract promised(Contract others) {
        return others.and("/observe/metrics", "GET")
                .and("/observe/health", "GET")
                .and("/observe/health/{kind}", "GET");
    }

    void mount(Router router) {
        router.route("/observe/metrics")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> context.response()
                        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.scrape()));
    }

    private void health(RoutingContext context, Predicate<HealthCheck> asked) {
        Context loop = context.vertx().getOrCreateContext();
        checks.states(asked)
                .whenComplete((states, failure) -> loop.runOnContext(nothing -> {
                    if (failure == null) {
                        answer(context, states);
                    } else {
                        context.fail(failure);
                    }
                }));
    }

    private void answer(RoutingContext context, Map<String, State> checks) {
        if (context.response().closed()) {
            return;
        }
        // Names and states only: an error's text may say more than a stranger should read.
        boolean up = checks.values().stream().allMatch(state -> state == State.UP);
        Map<String, State> shown = new TreeMap<>(checks);
        shown.entrySet().removeIf(check -> isOfARoute(check.getKey()) && check.getValue() == State.UP);
        context.response()
                .setStatusCode(up ? 200 : 503)
                .putHeader("content-type", "application/json")
                .end(Json.write(Map.of("status", up ? "UP" : "DOWN", "checks", shown, "numbers", numbers())));
    }

    /** Of hundreds only those are worth a line that are down. */
    private static boolean isOfARoute(String check) {
        return check.startsWith("route:") || check.startsWith("consumer:");
    }

    /** Jobs that an operator should look at. They make nothing unhealthy: all others can be done. */
    private Map<String, Long> numbers() {
        Map<String, Long> numbers = new TreeMap<>();
        Search.in(metrics)
                .name(name -> name.startsWith(JOBS))
                .gauges()
                .forEach(gauge -> numbers.put(gauge.getId().getName(), (long) gauge.value()));
        return numbers;
    }
}
