package dev.wharf.kernel.http;

import dev.wharf.kernel.http.contract.Contract;
import dev.wharf.kernel.http.door.Authenticator;
import dev.wharf.kernel.http.door.HttpDoor;
import dev.wharf.kernel.http.door.HttpDoor.Admits;
import dev.wharf.kernel.http.door.MalformedRequest;
import dev.wharf.kernel.http.door.NoBody;
import dev.wharf.kernel.http.door.Paths;
import dev.wharf.kernel.http.door.ProviderDoor;
import dev.wharf.kernel.http.door.Sessions;
import dev.wharf.kernel.http.page.WebPage;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.settings.Settings;
import dev.wharf.kernel.settings.SettingsException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.main.Main;
import org.apache.camel.support.LoggingExceptionHandler;

/**
 * The service's own HTTP servers: the API with the page, the file service of the original, and health. Camel gets a
 * sub-router behind the door; nothing listens before every route is up.
 */
public final class HttpServers implements AutoCloseable {

    /** Requests, other than uploads and downloads, that may wait for stores at one time. */
    public static final int MOST_WAITING = 96;

    /** Workers that neither a slow client nor a slow store can take. */
    private static final int OTHERS = 32;

    /**
     * Of a body, in bytes: each piece wakes who reads it. Four of them are under way for each upload ({@code BodyStream}), whose
     * number {@code wharf.uploads.max-concurrent} bounds.
     */
    private static final int LARGEST_PIECE = 32 << 10;

    private final Vertx vertx;
    private final Settings settings;
    private final Contract contract;
    private final Router routes;
    private final List<HttpServer> servers = new ArrayList<>();
    private volatile boolean stopping;

    /** @param contract of the routes */
    public HttpServers(Settings settings, Contract contract) {
        this.settings = settings;
        this.contract = contract;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setWorkerPoolSize(settings.uploads().maxConcurrent()
                        + settings.downloads().maxConcurrent()
                        + MOST_WAITING
                        + OTHERS)
                // An upload may take as long as it takes: that is not a blocked thread.
                .setMaxWorkerExecuteTime(1)
                .setMaxWorkerExecuteTimeUnit(TimeUnit.DAYS));
        this.routes = Router.router(vertx);
    }

    /** Makes Camel's {@code platform-http} write its routes into our router. */
    public void bindTo(Main main) {
        // Camel finds the router by the configured port; the number is only a name here.
        int port = Math.max(1, settings.http().port());
        var configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setBindPort(port);
        main.bind("httpServerConfiguration", configuration);
        main.bind("vertx", vertx);
        main.bind("contract", contract);
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(port);
        main.bind(name, new VertxPlatformHttpRouter(null, vertx, routes, name, "server") {
            @Override
            public Handler<RoutingContext> bodyHandler() {
                var handler =
                        BodyHandler.create(false).setBodyLimit(settings.http().maxJsonBytes());
                return context -> {
                    context.request().resume();
                    handler.handle(context);
                };
            }
        });
        main.bind("platform-http-engine", new VertxPlatformHttpEngine());
        // An answer that breaks off, as when its client has gone, is no event; whatever else fails the door reports.
        main.bind("answerFailures", new LoggingExceptionHandler(null, HttpServers.class, LoggingLevel.DEBUG));
    }

    /**
     * Begins to listen.
     *
     * @throws SettingsException if a port is in use
     */
    public void listen(Authenticator authenticator, Observation observation, EventStreams events) {
        var door = new HttpDoor(
                vertx,
                authenticator,
                Duration.ofSeconds(idleSeconds()).multipliedBy(3).dividedBy(4));
        var page = new WebPage(
                new Sessions(vertx, authenticator),
                authenticator.providerSignIn().isPresent(),
                settings.trial().enabled());
        // HEAD is answered as GET is, without the body.
        routes.getRoutes().stream()
                .filter(route -> route.methods() != null && route.methods().contains(HttpMethod.GET))
                .forEach(route -> route.method(HttpMethod.HEAD));

        Contract promised = page.promised(contract);
        Router api = door.open(Admits.SESSION, promised, beforeSession(authenticator), page::wayIn);
        api.route().handler(this::refuseWhileStopping);
        api.route().handler(Paths::normalise);
        page.mount(api);
        new Tus(settings.uploads().maxBytes()).mount(api);
        api.route().handler(promised::check);
        new NoBody(promised, settings.http().maxJsonBytes()).mount(api);
        events.mount(api, contract, vertx);
        api.route("/*").subRouter(routes);
        listen(api, "wharf.http.port", settings.http().port());

        Router files = door.open(
                settings.vfs().trustMembershipHeader() ? Admits.MEMBERSHIP_HEADER : Admits.TOKEN,
                contract,
                RoutingContext::next,
                RoutingContext::next);
        files.route().handler(this::refuseWhileStopping);
        files.route().handler(Paths::normalise);
        files.routeWithRegex("(?!/vfs[A-Za-z]+$).*").handler(context -> context.fail(404));
        files.route().handler(contract::check);
        files.route("/*").subRouter(routes);
        listen(files, "wharf.vfs.port", settings.vfs().port());

        Contract observed = Observation.promised(Contract.nothing());
        Router observe =
                door.open(Admits.TOKEN, observed, observation::healthBeforeAuthentication, RoutingContext::next);
        observe.route().handler(observed::check);
        observation.mount(observe);
        listen(observe, "wharf.observe.port", settings.observePort());
    }

    private Handler<RoutingContext> beforeSession(Authenticator authenticator) {
        return authenticator
                .providerSignIn()
                .<Handler<RoutingContext>>map(signIn -> new ProviderDoor(vertx, signIn))
                .orElse(RoutingContext::next);
    }

    /** Takes no further requests, while those under way are carried out: what would answer them is about to end. */
    public void refuseRequests() {
        stopping = true;
    }

    private void refuseWhileStopping(RoutingContext context) {
        if (stopping) {
            context.response().putHeader("connection", "close");
            context.fail(new ProblemException(
                    Problem.UNAVAILABLE, "The service is stopping, and does nothing new: ask again when it is back"));
        } else {
            context.next();
        }
    }

    /** How long a connection may be silent before it is closed. */
    private int idleSeconds() {
        return (int) Math.max(1, settings.http().stallTimeout().toSeconds() * 2);
    }

    private void listen(Router router, String setting, int port) {
        var options = new HttpServerOptions()
                .setCompressionSupported(true)
                // Without TLS, HTTP/2 begins with an upgrade of the first request, at which the JDK's client loses the
                // beginning of a large answer now and then; who asks for it is answered by HTTP/1.1.
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(MalformedRequest.MAX_REQUEST_LINE)
                .setMaxHeaderSize(MalformedRequest.MAX_REQUEST_LINE)
                .setMaxChunkSize(LARGEST_PIECE)
                .setIdleTimeout(idleSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        String host = settings.http().host();
        try {
            servers.add(vertx.createHttpServer(options)
                    .requestHandler(router)
                    .invalidRequestHandler(MalformedRequest::refuse)
                    .listen(port, host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join());
        } catch (RuntimeException e) {
            throw new SettingsException(
                    setting + " " + host + ":" + port + " cannot be listened on: " + SettingsException.reason(e), e);
        }
    }

    public int apiPort() {
        return servers.get(0).actualPort();
    }

    public int vfsPort() {
        return servers.get(1).actualPort();
    }

    public int observePort() {
        return servers.get(2).actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
