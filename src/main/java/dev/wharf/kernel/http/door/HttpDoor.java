package dev.wharf.kernel.http.door;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.ProblemDocument;
import dev.wharf.kernel.api.Problems;
import dev.wharf.kernel.http.contract.Contract;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * What every request passes before a route sees it: it gets a number, loses the headers that would steer Camel, and is
 * authenticated. Whatever goes wrong on the way is told as an error document.
 */
public final class HttpDoor {
    static final String REQUEST_ID = "x-trifacta-request-id";
    static final String MEMBERSHIP_ID = "x-trifacta-person-workspace-id";

    /** Of the page's own requests. */
    private static final String PERSON = "wharf-person";
    /** Key of the timer of a request among its attributes. */
    private static final String TIMER = "timer";

    /** Key of the caller among the attributes of the Vert.x user. */
    public static final String CALLER = "caller";

    /** What a server takes for an identity beside an access token. */
    public enum Admits {
        TOKEN,
        /** The page's session: only where the page is, since cookies know no ports. */
        SESSION,
        /** {@code x-trifacta-person-workspace-id}, as in the original service. */
        MEMBERSHIP_HEADER
    }

    private static final Set<HttpMethod> BODILESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

    private final Vertx vertx;
    private final Authenticator authenticator;
    private final Duration patience;

    /**
     * @param patience after that time without an answer, and without a byte of the request, it is told that there is none;
     *     shorter than a connection may be silent, as nobody is told anything after that
     */
    public HttpDoor(Vertx vertx, Authenticator authenticator, Duration patience) {
        this.vertx = vertx;
        this.authenticator = authenticator;
        this.patience = patience;
    }

    /**
     * A router with the door in place; its routes are for whoever has passed.
     *
     * @param contract what there is behind the door
     * @param beforeAuthentication may answer whoever asks
     * @param onRefusal may answer a failed request instead of the error document
     */
    public Router open(
            Admits admits,
            Contract contract,
            Handler<RoutingContext> beforeAuthentication,
            Handler<RoutingContext> onRefusal) {
        Router router = Router.router(vertx);
        router.route().handler(HttpDoor::number).handler(Framing::check).handler(HttpDoor::strip);
        router.route().handler(this::answerInTime);
        Handler<RoutingContext> failed = context -> fail(context, contract);
        router.route().failureHandler(onRefusal).failureHandler(failed);
        // What no route answers does not come to a failure handler.
        for (int status : new int[] {404, 405, 415}) {
            router.errorHandler(status, failed);
        }
        router.route().handler(context -> {
            if (hasPath(context)) {
                beforeAuthentication.handle(context);
            } else {
                context.next();
            }
        });
        router.route().handler(context -> authenticate(context, admits));
        router.route().handler(context -> {
            if (hasPath(context)) {
                context.next();
            } else {
                context.fail(400);
            }
        });
        return router;
    }

    private void answerInTime(RoutingContext context) {
        if (context.get(TIMER) == null) { // a rerouted request passes here again
            context.addEndHandler(ended -> vertx.cancelTimer(context.get(TIMER)));
            awaitAnswer(context);
        }
        context.next();
    }

    /** Begins to wait, anew after each time in which something of the request came. */
    private void awaitAnswer(RoutingContext context) {
        long received = context.request().bytesRead();
        context.put(TIMER, vertx.setTimer(patience.toMillis(), timer -> {
            var response = context.response();
            if (response.headWritten() || response.ended() || response.closed()) {
                return;
            }
            if (context.request().bytesRead() > received) {
                awaitAnswer(context);
                return;
            }
            context.fail(new ProblemException(
                    Problem.UNAVAILABLE,
                    "There is no answer after " + patience.toSeconds()
                            + " s, as where a store is slow. What was asked for"
                            + " may be done all the same: look before you ask for it again"));
        }));
    }

    /** Whether the path can be read: {@code /%zz} cannot. */
    private static boolean hasPath(RoutingContext context) {
        try {
            context.normalizedPath();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Who is calling, once authenticated. */
    static Object caller(RoutingContext context) {
        return context.user().attributes().getValue(CALLER);
    }

    private static void number(RoutingContext context) {
        String id = context.get(REQUEST_ID); // a rerouted request passes here again, with its headers gone
        if (id == null) {
            id = UUID.randomUUID().toString();
            context.put(REQUEST_ID, id);
            UnreadBody.discardAfterAnswer(context);
        }
        context.response()
                .putHeader(REQUEST_ID, id)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                // Whatever a store's bytes claim to be, no browser runs them under our name.
                .putHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("cache-control", "no-store");
        context.next();
    }

    private static void strip(RoutingContext context) {
        var headers = context.request().headers();
        List.copyOf(headers.names()).stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("camel"))
                .forEach(headers::remove);
        if (BODILESS.contains(context.request().method())) {
            headers.remove("content-type"); // Camel would look for a form
        }
        context.next();
    }

    @SuppressWarnings("deprecation") // Camel's consumer takes the user from where setUser puts it
    private void authenticate(RoutingContext context, Admits admits) {
        if (context.user() != null) {
            context.next();
            return;
        }
        var request = context.request();
        List<String> memberships =
                admits == Admits.MEMBERSHIP_HEADER ? request.headers().getAll(MEMBERSHIP_ID) : List.of();
        if (memberships.size() > 1 || !memberships.isEmpty() && !LocalClient.sent(request)) {
            context.fail(new ProblemException(
                    Problem.UNAUTHENTICATED,
                    MEMBERSHIP_ID + " is taken once, and from programs on this machine only, which ask for localhost;"
                            + " others send an access token"));
            return;
        }
        var evidence = evidence(context, admits);
        request.pause();
        vertx.executeBlocking(() -> authenticator.authenticate(evidence), false).onComplete(result -> {
            request.resume();
            if (result.succeeded() && SameOrigin.isAsked(evidence, request) && !SameOrigin.allows(request)) {
                context.fail(new ProblemException(
                        Problem.FORBIDDEN,
                        "A session or a password that a browser adds is for the page of this address only; other clients"
                                + " send an access token"));
            } else if (result.succeeded()) {
                context.setUser(User.create(new JsonObject(), new JsonObject().put(CALLER, result.result())));
                context.next();
            } else {
                context.fail(result.cause());
            }
        });
    }

    static Authenticator.Evidence evidence(RoutingContext context, Admits admits) {
        var request = context.request();
        var cookie = admits == Admits.SESSION ? request.getCookie(Sessions.COOKIE) : null;
        return new Authenticator.Evidence(
                request.getHeader("authorization"),
                cookie == null ? null : cookie.getValue(),
                request.getHeader(PERSON),
                admits == Admits.MEMBERSHIP_HEADER ? request.getHeader(MEMBERSHIP_ID) : null,
                request.remoteAddress().hostAddress(),
                context.get(REQUEST_ID));
    }

    private static void fail(RoutingContext context, Contract contract) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            breakOff(context);
            return;
        }
        ProblemException problem = problem(context);
        if (problem.problem() == Problem.UNAUTHENTICATED) {
            response.putHeader("www-authenticate", Challenge.to(context.request()));
        }
        if (problem.problem() == Problem.METHOD_NOT_ALLOWED) {
            response.putHeader("allow", String.join(", ", contract.methods(context.normalizedPath())));
        }
        if (problem.retryAfterSeconds() > 0) {
            String seconds = String.valueOf(problem.retryAfterSeconds());
            response.putHeader("retry-after", seconds).putHeader("x-retry-after", seconds);
        }
        response.setStatusCode(problem.problem().status())
                .putHeader("content-type", ProblemDocument.CONTENT_TYPE)
                .end(Json.write(ProblemDocument.of(problem)));
    }

    /** Half an answer must not look like a whole one; but what was written of it arrives, as it may say what is wrong. */
    private static void breakOff(RoutingContext context) {
        if (context.request().version() == HttpVersion.HTTP_2) {
            context.response().reset();
            return;
        }
        // Nothing, behind everything: a chunk of no bytes is not sent, while the end of a chunked body would be.
        context.response()
                .write(Buffer.buffer())
                .onComplete(sent -> context.request().connection().close());
    }

    private static ProblemException problem(RoutingContext context) {
        var request = context.request();
        return switch (context.statusCode()) {
            case 400 ->
                new ProblemException(Problem.VALIDATION_FAILED, "The request line or its headers are malformed");
            case 404 ->
                new ProblemException(
                        Problem.NO_SUCH_ROUTE,
                        "There is no " + request.method() + " " + request.path()
                                + "; GET /v4/open-api-spec lists what there is");
            case 405 ->
                new ProblemException(
                        Problem.METHOD_NOT_ALLOWED, request.path() + " does not answer to " + request.method());
            case 413 ->
                new ProblemException(Problem.TOO_LARGE, "The body is larger than wharf.http.max-json-bytes allows");
            case 415 ->
                new ProblemException(
                        Problem.UNSUPPORTED_MEDIA_TYPE,
                        request.path() + " takes application/json: send the header content-type: application/json");
            case -1, 500 ->
                Problems.of(
                        context.failure() == null ? new IllegalStateException("No cause given") : context.failure());
            default -> new ProblemException(Problem.VALIDATION_FAILED, "The request was refused");
        };
    }
}
