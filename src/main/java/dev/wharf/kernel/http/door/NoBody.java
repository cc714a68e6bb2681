package dev.wharf.kernel.http.door;

import dev.wharf.kernel.http.contract.Contract;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses what is sent to operations that have no body in the contract: whoever sends one believes that it counts. Many
 * clients send an empty object to whatever they post to; that says nothing, and is taken.
 */
public final class NoBody {
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);
    private static final Pattern NOTHING = Pattern.compile("\\s*(\\{\\s*})?\\s*");

    private final Contract contract;
    private final BodyHandler reader;

    /** @param maxBytes a longer body is refused by its length */
    public NoBody(Contract contract, long maxBytes) {
        this.contract = contract;
        this.reader = BodyHandler.create(false).setBodyLimit(maxBytes);
    }

    public void mount(Router router) {
        router.route().handler(context -> {
            if (isBodiless(context)) {
                reader.handle(context);
            } else {
                context.next();
            }
        });
        router.route().handler(context -> {
            if (isBodiless(context) && saysSomething(context)) {
                context.fail(new ProblemException(
                        Problem.VALIDATION_FAILED,
                        "The body must be empty: " + context.request().method() + " "
                                + context.request().path() + " takes nothing but what its address says"));
            } else {
                context.next();
            }
        });
    }

    private boolean isBodiless(RoutingContext context) {
        HttpMethod method = context.request().method();
        return WITH_BODY.contains(method) && !contract.takesBody(method.name(), context.normalizedPath());
    }

    /** The parts of a form are not kept with the body. */
    private static boolean saysSomething(RoutingContext context) {
        String body = context.body().asString("UTF-8"); // whatever the client calls it
        return body != null && !NOTHING.matcher(body).matches()
                || !context.request().formAttributes().isEmpty();
    }
}
