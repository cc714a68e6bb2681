package dev.wharf.kernel.http.page;

import dev.wharf.kernel.http.contract.Contract;
import dev.wharf.kernel.http.door.Challenge;
import dev.wharf.kernel.http.door.Sessions;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The page: files of {@code web/}. A browser without a session is shown the way in, with 401. */
public final class WebPage {
    /** One segment, letters first: neither another folder nor a hidden file can be named. */
    private static final Pattern FILE = Pattern.compile("/web/([a-z][a-z0-9-]*\\.(?:js|css|svg))");

    private static final String NOTHING_ELSE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";
    private static final String APP_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + NOTHING_ELSE;

    private final Map<String, WebFile> files = new ConcurrentHashMap<>();
    private final WebFile app = WebFile.find("index.html").orElseThrow();
    private final WebFile signIn = WebFile.find("sign-in.html").orElseThrow();
    private final String signInPolicy = "default-src 'none'; script-src '" + hashOf("script") + "'; style-src '"
            + hashOf("style") + "'; img-src data:; connect-src 'self'; " + NOTHING_ELSE;

    /** The same with what the page answers. */
    public Contract promised(Contract others) {
        return others.and("/", "GET").and("/web/{file}", "GET").and("/session", "GET", "POST", "DELETE");
    }

    public void mount(Router router) {
        Sessions.mount(router);
        router.route("/").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::app);
        router.route("/web/*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::file);
    }

    private void app(RoutingContext context) {
        secure(context, APP_POLICY);
        app.send(context);
    }

    private void file(RoutingContext context) {
        var name = FILE.matcher(context.normalizedPath());
        WebFile file = name.matches()
                ? files.computeIfAbsent(
                        name.group(1), asked -> WebFile.find(asked).orElse(null))
                : null;
        if (file == null) {
            context.next();
        } else {
            file.send(context);
        }
    }

    /** Answers a browser that has no session with the page that asks for a token; leaves all else alone. */
    public void wayIn(RoutingContext context) {
        boolean refused =
                context.failure() instanceof ProblemException problem && problem.problem() == Problem.UNAUTHENTICATED;
        if (!refused || !isBrowserAtTheDoor(context.request())) {
            context.next();
            return;
        }
        secure(context, signInPolicy);
        context.response()
                .setStatusCode(401)
                .putHeader("www-authenticate", Challenge.BEARER)
                .putHeader("content-type", signIn.contentType())
                .end(signIn.bytes());
    }

    private static boolean isBrowserAtTheDoor(HttpServerRequest request) {
        String accept = request.getHeader("accept");
        return request.path().equals("/")
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
    private String hashOf(String element) {
        var content = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(signIn.text());
        if (!content.find()) {
            throw new IllegalStateException("sign-in.html has no <" + element + ">");
        }
        return "sha256-" + WebFile.sha256(content.group(1));
    }
}
