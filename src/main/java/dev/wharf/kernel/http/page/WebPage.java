package dev.wharf.kernel.http.page;

import dev.wharf.kernel.http.contract.Contract;
import dev.wharf.kernel.http.door.Challenge;
import dev.wharf.kernel.http.door.ProviderDoor;
import dev.wharf.kernel.http.door.Sessions;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page: files of {@code web/}. A browser without a session is shown the way in, with 401. */
public final class WebPage {
    /** What the first screen needs. All else is fetched with the view that needs it. */
    private static final List<String> FIRST = List.of("app.js", "import-data.js");

    private static final Pattern ADDRESS = Pattern.compile("\"/web/([^\"]+)\"");
    private static final String NOTHING_ELSE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types ";

    private static final String PROVIDER =
            "<a class=\"provider\" href=\"" + ProviderDoor.PATH + "\">Sign in with your organisation</a>";

    private final WebModules modules = new WebModules("app.js", List.of("app.css", "icon.svg"));
    private final String importMap = modules.importMap();
    private final WebFile app;
    private final WebFile signIn;
    private final String appPolicy = "default-src 'none'; script-src 'self' " + WebFile.allowed(importMap)
            + "; style-src 'self'; img-src 'self'; connect-src 'self'; " + NOTHING_ELSE + "lit-html";
    private final String signInPolicy;

    private final Sessions sessions;

    /**
     * @param provider whether people sign in at an identity provider as well
     * @param trial whether a link may bring a token along
     */
    public WebPage(Sessions sessions, boolean provider, boolean trial) {
        this.sessions = sessions;
        this.app = WebFile.of(
                "html",
                index().replace(
                                "<body>",
                                "<body" + (provider ? " data-provider" : "") + (trial ? " data-trial" : "") + ">"));
        String text = WebFile.read("/web/sign-in.html").text();
        this.signIn = WebFile.of(
                "html",
                text.replace("<!--provider-->", provider ? PROVIDER : "")
                        .replace("<html ", trial ? "<html data-trial " : "<html "));
        this.signInPolicy = "default-src 'none'; script-src " + allowed("script") + "; style-src " + allowed("style")
                + "; img-src data:; connect-src 'self'; " + NOTHING_ELSE + "'none'";
    }

    /** The same with what the page answers. */
    public Contract promised(Contract others) {
        return others.and("/", "GET").and("/web/{file}", "GET").and("/session", "GET", "POST", "DELETE");
    }

    public void mount(Router router) {
        sessions.mount(router);
        router.route("/").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::app);
        router.route("/web/*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::file);
    }

    /** Names every file by its address, and what browsers had else to learn file by file: which ones there will be. */
    private String index() {
        String head = "<script type=\"importmap\">" + importMap + "</script>\n"
                + modules.needed(FIRST).stream()
                        .map(address -> "<link rel=\"modulepreload\" href=\"" + address + "\">\n")
                        .collect(Collectors.joining());
        String page = ADDRESS.matcher(WebFile.read("/web/index.html").text())
                .replaceAll(found -> '"' + modules.address(found.group(1)) + '"');
        return page.replaceFirst("(?=<link rel=\"stylesheet\")", head);
    }

    private void app(RoutingContext context) {
        secure(context, appPolicy);
        app.send(context, WebFile.ASK_EACH_TIME);
    }

    /** Only what {@link WebModules} has found is there: neither another folder nor a hidden file can be named. */
    private void file(RoutingContext context) {
        modules.at(context.normalizedPath())
                .ifPresentOrElse(file -> file.send(context, WebFile.FOR_EVER), context::next);
    }

    /**
     * Answers a browser that has no session, or that comes back from the identity provider without having been let in, with
     * the page that asks who it is; leaves all else alone.
     */
    public void wayIn(RoutingContext context) {
        boolean back = context.request().path().equals(ProviderDoor.PATH);
        if (!(context.failure() instanceof ProblemException problem)
                || !back && problem.problem() != Problem.UNAUTHENTICATED
                || !isBrowserAtTheDoor(context.request())) {
            context.next();
            return;
        }
        secure(context, signInPolicy);
        context.response()
                .setStatusCode(problem.problem().status())
                .putHeader("www-authenticate", Challenge.BEARER)
                .putHeader("content-type", signIn.contentType())
                .end(signIn.text().replace("<!--problem-->", back ? escaped(problem.detail()) : ""));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static boolean isBrowserAtTheDoor(HttpServerRequest request) {
        String accept = request.getHeader("accept");
        return (request.path().equals("/") || request.path().equals(ProviderDoor.PATH))
                && (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD)
                && accept != null
                && accept.contains("text/html");
    }

    private static void secure(RoutingContext context, String policy) {
        context.response()
                .putHeader("content-security-policy", policy)
                .putHeader("cross-origin-opener-policy", "same-origin");
    }

    /** The way in is one file, since whoever sees it may fetch no second; its policy names what stands in it. */
    private String allowed(String element) {
        var content = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(signIn.text());
        if (!content.find()) {
            throw new IllegalStateException("sign-in.html has no <" + element + ">");
        }
        return WebFile.allowed(content.group(1));
    }
}
