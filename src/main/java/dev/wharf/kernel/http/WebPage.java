package dev.wharf.kernel.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;

/** The page: static files of {@code web/}. A browser without a session is shown the way in, with 401. */
final class WebPage {
    void beforeAuthentication(RoutingContext context) {
        context.next();
    }

    void mount(Router router) {
        router.get("/").handler(StaticHandler.create("web"));
        router.get("/web/*").handler(StaticHandler.create("web"));
    }
}
