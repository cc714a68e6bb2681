package dev.wharf.testing.stub;

import dev.wharf.testing.faulty.Answer;
import dev.wharf.testing.faulty.Content;
import dev.wharf.testing.faulty.Faults;
import dev.wharf.testing.faulty.Faulty;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An STS of our own that knows {@code AssumeRole} (AWS STS, <i>AssumeRole</i>, query protocol), and tells a {@link StubS3}
 * of the sessions that it gives.
 */
public final class StubSts implements Faulty, AutoCloseable {
    /** What was asked, and by whose key. */
    public record Asked(String by, String role, String session, String externalId) {}

    private static final Pattern SIGNER = Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/[^/]+/sts/.*");

    private final Vertx vertx = Vertx.vertx();
    private final Faults faults = new Faults(vertx, true);
    private final Map<String, String> trusted = new ConcurrentHashMap<>();
    private final Queue<Duration> lifetimes = new ConcurrentLinkedQueue<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final StubKeys keys;
    private final HttpServer server;

    private StubSts(StubKeys keys) {
        this.keys = keys;
        server = await(vertx.createHttpServer()
                .requestHandler(request -> faults.meet(request, () -> answer(request)))
                .listen(0, "127.0.0.1"));
    }

    /** One whose sessions this store takes, and that knows its keys. */
    public static StubSts of(StubS3 store) {
        return new StubSts(store.keys());
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** Lets a role be assumed by whoever knows the external id; null for everybody. */
    public void trust(String role, String externalId) {
        trusted.put(role, externalId == null ? "" : externalId);
    }

    /** The next session lasts so long; else they last an hour. */
    public void nextLasts(Duration time) {
        lifetimes.add(time);
    }

    /** What was asked so far, whether it was given or not. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The access key id of a session, the first is 1. */
    public static String session(int number) {
        return "ASIASESSION" + number;
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public void reset() {
        Faulty.super.reset();
        trusted.clear();
        lifetimes.clear();
        asked.clear();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private Future<Answer> answer(HttpServerRequest request) {
        return request.body().map(body -> {
            Map<String, String> form = StubRequest.queryOf("/?" + body);
            Matcher signer = SIGNER.matcher(String.valueOf(request.getHeader("Authorization")));
            if (!signer.matches() || !keys.has(signer.group(1))) {
                return error(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
            }
            String role = form.get("RoleArn");
            asked.add(
                    new Asked(signer.group(1), role, form.get("RoleSessionName"), form.getOrDefault("ExternalId", "")));
            String wanted = trusted.get(role);
            boolean trusting = wanted != null && (wanted.isEmpty() || wanted.equals(form.get("ExternalId")));
            return trusting
                    ? session()
                    : error(
                            403,
                            "AccessDenied",
                            "User: arn:aws:iam::111122223333:user/wharf is not authorized to perform: sts:AssumeRole on"
                                    + " resource: " + role);
        });
    }

    private Answer session() {
        String id = session(sessions.incrementAndGet());
        keys.add(id, "secret-of-" + id, "token-of-" + id);
        Duration time = lifetimes.isEmpty() ? Duration.ofHours(1) : lifetimes.remove();
        return Answer.xml(
                200,
                new XmlBytes(512)
                        .raw(
                                "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>")
                        .raw("<Credentials>")
                        .element("AccessKeyId", id)
                        .element("SecretAccessKey", "secret-of-" + id)
                        .element("SessionToken", "token-of-" + id)
                        .element("Expiration", Instant.now().plus(time).toString())
                        .raw("</Credentials></AssumeRoleResult></AssumeRoleResponse>")
                        .content());
    }

    /** A refusal, as STS puts it. */
    public static String refusal(String code, String message) {
        return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>"
                + code + "</Code><Message>" + message + "</Message></Error><RequestId>1</RequestId></ErrorResponse>";
    }

    private static Answer error(int status, String code, String message) {
        return Answer.xml(status, Content.of(refusal(code, message)));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The stub STS did not start or stop", e);
        }
    }
}
