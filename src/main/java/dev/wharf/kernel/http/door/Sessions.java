package dev.wharf.kernel.http.door;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * {@code /session}: keeps an access token in a cookie that no script can read and that ends with the browser, and
 * forgets it again. The server keeps nothing, so every node knows every session, and a token that is revoked ends its
 * sessions at once.
 */
public final class Sessions {
    static final String COOKIE = "wharf-session";

    // RFC 6750, section 2.1. All of these may stand in a cookie as they are.
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/-]+=*)");

    /** Browsers drop a cookie whose name, value and attributes have more than 4,096 bytes (RFC 6265, 6.1). */
    private static final int MAX_TOKEN = 4_000;

    private Sessions() {}

    public static void mount(Router router) {
        router.post("/session").handler(Sessions::begin);
        router.route("/session").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(Sessions::show);
        router.delete("/session").handler(Sessions::end);
    }

    /** The door has already found that the token is somebody's. */
    private static void begin(RoutingContext context) {
        String authorization = context.request().getHeader("authorization");
        var bearer = BEARER.matcher(authorization == null ? "" : authorization.strip());
        if (!bearer.matches()) {
            context.fail(new ProblemException(
                    Problem.VALIDATION_FAILED, "A session begins with an access token: Authorization: Bearer <token>"));
            return;
        }
        if (bearer.group(1).length() > MAX_TOKEN) {
            context.fail(new ProblemException(
                    Problem.VALIDATION_FAILED,
                    "The token is too long for a browser to keep: at most " + MAX_TOKEN + " characters; make an access"
                            + " token of this service (POST /v4/apiAccessTokens) and begin with that"));
            return;
        }
        context.response()
                .addCookie(cookie(bearer.group(1), context.request()))
                .setStatusCode(204)
                .end();
    }

    private static void show(RoutingContext context) {
        context.response().putHeader("content-type", "application/json").end(Json.write(HttpDoor.caller(context)));
    }

    private static void end(RoutingContext context) {
        context.response()
                .addCookie(cookie("", context.request()).setMaxAge(0))
                .setStatusCode(204)
                .end();
    }

    private static Cookie cookie(String value, HttpServerRequest request) {
        return Cookie.cookie(COOKIE, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(request.isSSL() || "https".equalsIgnoreCase(request.getHeader("x-forwarded-proto")));
    }
}
