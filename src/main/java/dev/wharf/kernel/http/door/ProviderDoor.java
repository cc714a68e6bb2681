package dev.wharf.kernel.http.door;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /session/oidc}: sends a browser to the identity provider, and takes it when it comes back. What it has to bring along
 * is in a cookie of its own: the session's is not sent when one comes from another site. It always ends at {@code /}.
 */
public final class ProviderDoor implements Handler<RoutingContext> {
    public static final String PATH = "/session/oidc";
    private static final String COOKIE = "wharf-sign-in";
    private static final int SECONDS = 600;

    private final Vertx vertx;
    private final ProviderSignIn signIn;

    public ProviderDoor(Vertx vertx, ProviderSignIn signIn) {
        this.vertx = vertx;
        this.signIn = signIn;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.path().equals(PATH) || !request.method().equals(HttpMethod.GET)) {
            context.next();
        } else if (request.query() == null || request.query().isEmpty()) {
            depart(context);
        } else {
            arrive(context);
        }
    }

    private void depart(RoutingContext context) {
        vertx.executeBlocking(signIn::depart, false)
                .onSuccess(departure -> {
                    context.response()
                            .addCookie(
                                    cookie(departure.kept(), context.request()).setMaxAge(SECONDS));
                    redirect(context, departure.address().toString());
                })
                .onFailure(context::fail);
    }

    private void arrive(RoutingContext context) {
        HttpServerRequest request = context.request();
        Cookie kept = request.getCookie(COOKIE);
        var arrival = new ProviderSignIn.Arrival(
                request.getParam("code"),
                request.getParam("state"),
                request.getParam("iss"),
                request.getParam("error"),
                kept == null ? null : kept.getValue());
        context.response().addCookie(cookie("", request).setMaxAge(0)); // it is good once
        vertx.executeBlocking(() -> signIn.arrive(arrival), false)
                .onSuccess(session -> {
                    context.response().addCookie(Sessions.cookie(session, request));
                    redirect(context, "/");
                })
                .onFailure(context::fail);
    }

    private static void redirect(RoutingContext context, String address) {
        context.response().setStatusCode(303).putHeader("location", address).end();
    }

    private static Cookie cookie(String value, HttpServerRequest request) {
        return Cookie.cookie(COOKIE, value)
                .setPath(PATH)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setSecure(Sessions.isSecure(request));
    }
}
