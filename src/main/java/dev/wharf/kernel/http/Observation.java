package dev.wharf.kernel.http;

import dev.wharf.kernel.Json;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** {@code /observe/*}: health for whoever asks, in a word; metrics for those who have a token. */
public final class Observation {
    private static final String JOBS = "wharf.jobs.";

    private final CamelContext camel;
    private final PrometheusMeterRegistry metrics;

    public Observation(CamelContext camel, PrometheusMeterRegistry metrics) {
        this.camel = camel;
        this.metrics = metrics;
    }

    void healthBeforeAuthentication(RoutingContext context) {
        switch (context.normalizedPath()) {
            case "/observe/health" -> health(context, () -> HealthCheckHelper.invoke(camel));
            case "/observe/health/live" -> health(context, () -> HealthCheckHelper.invokeLiveness(camel));
            case "/observe/health/ready" -> health(context, () -> HealthCheckHelper.invokeReadiness(camel));
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

    private void health(RoutingContext context, Callable<Collection<HealthCheck.Result>> checks) {
        context.vertx()
                .executeBlocking(checks, false) // a check may wait for the database
                .onSuccess(results -> answer(context, results))
                .onFailure(context::fail);
    }

    private void answer(RoutingContext context, Collection<HealthCheck.Result> results) {
        // Names and states only: an error's text may say more than a stranger should read.
        Map<String, String> checks = new LinkedHashMap<>();
        results.forEach(result ->
                checks.put(result.getCheck().getId(), result.getState().name()));
        boolean up = results.stream().allMatch(result -> result.getState() == HealthCheck.State.UP);
        context.response()
                .setStatusCode(up ? 200 : 503)
                .putHeader("content-type", "application/json")
                .end(Json.write(Map.of("status", up ? "UP" : "DOWN", "checks", checks, "numbers", numbers())));
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
