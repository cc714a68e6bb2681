package dev.wharf.kernel.http.door;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /session}: a token, or an address and a password, become a session, which a cookie names that no script can read
 * and that ends with the browser.
 */
public final class Sessions {
    static final String COOKIE = "wharf-session";

    private final Vertx vertx;
    private final Authenticator authenticator;

    public Sessions(Vertx vertx, Authenticator authenticator) {
        this.vertx = vertx;
        this.authenticator = authenticator;
    }

    public void mount(Router router) {
        router.post("/session").handler(this::begin);
        router.route("/session").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(Sessions::show);
        router.delete("/session").handler(this::end);
    }

    private void begin(RoutingContext context) {
        var evidence = HttpDoor.evidence(context, HttpDoor.Admits.SESSION);
        if (evidence.authorization() == null) {
            context.fail(new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "A session begins with an access token, or an address and a password: Authorization: Bearer <token>,"
                            + " or Basic"));
            return;
        }
        vertx.executeBlocking(() -> authenticator.beginSession(evidence), false)
                .onSuccess(value -> context.response()
                        .addCookie(cookie(value, context.request()))
                        .setStatusCode(204)
                        .end())
                .onFailure(context::fail);
    }

    private static void show(RoutingContext context) {
        context.response().putHeader("content-type", "application/json").end(Json.write(HttpDoor.caller(context)));
    }

    private void end(RoutingContext context) {
        var cookie = context.request().getCookie(COOKIE);
        vertx.executeBlocking(
                        () -> {
                            if (cookie != null) {
                                authenticator.endSession(cookie.getValue());
                            }
                            return null;
                        },
                        false)
                .onSuccess(ended -> context.response()
                        .addCookie(cookie("", context.request()).setMaxAge(0))
                        .setStatusCode(204)
                        .end())
                .onFailure(context::fail);
    }

    static Cookie cookie(String value, HttpServerRequest request) {
        return Cookie.cookie(COOKIE, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(isSecure(request));
    }

    static boolean isSecure(HttpServerRequest request) {
        return request.isSSL() || "https".equalsIgnoreCase(request.getHeader("x-forwarded-proto"));
    }
}
